//! Which template says what: each kind of mail has a subject, a text and an HTML in each language.
//!
//! A further language is a folder beside `templates/en`, a file like `templates/en.toml`, a variant
//! of [`Language`] and one more arm in each macro here; the compiler names what is missing.

use askama::Template;
use domain::{
    Language,
    customer::Suppression,
    membership::OffboardReason,
    message::Opens,
    request::{AuthorRole, Category},
};

use crate::{
    views::{
        AccessEnded, AccessEnding, AddressSuppressed, ApprovalAnswered, ApprovalRequested,
        BurstStopped, ConfirmRequest, DeskNews, DeskNotice, ExceptionAsked, ExceptionRefused,
        Frame, InactivityWarning, Invitation, InvitationDeclined, LastLeadSpared,
        LeaverRaisedRequest, MemberJoined, MemberOffboarded, OrganizationVacant, RemovalDigest,
        RequestClosed, RequestCommented, RequestHandedOver, RequestReceived, RequestShared,
        RequestTransitioned, ReviewAsked, Stop, SweepHeld, UnreachableHeld, Welcome, YourLink,
    },
    when::Parts,
};

/// A mail's words.
pub(crate) struct Words {
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

/// Renders the three templates of one kind in one language. The lifetime is named so that views
/// with and without borrowed values look alike.
macro_rules! render {
    ($config:tt, $view:ident, $mail:expr, $frame:expr, $subject:tt, $text:tt, $html:tt) => {{
        #[derive(Template)]
        #[template(path = $subject, config = $config)]
        #[allow(dead_code, reason = "not every template needs both")]
        struct Subject<'a> {
            frame: &'a Frame<'a>,
            mail: &'a $view<'a>,
        }
        #[derive(Template)]
        #[template(path = $text, config = $config)]
        #[allow(dead_code, reason = "not every template needs both")]
        struct Text<'a> {
            frame: &'a Frame<'a>,
            mail: &'a $view<'a>,
        }
        #[derive(Template)]
        #[template(path = $html, config = $config)]
        #[allow(dead_code, reason = "not every template needs both")]
        struct Html<'a> {
            frame: &'a Frame<'a>,
            mail: &'a $view<'a>,
        }
        let (mail, frame) = ($mail, $frame);
        let subject = Subject { frame, mail }.render()?.trim().to_owned();
        frame.subject.clone_from(&subject);
        let text = tidy(&Text { frame, mail }.render()?);
        let html = Html { frame, mail }.render()?;
        Ok(Words {
            subject,
            text,
            html,
        })
    }};
}

macro_rules! mail {
    ($name:ident, $view:ident, $subject:tt, $text:tt, $html:tt) => {
        pub(crate) fn $name(
            mail: &$view<'_>,
            frame: &mut Frame<'_>,
        ) -> Result<Words, askama::Error> {
            match frame.language {
                Language::English => {
                    render!(
                        "templates/en.toml",
                        $view,
                        mail,
                        frame,
                        $subject,
                        $text,
                        $html
                    )
                }
                Language::German => {
                    render!(
                        "templates/de.toml",
                        $view,
                        mail,
                        frame,
                        $subject,
                        $text,
                        $html
                    )
                }
            }
        }
    };
}

mail!(
    request_received,
    RequestReceived,
    "request_received/subject.txt",
    "request_received/body.txt",
    "request_received/body.html"
);
mail!(
    request_shared,
    RequestShared,
    "request_shared/subject.txt",
    "request_shared/body.txt",
    "request_shared/body.html"
);
mail!(
    request_commented,
    RequestCommented,
    "request_commented/subject.txt",
    "request_commented/body.txt",
    "request_commented/body.html"
);
mail!(
    request_transitioned,
    RequestTransitioned,
    "request_transitioned/subject.txt",
    "request_transitioned/body.txt",
    "request_transitioned/body.html"
);
mail!(
    request_closed,
    RequestClosed,
    "request_closed/subject.txt",
    "request_closed/body.txt",
    "request_closed/body.html"
);
mail!(
    approval_requested,
    ApprovalRequested,
    "approval_requested/subject.txt",
    "approval_requested/body.txt",
    "approval_requested/body.html"
);
mail!(
    approval_answered,
    ApprovalAnswered,
    "approval_answered/subject.txt",
    "approval_answered/body.txt",
    "approval_answered/body.html"
);
mail!(
    request_handed_over,
    RequestHandedOver,
    "request_handed_over/subject.txt",
    "request_handed_over/body.txt",
    "request_handed_over/body.html"
);
mail!(
    desk_notice,
    DeskNotice,
    "desk_notice/subject.txt",
    "desk_notice/body.txt",
    "desk_notice/body.html"
);
mail!(
    confirm_request,
    ConfirmRequest,
    "confirm_request/subject.txt",
    "confirm_request/body.txt",
    "confirm_request/body.html"
);
mail!(
    invitation,
    Invitation,
    "invitation/subject.txt",
    "invitation/body.txt",
    "invitation/body.html"
);
mail!(
    invitation_reminder,
    Invitation,
    "invitation_reminder/subject.txt",
    "invitation_reminder/body.txt",
    "invitation_reminder/body.html"
);
mail!(
    welcome,
    Welcome,
    "welcome/subject.txt",
    "welcome/body.txt",
    "welcome/body.html"
);
mail!(
    invitation_declined,
    InvitationDeclined,
    "invitation_declined/subject.txt",
    "invitation_declined/body.txt",
    "invitation_declined/body.html"
);
mail!(
    exception_asked,
    ExceptionAsked,
    "exception_asked/subject.txt",
    "exception_asked/body.txt",
    "exception_asked/body.html"
);
mail!(
    exception_refused,
    ExceptionRefused,
    "exception_refused/subject.txt",
    "exception_refused/body.txt",
    "exception_refused/body.html"
);
mail!(
    inactivity_warning,
    InactivityWarning,
    "inactivity_warning/subject.txt",
    "inactivity_warning/body.txt",
    "inactivity_warning/body.html"
);
mail!(
    inactivity_reminder,
    InactivityWarning,
    "inactivity_reminder/subject.txt",
    "inactivity_reminder/body.txt",
    "inactivity_reminder/body.html"
);
mail!(
    access_ending,
    AccessEnding,
    "access_ending/subject.txt",
    "access_ending/body.txt",
    "access_ending/body.html"
);
mail!(
    access_ended,
    AccessEnded,
    "access_ended/subject.txt",
    "access_ended/body.txt",
    "access_ended/body.html"
);
mail!(
    member_offboarded,
    MemberOffboarded,
    "member_offboarded/subject.txt",
    "member_offboarded/body.txt",
    "member_offboarded/body.html"
);
mail!(
    removal_digest,
    RemovalDigest,
    "removal_digest/subject.txt",
    "removal_digest/body.txt",
    "removal_digest/body.html"
);
mail!(
    member_joined,
    MemberJoined,
    "member_joined/subject.txt",
    "member_joined/body.txt",
    "member_joined/body.html"
);
mail!(
    leaver_raised_request,
    LeaverRaisedRequest,
    "leaver_raised_request/subject.txt",
    "leaver_raised_request/body.txt",
    "leaver_raised_request/body.html"
);
mail!(
    address_suppressed,
    AddressSuppressed,
    "address_suppressed/subject.txt",
    "address_suppressed/body.txt",
    "address_suppressed/body.html"
);
mail!(
    review_asked,
    ReviewAsked,
    "review_asked/subject.txt",
    "review_asked/body.txt",
    "review_asked/body.html"
);
mail!(
    last_lead_spared,
    LastLeadSpared,
    "last_lead_spared/subject.txt",
    "last_lead_spared/body.txt",
    "last_lead_spared/body.html"
);
mail!(
    unreachable_held,
    UnreachableHeld,
    "unreachable_held/subject.txt",
    "unreachable_held/body.txt",
    "unreachable_held/body.html"
);
mail!(
    organization_vacant,
    OrganizationVacant,
    "organization_vacant/subject.txt",
    "organization_vacant/body.txt",
    "organization_vacant/body.html"
);
mail!(
    sweep_held,
    SweepHeld,
    "sweep_held/subject.txt",
    "sweep_held/body.txt",
    "sweep_held/body.html"
);
mail!(
    burst_stopped,
    BurstStopped,
    "burst_stopped/subject.txt",
    "burst_stopped/body.txt",
    "burst_stopped/body.html"
);
mail!(
    your_link,
    YourLink,
    "your_link/subject.txt",
    "your_link/body.txt",
    "your_link/body.html"
);

/// Renders the two templates of an instant in one language.
macro_rules! instant {
    ($config:tt, $parts:expr) => {{
        #[derive(Template)]
        #[template(path = "instant/day.txt", config = $config)]
        struct Day<'a> {
            at: &'a Parts<'a>,
        }
        #[derive(Template)]
        #[template(path = "instant/said.txt", config = $config)]
        struct Said<'a> {
            at: &'a Parts<'a>,
            day: &'a str,
        }
        let at = $parts;
        let day = Day { at }.render()?.trim().to_owned();
        let said = Said { at, day: &day }.render()?.trim().to_owned();
        Ok((day, said))
    }};
}

/// The words of an instant: the day, and the day with the time and the zone.
pub(crate) fn instant(
    language: Language,
    parts: &Parts<'_>,
) -> Result<(String, String), askama::Error> {
    match language {
        Language::English => instant!("templates/en.toml", parts),
        Language::German => instant!("templates/de.toml", parts),
    }
}

/// Leaves at most one empty line between paragraphs and ends with one line feed. Quoted lines are
/// never empty, so nothing that somebody wrote changes.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.trim().lines() {
        empty = if line.trim().is_empty() { empty + 1 } else { 0 };
        if empty <= 1 {
            tidy.push_str(if empty == 1 { "" } else { line });
            tidy.push('\n');
        }
    }
    tidy
}
