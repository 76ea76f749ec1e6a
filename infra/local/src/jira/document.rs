//! Texts as documents in Atlassian's format, and back.

use serde_json::{Value, json};

/// The document of a text: a paragraph for each line.
pub(crate) fn of(text: &str) -> Value {
    let paragraph = |line: &str| match line.trim_end() {
        "" => json!({"type": "paragraph", "content": []}),
        line => json!({"type": "paragraph", "content": [{"type": "text", "text": line}]}),
    };
    let content: Vec<_> = text.lines().map(paragraph).collect();
    json!({"type": "doc", "version": 1, "content": content})
}

/// The text of a document, or of a plain text. `None` if the value is neither.
pub(crate) fn text(value: &Value) -> Option<String> {
    if let Some(text) = value.as_str() {
        return Some(text.to_owned());
    }
    if value["type"] != "doc" || value["version"] != 1 {
        return None;
    }
    let blocks = value["content"].as_array()?.iter();
    let blocks: Vec<_> = blocks.map(inline).collect();
    Some(blocks.join("\n\n"))
}

fn inline(node: &Value) -> String {
    match node["type"].as_str() {
        Some("text") => node["text"].as_str().unwrap_or_default().to_owned(),
        Some("hardBreak") => "\n".to_owned(),
        Some(_) | None => {
            let content = node["content"].as_array().into_iter().flatten();
            content.map(inline).collect()
        }
    }
}
