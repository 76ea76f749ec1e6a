//! The acts of a request, carried out at the service desk.

mod create;
mod status;

use ::jira::{Failure, IssueKey};
use domain::{
    Actor, ApprovalId, DeskAct, DeskWork, EmailAddress, Evidence, Proof, RequestRef,
    decide::SeenRequest,
    request::{Comment, Decision, Record},
    text::{Line, Name},
};
use store::WorkItem;

use super::{
    BEGUN, DeskWriter,
    account::{account_id, impossible},
    connection::Connection,
    result::Stopped,
};
use crate::AppError;

impl DeskWriter {
    /// Notes that an act is begun, if a second try could do it twice. Returns `None` if it was asked
    /// for again meanwhile.
    pub(super) async fn begin(
        &self,
        item: WorkItem,
        act: &DeskAct,
    ) -> Result<Option<WorkItem>, AppError> {
        if item.attempts > 0 || is_repeatable(act) {
            return Ok(Some(item));
        }
        let until = self.services.now() + BEGUN;
        let store = &self.services.store;
        if !store.put_off_work(&item, until, "begun").await? {
            return Ok(None);
        }
        // The first try has nothing to look for.
        Ok(Some(item))
    }

    /// Carries out one act.
    pub(super) async fn act(
        &self,
        at: &Connection,
        request: &RequestRef,
        item: &WorkItem,
    ) -> Result<(), Stopped> {
        let DeskWork::Act { act, .. } = &item.work else {
            return Ok(());
        };
        if !at.desk.writes_requests() {
            return Err(Stopped::Unconnected);
        }
        let (record, viewers) = self.services.store.request_with_viewers(request).await?;
        let Some(Record::Known(found)) = record else {
            return Err(impossible("the request is not recorded"));
        };
        let seen = SeenRequest {
            request: found,
            viewers,
        };
        let key = issue_of(&seen)?;
        match act {
            DeskAct::Create => self.create(at, seen, item).await,
            DeskAct::Comment { id, at: instant } => {
                let comment = self.services.store.comment(request, *instant, id).await?;
                let comment = comment.ok_or_else(|| impossible("the comment is not recorded"))?;
                let mark = comment.id.as_str().to_owned();
                self.say(at, &key, (&spoken(&comment), &mark), item).await
            }
            DeskAct::ShareWithPerson { person } => {
                let Some(link) = self.account(at, person, None).await? else {
                    return Ok(());
                };
                let one = [account_id(&link)?];
                at.client.add_participants(&key, &one).await?;
                self.note_listed(link).await
            }
            DeskAct::ShareWithOrganization { .. } => self.share(at, &seen, &key).await,
            DeskAct::Transition { to, by } => self.transition(at, seen, (to, by), item).await,
            DeskAct::Answer { approval, by } => self.answer(at, &seen, (approval, by), item).await,
            DeskAct::HandOver { from, to } => self.pass_over(at, &seen, (from, to), item).await,
        }
    }

    /// Writes a public comment, unless one with this mark is there.
    pub(super) async fn say(
        &self,
        at: &Connection,
        key: &IssueKey,
        (text, mark): (&str, &str),
        item: &WorkItem,
    ) -> Result<(), Stopped> {
        if item.attempts > 0 {
            let there = at.client.comments(key).await?;
            let marked = there.values.iter().filter_map(|c| c.mark.as_deref());
            if marked.into_iter().any(|known| known == mark) {
                return Ok(());
            }
        }
        at.client.comment(key, text, mark).await?;
        Ok(())
    }

    /// Shares the issue with every organisation that sees the request. Those that were added at Jira
    /// stay.
    async fn share(
        &self,
        at: &Connection,
        seen: &SeenRequest,
        key: &IssueKey,
    ) -> Result<(), Stopped> {
        let Some(field) = at.client.organization_field().await? else {
            return Err(impossible("the site has no field for organisations"));
        };
        let mut shared = at.client.organizations_on(key, &field).await?;
        let before = shared.len();
        for org in seen.others().1 {
            let there = self.counterpart(at, &org).await?;
            if !shared.contains(&there) {
                shared.push(there);
            }
        }
        if shared.len() > before {
            at.client.set_organizations(key, &field, &shared).await?;
        }
        Ok(())
    }

    /// Makes somebody else the reporter. Where that is refused, they become a participant, and a
    /// comment says so. Then the leaver is looked at: no request of theirs may hold them any more.
    async fn pass_over(
        &self,
        at: &Connection,
        seen: &SeenRequest,
        (from, to): (&EmailAddress, &EmailAddress),
        item: &WorkItem,
    ) -> Result<(), Stopped> {
        let key = issue_of(seen)?;
        let Some(link) = self.account(at, to, None).await? else {
            return Err(impossible("the new reporter has no account there"));
        };
        let account = account_id(&link)?;
        match at.client.set_reporter(&key, &account).await {
            Ok(()) => {}
            Err(error) if matches!(error.failure, Failure::Forbidden | Failure::Refused) => {
                let one = std::slice::from_ref(&account);
                at.client.add_participants(&key, one).await?;
                let text = format!("{to} looks after this request from now on, instead of {from}.");
                let mark = format!("over:{}", item.token);
                self.say(at, &key, (&text, &mark), item).await?;
            }
            Err(error) => return Err(error.into()),
        }
        let Some(org) = &seen.request.org else {
            return Ok(());
        };
        let look = DeskWork::Look {
            desk: at.desk.id.clone(),
            person: from.clone(),
            org: org.clone(),
        };
        let (token, now) = (self.services.new_id(), self.services.now());
        self.services.store.ask_work(&look, token, now).await?;
        Ok(())
    }

    /// Passes on the answer to an approval: as the transition that stands for it, or as a comment.
    async fn answer(
        &self,
        at: &Connection,
        seen: &SeenRequest,
        (approval, by): (&ApprovalId, &EmailAddress),
        item: &WorkItem,
    ) -> Result<(), Stopped> {
        let key = issue_of(seen)?;
        let answers = seen.request.approvals.get(approval);
        let Some(answer) = answers.and_then(|asked| asked.answers.get(by)) else {
            return Err(impossible("the answer is not recorded"));
        };
        if let Some(name) = at.jira.approval.transition(answer.decision) {
            let offered = at.client.transitions(&key).await?;
            let same = |called: &Option<String>| {
                called
                    .as_deref()
                    .is_some_and(|called| called.eq_ignore_ascii_case(name.as_str()))
            };
            if let Some(found) = offered.iter().find(|offered| same(&offered.name)) {
                at.client.transition(&key, &found.id).await?;
            }
        }
        let decision = match answer.decision {
            Decision::Approved => "approved this request",
            Decision::Declined => "declined this request",
        };
        let reason = answer.reason.as_ref();
        let reason = reason.map(|reason| format!(":\n\n{}", reason.as_str()));
        let text = format!("{by} {decision}{}", reason.as_deref().unwrap_or("."));
        let mark = format!("answer:{}", item.token);
        self.say(at, &key, (&text, &mark), item).await
    }
}

/// Returns `true` if a second try does no harm: setting something twice is setting it once.
fn is_repeatable(act: &DeskAct) -> bool {
    match act {
        DeskAct::ShareWithPerson { .. } | DeskAct::ShareWithOrganization { .. } => true,
        DeskAct::Create
        | DeskAct::Comment { .. }
        | DeskAct::Transition { .. }
        | DeskAct::Answer { .. }
        | DeskAct::HandOver { .. } => false,
    }
}

/// The key that a request has at Jira.
fn issue_of(seen: &SeenRequest) -> Result<IssueKey, Stopped> {
    let key = seen.request.current().key.as_str().parse();
    key.map_err(|_| impossible("the request's key is none of Jira's"))
}

/// The words of a comment, under the name of its author: Jira shows the account that writes it.
fn spoken(comment: &Comment) -> String {
    let name: &Name = &comment.author.name;
    let address = comment.author.email.as_ref();
    let who = match address {
        Some(address) if address.as_str() != name.as_str() => format!("{name} ({address})"),
        Some(_) | None => name.to_string(),
    };
    format!("{who} wrote:\n\n{}", comment.body.as_str())
}

/// The writer itself as the author of a change here, in the name of the desk's account.
fn proof(item: &WorkItem) -> Proof {
    Proof {
        actor: Actor::Desk,
        evidence: Evidence::DeskWork {
            id: Line::new(&item.token.to_string()).expect("a UUID is a line"),
        },
    }
}
