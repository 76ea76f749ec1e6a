//! Compares the tables of these tests with the deployed ones.

use serde_json::Value;
use serde_norway::Value as Yaml;

use crate::engine::tables;

const TEMPLATE: &str = include_str!("../../../../infra/template.yaml");

/// Keys and indexes of a table, in an order that does not depend on how they are written.
fn shape(table: &Value) -> String {
    let mut indexes: Vec<String> = table["GlobalSecondaryIndexes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|index| {
            format!(
                "{}{}{}",
                index["IndexName"], index["KeySchema"], index["Projection"]
            )
        })
        .collect();
    indexes.sort();
    let mut attributes: Vec<String> = table["AttributeDefinitions"]
        .as_array()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    attributes.sort();
    format!("{}{indexes:?}{attributes:?}", table["KeySchema"])
}

#[test]
fn the_tables_are_those_of_the_template() {
    let template: Yaml = serde_norway::from_str(TEMPLATE).unwrap();
    for ours in tables() {
        let name = ours["TableName"].as_str().unwrap();
        let mut logical = name.to_owned();
        logical[..1].make_ascii_uppercase();
        let properties = &template["Resources"][format!("{logical}Table").as_str()]["Properties"];
        let mut deployed = serde_json::Map::new();
        for property in [
            "KeySchema",
            "AttributeDefinitions",
            "GlobalSecondaryIndexes",
        ] {
            let value: Value = serde_norway::from_value(properties[property].clone()).unwrap();
            deployed.insert(property.to_owned(), value);
        }
        assert_eq!(shape(&Value::Object(deployed)), shape(&ours), "{name}");
    }
}

#[test]
fn time_to_live_and_the_stream_are_those_of_the_template() {
    let template: Yaml = serde_norway::from_str(TEMPLATE).unwrap();
    let journal = &template["Resources"]["JournalTable"]["Properties"];
    let attribute = &journal["TimeToLiveSpecification"]["AttributeName"];
    assert_eq!(attribute.as_str(), Some("expires_at"));
    let view = &journal["StreamSpecification"]["StreamViewType"];
    assert_eq!(view.as_str(), Some("NEW_IMAGE"));
}
