//! The posted forms of a request's page.

use app::requests::Wish;
use domain::{
    EmailAddress,
    request::Decision,
    text::{Body, InvalidText, Reason, Title},
};

use super::{Action, Form, Tried, Wrong};
use crate::{http::fields::Fields, wording::requests::Done};

/// The wish of a form.
pub(super) struct Asked {
    pub(super) wish: Wish,
    /// The notice after it.
    pub(super) done: Done,
    /// The typed text, to be shown again if the wish fails.
    pub(super) tried: Tried,
}

/// Reads a form; `Err` with what was typed and what is wrong with it, `Ok(None)` when it is no
/// form of this page.
pub(super) fn read(action: Action, fields: &Fields) -> Result<Option<Asked>, Tried> {
    match action {
        Action::Comment => comment(fields),
        Action::Share => share(fields),
        Action::Status => Ok(status(fields)),
        Action::Answer => answer(fields),
        Action::Mails => Ok(mails(fields)),
    }
}

fn comment(fields: &Fields) -> Result<Option<Asked>, Tried> {
    let Some(typed) = fields.one("comment") else {
        return Ok(None);
    };
    // Browsers post line breaks as CR LF (URL Standard and HTML §4.10.21.8).
    let text = typed.replace("\r\n", "\n");
    let tried = Tried::typed(Form::Comment, &text);
    match Body::new(&text) {
        Ok(body) => {
            let then = fields.one("then").and_then(|name| Title::new(name).ok());
            let (wish, done) = match then {
                Some(name) => (
                    Wish::CommentAndChangeStatus(body, name),
                    Done::CommentedAndOpened,
                ),
                None => (Wish::Comment(body), Done::Commented),
            };
            Ok(Some(Asked { wish, done, tried }))
        }
        Err(why) => Err(tried.with(Wrong::Text(why))),
    }
}

fn share(fields: &Fields) -> Result<Option<Asked>, Tried> {
    if let Some(org) = fields.one("organization") {
        return Ok(org.parse().ok().map(|org| Asked {
            wish: Wish::ShareWithOrganization(org),
            done: Done::Shared,
            tried: Tried::nothing(),
        }));
    }
    let Some(typed) = fields.one("colleague") else {
        return Ok(None);
    };
    let tried = Tried::typed(Form::Colleague, typed);
    match typed.trim().parse::<EmailAddress>() {
        Ok(email) => Ok(Some(Asked {
            wish: Wish::ShareWithColleague(email),
            done: Done::Shared,
            tried,
        })),
        Err(_) => Err(tried.with(Wrong::NotAnAddress)),
    }
}

fn status(fields: &Fields) -> Option<Asked> {
    let to = Title::new(fields.one("to")?).ok()?;
    Some(Asked {
        wish: Wish::ChangeStatus(to),
        done: Done::StatusChanged,
        tried: Tried::nothing(),
    })
}

fn answer(fields: &Fields) -> Result<Option<Asked>, Tried> {
    let approval = fields.one("approval").and_then(|id| id.parse().ok());
    let answer = match fields.one("answer") {
        Some("approve") => Some((Decision::Approved, Done::Approved)),
        Some("decline") => Some((Decision::Declined, Done::Declined)),
        Some(_) | None => None,
    };
    let (Some(approval), Some((decision, done))) = (approval, answer) else {
        return Ok(None);
    };
    let typed = fields.one("why").unwrap_or_default();
    let form = Form::Answer(domain::ApprovalId::to_string(&approval));
    let tried = Tried::typed(form, typed);
    // A reason is one line, and people press Enter.
    let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let reason = match Reason::new(&line) {
        Ok(reason) => Some(reason),
        Err(InvalidText::Empty) => None,
        Err(why) => return Err(tried.with(Wrong::Text(why))),
    };
    Ok(Some(Asked {
        wish: Wish::Answer {
            approval,
            decision,
            reason,
        },
        done,
        tried,
    }))
}

fn mails(fields: &Fields) -> Option<Asked> {
    let (wanted, done) = match fields.one("mails")? {
        "on" => (true, Done::MailsOn),
        "off" => (false, Done::MailsOff),
        _ => return None,
    };
    Some(Asked {
        wish: Wish::Mails(wanted),
        done,
        tried: Tried::nothing(),
    })
}
