//! The template's tables are those that the store reads and writes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use store::Tables;
use tests::repository;
use tests::template::{Template, each, own_name};

/// Constants of a file of the store, by name: they are its own business, so they are read as text.
fn constants(file: &str) -> BTreeMap<String, String> {
    repository::text(format!("shared/store/src/{file}"))
        .lines()
        .filter_map(|line| {
            let (name, rest) = line.split_once("const ")?.1.split_once(": &str = \"")?;
            Some((name.to_owned(), rest.strip_suffix("\";")?.to_owned()))
        })
        .collect()
}

/// A table's indexes: name, partition key, sort key.
fn indexes(table: &Value) -> BTreeSet<[String; 3]> {
    each(&table["Properties"]["GlobalSecondaryIndexes"])
        .into_iter()
        .map(|index| {
            let [hash, range] = keys(&index["KeySchema"]);
            [index["IndexName"].as_str().unwrap().to_owned(), hash, range]
        })
        .collect()
}

fn keys(schema: &Value) -> [String; 2] {
    let of = |kind: &str| {
        let mut keys = each(schema).into_iter();
        let key = keys.find(|key| key["KeyType"] == kind).unwrap();
        key["AttributeName"].as_str().unwrap().to_owned()
    };
    [of("HASH"), of("RANGE")]
}

#[test]
fn the_tables_are_the_stores() {
    // Without `..`, so that a fifth table is noticed here.
    let Tables {
        directory,
        requests,
        journal,
        audit,
    } = Tables {
        directory: "directory".to_owned(),
        requests: "requests".to_owned(),
        journal: "journal".to_owned(),
        audit: "audit".to_owned(),
    };
    let template = Template::read();
    let declared: BTreeSet<&str> = template
        .resources("AWS::DynamoDB::Table")
        .into_values()
        .map(|table| own_name(&table["Properties"]["TableName"]))
        .collect();
    let known = [&directory, &requests, &journal, &audit].map(String::as_str);
    assert_eq!(declared, known.into());
}

#[test]
fn keys_and_indexes_are_named_as_the_store_names_them() {
    let names = constants("keys.rs");
    let name = |constant: &str| names[constant].clone();
    let index = |named: &str, hash: &str, range: &str| [name(named), name(hash), name(range)];
    let due = index("DUE", "DUE_SHARD", "DUE_AT");
    let expected = [
        (
            "DirectoryTable",
            vec![index("BY_CUSTOMER", "EMAIL", "ORG"), due.clone()],
        ),
        (
            "RequestsTable",
            vec![index("BY_VIEWER", "VIEWER", "POSITION")],
        ),
        ("JournalTable", vec![due]),
        ("AuditTable", vec![index("BY_SUBJECT", "SUBJECT", "ENTRY")]),
    ];
    let template = Template::read();
    let tables = template.resources("AWS::DynamoDB::Table");
    for (id, wanted) in expected {
        assert_eq!(indexes(tables[id]), wanted.into_iter().collect(), "{id}");
        let key = keys(&tables[id]["Properties"]["KeySchema"]);
        assert_eq!(key, [name("PK"), name("SK")], "{id}");
    }
}

#[test]
fn every_declared_attribute_is_a_text_and_part_of_a_key() {
    let template = Template::read();
    for (id, table) in template.resources("AWS::DynamoDB::Table") {
        let mut used: BTreeSet<String> = keys(&table["Properties"]["KeySchema"]).into();
        used.extend(
            indexes(table)
                .into_iter()
                .flat_map(|[_, hash, range]| [hash, range]),
        );
        let attributes = each(&table["Properties"]["AttributeDefinitions"]);
        assert!(
            attributes
                .iter()
                .all(|attribute| attribute["AttributeType"] == "S"),
            "{id}"
        );
        let declared: BTreeSet<String> = attributes
            .into_iter()
            .map(|attribute| attribute["AttributeName"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(declared, used, "{id}");
    }
}

/// The audit and the directory forget by decision, never by a clock of the table's own.
#[test]
fn only_the_journal_forgets_by_itself() {
    let template = Template::read();
    for (id, table) in template.resources("AWS::DynamoDB::Table") {
        let forgets = &table["Properties"]["TimeToLiveSpecification"];
        if id == "JournalTable" {
            let attribute = &constants("item.rs")["EXPIRES_AT"];
            assert_eq!(
                *forgets,
                json!({"AttributeName": attribute, "Enabled": true})
            );
        } else {
            assert!(forgets.is_null(), "{id}");
        }
    }
}

#[test]
fn only_the_journal_has_a_stream_and_of_new_images() {
    let template = Template::read();
    for (id, table) in template.resources("AWS::DynamoDB::Table") {
        let stream = &table["Properties"]["StreamSpecification"];
        if id == "JournalTable" {
            assert_eq!(*stream, json!({"StreamViewType": "NEW_IMAGE"}));
        } else {
            assert!(stream.is_null(), "{id}");
        }
    }
}
