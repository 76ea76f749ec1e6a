//! Typeform and Tally.

use super::*;

fn tally(fields: Value) -> Value {
    json!({"eventType": "FORM_RESPONSE", "data": {
        "responseId": "abc", "formName": "Report", "fields": fields,
    }})
}

#[test]
fn a_form_without_an_address_is_no_request() {
    let mapping = Mapping::Tally(FormMapping::default());
    let payload =
        tally(json!([{"key": "q1", "label": "Name", "type": "INPUT_TEXT", "value": "Kim"}]));
    let error = apply_for(&mapping, Function::RequestCreated, payload, &[]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "nothing stands at /data/fields, where an answer with an e-mail address is expected"
    );
}

#[test]
fn the_source_says_which_question_means_what() {
    let mapping: Mapping = serde_json::from_value(json!({
        "name": "tally", "email": "q2", "summary": "What is it?", "description": "q4",
        "organization": "org", "request_type": "fault",
    }))
    .unwrap();
    let payload = tally(json!([
        {"key": "q1", "label": "Manager", "type": "INPUT_EMAIL", "value": "boss@acme.example"},
        {"key": "q2", "label": "You", "type": "INPUT_EMAIL", "value": "kim@acme.example"},
        {"key": "q3", "label": "what is it?", "type": "INPUT_TEXT", "value": "A fault\n"},
        {"key": "q4", "label": "Story", "type": "INPUT_TEXT", "value": "Long"},
        {"key": "org", "label": "org", "type": "HIDDEN_FIELDS", "value": "acme"},
        {"key": "q5", "label": "Story", "type": "INPUT_TEXT", "value": "one"},
        {"key": "q6", "label": "Story", "type": "INPUT_TEXT", "value": "two"},
    ]));
    let document = document(&mapping, Function::RequestCreated, payload);
    assert_eq!(
        document,
        json!({
            "type": "request.created", "timestamp": RECEIVED,
            "data": {
                "request": {
                    "key": "abc", "type": "fault", "summary": "A fault", "description": "Long",
                    "fields": {"Manager": "boss@acme.example", "Story": "one", "Story (2)": "two"},
                },
                "reporter": {"email": "kim@acme.example"}, "organization": "acme", "channel": "form",
            },
        })
    );
}

#[test]
fn forms_raise_requests_and_nothing_else() {
    for mapping in [
        Mapping::Tally(FormMapping::default()),
        Mapping::Typeform(FormMapping::default()),
    ] {
        let refused = apply_for(&mapping, Function::RequestUpdated, tally(json!([])), &[]);
        assert_eq!(refused, Err(MappingError::WrongFunction));
        let other = json!({"eventType": "FORM_PARTIAL", "event_type": "form_response_partial"});
        let nothing = apply_for(&mapping, Function::RequestCreated, other, &[]);
        assert!(matches!(nothing, Ok(Mapped::Nothing(_))));
    }
}

fn typeform(fields: Value, answers: Value) -> Value {
    json!({"event_type": "form_response", "form_response": {
        "token": "abc", "definition": {"title": "Report", "fields": fields}, "answers": answers,
    }})
}

fn read(mapping: &Mapping, payload: Value) -> Value {
    document(mapping, Function::RequestCreated, payload)["data"].clone()
}

fn typeform_read(fields: Value, answers: Value) -> Value {
    read(
        &Mapping::Typeform(FormMapping::default()),
        typeform(fields, answers),
    )
}

fn tally_read(fields: Value) -> Value {
    let mut fields = fields;
    let email =
        json!({"key": "q0", "label": "You", "type": "INPUT_EMAIL", "value": "kim@acme.example"});
    fields.as_array_mut().unwrap().push(email);
    read(&Mapping::Tally(FormMapping::default()), tally(fields))
}

fn said(kind: &str, value: Value, id: &str) -> Value {
    json!({"type": kind, kind: value, "field": {"id": id, "type": "short_text", "ref": format!("01H{id}")}})
}

fn asked(id: &str, title: &str) -> Value {
    json!({"id": id, "ref": format!("01H{id}"), "type": "short_text", "title": title, "properties": {}})
}

/// A contact's questions, whose titles are the form's author's own.
fn contact(titles: [&str; 3]) -> Value {
    let [given, family, email] = titles;
    json!({"id": "c", "ref": "01Hc", "type": "contact_info", "title": "About you", "properties": {"fields": [
        {"id": "c1", "title": given, "type": "short_text", "subfield_key": "first_name"},
        {"id": "c2", "title": family, "type": "short_text", "subfield_key": "last_name"},
        {"id": "c3", "title": email, "type": "email", "subfield_key": "email"},
    ]}})
}

fn contact_answers() -> Vec<Value> {
    vec![
        said("text", json!("Kim"), "c1"),
        said("text", json!("Okafor"), "c2"),
        said("email", json!("kim@acme.example"), "c3"),
    ]
}

#[test]
fn the_questions_of_a_contact_are_found_and_its_name_is_one() {
    for titles in [
        ["First name", "Last name", "Email"],
        ["Name", "Last name", "Email"],
        ["Etunimi", "Sukunimi", "Sähköposti"],
    ] {
        let data = typeform_read(json!([contact(titles)]), contact_answers().into());
        assert_eq!(
            data["reporter"],
            json!({"email": "kim@acme.example", "name": "Kim Okafor"})
        );
        assert_eq!(data["request"]["fields"], json!(null));
    }
}

#[test]
fn questions_in_groups_in_groups_and_rows_of_a_matrix_keep_their_titles() {
    let group = |id: &str, inner: Value| json!({"id": id, "type": "group", "title": "Part", "properties": {"fields": inner}});
    let matrix = json!({"id": "m", "type": "matrix", "title": "How was it?", "properties": {"fields": [
        asked("m1", "Speed"), asked("m2", "Care"),
    ]}});
    let fields = json!([
        contact(["First name", "Last name", "Email"]),
        group(
            "g",
            json!([
                asked("g1", "Which room?"),
                group("h", json!([asked("h1", "Which desk?")]))
            ])
        ),
        matrix,
    ]);
    let mut answers = contact_answers();
    answers.extend([
        said("text", json!("4.12"), "g1"),
        said("text", json!("by the window"), "h1"),
        said("choice", json!({"id": "x", "label": "Good"}), "m1"),
        said(
            "choices",
            json!({"ids": ["x", "y"], "labels": ["Fair", "Late"], "other": "Kind"}),
            "m2",
        ),
    ]);
    let data = typeform_read(fields, answers.into());
    assert_eq!(
        data["request"]["fields"],
        json!({
            "Which room?": "4.12", "Which desk?": "by the window",
            "Speed (How was it?)": "Good", "Care (How was it?)": "Fair, Late, Kind",
        })
    );
}

#[test]
fn a_name_in_two_questions_is_one_and_nobody_elses_is_mixed_in() {
    let name = |titles: &[(&str, &str)]| {
        let fields = titles.iter().enumerate().map(|(number, (title, value))| {
            json!({"key": format!("q{number}"), "label": title, "type": "INPUT_TEXT", "value": value})
        });
        tally_read(fields.collect())["reporter"]["name"].clone()
    };
    for titles in [
        [("First name", "Kim"), ("Last name", "Okafor")],
        [("Last Name *", "Okafor"), ("Your first name?", "Kim")],
        [("Vorname", "Kim"), ("Nachname", "Okafor")],
        [("Name", "Okafor"), ("Vorname:", "Kim")],
        [("Name", "Kim"), ("Surname", "Okafor")],
        [
            ("What is your full name?", "Kim Okafor"),
            ("Last name", "Other"),
        ],
    ] {
        assert_eq!(name(&titles), "Kim Okafor", "{titles:?}");
    }
    assert_eq!(
        name(&[
            ("First name", "Kim"),
            ("Middle name", "A."),
            ("Last name", "Okafor")
        ]),
        "Kim A. Okafor"
    );
    assert_eq!(name(&[("Forename", "Kim")]), "Kim");
    assert_eq!(name(&[("Brand name", "Kim")]), json!(null));

    let colleague = json!({"id": "n", "type": "group", "title": "The new colleague", "properties": {"fields": [
        asked("n1", "First name"), asked("n2", "Last name"),
    ]}});
    let own = asked("o", "Your name");
    let answers = json!([
        said("text", json!("Kim Okafor"), "o"),
        said("text", json!("Ivo"), "n1"),
        said("text", json!("Lund"), "n2"),
        said("email", json!("kim@acme.example"), "e"),
    ]);
    let payload = typeform(json!([colleague, contact(["", "", ""]), own]), answers);
    let chosen = read(&Mapping::Typeform(FormMapping::default()), payload.clone());
    assert_eq!(
        chosen["reporter"]["name"], "Ivo Lund",
        "the one that is put together"
    );
    // If a form asks for several people, the source says whose name counts.
    for names in [json!("o"), json!(["o"]), json!("your name")] {
        let mapping = Mapping::Typeform(serde_json::from_value(json!({"name": names})).unwrap());
        let data = read(&mapping, payload.clone());
        assert_eq!(data["reporter"]["name"], "Kim Okafor");
        assert_eq!(
            data["request"]["fields"],
            json!({"First name": "Ivo", "Last name": "Lund"})
        );
    }
    let both =
        Mapping::Typeform(serde_json::from_value(json!({"name": ["n2", "n1", "none"]})).unwrap());
    assert_eq!(read(&both, payload)["reporter"]["name"], "Lund Ivo");
}

#[test]
fn no_answer_of_typeforms_is_dropped_whatever_it_is() {
    let mut answers = contact_answers();
    answers.extend([
        said(
            "payment",
            json!({"amount": "12.00", "last4": "1234", "success": true}),
            "a",
        ),
        said("file_url", json!("https://files.example/a.pdf"), "b"),
        said("choices", json!({"ids": ["i"], "labels": null}), "c"),
        said(
            "multi_format",
            json!({"video": {"url": "https://v.example/1"}}),
            "d",
        ),
        said("number", json!(12.0), "e"),
        said("boolean", json!(false), "f"),
        said("text", json!(null), "g"),
        json!({"type": "signature_2030", "drawn": ["x", 1], "field": {"id": "h"}}),
        json!({"phone_number": "+4670", "field": {"id": "i", "ref": "phone"}}),
        json!("loose"),
        said("text", json!(["two", "lines"]), ""),
    ]);
    let fields: Vec<Value> = ["a", "b", "d", "e", "f", "g", "h"]
        .map(|id| asked(id, &id.to_uppercase()))
        .into();
    let mut fields = fields;
    fields.push(contact(["First name", "Last name", "Email"]));
    let mut payload = typeform(fields.into(), answers.into());
    payload["form_response"]["hidden"] =
        json!({"plan": "gold", "seats": 3, "trial": false, "none": null});
    payload["form_response"]["variables"] = json!([
        {"key": "score", "type": "number", "number": 4}, {"key": "winner", "type": "text", "text": "B"},
    ]);
    payload["form_response"]["calculated"] = json!({"score": 4});
    payload["form_response"]["outcome"] = json!({"id": "o", "title": "A laptop"});
    let data = read(&Mapping::Typeform(FormMapping::default()), payload);
    assert_eq!(
        data["request"]["fields"],
        json!({
            "A": "amount: 12.00, last4: 1234, success: yes", "B": "https://files.example/a.pdf",
            "About you": "ids: i", "D": "video: url: https://v.example/1", "E": "12", "F": "no",
            "H": "drawn: x, 1", "phone": "phone_number: +4670", "Answer": "loose", "01H": "two, lines",
            "plan": "gold", "seats": "3", "trial": "no", "score": "4", "winner": "B", "outcome": "A laptop",
        })
    );
}

#[test]
fn tallys_matrix_is_rows_with_what_was_chosen() {
    let matrix = |value: Value| {
        let data = tally_read(json!([{
            "key": "question_m", "label": "How was it?", "type": "MATRIX", "value": value,
            "rows": [{"id": "r1", "text": "Speed"}, {"id": "r2", "text": "Care"}, {"id": "r3", "text": "Price"}],
            "columns": [{"id": "c1", "text": "Good"}, {"id": "c2", "text": "Late"}],
        }]));
        data["request"]["fields"]["How was it?"].clone()
    };
    assert_eq!(
        matrix(json!({"r2": ["c1", "c2"], "r1": ["c1"], "r3": []})),
        "Speed: Good\nCare: Good, Late"
    );
    assert_eq!(
        matrix(json!({"r1": "c2", "gone": ["c9"]})),
        "Speed: Late\ngone: c9"
    );
    assert_eq!(matrix(json!([{"row": "r1"}])), "row: r1");
    assert_eq!(matrix(json!("typed")), "typed");
    assert_eq!(matrix(json!({"r1": [], "r2": null})), json!(null));
    assert_eq!(matrix(json!(null)), json!(null));
}

#[test]
fn no_answer_of_tallys_is_dropped_whatever_it_is() {
    let data = tally_read(json!([
        {"key": "a", "label": "Order", "type": "RANKING", "value": ["2", "1"],
         "options": [{"id": "1", "text": "Tea"}, {"id": "2", "text": "Coffee"}]},
        {"key": "b", "label": "Sign", "type": "SIGNATURE",
         "value": [{"id": "s", "name": "signature.png", "url": "https://storage.example/s.png", "size": 3}]},
        {"key": "c_price", "label": "Pay (price)", "type": "PAYMENT", "value": 10},
        {"key": "d", "label": "Total", "type": "CALCULATED_FIELDS", "value": 12.5},
        {"key": "e", "label": null, "type": "HIDDEN_FIELDS", "value": "north"},
        {"key": "f", "label": "Place", "type": "ADDRESS_2030", "value": {"city": "Lund", "zip": null}},
        {"key": "g", "label": "Only", "type": "CHECKBOXES", "value": true},
        {"key": "h", "label": "Several", "type": "MULTI_SELECT", "value": ["1", "Own words", null],
         "options": [{"id": "1", "text": "Red"}]},
        {"key": "i", "label": "Boxes", "type": "CHECKBOXES", "value": ["1"],
         "options": [{"id": "1", "text": "In"}, {"id": "2", "text": "Out"}]},
        {"key": "i_1", "label": "Boxes (In)", "type": "CHECKBOXES", "value": true},
        {"key": "i_2", "label": "Boxes (Out)", "type": "CHECKBOXES", "value": false},
        {"key": "j", "label": "Odd", "type": "CHECKBOXES", "value": null, "options": [{"id": "1", "text": "In"}]},
        {"key": "j_1", "label": "Odd (In)", "type": "CHECKBOXES", "value": true},
        {"key": "k", "label": "Nothing", "type": "INPUT_TEXT", "value": null},
        {"key": "l", "label": "Blank", "type": "INPUT_TEXT", "value": " "},
        {"label": "\u{7}", "value": "nameless"},
    ]));
    assert_eq!(
        data["request"]["fields"],
        json!({
            "Order": "Coffee, Tea", "Sign": "signature.png (https://storage.example/s.png)", "Pay (price)": "10",
            "Total": "12.5", "e": "north", "Place": "city: Lund", "Only": "yes", "Several": "Red, Own words",
            "Boxes": "In", "Odd (In)": "yes", "Answer": "nameless",
        })
    );
}

#[test]
fn a_long_answer_and_many_answers_are_kept_to_the_end() {
    let long = "word ".repeat(1_999) + "end";
    let data = tally_read(json!([
        {"key": "a", "label": "Summary", "type": "INPUT_TEXT", "value": "tall ".repeat(99)},
        {"key": "b", "label": "Story", "type": "TEXTAREA", "value": "The story"},
        {"key": "c", "label": "More", "type": "TEXTAREA", "value": long},
    ]));
    let fields = &data["request"]["fields"];
    assert_eq!(
        data["request"]["summary"].as_str().unwrap().chars().count(),
        300
    );
    assert_eq!(fields["Summary"], "tall ".repeat(99).trim());
    let length: usize = ["More", "More (2)", "More (3)"]
        .iter()
        .map(|name| fields[*name].as_str().unwrap().len())
        .sum();
    assert!(
        (long.len() - 2..=long.len()).contains(&length),
        "white space alone is lost: {length}"
    );
    assert!(fields["More (3)"].as_str().unwrap().ends_with("end"));

    let many =
        (0..120).map(|n| json!({"key": format!("q{n}"), "label": format!("Q{n}"), "value": n}));
    let data = tally_read(many.collect());
    let fields = data["request"]["fields"].as_object().unwrap();
    assert_eq!(fields.len(), 100);
    let more = fields["More answers"].as_str().unwrap();
    assert!(
        more.starts_with("Q99: 99\nQ100: 100") && more.ends_with("Q119: 119"),
        "{more}"
    );
}

#[test]
fn a_form_without_a_title_or_with_one_of_nothing_makes_a_request_all_the_same() {
    let email =
        json!([{"key": "q0", "label": "You", "type": "INPUT_EMAIL", "value": "kim@acme.example"}]);
    for name in [json!(null), json!(""), json!("\u{200f}\u{7}")] {
        let mut payload = tally(email.clone());
        payload["data"]["formName"] = name;
        let data = read(&Mapping::Tally(FormMapping::default()), payload);
        assert_eq!(
            (&data["request"]["type"], &data["request"]["summary"]),
            (&json!("Form"), &json!("Form"))
        );
    }
}
