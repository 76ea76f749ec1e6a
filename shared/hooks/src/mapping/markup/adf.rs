//! Atlassian documents: nodes with a type, attributes and content.

use domain::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::blocks::Blocks;
use super::people::People;
use super::words;

/// A document, or any node.
pub(super) fn text(node: &Value, people: &People<'_>) -> String {
    let mut page = Blocks::default();
    write(node, &mut page, people);
    page.end()
}

/// A node as part of a line.
pub(super) fn line(node: &Value, people: &People<'_>) -> String {
    let mut line = String::new();
    inline(node, &mut line, people);
    line
}

/// Writes a node into a page that has begun. The parser has limited the depth of the document.
pub(super) fn write(node: &Value, page: &mut Blocks, people: &People<'_>) {
    let attr = |name: &str| node["attrs"][name].as_str().unwrap_or_default();
    match kind(node) {
        "heading" => page.heading(&inlines(node, people)),
        "codeBlock" => page.code(&letters(node)),
        "rule" => page.rule(),
        "blockquote" | "panel" => {
            page.gap();
            page.within("> ", "> ", |page| blocks(node, page, people, true));
            page.gap();
        }
        "expand" | "nestedExpand" => {
            page.heading(attr("title"));
            blocks(node, page, people, true);
        }
        "bulletList" | "taskList" | "decisionList" => items(node, page, people, None),
        "orderedList" => items(
            node,
            page,
            people,
            Some(node["attrs"]["order"].as_u64().unwrap_or(1)),
        ),
        "table" => {
            page.gap();
            children(node).for_each(|row| write(row, page, people));
            page.gap();
        }
        "tableRow" => {
            let cells: Vec<String> = children(node).map(|cell| cell_line(cell, people)).collect();
            page.lines(&cells.join(" | "));
        }
        _ if is_inline(node) => page.lines(&line(node, people)),
        _ => blocks(node, page, people, true),
    }
}

/// The blocks of a node. Inline nodes between them form a paragraph.
fn blocks(node: &Value, page: &mut Blocks, people: &People<'_>, apart: bool) {
    // The attributes of an unknown block that have text.
    let said = ["title", "text"].map(|name| node["attrs"][name].as_str().unwrap_or_default());
    if !matches!(
        kind(node),
        "expand" | "nestedExpand" | "taskItem" | "decisionItem"
    ) {
        page_lines(page, said.join(" ").trim());
    }
    let mut words = String::new();
    for child in children(node) {
        if is_inline(child) {
            inline(child, &mut words, people);
            continue;
        }
        page_lines(page, &std::mem::take(&mut words));
        if apart {
            page.gap();
        }
        write(child, page, people);
    }
    page_lines(page, &words);
}

fn page_lines(page: &mut Blocks, words: &str) {
    if !words.trim().is_empty() {
        page.lines(words.trim_end());
    }
}

/// The items of a list, each after its mark.
fn items(node: &Value, page: &mut Blocks, people: &People<'_>, from: Option<u64>) {
    page.gap_before_list();
    for (number, item) in (0..).zip(children(node)) {
        let mark = match (kind(item), from) {
            // A list within a list, as in lists of tasks.
            ("taskList" | "bulletList" | "orderedList" | "decisionList", _) => {
                page.within("  ", "  ", |page| write(item, page, people));
                continue;
            }
            ("taskItem" | "blockTaskItem", _) if item["attrs"]["state"] == "DONE" => {
                "- [x] ".to_owned()
            }
            ("taskItem" | "blockTaskItem", _) => "- [ ] ".to_owned(),
            ("decisionItem", _) => "- ✔ ".to_owned(),
            (_, Some(from)) => format!("{}. ", from.saturating_add(number)),
            (_, None) => "- ".to_owned(),
        };
        let rest = if from.is_some() {
            " ".repeat(mark.len())
        } else {
            "  ".to_owned()
        };
        page.within(&mark, &rest, |page| {
            if is_inline(item) {
                page.lines(&line(item, people));
            } else {
                blocks(item, page, people, false);
            }
        });
    }
}

/// A cell in one line.
fn cell_line(cell: &Value, people: &People<'_>) -> String {
    let text = text(cell, people);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" / ")
}

fn inlines(node: &Value, people: &People<'_>) -> String {
    let mut words = String::new();
    children(node).for_each(|child| inline(child, &mut words, people));
    words
}

fn inline(node: &Value, words: &mut String, people: &People<'_>) {
    let attrs = &node["attrs"];
    let attr = |name: &str| attrs[name].as_str().filter(|text| !text.trim().is_empty());
    match kind(node) {
        "text" => words.push_str(&with_marks(node)),
        "hardBreak" => words.push('\n'),
        "mention" => match attr("text") {
            Some(name) => words.extend(["@", name.trim_start_matches('@')]),
            None => words.push_str(
                &people.mention(&format!("accountid:{}", attr("id").unwrap_or_default())),
            ),
        },
        "emoji" => words.push_str(
            attr("text")
                .or_else(|| attr("shortName"))
                .unwrap_or_default(),
        ),
        "date" => words.push_str(&date(&attrs["timestamp"])),
        "inlineCard" | "blockCard" | "embedCard" => {
            let name = attrs["data"]["name"].as_str().unwrap_or_default();
            let target = attr("url").or_else(|| attrs["data"]["url"].as_str());
            words.push_str(&words::link(name, target.unwrap_or_default()));
        }
        "media" | "mediaInline" => {
            let names = ["alt", "__fileName", "fileName", "name"];
            let name = names.into_iter().find_map(attr).unwrap_or_default();
            let said = attr("url").map_or_else(|| words::file(name), |url| words::link(name, url));
            words.push_str(&said);
        }
        // A status, a placeholder, an extension, or an unknown node.
        _ => {
            let own = node["text"].as_str();
            words.push_str(
                own.or_else(|| attr("text"))
                    .or_else(|| attr("title"))
                    .unwrap_or_default(),
            );
            words.push_str(&inlines(node, people));
        }
    }
}

/// A text with its marks; the innermost is the code, the outermost the link.
fn with_marks(node: &Value) -> String {
    let text = node["text"].as_str().unwrap_or_default();
    let has = |mark: &str| {
        node["marks"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|m| m["type"] == mark)
    };
    if has("code").is_some() {
        return words::code(text);
    }
    let link = has("link").and_then(|link| link["attrs"]["href"].as_str());
    if let Some(target) = link.filter(|target| !target.trim().is_empty()) {
        return words::link(text, target);
    }
    let mut marked = text.to_owned();
    for (mark, sign) in [("em", "*"), ("strong", "**"), ("strike", "~~")] {
        if has(mark).is_some() {
            marked = words::marked(&marked, sign);
        }
    }
    marked
}

/// The day of an instant in milliseconds, which Jira writes as text. It has no time zone.
fn date(value: &Value) -> String {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    let at = text
        .parse()
        .ok()
        .and_then(|at| Timestamp::from_millisecond(at).ok());
    at.map_or(text, |at| at.to_zoned(TimeZone::UTC).date().to_string())
}

/// The text of a block of code.
fn letters(node: &Value) -> String {
    let mut letters = String::new();
    for child in children(node) {
        match child["text"].as_str() {
            Some(text) => letters.push_str(text),
            None => letters.push_str(&letters_or_break(child)),
        }
    }
    letters
}

fn letters_or_break(node: &Value) -> String {
    if kind(node) == "hardBreak" {
        "\n".to_owned()
    } else {
        letters(node)
    }
}

fn kind(node: &Value) -> &str {
    node["type"].as_str().unwrap_or_default()
}

/// Tells whether a node is part of a line. An unknown node is if it holds only words.
fn is_inline(node: &Value) -> bool {
    match kind(node) {
        "text" | "hardBreak" | "mention" | "emoji" | "date" | "status" | "inlineCard"
        | "placeholder" | "mediaInline" | "inlineExtension" | "media" | "blockCard"
        | "embedCard" => true,
        _ => {
            node["content"].is_null()
                && (node["text"].is_string() || node["attrs"]["text"].is_string())
        }
    }
}

/// The content: a list of nodes, or a single one without a list.
fn children(node: &Value) -> impl Iterator<Item = &Value> {
    let content = &node["content"];
    let one = content.is_object().then_some(content);
    content.as_array().into_iter().flatten().chain(one)
}
