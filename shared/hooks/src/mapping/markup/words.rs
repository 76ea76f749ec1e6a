//! Parts of a line.

/// Text with a mark on both sides and its white space outside, because a mark beside a space does
/// not count.
pub(super) fn marked(text: &str, mark: &str) -> String {
    let services = text.trim();
    if services.is_empty() || mark.is_empty() {
        return text.to_owned();
    }
    let start = text.len() - text.trim_start().len();
    let (before, after) = (&text[..start], &text[start + services.len()..]);
    format!("{before}{mark}{services}{mark}{after}")
}

/// Text that is shown as it is.
pub(super) fn code(text: &str) -> String {
    if text.contains('`') {
        return text.to_owned();
    }
    marked(text, "`")
}

/// A link with its target: as a link if a page makes one of it, else in brackets.
pub(super) fn link(text: &str, target: &str) -> String {
    let (text, target) = (text.trim(), target.trim());
    if text.is_empty() || text == target {
        return target.to_owned();
    }
    if !is_web(target) {
        return format!("{text} ({target})");
    }
    if target.contains(['(', ')', ' ']) {
        return format!("[{text}](<{target}>)");
    }
    format!("[{text}]({target})")
}

/// Tells whether a page makes a link of it.
pub(super) fn is_web(target: &str) -> bool {
    ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| target.starts_with(scheme))
}

/// A file, by its name.
pub(super) fn file(name: &str) -> String {
    format!("📎 {}", name.trim()).trim_end().to_owned()
}
