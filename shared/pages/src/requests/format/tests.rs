use proptest::prelude::*;

use super::*;

#[test]
fn plain_words_keep_their_lines_and_emphasis_is_shown() {
    assert_eq!(
        formatted("Dear desk,\nit is *still* **broken**.\n\n- a\n- `b`\n\n> said"),
        "<p>Dear desk,<br />\nit is <em>still</em> <strong>broken</strong>.</p>\n<ul>\n\
         <li>a</li>\n<li><code>b</code></li>\n</ul>\n<blockquote>\n<p>said</p>\n</blockquote>\n"
    );
}

#[test]
fn a_heading_is_a_strong_line_and_an_image_a_link() {
    assert_eq!(formatted("# Loud"), "<p><strong>Loud</strong></p>\n");
    assert_eq!(
        formatted("![the screen](https://pictures.example/a.png \"t\")"),
        "<p><a href=\"https://pictures.example/a.png\" rel=\"noopener noreferrer nofollow\">\
         the screen (pictures.example)</a></p>\n"
    );
}

#[test]
fn links_lead_to_the_web_or_to_a_mailbox_and_nowhere_else() {
    for good in [
        "https://a.example/x?y=1&z=2",
        "http://a.example",
        "mailto:a@b.example",
    ] {
        assert!(
            formatted(&format!("[x]({good})")).contains("<a href=\""),
            "{good}"
        );
    }
    for bad in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//elsewhere.example",
        "/profile",
        "?done=all",
    ] {
        for text in [
            format!("[x]({bad})"),
            format!("[x](<{bad}>)"),
            format!("<{bad}>"),
        ] {
            let html = formatted(&text);
            assert!(!html.contains("<a "), "{text} → {html}");
        }
    }
}

#[test]
fn an_address_that_stands_for_itself_is_a_link_without_what_ends_the_sentence() {
    assert_eq!(
        formatted("See https://a.example/b_c_d?e=f&g, (or http://x.example)."),
        "<p>See <a href=\"https://a.example/b_c_d?e=f&amp;g\" \
         rel=\"noopener noreferrer nofollow\">https://a.example/b_c_d?e=f&amp;g</a>, (or \
         <a href=\"http://x.example/\" rel=\"noopener noreferrer nofollow\">http://x.example</a>\
         ).</p>\n"
    );
    assert!(!formatted("`https://a.example`").contains("<a "));
    assert!(!formatted("https:// and http://").contains("<a "));
}

#[test]
fn a_link_says_where_it_leads_unless_its_words_do() {
    let shown = |text: &str| {
        let html = formatted(text);
        let words = html.split_once("nofollow\">").map(|(_, rest)| rest);
        words.and_then(|rest| Some(rest.split_once("</a>")?.0.to_owned()))
    };
    for (text, expected) in [
        (
            "[https://bank.example](https://evil.example)",
            "https://bank.example (evil.example)",
        ),
        (
            "[bank.example](https://evil.example/bank.example)",
            "bank.example (evil.example)",
        ),
        (
            "[your **bank**](https://evil.example:8443/)",
            "your <strong>bank</strong> (evil.example:8443)",
        ),
        (
            "[help@bank.example](mailto:a@evil.example)",
            "help@bank.example (a@evil.example)",
        ),
        (
            "[a@b.example](mailto:a@b.example?bcc=c@evil.example)",
            "a@b.example (a@b.example?bcc=c@evil.example)",
        ),
        (
            "[https://bank.example](https://bank.example@evil.example)",
            "https://bank.example (evil.example)",
        ),
        (
            "https://bank.example@evil.example/",
            "https://bank.example@evil.example/ (evil.example)",
        ),
        (
            "https://b\u{430}nk.example",
            "https://b\u{430}nk.example (xn--bnk-6cd.example)",
        ),
        (
            "[https://bank\u{200b}.example](https://bank.example)",
            "https://bank\u{200b}.example (bank.example)",
        ),
        (
            "[![https://a.example](https://a.example)](https://evil.example)",
            "https://a.example (evil.example)",
        ),
        ("[](https://evil.example)", " (evil.example)"),
        (
            "[`https://bank.example`](http://evil.example)",
            "<code>https://bank.example</code> (evil.example)",
        ),
        (
            "[https://a.example/x](https://a.example/x)",
            "https://a.example/x",
        ),
        ("<https://a.example>", "https://a.example"),
        ("[a.example](https://a.example/x)", "a.example"),
        ("[a@b.example](mailto:a@b.example)", "a@b.example"),
        (
            "[mailto:a@b.example](mailto:a@b.example)",
            "mailto:a@b.example",
        ),
    ] {
        assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn no_character_of_an_address_ends_what_it_stands_in() {
    for (text, href) in [
        ("[x](mailto:<img/src=x>)", "mailto:&lt;img/src=x&gt;"),
        ("[x](<mailto:a<b>c>)", ""),
        ("[x](mailto:'a'\\\"&)", "mailto:&#39;a&#39;&quot;&amp;"),
        (
            "[x](https://a.example/'<>)",
            "https://a.example/&#39;%3C%3E",
        ),
        ("https://a.example/?q='x", "https://a.example/?q=%27x"),
        ("http://a.example/#<b>", "http://a.example/#"),
    ] {
        let html = formatted(text);
        let found = html
            .split_once("href=\"")
            .and_then(|(_, rest)| rest.split_once('"'));
        assert_eq!(found.map_or("", |(href, _)| href), href, "{text}");
    }
}

/// The elements that a comment may have, besides links and lists that begin with a number.
const ELEMENTS: [&str; 14] = [
    "p",
    "p class=\"lines\"",
    "br /",
    "em",
    "strong",
    "del",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "hr /",
    "a",
];

/// The original of an escaped address or text.
fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// Goes through the HTML of a comment and fails at whatever is not to be there.
fn judge(text: &str) {
    let html = formatted(text);
    assert!(
        html.len() <= (5 * text.len() + 64).max(ALWAYS),
        "{text}: {}",
        html.len()
    );
    let mut link: Option<(String, String)> = None;
    for part in html.split('<').skip(1) {
        let (tag, said) = part.split_once('>').expect("every tag ends");
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let href = name
            .strip_prefix("a href=\"")
            .and_then(|rest| rest.strip_suffix("\" rel=\"noopener noreferrer nofollow\""));
        let number = name
            .strip_prefix("ol start=\"")
            .and_then(|rest| rest.strip_suffix('"'));
        if let Some(href) = href {
            assert!(link.is_none(), "{text}: a link in a link");
            assert!(!href.contains(['"', '<', '>', '\'', ' ']), "{text}: {href}");
            link = Some((unescaped(href), String::new()));
        } else if let Some(number) = number {
            assert!(number.bytes().all(|b| b.is_ascii_digit()), "{text}: {tag}");
        } else {
            assert!(ELEMENTS.contains(&name), "{text}: {tag}");
        }
        assert!(!said.contains('>'), "{text}: {said}");
        for entity in said.split('&').skip(1) {
            let known = ["lt;", "gt;", "amp;", "quot;", "#39;"];
            assert!(
                known.iter().any(|known| entity.starts_with(known)),
                "{text}: {said}"
            );
        }
        if tag == "/a" {
            let (to, words) = link.take().expect("a link was open");
            let to = url::Url::parse(&to).expect("a link leads somewhere");
            assert!(
                ["http", "https", "mailto"].contains(&to.scheme()),
                "{text}: {to}"
            );
            let place = match (to.host_str(), to.port()) {
                (Some(host), Some(port)) => format!("{host}:{port}"),
                (Some(host), None) => host.to_owned(),
                (None, _) => to.as_str()["mailto:".len()..].to_owned(),
            };
            let is_address = url::Url::parse(&words).is_ok_and(|said| said == to);
            assert!(
                words == place || words.ends_with(&format!(" ({place})")) || is_address,
                "{text}: {words} → {to}"
            );
        } else if let Some((_, words)) = &mut link {
            words.push_str(&unescaped(said));
        }
    }
    assert!(link.is_none(), "{text}: a link without an end");
}

#[test]
fn nothing_that_somebody_types_becomes_an_element_that_acts() {
    for text in [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "<style>*{display:none}</style>",
        "<!-- -->\n<iframe src=\"https://a.example\">\n",
        "<a href=\"https://a.example\" onclick=\"x()\">y</a>",
        "[x](https://a.example/\"onmouseover=\"alert(1))",
        "[x](https://a.example/'onmouseover='alert(1) \"t\\\" onclick=\\\"x\")",
        "https://a.example/\"onmouseover=\"x",
        "```\"><script>\nx\n```",
        "``` html onload=x\n<b>\n```",
        "7. seven\n8. eight",
        "***a ~~b~~ _c_***",
        "# a <b>\n## c",
        "a\n***\nb",
        "&lt;script&gt; &#60;script&#62;",
        "[a]: javascript:x\n\n[a]",
        "<svg/onload=alert(1)>",
        "![<script>](https://a.example/<script>)",
        "[<b>](mailto:<img/src=x>)",
    ] {
        judge(text);
    }
}

/// Pieces out of which comments are made that try something.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "[", "](", ")", "![", "<", ">", "\"", "'", "&", "`", "```\n", "*", "**", "_", "~~", "\n",
            "\n\n", "> ", "- ", "1. ", "# ", "    ", "\\", "(", "]: ", "[a]", "&#106;", "&lt;", " ",
        ]).prop_map(str::to_owned),
        2 => prop::sample::select(vec![
            "https://bank.example", "http://", "https://evil.example/", "mailto:a@b.example", "mailto:",
            "javascript:alert(1)", "data:text/html,", "HTTPS://A.example", "//evil.example", "?q=<b>",
            "@evil.example", ":8443", "#<x>", "a@b.example", "<script>", "onload=x", "xn--", "b\u{430}nk",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,4}",
    ]
}

proptest! {
    #[test]
    fn whatever_somebody_types_acts_nowhere_and_leads_where_it_says(
        pieces in prop::collection::vec(piece(), 0..24)
    ) {
        judge(&pieces.concat());
    }
}

/// The longest comment, of one pattern.
fn longest(pattern: &str) -> String {
    pattern.repeat(32_768 / pattern.chars().count())
}

#[test]
fn a_text_is_gone_through_once_however_many_addresses_it_has() {
    for pattern in [
        "http://a ",
        "http://a\n",
        "h",
        "http:/",
        "https://",
        "http://a)",
        "ä http://b.example ",
    ] {
        for text in [pattern.repeat(100), longest(pattern)] {
            let mut steps = 0;
            let chars = text.char_indices().inspect(|_| steps += 1);
            let found = link::web_addresses(chars).len();
            assert_eq!(steps, text.chars().count(), "{pattern}");
            let expected = match pattern {
                "h" | "http:/" => 0,
                "https://" | "http://a)" => 1,
                _ => text.matches("http").count(),
            };
            assert_eq!(found, expected, "{pattern}");
        }
    }
}

#[test]
fn a_comment_of_nothing_but_marks_is_shown_as_it_was_typed() {
    for pattern in [
        "http://a ",
        "#\n",
        "# a\n",
        "-\n",
        "<http://a>",
        "[](http://a)",
        "*a* ",
        "`a`",
        "a\n\n",
        "***\n",
        "\"",
        "&",
        "<",
        "```\n```\n",
        "1.\n",
        "[a](mailto:b) ",
        "![](http://a)",
        "~~a~~ ",
        "> a\n\n",
        "\u{1f525}\n",
    ] {
        let text = longest(pattern);
        judge(&text);
        let html = formatted(&text);
        assert!(
            html.len() <= 5 * text.len() + 64,
            "{pattern}: {}",
            html.len()
        );
    }
    let html = formatted(&longest("http://a "));
    assert!(html.starts_with("<p class=\"lines\">http://a http://a"));
    // Nobody who writes to be read comes near that.
    let list = "- see https://tracker.example/browse/ABC-123\n".repeat(700);
    assert_eq!(formatted(&list).matches("<a ").count(), 700);
    assert_eq!(
        formatted(&"http://a ".repeat(150)).matches("<a ").count(),
        150
    );
}

#[test]
fn what_is_nested_without_end_stays_small() {
    for mark in [">", "- ", "*a _b ", "[", "1. ", "**", "`", "<", "&", "~~"] {
        let text = mark.repeat(32_768 / mark.len());
        let html = formatted(&text);
        assert!(html.len() < 16 * text.len(), "{mark}: {}", html.len());
        let deepest = html.matches("<blockquote>").count() + html.matches("<ul>").count();
        assert!(deepest <= DEEPEST || mark == "*a _b ", "{mark}: {deepest}");
    }
}
