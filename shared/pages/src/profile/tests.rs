#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use url::form_urlencoded::Serializer;

use super::*;

fn tokens() -> Tokens {
    let token = || "the-token".to_owned();
    Tokens {
        profile: token(),
        mails: token(),
        end_links: token(),
    }
}

fn lena() -> Customer {
    let email = "lena@acme.example".parse().unwrap();
    let mut lena = Customer::new(email, Some("Lena Lind".parse().unwrap()));
    lena.locale = Some("de-CH".parse().unwrap());
    lena.time_zone = Some("Europe/Zurich".parse().unwrap());
    lena
}

/// A hostile text for every field.
const HOSTILE: &str = "<script>alert(\"x\")</script>&<img src=x onerror='y'>";

/// Every form of the page.
pub(crate) fn pages(reader: &Reader) -> Vec<(&'static str, Reply)> {
    let known = lena();
    let mut muted = Customer::new(known.email.clone(), None);
    muted.muted = true;
    let wrong = typed(HOSTILE, "de", HOSTILE).parsed().unwrap_err();
    let shown =
        |customer: &Customer, typed: &Typed, done| page(reader, customer, typed, done, tokens());
    vec![
        ("profile", shown(&known, &Typed::of(&known), None)),
        (
            "profile_saved",
            shown(&known, &Typed::of(&known), Some(Form::Profile)),
        ),
        (
            "profile_muted",
            shown(&muted, &Typed::of(&muted), Some(Form::StopMails)),
        ),
        ("profile_wrong", shown(&known, &wrong, None)),
    ]
}

fn typed(name: &str, language: &str, zone: &str) -> Typed {
    Typed {
        name: name.to_owned(),
        language: language.to_owned(),
        zone: zone.to_owned(),
        ..Typed::default()
    }
}

#[test]
fn a_field_left_empty_is_no_choice() {
    let profile = typed("", "", "").parsed().unwrap();
    let expected = Profile {
        name: None,
        language: None,
        time_zone: None,
    };
    assert_eq!(profile, expected);
    let profile = typed("Ann", "xx", "europe/berlin").parsed().unwrap();
    assert_eq!(profile.language, None, "a language that there is not");
    assert_eq!(profile.time_zone.unwrap().as_str(), "Europe/Berlin");
}

#[test]
fn what_cannot_be_taken_is_said_beside_its_field_and_kept_as_typed() {
    let long = "x".repeat(10_000);
    for bad in ["a\u{202e}b", "a\0b", "a\nb", &long] {
        let wrong = typed(bad, "de", "Europe/Berlin").parsed().unwrap_err();
        assert!(wrong.wrong_name && !wrong.wrong_zone);
        assert_eq!((wrong.name.as_str(), wrong.language.as_str()), (bad, "de"));
    }
    for bad in ["Mars/Olympus", "../etc/passwd", "=cmd|' /C calc'!A0", &long] {
        let wrong = typed("Ann", "", bad).parsed().unwrap_err();
        assert!(wrong.wrong_zone && !wrong.wrong_name);
        let reply = page(&crate::reader::ANYBODY, &lena(), &wrong, None, tokens());
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        let html = reply.html().unwrap();
        assert!(html.contains("aria-describedby=\"zone-wrong zone-hint\""));
        assert!(html.contains("value=\"Ann\""));
    }
}

#[test]
fn a_field_that_comes_twice_says_nothing() {
    let body = Serializer::new(String::new())
        .append_pair("name", "Ann")
        .append_pair("name", "Bob")
        .append_pair("zone", "UTC")
        .finish();
    let request = lambda_http::http::Request::builder()
        .method("POST")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(lambda_http::Body::from(body))
        .unwrap();
    let fields = Fields::of_body(&request, MAX_BODY).unwrap();
    assert_eq!(Typed::posted(&fields), typed("", "", "UTC"));
}

#[test]
fn the_browsers_zone_is_offered_to_whoever_chose_none() {
    let browser = || Some("Europe/Paris".parse().unwrap());
    let mut lena = lena();
    assert_eq!(Typed::of(&lena).offering(browser()).zone, "Europe/Zurich");
    lena.time_zone = None;
    assert_eq!(Typed::of(&lena).offering(browser()).zone, "Europe/Paris");
    assert_eq!(Typed::of(&lena).offering(None).zone, "");
}
