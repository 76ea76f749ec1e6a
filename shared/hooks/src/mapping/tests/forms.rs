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
