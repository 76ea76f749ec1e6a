//! Every kind of mail, as a letter: which parts it has, and which message of
//! `shared/words/locales/` each of them says.

mod access;
mod care;
mod desk;
mod members;
mod requests;

use domain::{Mail, Timestamp};
use words::{When, Words};

use crate::{
    context::Context,
    letter::{Block, Fact, Letter},
};

/// The desk, the reader and the language that a letter is written with.
struct Writer<'a> {
    words: &'static Words,
    desk: &'a str,
    context: &'a Context<'a>,
}

impl Writer<'_> {
    fn when(&self, at: Timestamp) -> When {
        When::deadline(at, self.words, &self.context.reader.zone)
    }

    fn instant(&self, label: &'static str, at: Timestamp) -> Fact {
        Fact::instant(label, self.when(at))
    }

    /// A paragraph that sends the reader to the leads, and the leads by name.
    fn whom_to_ask(&self, paragraph: String) -> Vec<Block> {
        let mut blocks = vec![Block::Paragraph(paragraph)];
        let leads = &self.context.people.leads;
        if !leads.is_empty() {
            blocks.push(Block::People(leads.clone()));
        }
        blocks
    }

    /// A text that somebody else wrote, below the words that introduce it.
    fn quote(&self, introduction: impl Into<String>, text: Option<&str>) -> Vec<Block> {
        let Some(text) = text else { return Vec::new() };
        let mut blocks = vec![Block::paragraph(introduction)];
        blocks.extend(Block::quote(text, self.words.mail.shortened));
        blocks
    }
}

/// Writes the letter of a mail. One arm for each variant and nothing else, hence its length.
#[expect(
    clippy::too_many_lines,
    reason = "one flat arm for each kind of mail is easier to check than a split by no principle"
)]
pub(crate) fn write(mail: &Mail, words: &'static Words, context: &Context<'_>) -> Letter {
    let writer = &Writer {
        words,
        desk: context.desk_name.as_str(),
        context,
    };
    match mail {
        Mail::RequestReceived {
            request,
            description,
        } => requests::received(writer, request, description.as_ref()),
        Mail::RequestShared { request, reporter } => requests::shared(writer, request, reporter),
        Mail::RequestCommented {
            request,
            author,
            body,
            role,
            email,
        } => {
            // Colleagues alone see each other's addresses.
            let email = email.as_ref().filter(|_| context.colleague);
            requests::commented(writer, request, (author, *role, email), body)
        }
        Mail::RequestTransitioned {
            request,
            status,
            category,
        } => requests::transitioned(writer, request, status, *category),
        Mail::RequestClosed {
            request,
            resolution,
        } => requests::closed(writer, request, resolution.as_ref()),
        Mail::RequestMoved {
            request,
            to,
            followed,
        } => requests::moved(writer, request, to, *followed),
        Mail::ApprovalRequested {
            request,
            approval: _,
            reporter,
            due,
        } => requests::approval_requested(writer, request, reporter, *due),
        Mail::ApprovalAnswered {
            request,
            by,
            decision,
            reason,
        } => requests::approval_answered(writer, request, by, *decision, reason.as_ref()),
        Mail::RequestHandedOver { request, from } => requests::handed_over(writer, request, from),
        Mail::DeskNotice {
            request,
            by,
            name,
            action,
        } => desk::notice(writer, request, (by, name.as_ref()), action),
        Mail::ConfirmRequest {
            draft: _,
            summary,
            expires_at,
            language: _,
        } => access::confirm_request(writer, summary, *expires_at),
        Mail::Invitation {
            org_name,
            inviter,
            role,
            note,
            expires_at,
            access_until,
            reminder,
        } => {
            let inviter = inviter
                .as_ref()
                .map(|address| match &context.people.inviter {
                    Some(name) => format!("{name} ({address})"),
                    None => address.clone(),
                });
            let invitation = access::Invitation {
                org: org_name,
                inviter: inviter.as_deref(),
                role: *role,
                note: note.as_ref(),
                expires_at: *expires_at,
                access_until: *access_until,
            };
            if *reminder {
                access::invitation_reminder(writer, &invitation)
            } else {
                access::invitation(writer, &invitation)
            }
        }
        Mail::Welcome { org_name, role } => access::welcome(writer, org_name, *role),
        Mail::InvitationDeclined { org_name, invitee } => {
            members::declined(writer, org_name, invitee)
        }
        Mail::ExceptionAsked {
            org_name,
            invitee,
            inviter,
            expires_at,
            terms,
        } => members::exception_asked(
            writer,
            org_name,
            (invitee, inviter.as_deref()),
            terms.as_ref(),
            *expires_at,
        ),
        Mail::ExceptionAllowed { org_name, invitee } => {
            members::exception_allowed(writer, org_name, invitee)
        }
        Mail::ExceptionRefused { org_name, invitee } => {
            members::exception_refused(writer, org_name, invitee)
        }
        Mail::InactivityWarning {
            org_name,
            quiet_days,
            grace_until,
            reminder: false,
        } => access::inactivity_warning(writer, org_name, *quiet_days, *grace_until),
        Mail::InactivityWarning {
            org_name,
            quiet_days: _,
            grace_until,
            reminder: true,
        } => access::inactivity_reminder(writer, org_name, *grace_until),
        Mail::AccessEnding {
            org_name,
            access_until,
        } => access::ending(writer, org_name, *access_until),
        Mail::AccessEnded { org_name, why } => access::ended(writer, org_name, *why),
        Mail::MemberOffboarded {
            org_name,
            member,
            why,
            at,
            undo_until,
            open_requests,
            hand_over_to,
        } => members::off_boarded(
            writer,
            &members::OffBoarded {
                org: org_name,
                member,
                why: *why,
                at: *at,
                undo_until: *undo_until,
                open_requests: *open_requests,
                heir: hand_over_to.as_ref(),
            },
        ),
        Mail::RemovalDigest {
            org_name,
            removed,
            total,
            undo_until,
        } => care::digest(writer, org_name, (removed, *total), *undo_until),
        Mail::MemberJoined {
            org_name,
            member,
            seated,
        } => members::joined(writer, org_name, member, *seated),
        Mail::LeaverRaisedRequest {
            org_name,
            member,
            request,
        } => members::leaver_raised_request(writer, org_name, member, request),
        Mail::AddressSuppressed {
            org_name,
            member,
            why,
        } => care::address_suppressed(writer, org_name, member, *why),
        Mail::UnreachableHeld { org_name, people } => care::unreachable(writer, org_name, people),
        Mail::OrganizationVacant {
            org_name,
            since,
            to_ask,
            total,
        } => care::vacant(writer, org_name, *since, (to_ask, *total)),
        Mail::ReviewAsked {
            org_name,
            people,
            every_days,
            last_review,
        } => care::review(writer, org_name, *people, *every_days, *last_review),
        Mail::LastLeadSpared { org_name, lead } => care::last_lead(writer, org_name, lead),
        Mail::SweepHeld {
            run,
            would_remove,
            limit,
            organizations,
        } => care::held(writer, run.0, (*would_remove, *limit), organizations),
        Mail::TokenExpires { desk, expires_at } => care::token(writer, desk, *expires_at),
        Mail::BurstStopped {
            by,
            org_name,
            again_at,
        } => care::burst(writer, by, org_name.as_ref(), *again_at),
        Mail::YourLink { opens, org_name } => access::own_link(writer, *opens, org_name.as_ref()),
    }
}

/// Returns how many of `total` are left out of a list.
fn left_out<T>(listed: &[T], total: u32) -> u32 {
    total.saturating_sub(u32::try_from(listed.len()).unwrap_or(u32::MAX))
}
