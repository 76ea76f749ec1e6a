#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use proptest::prelude::*;

use super::*;

const KINDS: [FieldKind; 9] = [
    FieldKind::Text,
    FieldKind::Paragraph,
    FieldKind::Choice,
    FieldKind::Choices,
    FieldKind::Number,
    FieldKind::Date,
    FieldKind::Email,
    FieldKind::Link,
    FieldKind::Person,
];

fn field(kind: FieldKind, required: bool) -> Field {
    let chooses = matches!(kind, FieldKind::Choice | FieldKind::Choices);
    let choices = ["Laptop", "Screen", "Something, else"];
    Field {
        id: Line::new(&format!("{kind:?}").to_lowercase()).unwrap(),
        label: Title::new("A question?").unwrap(),
        kind,
        required,
        help: None,
        choices: choices
            .iter()
            .filter(|_| chooses)
            .map(|choice| Title::new(choice).unwrap())
            .collect(),
    }
}

fn form(fields: Vec<Field>) -> RequestType {
    RequestType {
        id: "hardware".parse().unwrap(),
        name: Title::new("Hardware").unwrap(),
        group: None,
        description: None,
        fields,
    }
}

/// A form with one field, in which this was typed.
fn typed(kind: FieldKind, required: bool, values: &[&str]) -> Result<Option<String>, Wrong> {
    let field = field(kind, required);
    let mut typed = Typed::new();
    typed.add_summary("A laptop".to_owned());
    for value in values {
        typed.add(field.id.as_str(), (*value).to_owned());
    }
    let id = field.id.clone();
    match read(&form(vec![field]), &typed) {
        Ok(filled) => Ok(filled.answers.get(&id).map(ToString::to_string)),
        Err(faults) => {
            assert_eq!(faults.len(), 1);
            assert_eq!(faults[0].question, Question::Field(id));
            Err(faults[0].wrong)
        }
    }
}

fn taken(kind: FieldKind, value: &str) -> Result<String, Wrong> {
    typed(kind, true, &[value]).map(Option::unwrap)
}

#[test]
fn what_is_not_answered_is_missing_only_where_it_has_to_be() {
    for kind in KINDS {
        for nothing in [&[][..], &[""], &["  \r\n "]] {
            assert_eq!(typed(kind, true, nothing), Err(Wrong::Missing), "{kind:?}");
            assert_eq!(typed(kind, false, nothing), Ok(None), "{kind:?}");
        }
    }
}

#[test]
fn every_request_says_what_it_is_about() {
    let fault = |summary: &[&str]| {
        let mut typed = Typed::new();
        for text in summary {
            typed.add_summary((*text).to_owned());
        }
        let faults = read(&form(Vec::new()), &typed).unwrap_err();
        assert_eq!(faults[0].question, Question::Summary);
        faults[0].wrong
    };
    assert_eq!(fault(&[]), Wrong::Missing);
    assert_eq!(fault(&[" "]), Wrong::Missing);
    assert_eq!(fault(&["a", "b"]), Wrong::Twice);
    assert_eq!(fault(&["a\r\nBcc: x@evil.test"]), Wrong::Control);
    assert_eq!(fault(&[&"a".repeat(301)]), Wrong::TooLong(300));
}

#[test]
fn a_choice_is_one_of_those_that_are_offered() {
    assert_eq!(taken(FieldKind::Choice, "Laptop").unwrap(), "Laptop");
    for other in ["laptop", "Yacht", "Laptop\u{202e}", "Laptop, Screen"] {
        assert!(taken(FieldKind::Choice, other).is_err(), "{other:?}");
    }
    assert_eq!(
        typed(FieldKind::Choice, true, &["Laptop", "Screen"]),
        Err(Wrong::Twice)
    );
    let chosen = ["Screen", "Laptop", "Screen"];
    assert_eq!(
        typed(FieldKind::Choices, true, &chosen).unwrap().unwrap(),
        "Laptop, Screen"
    );
    assert_eq!(
        typed(FieldKind::Choices, true, &["Laptop", "Yacht"]),
        Err(Wrong::NotAChoice)
    );
}

#[test]
fn a_number_is_one_that_can_be_read_in_one_way_alone() {
    for (typed, number) in [
        ("0", "0"),
        ("12", "12"),
        ("-3", "-3"),
        ("\u{2212}3", "-3"),
        ("1,5", "1.5"),
        ("2.50", "2.50"),
        ("0,125", "0.125"),
        ("1500.125", "1500.125"),
    ] {
        assert_eq!(taken(FieldKind::Number, typed).unwrap(), number, "{typed}");
    }
    for typed in [
        "1.000",
        "1,000",
        "1.000.000",
        "1,000.50",
        "1e9",
        "0x10",
        "+1",
        ".5",
        "5.",
        "--1",
        "1 000",
        "NaN",
        "inf",
        "twelve",
        "٣",
        "1234567890123456",
    ] {
        let taken = taken(FieldKind::Number, typed);
        assert_eq!(taken, Err(Wrong::NotANumber), "{typed}");
    }
}

#[test]
fn a_date_is_a_day_that_exists() {
    for (typed, date) in [
        ("2026-12-31", "2026-12-31"),
        ("2028-02-29", "2028-02-29"),
        ("31.12.2026", "2026-12-31"),
        ("1.2.2027", "2027-02-01"),
    ] {
        assert_eq!(taken(FieldKind::Date, typed).unwrap(), date, "{typed}");
    }
    for typed in [
        "2026-02-29",
        "2026-13-01",
        "26-12-31",
        "0026-12-31",
        "12026-12-31",
        "12/31/2026",
        "2026-1-1",
        "31.12.26",
        "2026-12-31T00:00:00Z",
        "tomorrow",
        "2026-12-31-1",
        "-1-01-01",
    ] {
        assert_eq!(
            taken(FieldKind::Date, typed),
            Err(Wrong::NotADate),
            "{typed}"
        );
    }
}

#[test]
fn addresses_are_kept_in_their_one_spelling() {
    assert_eq!(
        taken(FieldKind::Email, " Nora@LANYARD.example ").unwrap(),
        "nora@lanyard.example"
    );
    assert_eq!(
        taken(FieldKind::Email, "nora@x@y.example"),
        Err(Wrong::NotAnEmail)
    );
    assert_eq!(
        taken(FieldKind::Link, "HTTPS://Shop.Example/a b").unwrap(),
        "https://shop.example/a%20b"
    );
    for hostile in [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https://user:secret@shop.example/",
        "ftp://shop.example/",
        "//shop.example/",
        "www.shop.example",
        "file:///etc/passwd",
    ] {
        let taken = taken(FieldKind::Link, hostile);
        assert_eq!(taken, Err(Wrong::NotALink), "{hostile}");
    }
}

#[test]
fn a_person_is_named_by_address_or_by_name() {
    assert_eq!(
        taken(FieldKind::Person, "Nora@lanyard.example").unwrap(),
        "nora@lanyard.example"
    );
    assert_eq!(
        taken(FieldKind::Person, "Nora Nilsson").unwrap(),
        "Nora Nilsson"
    );
    for nobody in ["nora@", "@", "7", "-", "<>"] {
        assert_eq!(taken(FieldKind::Person, nobody), Err(Wrong::NotAPerson));
    }
}

#[test]
fn what_is_typed_over_several_lines_keeps_them() {
    assert_eq!(
        taken(FieldKind::Paragraph, "a\r\nb\rc\n\td\r\n").unwrap(),
        "a\nb\nc\n\td"
    );
    // A line break counts as one character, though a browser sends two.
    let long = format!("a{}b", "\r\n".repeat(3_998));
    assert!(taken(FieldKind::Paragraph, &long).is_ok());
    let longer = format!("a{}b", "\r\n".repeat(3_999));
    assert_eq!(
        taken(FieldKind::Paragraph, &longer),
        Err(Wrong::TooLong(4_000))
    );
}

#[test]
fn hostile_text_is_kept_as_it_is_or_refused_with_the_reason() {
    // Harmless as text: whoever shows it escapes it.
    for text in [
        "<script>alert(1)</script>",
        "=HYPERLINK(\"x\")",
        "{{7*7}}",
        "'; --",
    ] {
        assert_eq!(taken(FieldKind::Text, text).unwrap(), text);
        assert_eq!(taken(FieldKind::Paragraph, text).unwrap(), text);
    }
    for text in ["a\0b", "a\u{202e}b", "a\u{200f}b", "a\u{1b}[31mb"] {
        for kind in KINDS {
            assert!(typed(kind, false, &[text]).is_err(), "{kind:?} {text:?}");
        }
        assert_eq!(taken(FieldKind::Text, text), Err(Wrong::Control));
        assert_eq!(taken(FieldKind::Paragraph, text), Err(Wrong::Control));
    }
    let long = "a".repeat(10_000);
    for kind in KINDS {
        assert!(typed(kind, false, &[&long]).is_err(), "{kind:?}");
    }
    assert_eq!(
        taken(FieldKind::Text, &long[..501]),
        Err(Wrong::TooLong(500))
    );
}

#[test]
fn a_web_address_may_be_longer_than_other_lines() {
    let of = |length: usize| {
        let start = "https://shop.example/";
        format!("{start}{}", "a".repeat(length - start.len()))
    };
    for length in [500, 501, 2_000] {
        assert_eq!(taken(FieldKind::Link, &of(length)), Ok(of(length)));
    }
    let long = of(2_001);
    assert_eq!(taken(FieldKind::Link, &long), Err(Wrong::TooLong(2_000)));
    // Spelled out it is longer than it was typed.
    let spelled = format!("https://shop.example/{}", "ä".repeat(1_000));
    assert_eq!(taken(FieldKind::Link, &spelled), Err(Wrong::NotALink));
}

#[test]
fn each_field_has_one_fault_in_the_order_of_the_form() {
    let form = form(vec![
        field(FieldKind::Number, true),
        field(FieldKind::Date, false),
        field(FieldKind::Text, true),
    ]);
    let mut typed = Typed::new();
    typed.add("number", "one".to_owned());
    typed.add("number", "two\0".to_owned());
    typed.add("date", "soon".to_owned());
    typed.add("nothing-asked", "x".to_owned());
    let faults: Vec<Wrong> = read(&form, &typed)
        .unwrap_err()
        .iter()
        .map(|fault| fault.wrong)
        .collect();
    assert_eq!(
        faults,
        [
            Wrong::Missing,
            Wrong::Twice,
            Wrong::NotADate,
            Wrong::Missing
        ]
    );
}

#[test]
fn a_link_fills_in_what_the_form_asks_and_nothing_else() {
    let form = form(vec![
        field(FieldKind::Choices, false),
        field(FieldKind::Text, false),
    ]);
    let values = [
        ("summary", "A laptop"),
        ("summary", "Two laptops"),
        ("choices", "Laptop"),
        ("choices", "Screen"),
        ("text", "a\0b"),
        ("text", "first"),
        ("text", "second"),
        ("email", "eve@evil.test"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let typed = Typed::prefilled(&form, values);
    let id = |name: &str| Line::new(name).unwrap();
    assert_eq!(typed.summary(), "A laptop");
    assert_eq!(typed.values(&id("choices")), ["Laptop", "Screen"]);
    assert_eq!(typed.values(&id("text")), ["first"]);
    assert!(typed.values(&id("email")).is_empty());
}

#[test]
fn who_asks_gives_an_address_and_a_name_if_they_like() {
    let person = reporter(" Zoe@Elsewhere.example ", "", None).unwrap();
    assert_eq!(person.email.as_str(), "zoe@elsewhere.example");
    assert_eq!(person.name, None);
    let named = reporter("zoe@elsewhere.example", " Zoë Zimmer ", None).unwrap();
    assert_eq!(named.name.unwrap().as_str(), "Zoë Zimmer");
    let wrong = |address, name| {
        let faults = reporter(address, name, None).unwrap_err();
        let faults = faults.into_iter();
        faults.map(|f| (f.question, f.wrong)).collect::<Vec<_>>()
    };
    assert_eq!(wrong("", ""), [(Question::Email, Wrong::Missing)]);
    assert_eq!(
        wrong("zoe@elsewhere.example\r\nBcc: x@evil.test", "a\u{202e}b"),
        [
            (Question::Email, Wrong::NotAnEmail),
            (Question::Name, Wrong::Control)
        ]
    );
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,60}",
        "[\\x00-\\x20\u{200e}-\u{202e}a-z]{0,20}",
        "[0-9.,-]{0,12}",
        "[0-9]{1,4}[.-][0-9]{1,2}[.-][0-9]{1,4}",
        "[a-z.]{1,9}@[a-z]{1,9}\\.(example|test)",
        "https?://[a-z]{1,9}\\.(example|test)/[a-z ?#%]{0,9}",
        "(Laptop|Screen|Something, else)",
    ]
}

prop_compose! {
    fn any_form()(
        kinds in prop::collection::btree_map(0..KINDS.len(), any::<bool>(), 0..5),
        summary in prop::collection::vec(any_text(), 0..3),
        answers in prop::collection::vec((0..KINDS.len(), any_text()), 0..12),
    ) -> (RequestType, Typed) {
        let fields = kinds.iter().map(|(kind, required)| field(KINDS[*kind], *required));
        let mut typed = Typed::new();
        for text in summary {
            typed.add_summary(text);
        }
        for (kind, text) in answers {
            typed.add(field(KINDS[kind], false).id.as_str(), text);
        }
        (form(fields.collect()), typed)
    }
}

proptest! {
    #[test]
    fn whatever_is_typed_is_read_or_has_its_reason((form, typed) in any_form()) {
        match read(&form, &typed) {
            Ok(filled) => {
                for field in &form.fields {
                    prop_assert!(!field.required || filled.answers.contains_key(&field.id));
                }
                for (id, answer) in &filled.answers {
                    prop_assert!(form.fields.iter().any(|field| field.id == *id));
                    let hostile = answer.as_str().contains(['\0', '\r', '\u{202e}']);
                    prop_assert!(!hostile);
                }
                prop_assert!(!filled.summary.as_str().contains('\n'));
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                let questions: BTreeSet<_> = faults.iter().map(|fault| &fault.question).collect();
                prop_assert_eq!(questions.len(), faults.len());
            }
        }
    }

    /// A form that was read once is read the same again, so nothing changes its meaning on the way.
    #[test]
    fn what_was_read_is_read_as_the_same((form, typed) in any_form()) {
        if let Ok(filled) = read(&form, &typed) {
            let mut again = Typed::new();
            again.add_summary(filled.summary.to_string());
            for (id, answer) in &filled.answers {
                let field = form.fields.iter().find(|field| field.id == *id).unwrap();
                let listed: Vec<&str> = match field.kind {
                    FieldKind::Choices => typed.values(id).iter().map(|text| text.trim()).collect(),
                    _ => vec![answer.as_str()],
                };
                for text in listed {
                    again.add(id.as_str(), text.to_owned());
                }
            }
            prop_assert_eq!(read(&form, &again), Ok(filled));
        }
    }
}
