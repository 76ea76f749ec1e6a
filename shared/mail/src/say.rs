//! From a mail to its words: which template is filled with what.

use domain::{Mail, Role, text::Name};

use crate::{
    context::Context,
    views::{self, DeskNews, Frame, Quote, RequestView},
    when::When,
    words::{self, Words},
};

/// The most characters of what a stranger wrote that a mail to an address they typed repeats: enough
/// to know one's own request by, too little to be worth sending to others.
const MAX_UNCONFIRMED: usize = 60;

/// Finds the words. One arm for each variant and nothing else, hence its length.
#[expect(
    clippy::too_many_lines,
    reason = "one flat arm for each kind of mail is easier to check than a split by no principle"
)]
pub(crate) fn say(
    mail: &Mail,
    context: &Context<'_>,
    frame: &mut Frame<'_>,
) -> Result<Words, askama::Error> {
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
            role,
            email,
        } => words::request_commented(
            &views::RequestCommented {
                request: RequestView::new(request),
                author: author.as_str(),
                role: *role,
                email: email.as_ref().filter(|_| context.colleague),
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
        Mail::DeskNotice {
            request,
            by,
            name,
            action,
        } => words::desk_notice(
            &views::DeskNotice {
                request: RequestView::new(request),
                by: match name {
                    Some(name) => format!("{name} <{by}>"),
                    None => by.to_string(),
                },
                news: DeskNews::new(action),
            },
            frame,
        ),
        Mail::ConfirmRequest {
            draft: _,
            summary,
            expires_at,
            language: _,
        } => words::confirm_request(
            &views::ConfirmRequest {
                summary: views::shortened(&views::harmless(summary.as_str()), MAX_UNCONFIRMED)
                    .into(),
                expires: when(*expires_at)?,
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
            terms,
        } => words::exception_asked(
            &views::ExceptionAsked {
                org: org_name.as_str(),
                invitee,
                inviter: inviter.as_deref(),
                expires: when(*expires_at)?,
                terms: match terms {
                    Some(terms) => Some(views::Terms {
                        lead: is_lead(terms.role),
                        name: terms.name.as_ref().map(Name::as_str),
                        access_until: terms.access_until.map(when).transpose()?,
                        note: terms.note.as_ref().map(|text| Quote::new(text.as_str())),
                        seats_used: terms.seats_used,
                        seat_cap: terms.seat_cap,
                    }),
                    None => None,
                },
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
        Mail::UnreachableHeld { org_name, people } => words::unreachable_held(
            &views::UnreachableHeld {
                org: org_name.as_str(),
                people,
            },
            frame,
        ),
        Mail::OrganizationVacant {
            org_name,
            since,
            to_ask,
            total,
        } => {
            let named = to_ask.iter().map(|asked| {
                Ok(views::ToAsk {
                    email: &asked.email,
                    name: asked.name.as_ref().map(Name::as_str),
                    last_active: asked.last_active.map(when).transpose()?,
                })
            });
            words::organization_vacant(
                &views::OrganizationVacant {
                    org: org_name.as_str(),
                    since: when(*since)?,
                    to_ask: named.collect::<Result<_, askama::Error>>()?,
                    more: total.saturating_sub(u32::try_from(to_ask.len()).unwrap_or(u32::MAX)),
                },
                frame,
            )
        }
        Mail::ReviewAsked {
            org_name,
            people,
            every_days,
            last_review,
        } => words::review_asked(
            &views::ReviewAsked {
                org: org_name.as_str(),
                people: *people,
                every_days: every_days.0,
                last_review: last_review.map(when).transpose()?,
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
        Mail::BurstStopped {
            by,
            org_name,
            again_at,
        } => words::burst_stopped(
            &views::BurstStopped {
                by,
                org: org_name.as_ref().map(Name::as_str),
                again: when(*again_at)?,
            },
            frame,
        ),
        Mail::YourLink { opens, org_name } => words::your_link(
            &views::YourLink {
                opens: *opens,
                org: org_name.as_ref().map(Name::as_str),
                consoles: context
                    .links
                    .consoles
                    .iter()
                    .map(|console| (console.org_name.as_str(), console.url.as_str()))
                    .collect(),
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
