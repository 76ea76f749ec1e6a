//! Atlassian's document format: a text as paragraphs, and the text of a document.

use serde_json::{Value, json};

/// The depth to which a document is read.
const DEEPEST: usize = 32;

/// A document of a plain text: a paragraph for each block, a break for each line. Nothing of it is
/// taken for layout.
pub(crate) fn of(text: &str) -> Value {
    let text = text.replace("\r\n", "\n");
    let paragraphs: Vec<Value> = text
        .split("\n\n")
        .map(|block| block.trim_matches('\n'))
        .filter(|block| !block.trim().is_empty())
        .map(paragraph)
        .collect();
    json!({ "type": "doc", "version": 1, "content": paragraphs })
}

fn paragraph(block: &str) -> Value {
    let mut content = Vec::new();
    for (index, line) in block.lines().enumerate() {
        if index > 0 {
            content.push(json!({ "type": "hardBreak" }));
        }
        // The format knows no empty text.
        if !line.is_empty() {
            content.push(json!({ "type": "text", "text": line }));
        }
    }
    json!({ "type": "paragraph", "content": content })
}

/// The text of a document; a plain text is its own.
pub(crate) fn text(document: &Value) -> String {
    if let Value::String(plain) = document {
        return plain.clone();
    }
    let mut text = String::new();
    read(document, 0, &mut text);
    text.trim_end().to_owned()
}

fn read(node: &Value, depth: usize, text: &mut String) {
    if depth > DEEPEST {
        return;
    }
    match node["type"].as_str() {
        Some("text") => text.push_str(node["text"].as_str().unwrap_or_default()),
        Some("hardBreak") => text.push('\n'),
        // The name of a mentioned person, a picture of a word, a card's address.
        Some("mention" | "emoji" | "inlineCard") => {
            let shown = ["text", "shortName", "url"]
                .into_iter()
                .find_map(|name| node["attrs"][name].as_str());
            text.push_str(shown.unwrap_or_default());
        }
        Some(_) | None => {
            for inner in node["content"].as_array().into_iter().flatten() {
                read(inner, depth + 1, text);
            }
            if let Some("paragraph" | "heading" | "codeBlock" | "rule") = node["type"].as_str() {
                text.push_str("\n\n");
            }
        }
    }
}
