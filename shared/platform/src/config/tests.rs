#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;

use secrecy::ExposeSecret;

use super::*;

/// The template's variables, with one changed or, by `None`, removed.
fn read_with(changes: &[(&str, Option<&str>)]) -> Result<Config, ConfigError> {
    let mut variables: BTreeMap<&str, &str> = BTreeMap::from([
        ("LANYARD_DIRECTORY_TABLE", "lanyard-directory"),
        ("LANYARD_REQUESTS_TABLE", "lanyard-requests"),
        ("LANYARD_JOURNAL_TABLE", "lanyard-journal"),
        ("LANYARD_AUDIT_TABLE", "lanyard-audit"),
        ("LANYARD_BASE_URL", "https://desk.example"),
        (
            "LANYARD_LINK_SECRET",
            "0123456789abcdef0123456789abcdef0123456789abcdef",
        ),
        (
            "LANYARD_SOURCE_SECRET",
            "9876543210fedcba9876543210fedcba9876543210fedcba",
        ),
        (
            "LANYARD_TRACE_SECRET",
            "abcdef0123456789abcdef0123456789abcdef0123456789",
        ),
        ("LANYARD_LINK_SECRET_PREVIOUS", ""),
        ("LANYARD_SOURCE_SECRET_PREVIOUS", ""),
        ("LANYARD_SES_CONFIGURATION_SET", "lanyard"),
        ("LANYARD_SES_MAX_SEND_RATE", "10"),
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "test-key"),
        ("AWS_SECRET_ACCESS_KEY", "test-secret"),
    ]);
    for (name, value) in changes {
        match value {
            Some(value) => variables.insert(name, value),
            None => variables.remove(name),
        };
    }
    Config::read(Needs::Both, |name| {
        variables.get(name).map(|value| (*value).to_owned())
    })
}

fn problems(changes: &[(&str, Option<&str>)]) -> Vec<&'static str> {
    let error = read_with(changes).unwrap_err();
    error.problems.into_iter().map(|p| p.variable).collect()
}

#[test]
fn what_the_template_sets_is_enough() {
    let config = read_with(&[]).unwrap();
    assert_eq!(config.tables.audit, "lanyard-audit");
    assert_eq!(config.ses_max_send_rate.get(), 10);
    assert_eq!(config.log_level, Level::INFO);
    assert!(config.secrets.links.previous.is_none());
    assert!(config.secrets.sources.previous.is_none());
    assert_eq!(config.aws.dynamodb_endpoint, None);
}

#[test]
fn every_missing_or_bad_variable_is_named_at_once_and_no_value_is_repeated() {
    let error = read_with(&[
        ("LANYARD_AUDIT_TABLE", None),
        ("LANYARD_BASE_URL", Some("http://desk.example")),
        ("LANYARD_LINK_SECRET", None),
        ("LANYARD_SOURCE_SECRET", Some("hunter2-hunter2")),
        ("LANYARD_TRACE_SECRET", Some("hunter3-hunter3")),
        ("LANYARD_SES_MAX_SEND_RATE", Some("0")),
        ("LANYARD_LOG", Some("loud")),
        ("AWS_REGION", Some("")),
    ])
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the configuration is not complete: LANYARD_AUDIT_TABLE is not set; LANYARD_BASE_URL is \
         not an https address without a path, such as https://desk.example; LANYARD_LINK_SECRET \
         is not set; LANYARD_SOURCE_SECRET has fewer than 43 characters; LANYARD_TRACE_SECRET has fewer than 43 characters; \
         LANYARD_SES_MAX_SEND_RATE is not a whole number of mails per second, 1 or more; LANYARD_LOG is \
         none of error, warn, info, debug, trace; AWS_REGION is not set"
    );
}

#[test]
fn nothing_set_names_all_that_is_wanted() {
    let error = Config::read(Needs::Both, |_| None).unwrap_err();
    assert_eq!(error.problems.len(), 13);
}

#[test]
fn a_previous_secret_is_optional_but_not_short() {
    let previous = "fedcba9876543210fedcba9876543210fedcba9876543210";
    for variable in [
        "LANYARD_LINK_SECRET_PREVIOUS",
        "LANYARD_SOURCE_SECRET_PREVIOUS",
    ] {
        let Secrets { links, sources } = read_with(&[(variable, Some(previous))]).unwrap().secrets;
        let found = [links, sources].map(|secret| secret.previous);
        let mut found = found.into_iter().flatten();
        assert_eq!(found.next().unwrap().expose_secret(), previous);
        assert!(found.next().is_none(), "{variable}");
        assert_eq!(problems(&[(variable, Some("short"))]), [variable]);
    }
}

#[test]
fn links_lead_to_https_except_on_a_laptop() {
    for good in [
        "https://desk.example",
        "https://desk.example:8443",
        "http://127.0.0.1:4400",
        "http://localhost:4400",
        "http://[::1]:4400",
    ] {
        assert!(
            read_with(&[("LANYARD_BASE_URL", Some(good))]).is_ok(),
            "{good}"
        );
    }
    for bad in [
        "http://desk.example",
        "https://desk.example/",
        "https://desk.example/pages",
        "https://desk.example?x=1",
        "https://user:pass@desk.example",
        "ftp://desk.example",
        "desk.example",
        "http://127.0.0.1.desk.example",
    ] {
        assert_eq!(
            problems(&[("LANYARD_BASE_URL", Some(bad))]),
            ["LANYARD_BASE_URL"],
            "{bad}"
        );
    }
}

#[test]
fn amazons_roots_are_believed_where_amazon_certifies_unless_a_file_is_named() {
    let roots = |region: &str, bundle| {
        let variables = [("AWS_REGION", Some(region)), ("AWS_CA_BUNDLE", bundle)];
        read_with(&variables).unwrap().aws.roots
    };
    for region in ["eu-central-1", "us-gov-west-1"] {
        assert_eq!(roots(region, None), Roots::Amazon, "{region}");
    }
    for region in [
        "cn-north-1",
        "us-iso-east-1",
        "us-isob-east-1",
        "eu-isoe-west-1",
        "eusc-de-east-1",
    ] {
        assert_eq!(roots(region, None), Roots::System, "{region}");
    }
    assert_eq!(
        roots("eu-central-1", Some("/opt/roots.pem")),
        Roots::Named("/opt/roots.pem".into())
    );
}

#[test]
fn an_endpoint_for_one_service_goes_before_the_one_for_all() {
    let config = read_with(&[
        ("AWS_ENDPOINT_URL", Some("http://127.0.0.1:4400")),
        ("AWS_ENDPOINT_URL_SESV2", Some("http://127.0.0.1:4500")),
    ])
    .unwrap();
    assert_eq!(
        config.aws.dynamodb_endpoint.as_deref(),
        Some("http://127.0.0.1:4400")
    );
    assert_eq!(
        config.aws.sesv2_endpoint.as_deref(),
        Some("http://127.0.0.1:4500")
    );
    assert_eq!(
        problems(&[("AWS_ENDPOINT_URL_DYNAMODB", Some("localhost:8000"))]),
        ["AWS_ENDPOINT_URL_DYNAMODB"]
    );
}

#[test]
fn debug_output_shows_no_secret() {
    let shown = format!("{:?}", read_with(&[]).unwrap());
    assert!(!shown.contains("0123456789abcdef"));
    assert!(!shown.contains("test-secret"));
}

/// What is set for a function that is given every secret there is, needed or not.
fn given(name: &str, secret: &str) -> Option<String> {
    match name {
        name if name.contains("_SECRET") => Some(secret.to_owned()),
        "LANYARD_BASE_URL" => Some("https://desk.example".to_owned()),
        "LANYARD_SES_MAX_SEND_RATE" => Some("10".to_owned()),
        name if name.contains("ENDPOINT") || name == "LANYARD_LOG" => None,
        _ => Some("something".to_owned()),
    }
}

#[test]
fn a_function_takes_the_secrets_that_it_needs_and_no_others() {
    let known = "s".repeat(64);
    for needs in [Needs::Links, Needs::Sources, Needs::Neither, Needs::Both] {
        let read = || Config::read(needs, |name| given(name, &known));
        let (one, again) = (read().unwrap().secrets, read().unwrap().secrets);
        for (needed, secret, again) in [
            (needs.links(), one.links, again.links),
            (needs.sources(), one.sources, again.sources),
        ] {
            let text = secret.current.expose_secret();
            assert_eq!(*text == known, needed, "{needs:?}");
            assert_eq!(secret.previous.is_some(), needed, "{needs:?}");
            let same = text == again.current.expose_secret();
            assert_eq!(same, needed, "{needs:?}: one that is nobody's is made anew");
        }
    }
}

#[test]
fn a_secret_that_is_not_needed_need_not_be_there() {
    let known = "s".repeat(64);
    let without = |needs, missing: &str| {
        let lookup = |name: &str| given(name, &known).filter(|_| !name.starts_with(missing));
        Config::read(needs, lookup).is_ok()
    };
    assert!(without(Needs::Sources, "LANYARD_LINK_SECRET"));
    assert!(without(Needs::Links, "LANYARD_SOURCE_SECRET"));
    assert!(!without(Needs::Links, "LANYARD_LINK_SECRET"));
    assert!(!without(Needs::Sources, "LANYARD_SOURCE_SECRET"));
    assert!(!without(Needs::Neither, "LANYARD_TRACE_SECRET"));
}
