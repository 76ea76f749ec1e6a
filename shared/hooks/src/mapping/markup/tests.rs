//! Both kinds of markup, well-formed and broken.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![allow(
    clippy::needless_pass_by_value,
    reason = "documents are written in place"
)]

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn payload() -> Value {
    json!({"issue": {"fields": {
        "reporter": {"accountId": "712020:ab-c", "displayName": "Vera Lind"},
        "assignee": {"key": "JIRAUSER1", "name": "otto", "displayName": "Otto Berg"},
    }}})
}

fn wiki(markup: &str) -> String {
    text(&json!(markup), &payload()).unwrap()
}

fn adf(content: Value) -> String {
    text(
        &json!({"type": "doc", "version": 1, "content": content}),
        &payload(),
    )
    .unwrap()
}

fn words(text: &str) -> Value {
    json!({"type": "text", "text": text})
}

fn paragraph(content: Value) -> Value {
    json!({"type": "paragraph", "content": content})
}

#[test]
fn marks_inside_of_a_line_are_those_of_the_pages() {
    for (markup, said) in [
        (
            "*bold* and _soft_ and -gone-, +new+ H~2~O x^2^",
            "**bold** and *soft* and ~~gone~~, new H~2~O x^2^",
        ),
        (
            "{color:#ff5630}*red*{color} {color:blue}x{color}",
            "**red** x",
        ),
        (
            "{{a|b *c*}} \\*not bold\\* a\\\\b",
            "`a|b *c*` *not bold* a\nb",
        ),
        (
            "[Guide|https://kb.example/a_b_c] [https://x.example/_y_]",
            "[Guide](https://kb.example/a_b_c) https://x.example/_y_",
        ),
        (
            "[https://x.example|https://x.example|smart-link]",
            "https://x.example",
        ),
        (
            "[x|https://x.example/a(b)]",
            "[x](<https://x.example/a(b)>)",
        ),
        (
            "[kim@acme.example|mailto:kim@acme.example]",
            "kim@acme.example",
        ),
        (
            "[shared|file:///c:/a.txt] [top|#start]",
            "shared (file:///c:/a.txt) top (#start)",
        ),
        (
            "[WIP] [a [b] c] [x|y z] see [1",
            "[WIP] [a [b] c] [x|y z] see [1",
        ),
        (
            "[~accountid:712020:ab-c], [~otto] and [~accountid:gone], [~jdoe]",
            "@Vera Lind, @Otto Berg and @someone, @jdoe",
        ),
        (
            "see [^log.txt] and !screen shot.png|width=300! wow! ok!",
            "see 📎 log.txt and 📎 screen shot.png wow! ok!",
        ),
        ("(/) done (x) f(x) (on)", "✔ done ✘ f(x) 💡"),
        (
            "snake_case_name, 2*3*4, a-b-c, C++ -1 - 2 __init__ ~5 +49",
            "snake_case_name, 2*3*4, a-b-c, C++ -1 - 2 __init__ ~5 +49",
        ),
        ("*open _and crossed* here_", "**open _and crossed** here_"),
        ("{unknown:x} {a {b} }", "{unknown:x} {a {b} }"),
    ] {
        assert_eq!(wiki(markup), said, "{markup}");
    }
}

#[test]
fn lines_of_a_wiki_are_headings_lists_quotes_tables_and_code() {
    let markup = "h2. What *happened*\r\nIt stops.\nTwice.\n* one\n** deeper\n*# first\n*# second\n* two\nAfter.\n\n\
        # a\n# b\n----\n||Name||State||\n|[Doc|https://x.example]|{{a|b}}|\n{quote}said\n\nagain{quote}\nbq. short\n\
        {code:title=run.sh|borderStyle=solid}\n* not a list\n{quote}\n{code}\n{panel:title=Mind|bgColor=#fff}inside{panel}\n-- \nKim";
    let said = "What **happened**\n\nIt stops.\nTwice.\n\n- one\n  - deeper\n  1. first\n  2. second\n- two\n\nAfter.\n\n\
        1. a\n2. b\n\n---\n\nName | State\n[Doc](https://x.example) | `a|b`\n\n> said\n>\n> again\n\n> short\n\n\
        **run.sh**\n\n```\n* not a list\n{quote}\n```\n\n**Mind**\n\ninside\n\n--\nKim";
    assert_eq!(wiki(markup), said);
}

#[test]
fn a_document_inside_of_a_wiki_is_read_as_one() {
    let expand = json!({"type": "expand", "attrs": {"title": "Steps"}, "content": [paragraph(json!([words("Press it.")]))]});
    let markup = format!("Before\n{{adf:display=block}}\n{expand}\n{{adf}}\nAfter");
    assert_eq!(wiki(&markup), "Before\n\n**Steps**\n\nPress it.\n\nAfter");
    let status = json!({"type": "status", "attrs": {"text": "DONE", "color": "green"}});
    assert_eq!(
        wiki(&format!("It is {{adf:display=inline}}{status}{{adf}}!")),
        "It is DONE!"
    );
    for broken in [
        "{adf:display=block}{oops}{adf}",
        "{adf}",
        "{code}never ended",
        "{quote}never ended",
    ] {
        assert_eq!(wiki(broken), broken);
    }
}

#[test]
fn what_stands_in_a_line_of_a_document_is_said() {
    let node = |kind: &str, attrs: Value| json!({"type": kind, "attrs": attrs});
    let marked = |text: &str, marks: Value| json!({"type": "text", "text": text, "marks": marks});
    let line = adf(json!([paragraph(json!([
        words("Hello "), node("mention", json!({"id": "x", "text": "@Ines"})), words(", "),
        node("mention", json!({"id": "712020:ab-c", "text": ""})), words(" and "), node("mention", json!({"id": "gone"})),
        node("emoji", json!({"shortName": ":smile:", "text": "😄"})), node("emoji", json!({"shortName": ":party:"})),
        words(" by "), node("date", json!({"timestamp": "1795305600000"})), words(" "),
        node("status", json!({"text": "In progress", "color": "blue"})), {"type": "hardBreak"},
        marked("bold ", json!([{"type": "strong"}, {"type": "textColor", "attrs": {"color": "#f00"}}])),
        marked("code", json!([{"type": "code"}])), words(" "),
        marked("guide", json!([{"type": "link", "attrs": {"href": "https://kb.example/1"}}])), words(" "),
        node("inlineCard", json!({"url": "https://desk.example/browse/SUP-1"})), words(" "),
        node("inlineCard", json!({"data": {"name": "Plan", "url": "https://x.example"}})), words(" "),
        node("mediaInline", json!({"id": "u-1", "alt": "log.txt"})), words(" "),
        node("hologram", json!({"text": "from 2030"})),
    ]))]));
    assert_eq!(
        line,
        "Hello @Ines, @Vera Lind and @someone😄:party: by 2026-11-22 In progress\n**bold** `code` \
         [guide](https://kb.example/1) https://desk.example/browse/SUP-1 [Plan](https://x.example) 📎 log.txt from 2030"
    );
}

#[test]
fn the_blocks_of_a_document_keep_their_shape() {
    let item =
        |text: &str| json!({"type": "listItem", "content": [paragraph(json!([words(text)]))]});
    let task = |text: &str, state: &str| json!({"type": "taskItem", "attrs": {"state": state}, "content": [words(text)]});
    let cell = |kind: &str, text: &str| json!({"type": kind, "content": [paragraph(json!([words(text)]))]});
    let open = ["TO", "DO"].concat();
    let mut nested = item("one");
    nested["content"].as_array_mut().unwrap().push(
        json!({"type": "orderedList", "attrs": {"order": 3}, "content": [item("a"), item("b")]}),
    );
    let said = adf(json!([
        {"type": "heading", "attrs": {"level": 2}, "content": [words("Title")]},
        paragraph(json!([words("Text")])), paragraph(json!([words("More")])),
        {"type": "bulletList", "content": [nested, item("two")]},
        {"type": "taskList", "content": [task("ring", &open), task("write", "DONE"), {"type": "taskList", "content": [task("deep", &open)]}]},
        {"type": "decisionList", "content": [{"type": "decisionItem", "attrs": {"state": "DECIDED"}, "content": [words("Go")]}]},
        {"type": "codeBlock", "attrs": {"language": "sh"}, "content": [words("a\n```\nb")]},
        {"type": "panel", "attrs": {"panelType": "warning"}, "content": [paragraph(json!([words("Mind")])), paragraph(json!([words("this")]))]},
        {"type": "expand", "attrs": {"title": "Steps"}, "content": [paragraph(json!([words("Press")]))]},
        {"type": "rule"},
        {"type": "table", "content": [
            {"type": "tableRow", "content": [cell("tableHeader", "A"), cell("tableHeader", "B")]},
            {"type": "tableRow", "content": [cell("tableCell", "1"), {"type": "tableCell", "content": [{"type": "bulletList", "content": [item("x"), item("y")]}]}]},
        ]},
        {"type": "mediaSingle", "content": [{"type": "media", "attrs": {"type": "file", "id": "u", "alt": "screen.png"}}, {"type": "caption", "content": [words("As seen")]}]},
        {"type": "bodiedExtension", "attrs": {"title": "Chart"}, "content": [{"type": "novelty", "content": [words("kept")]}]},
    ]));
    let expected = "**Title**\n\nText\n\nMore\n\n- one\n  3. a\n  4. b\n- two\n\n- [ ] ring\n- [x] write\n  - [ ] deep\n\n- ✔ Go\n\n\
        ````\na\n```\nb\n````\n\n> Mind\n>\n> this\n\n**Steps**\n\nPress\n\n---\n\nA | B\n1 | - x / - y\n\n📎 screen.png\n\nAs seen\n\nChart\n\nkept";
    assert_eq!(said, expected);
}

#[test]
fn whatever_is_neither_is_nothing() {
    for value in [json!(7), json!(null), json!([]), json!(true)] {
        assert_eq!(text(&value, &payload()), None);
    }
    assert_eq!(text(&json!({}), &payload()).unwrap(), "");
    assert_eq!(
        text(
            &json!({"type": "doc", "content": {"type": "text", "text": "x"}}),
            &payload()
        )
        .unwrap(),
        "x"
    );
}

/// The program's steps would be the right measure; the size of the output bounds them.
#[test]
fn a_text_made_to_be_slow_is_read_like_any_other() {
    for piece in [
        "[",
        "[~",
        "{{",
        "!",
        "*a ",
        "{quote}",
        "{code}",
        "{adf}",
        "||",
        "|a",
        "> ",
        "* x\n",
        "{color}",
        "\\",
        "(/) ",
        "-x- ",
        "[a|",
        "{panel:",
        "*#-*#-*# x\n",
        "bq. x\n",
    ] {
        let said = wiki(&piece.repeat(200_000 / piece.len()));
        assert!(said.len() < 1_000_000, "{piece}");
    }
    for kind in [
        "blockquote",
        "bulletList",
        "listItem",
        "table",
        "tableCell",
        "novelty",
        "taskList",
    ] {
        let mut node = words("deep");
        for _ in 0..120 {
            node = json!({"type": kind, "content": [node]});
        }
        assert!(adf(json!([node])).contains("deep"), "{kind}");
    }
}

proptest! {
    #[test]
    fn no_word_is_lost_and_nothing_panics(
        parts in proptest::collection::vec("[a-g]{3,8}|[\\[\\]{}|*_!~^+\\-\\\\#:. \n]{1,4}|\\{code\\}|\\{quote\\}|h1\\. |\\PC", 0..40)
    ) {
        let markup = parts.concat();
        let said = wiki(&markup);
        prop_assert!(said.len() <= 40 + markup.len() * 12);
        let plain: String = markup.chars().filter(|c| c.is_alphanumeric()).collect();
        if !markup.contains(['{', '[', '!', 'h', '~']) {
            let kept: String = said.chars().filter(|c| c.is_alphanumeric()).collect();
            let numbers_aside = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
            prop_assert_eq!(numbers_aside(&kept), numbers_aside(&plain));
        }
    }
}
