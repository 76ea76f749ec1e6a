//! A deployment on AWS, found by the name of its stack: the template's outputs say what the tables
//! are called and where the secrets are.

use std::collections::BTreeMap;

use app::{
    Generations, Needs, Secrets,
    config::{AwsConfig, Roots},
};
use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_cloudformation::types::Stack;
use secrecy::SecretString;
use store::Tables;
use url::Url;

use crate::reach::{Deployment, ReachError};

/// The description of a stack.
#[derive(Debug, PartialEq, Eq)]
struct Described {
    tables: Tables,
    links: Names,
    sources: Names,
    trace_secret: String,
    base_url: String,
}

/// The name or ARN of a secret in Secrets Manager.
#[derive(Debug, PartialEq, Eq)]
struct Names {
    current: String,
    previous: Option<String>,
}

/// The deployment that the stack of this name made, with the secrets that are needed and no others, and with the operator's own credentials: those of
/// the environment or of the profile that `AWS_PROFILE` names.
///
/// # Errors
/// If the stack or a secret of it cannot be read, or it is no stack of Lanyard's template.
pub async fn by_stack(needs: Needs, name: &str) -> Result<Deployment, ReachError> {
    let aws = configuration().await?;
    let described = describe(&aws, name).await?;
    let kept = aws_sdk_secretsmanager::Client::new(&aws);
    let secrets = Secrets {
        links: generations(&kept, needs.links(), &described.links).await?,
        sources: generations(&kept, needs.sources(), &described.sources).await?,
    };
    let trace_secret = secret(&kept, &described.trace_secret).await?;
    Ok(Deployment {
        dynamodb: aws_sdk_dynamodb::Client::new(&aws),
        tables: described.tables,
        secrets,
        trace_secret,
        now: None,
        base_url: Url::parse(&described.base_url).ok(),
    })
}

async fn configuration() -> Result<SdkConfig, ReachError> {
    // The functions' own client over TLS, so that no second TLS stack comes in.
    let http = app::aws::http_client(&AwsConfig {
        region: String::new(),
        access_key_id: String::new(),
        secret_access_key: "".into(),
        session_token: None,
        dynamodb_endpoint: None,
        sesv2_endpoint: None,
        roots: Roots::of_machine(std::env::var_os("AWS_CA_BUNDLE")),
    })?;
    Ok(aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .load()
        .await)
}

async fn describe(aws: &SdkConfig, name: &str) -> Result<Described, ReachError> {
    let answer = aws_sdk_cloudformation::Client::new(aws)
        .describe_stacks()
        .stack_name(name)
        .send()
        .await
        .map_err(|error| ReachError::Aws {
            what: format!("the stack {name}"),
            source: Box::new(error),
        })?;
    let not_ours = || ReachError::NotOurs(name.to_owned());
    let stack = answer.stacks().first().ok_or_else(not_ours)?;
    described(name, stack).ok_or_else(not_ours)
}

/// The outputs and parameters of a stack; `None` if one is missing.
fn described(name: &str, stack: &Stack) -> Option<Described> {
    let outputs: BTreeMap<&str, &str> = stack
        .outputs()
        .iter()
        .filter_map(|output| Some((output.output_key()?, output.output_value()?)))
        .collect();
    let output = |key: &str| outputs.get(key).map(|value| (*value).to_owned());
    // The template's names of its secrets.
    let generation = |parameter: &str, secret: &str| {
        let mut parameters = stack.parameters().iter();
        let found = parameters.find(|found| found.parameter_key() == Some(parameter))?;
        let number = found.parameter_value().filter(|number| *number != "0")?;
        Some(format!("{name}/{secret}/{number}"))
    };
    let root = || generation("RootSecretGeneration", "root-secret");
    let links = generation("PreviousLinkSecretGeneration", "link-secret").or_else(root);
    let sources = generation("PreviousSourceSecretGeneration", "source-secret").or_else(root);
    Some(Described {
        tables: Tables {
            directory: output("DirectoryTable")?,
            requests: output("RequestsTable")?,
            journal: output("JournalTable")?,
            audit: output("AuditTable")?,
        },
        links: Names {
            current: output("LinkSecretArn")?,
            previous: links,
        },
        sources: Names {
            current: output("SourceSecretArn")?,
            previous: sources,
        },
        base_url: output("BaseUrl")?,
        trace_secret: output("TraceSecretArn")?,
    })
}

async fn generations(
    client: &aws_sdk_secretsmanager::Client,
    needed: bool,
    names: &Names,
) -> Result<Generations, ReachError> {
    if !needed {
        return Ok(Generations::nobodys());
    }
    Ok(Generations {
        current: secret(client, &names.current).await?,
        previous: match &names.previous {
            Some(previous) => Some(secret(client, previous).await?),
            None => None,
        },
    })
}

async fn secret(
    client: &aws_sdk_secretsmanager::Client,
    id: &str,
) -> Result<SecretString, ReachError> {
    let answer = client
        .get_secret_value()
        .secret_id(id)
        .send()
        .await
        .map_err(|error| ReachError::Aws {
            what: format!("the secret {id}"),
            source: Box::new(error),
        })?;
    answer
        .secret_string
        .map(Into::into)
        .ok_or_else(|| ReachError::NotOurs(id.to_owned()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use aws_sdk_cloudformation::types::{Output, Parameter};

    const TEMPLATE: &str = include_str!("../../template.yaml");

    fn stack(without: &str, generations: &[(&str, &str)]) -> Stack {
        let keys = [
            "DirectoryTable",
            "RequestsTable",
            "JournalTable",
            "AuditTable",
            "LinkSecretArn",
            "SourceSecretArn",
            "TraceSecretArn",
            "BaseUrl",
        ];
        let outputs = keys.into_iter().filter(|key| *key != without).map(|key| {
            assert!(TEMPLATE.contains(&format!("\n  {key}:\n")), "{key}");
            Output::builder()
                .output_key(key)
                .output_value(format!("a-{key}"))
                .build()
        });
        let parameters = generations.iter().map(|(key, value)| {
            assert!(TEMPLATE.contains(&format!("\n  {key}:\n")), "{key}");
            let parameter = Parameter::builder().parameter_key(*key);
            parameter.parameter_value(*value).build()
        });
        Stack::builder()
            .set_outputs(Some(outputs.collect()))
            .set_parameters(Some(parameters.collect()))
            .build()
    }

    #[test]
    fn the_outputs_say_where_everything_is() {
        let none = [
            "PreviousLinkSecretGeneration",
            "PreviousSourceSecretGeneration",
            "RootSecretGeneration",
        ];
        let found = described("lanyard", &stack("", &none.map(|key| (key, "0")))).unwrap();
        assert_eq!(found.tables.audit, "a-AuditTable");
        assert_eq!(found.links.current, "a-LinkSecretArn");
        assert_eq!(found.sources.current, "a-SourceSecretArn");
        assert_eq!(found.base_url, "a-BaseUrl");
        assert_eq!(found.links.previous, None);
        assert_eq!(found.sources.previous, None);
        assert_eq!(found.trace_secret, "a-TraceSecretArn");
    }

    /// The previous link secret and the previous source secret of a stack with these parameters.
    fn previous(generations: &[(&str, &str)]) -> [Option<String>; 2] {
        let found = described("desk", &stack("", generations)).unwrap();
        [found.links.previous, found.sources.previous]
    }

    #[test]
    fn while_rotating_the_previous_secret_is_found_under_the_template_s_name() {
        for (secret, key, expected) in [
            ("link-secret", "PreviousLinkSecretGeneration", 0),
            ("source-secret", "PreviousSourceSecretGeneration", 1),
        ] {
            let mut wanted = [None, None];
            wanted[expected] = Some(format!("desk/{secret}/3"));
            assert_eq!(previous(&[(key, "3")]), wanted);
            let name = format!("${{AWS::StackName}}/{secret}/${{{key}}}");
            assert!(TEMPLATE.contains(&name), "{name}");
        }
    }

    #[test]
    fn the_one_root_secret_of_before_is_the_previous_of_both() {
        let root = Some("desk/root-secret/2".to_owned());
        let before = ("RootSecretGeneration", "2");
        assert_eq!(previous(&[before]), [root.clone(), root.clone()]);
        let rotated = ("PreviousSourceSecretGeneration", "1");
        let sources = Some("desk/source-secret/1".to_owned());
        assert_eq!(previous(&[before, rotated]), [root, sources]);
        assert!(TEMPLATE.contains("${AWS::StackName}/root-secret/${RootSecretGeneration}"));
    }

    #[test]
    fn a_stack_that_is_not_of_this_template_is_told_apart() {
        assert_eq!(described("lanyard", &stack("AuditTable", &[])), None);
    }
}
