#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use super::*;

const TEMPLATE: &str = r#"
Parameters:
  Domain: { Type: String, Default: "" }
  Previous: { Type: Number, Default: 0 }
  Needed: { Type: String }
Conditions:
  HasDomain: !Not [!Equals [!Ref Domain, ""]]
  Rotating: !Not [!Equals [!Ref Previous, "0"]]
  Both: !And [!Condition HasDomain, !Condition Rotating]
Resources:
  Table: { Type: T, Properties: { TableName: !Sub "${AWS::StackName}-directory" } }
  Key: { Type: K }
"#;

fn scope(local: &[(&str, &str)]) -> Scope {
    let local = local
        .iter()
        .map(|(name, value)| ((*name).to_owned(), json!(value)))
        .collect();
    Scope::of(&long_form(TEMPLATE).unwrap(), "lanyard", &local).unwrap()
}

fn text(scope: &Scope, yaml: &str) -> Result<String, IntrinsicError> {
    scope.text(&long_form(yaml)?)
}

#[test]
fn anchors_and_merge_keys_are_written_out() {
    let yaml = "{a: &first {x: !Ref Key, y: [1]}, b: {<<: *first, y: [2]}, c: [*first]}";
    let first = json!({"x": {"Ref": "Key"}, "y": [1]});
    assert_eq!(
        long_form(yaml).unwrap(),
        json!({"a": first, "b": {"x": {"Ref": "Key"}, "y": [2]}, "c": [first]})
    );
}

#[test]
fn references_give_names_parameters_and_pseudo_parameters() {
    let scope = scope(&[("Needed", "yes")]);
    assert_eq!(text(&scope, "!Ref Table").unwrap(), "lanyard-directory");
    assert_eq!(text(&scope, "!Ref Key").unwrap(), "lanyard-Key");
    assert_eq!(text(&scope, "!Ref Needed").unwrap(), "yes");
    assert_eq!(text(&scope, "!Ref AWS::StackName").unwrap(), "lanyard");
    assert_eq!(
        text(&scope, "!GetAtt Table.StreamArn").unwrap(),
        "arn:aws:local::000000000000:Table/StreamArn"
    );
}

#[test]
fn substitution_knows_names_attributes_maps_and_literals() {
    let scope = scope(&[]);
    let yaml = r#"!Sub ["${Table}/${Table.Arn}/${x}/${!kept}/${Previous}", { x: !Ref Key }]"#;
    assert_eq!(
        text(&scope, yaml).unwrap(),
        "lanyard-directory/arn:aws:local::000000000000:Table/Arn/lanyard-Key/${kept}/0"
    );
}

#[test]
fn conditions_follow_the_parameters() {
    let yaml = r#"!If [HasDomain, !Sub "https://${Domain}", none]"#;
    assert_eq!(text(&scope(&[]), yaml).unwrap(), "none");
    assert_eq!(
        text(&scope(&[("Domain", "desk.example")]), yaml).unwrap(),
        "https://desk.example"
    );
    assert_eq!(text(&scope(&[]), "!If [Rotating, a, b]").unwrap(), "b");
    assert_eq!(
        text(&scope(&[("Previous", "1")]), "!If [Both, a, b]").unwrap(),
        "b"
    );
}

#[test]
fn lists_are_joined_split_and_selected_from() {
    let scope = scope(&[]);
    assert_eq!(
        text(&scope, "!Join [\"-\", [a, !Ref Table]]").unwrap(),
        "a-lanyard-directory"
    );
    assert_eq!(
        text(&scope, "!Select [1, !Split [\"-\", !Ref Table]]").unwrap(),
        "directory"
    );
}

#[test]
fn what_has_no_value_is_left_out() {
    let resolved = scope(&[])
        .resolve(&long_form("{a: 1, b: !Ref AWS::NoValue}").unwrap())
        .unwrap();
    assert_eq!(resolved, json!({"a": 1}));
}

#[test]
fn what_is_not_known_is_refused_by_name() {
    let scope = scope(&[]);
    let refused = |yaml| text(&scope, yaml).unwrap_err();
    assert_eq!(
        refused("!Ref Nothing"),
        IntrinsicError::Unknown("Nothing".to_owned())
    );
    assert_eq!(
        refused("!GetAtt Nothing.Arn"),
        IntrinsicError::Unknown("Nothing".to_owned())
    );
    assert_eq!(
        refused("!If [No, a, b]"),
        IntrinsicError::Condition("No".to_owned())
    );
    assert_eq!(
        refused("!ImportValue a"),
        IntrinsicError::Function("!ImportValue".to_owned())
    );
    assert_eq!(
        refused("{Fn::Cidr: [a]}"),
        IntrinsicError::Function("Fn::Cidr".to_owned())
    );
}

#[test]
fn a_parameter_without_any_value_is_named() {
    assert_eq!(
        text(&scope(&[]), "!Ref Needed").unwrap_err(),
        IntrinsicError::Parameter("Needed".to_owned())
    );
}
