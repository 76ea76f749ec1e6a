//! The words of the profile.

/// What the profile says.
pub(crate) struct Profile {
    pub(crate) title: &'static str,
    /// Whose it is: stands before the address.
    pub(crate) of: &'static str,

    pub(crate) name: &'static str,
    pub(crate) name_hint: &'static str,
    pub(crate) wrong_name: &'static str,
    pub(crate) language: &'static str,
    pub(crate) as_the_browser: &'static str,
    pub(crate) zone: &'static str,
    pub(crate) zone_hint: &'static str,
    pub(crate) wrong_zone: &'static str,
    pub(crate) save: &'static str,
    pub(crate) saved: &'static str,

    pub(crate) mails: &'static str,
    pub(crate) mails_on: &'static str,
    pub(crate) mails_off: &'static str,
    pub(crate) stop: &'static str,
    pub(crate) resume: &'static str,
    pub(crate) stopped: &'static str,
    pub(crate) resumed: &'static str,
    pub(crate) about_one_request: &'static str,
    pub(crate) to_the_requests: &'static str,
    pub(crate) access_mails_stay: &'static str,

    pub(crate) links: &'static str,
    pub(crate) links_lead: &'static str,
    pub(crate) end_links: &'static str,
    pub(crate) links_ended: &'static str,
}
