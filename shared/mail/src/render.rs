//! From a message to a mail.

use domain::{
    EmailAddress, Mail, Message, Role,
    message::{AboutRequest, Urgency},
    text::Name,
};
use url::Url;

use crate::{
    context::Context,
    email::{Email, Mailbox},
    header::{Header, HeaderValue, InvalidHeader},
    thread,
    views::{self, Frame, Quote, RequestView, Stop},
    when::When,
    words::{self, Words},
};

/// Why a message became no mail. None of these mends itself.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The mail asks its reader to do something that only its link can do, and there is none.
    #[error("a {kind} mail needs a link")]
    NoLink {
        /// The kind of mail.
        kind: &'static str,
    },
    /// The mail can be stopped, and the links that stop it are missing.
    #[error("a {kind} mail needs the links that stop it")]
    NoStopLinks {
        /// The kind of mail.
        kind: &'static str,
    },
    /// The base URL names no host.
    #[error("the base URL has no host")]
    NoHost,
    /// A value would break its header.
    #[error("the {header} header cannot be written")]
    Header {
        /// Which header.
        header: &'static str,
        /// What is wrong with it.
        source: InvalidHeader,
    },
    /// A template failed to write; the templates here have nothing that can.
    #[error("a template failed")]
    Template(#[from] askama::Error),
}

impl MailError {
    /// Whether the same message may be rendered later: never.
    #[must_use]
    pub fn retryable(&self) -> bool {
        false
    }
}

/// Writes the copy of a message for one recipient.
///
/// The same message, recipient and context give the same mail, byte for byte.
///
/// # Errors
/// When a link is missing that the mail cannot do without, or a value does not fit its header.
pub fn render(
    message: &Message,
    to: &EmailAddress,
    context: &Context<'_>,
) -> Result<Email, MailError> {
    let kind = message.mail.kind();
    let host = thread::host(context.base_url).ok_or(MailError::NoHost)?;
    if context.links.main.is_none() && cannot_do_without_link(&message.mail) {
        return Err(MailError::NoLink { kind });
    }
    let mut frame = Frame {
        language: context.reader.language,
        desk: context.desk_name.as_str(),
        host,
        subject: String::new(),
        link: context.links.main.as_ref().map(Url::as_str),
        stop: stop(&message.mail, context)?,
    };
    let Words {
        subject,
        text,
        html,
    } = say(&message.mail, context, &mut frame)?;
    Ok(Email {
        kind,
        message: context.message_id,
        date: context.now,
        language: frame.lang(),
        from: Mailbox {
            name: value("From", context.desk_name.as_str())?,
            address: context.sender.clone(),
        },
        to: to.clone(),
        subject: value("Subject", subject)?,
        text,
        html,
        headers: headers(message, to, context, host)?,
    })
}

/// Whether a mail without its link would ask for something its reader cannot do.
fn cannot_do_without_link(mail: &Mail) -> bool {
    match mail {
        Mail::ApprovalRequested { .. }
        | Mail::Invitation { .. }
        | Mail::InactivityWarning { .. }
        | Mail::ExceptionAsked { .. }
        | Mail::SweepHeld { .. }
        | Mail::YourLink { .. } => true,
        Mail::RequestReceived { .. }
        | Mail::RequestShared { .. }
        | Mail::RequestCommented { .. }
        | Mail::RequestTransitioned { .. }
        | Mail::RequestClosed { .. }
        | Mail::ApprovalAnswered { .. }
        | Mail::RequestHandedOver { .. }
        | Mail::Welcome { .. }
        | Mail::InvitationDeclined { .. }
        | Mail::ExceptionRefused { .. }
        | Mail::AccessEnding { .. }
        | Mail::AccessEnded { .. }
        | Mail::MemberOffboarded { .. }
        | Mail::RemovalDigest { .. }
        | Mail::MemberJoined { .. }
        | Mail::LeaverRaisedRequest { .. }
        | Mail::AddressSuppressed { .. }
        | Mail::LastLeadSpared { .. } => false,
    }
}

fn stop<'a>(mail: &Mail, context: &'a Context<'_>) -> Result<Stop<'a>, MailError> {
    match mail.urgency() {
        Urgency::Access => Ok(Stop::OwnAccess),
        Urgency::Digest => Ok(Stop::Care),
        Urgency::Request => context
            .links
            .stop
            .as_ref()
            .map(Stop::Links)
            .ok_or(MailError::NoStopLinks { kind: mail.kind() }),
    }
}

fn value(header: &'static str, text: impl Into<String>) -> Result<HeaderValue, MailError> {
    HeaderValue::new(text).map_err(|source| MailError::Header { header, source })
}

fn headers(
    message: &Message,
    to: &EmailAddress,
    context: &Context<'_>,
    host: &str,
) -> Result<Vec<Header>, MailError> {
    let mut headers = Vec::new();
    let mut add = |name: &'static str, text: String| {
        headers.push(Header {
            name,
            value: value(name, text)?,
        });
        Ok::<_, MailError>(())
    };
    add(
        "Message-ID",
        thread::message_id(context.message_id, to, host),
    )?;
    if let Some(AboutRequest { id, .. }) = message.mail.request() {
        let thread = thread::request_thread(id, host);
        add("In-Reply-To", thread.clone())?;
        add("References", thread)?;
    }
    // RFC 3834 §5: no vacation notice comes back.
    add("Auto-Submitted", "auto-generated".to_owned())?;
    if let Stop::Links(stop) = stop(&message.mail, context)? {
        add("List-Unsubscribe", format!("<{}>", stop.one_click))?;
        add(
            "List-Unsubscribe-Post",
            "List-Unsubscribe=One-Click".to_owned(),
        )?;
    }
    add("X-Lanyard-Kind", message.mail.kind().to_owned())?;
    add("X-Lanyard-Message", context.message_id.to_string())?;
    Ok(headers)
}

/// Finds the words. One arm for each variant and nothing else, hence its length.
#[expect(
    clippy::too_many_lines,
    reason = "one flat arm for each kind of mail is easier to check than a split by no principle"
)]
fn say(mail: &Mail, context: &Context<'_>, frame: &mut Frame<'_>) -> Result<Words, askama::Error> {
    let when = |at| When::new(at, &context.reader);
    match mail {
        Mail::RequestReceived {
            request,
            description,
        } => words::request_received(
            &views::RequestReceived {
                request: RequestView::new(request),
                description: description.as_ref().map(|text| Quote::new(text.as_str())),
            },
            frame,
        ),
        Mail::RequestShared { request, reporter } => words::request_shared(
            &views::RequestShared {
                request: RequestView::new(request),
                reporter,
            },
            frame,
        ),
        Mail::RequestCommented {
            request,
            author,
            body,
        } => words::request_commented(
            &views::RequestCommented {
                request: RequestView::new(request),
                author: author.as_str(),
                body: Quote::new(body.as_str()),
            },
            frame,
        ),
        Mail::RequestTransitioned {
            request,
            status,
            category,
        } => words::request_transitioned(
            &views::RequestTransitioned {
                request: RequestView::new(request),
                status: status.as_str(),
                category: *category,
            },
            frame,
        ),
        Mail::RequestClosed {
            request,
            resolution,
        } => words::request_closed(
            &views::RequestClosed {
                request: RequestView::new(request),
                resolution: resolution.as_ref().map(domain::text::Line::as_str),
            },
            frame,
        ),
        Mail::ApprovalRequested {
            request,
            approval: _,
            reporter,
            due,
        } => words::approval_requested(
            &views::ApprovalRequested {
                request: RequestView::new(request),
                reporter,
                due: due.map(when).transpose()?,
            },
            frame,
        ),
        Mail::ApprovalAnswered {
            request,
            by,
            decision,
            reason,
        } => words::approval_answered(
            &views::ApprovalAnswered {
                request: RequestView::new(request),
                by,
                approved: match decision {
                    domain::request::Decision::Approved => true,
                    domain::request::Decision::Declined => false,
                },
                reason: reason.as_ref().map(|text| Quote::new(text.as_str())),
            },
            frame,
        ),
        Mail::RequestHandedOver { request, from } => words::request_handed_over(
            &views::RequestHandedOver {
                request: RequestView::new(request),
                from,
            },
            frame,
        ),
        Mail::Invitation {
            org_name,
            inviter,
            role,
            note,
            expires_at,
            access_until,
            reminder,
        } => {
            let view = views::Invitation {
                org: org_name.as_str(),
                inviter: inviter.as_deref(),
                lead: is_lead(*role),
                note: note.as_ref().map(|text| Quote::new(text.as_str())),
                expires: when(*expires_at)?,
                access_until: access_until.map(when).transpose()?,
            };
            if *reminder {
                words::invitation_reminder(&view, frame)
            } else {
                words::invitation(&view, frame)
            }
        }
        Mail::Welcome { org_name, role } => words::welcome(
            &views::Welcome {
                org: org_name.as_str(),
                lead: is_lead(*role),
            },
            frame,
        ),
        Mail::InvitationDeclined { org_name, invitee } => words::invitation_declined(
            &views::InvitationDeclined {
                org: org_name.as_str(),
                invitee,
            },
            frame,
        ),
        Mail::ExceptionAsked {
            org_name,
            invitee,
            inviter,
            expires_at,
        } => words::exception_asked(
            &views::ExceptionAsked {
                org: org_name.as_str(),
                invitee,
                inviter: inviter.as_deref(),
                expires: when(*expires_at)?,
            },
            frame,
        ),
        Mail::ExceptionRefused { org_name, invitee } => words::exception_refused(
            &views::ExceptionRefused {
                org: org_name.as_str(),
                invitee,
            },
            frame,
        ),
        Mail::InactivityWarning {
            org_name,
            quiet_days,
            grace_until,
            reminder,
        } => {
            let view = views::InactivityWarning {
                org: org_name.as_str(),
                quiet_days: quiet_days.0,
                grace: when(*grace_until)?,
            };
            if *reminder {
                words::inactivity_reminder(&view, frame)
            } else {
                words::inactivity_warning(&view, frame)
            }
        }
        Mail::AccessEnding {
            org_name,
            access_until,
        } => words::access_ending(
            &views::AccessEnding {
                org: org_name.as_str(),
                until: when(*access_until)?,
            },
            frame,
        ),
        Mail::AccessEnded { org_name, why } => words::access_ended(
            &views::AccessEnded {
                org: org_name.as_str(),
                why: *why,
            },
            frame,
        ),
        Mail::MemberOffboarded {
            org_name,
            member,
            why,
            at,
            undo_until,
            open_requests,
            hand_over_to,
        } => words::member_offboarded(
            &views::MemberOffboarded {
                org: org_name.as_str(),
                member,
                why: *why,
                planned: *at > context.now,
                at: when(*at)?,
                undo_until: when(*undo_until)?,
                open_requests: *open_requests,
                hand_over_to: hand_over_to.as_ref(),
            },
            frame,
        ),
        Mail::RemovalDigest {
            org_name,
            removed,
            total,
            undo_until,
        } => words::removal_digest(
            &views::RemovalDigest {
                org: org_name.as_str(),
                removed,
                more: total.saturating_sub(u32::try_from(removed.len()).unwrap_or(u32::MAX)),
                total: *total,
                undo_until: when(*undo_until)?,
            },
            frame,
        ),
        Mail::MemberJoined {
            org_name,
            member,
            seated,
        } => words::member_joined(
            &views::MemberJoined {
                org: org_name.as_str(),
                member,
                seated: *seated,
            },
            frame,
        ),
        Mail::LeaverRaisedRequest {
            org_name,
            member,
            request,
        } => words::leaver_raised_request(
            &views::LeaverRaisedRequest {
                org: org_name.as_str(),
                member,
                request: RequestView::new(request),
            },
            frame,
        ),
        Mail::AddressSuppressed {
            org_name,
            member,
            why,
        } => words::address_suppressed(
            &views::AddressSuppressed {
                org: org_name.as_str(),
                member,
                why: *why,
            },
            frame,
        ),
        Mail::LastLeadSpared { org_name, lead } => words::last_lead_spared(
            &views::LastLeadSpared {
                org: org_name.as_str(),
                lead,
            },
            frame,
        ),
        Mail::SweepHeld {
            run,
            would_remove,
            limit,
            organizations,
        } => words::sweep_held(
            &views::SweepHeld {
                run: when(run.0)?,
                would_remove: *would_remove,
                limit: *limit,
                organizations,
            },
            frame,
        ),
        Mail::YourLink { opens, org_name } => words::your_link(
            &views::YourLink {
                opens: *opens,
                org: org_name.as_ref().map(Name::as_str),
            },
            frame,
        ),
    }
}

fn is_lead(role: Role) -> bool {
    match role {
        Role::Lead => true,
        Role::Member => false,
    }
}
