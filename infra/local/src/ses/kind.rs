//! The kinds of mails in words.

/// Kinds whose names say too little.
const WORDS: [(&str, &str); 16] = [
    ("request_transitioned", "Status changed"),
    ("request_commented", "New comment"),
    ("request_shared", "Request shared"),
    ("approval_requested", "Approval asked for"),
    ("desk_notice", "Notice to the desk"),
    ("confirm_request", "Request to confirm"),
    ("exception_asked", "Invitation to decide on"),
    ("exception_refused", "Invitation refused"),
    ("removal_digest", "People were removed"),
    ("leaver_raised_request", "Request of somebody who left"),
    ("address_suppressed", "Mail does not arrive"),
    ("unreachable_held", "Removal held: mail does not arrive"),
    ("organization_vacant", "Organisation without a lead"),
    ("last_lead_spared", "The last lead is silent"),
    ("sweep_held", "Sweep stopped"),
    ("burst_stopped", "Too many at once"),
];

/// A kind such as `request_received` in words: "Request received".
#[must_use]
pub(crate) fn in_words(kind: &str) -> String {
    let known = WORDS.iter().find(|(name, _)| *name == kind);
    if let Some((_, words)) = known {
        return (*words).to_owned();
    }
    let mut letters = kind.chars();
    letters
        .next()
        .map(|first| {
            let rest = letters.map(|letter| if letter == '_' { ' ' } else { letter });
            first.to_uppercase().chain(rest).collect()
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn a_kind_is_told_in_words() {
        assert_eq!(in_words("request_received"), "Request received");
        assert_eq!(in_words("address_suppressed"), "Mail does not arrive");
        assert_eq!(in_words(""), "");
    }
}
