//! Members of a world that begins in the middle of its life. For the local bundle and for tests,
//! never for a real deployment.

use std::collections::BTreeMap;

use domain::{
    Actor, Change, Customer, EmailAddress, Evidence, Mail, Membership, Message, OrgId,
    Organization, Outcome, Proof, Role, Timestamp,
    decide::{InviteState, Terms, accept, invite},
    link::Purpose,
    message::Opens,
    policy::Days,
    text::Name,
};
use serde::Deserialize;
use store::Wanted;

use crate::{InvalidFile, Operator, OperatorError, file, problem::Problems};

/// The members of organisations from before the world began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members(Vec<Member>);

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Member {
    organization: OrgId,
    email: EmailAddress,
    name: Name,
    /// Days since they accepted their invitation.
    joined_days_ago: Days,
    /// Days since their last activity.
    active_days_ago: Days,
    /// True if they get a mail with the link to their requests.
    #[serde(default)]
    link: bool,
}

impl Members {
    /// Reads a file of members.
    ///
    /// # Errors
    /// All mistakes in it, each with its path.
    pub fn parse(text: &str) -> Result<Self, InvalidFile> {
        let mut problems = Problems::default();
        let mut members = Vec::new();
        match text.parse::<toml::Table>() {
            Err(error) => problems.note("line", error.message()),
            Ok(mut file) => {
                let entries = match file.remove("member") {
                    Some(toml::Value::Array(entries)) => entries,
                    _ => Vec::new(),
                };
                for (index, value) in entries.into_iter().enumerate() {
                    let path = format!("member[{index}]");
                    let member: Option<Member> = file::entry(value, &path, &mut problems);
                    if let Some(member) = &member
                        && member.active_days_ago > member.joined_days_ago
                    {
                        problems.note(
                            format!("{path}.active_days_ago"),
                            "nobody is active before they joined",
                        );
                    }
                    members.extend(member);
                }
                for stray in file.keys() {
                    problems.note(stray, "is not [[member]]");
                }
            }
        }
        problems.or(Self(members))
    }

    /// The members of an organisation with their names, in the order of the file.
    pub fn of<'a>(&'a self, org: &'a OrgId) -> impl Iterator<Item = (&'a EmailAddress, &'a Name)> {
        let members = self.0.iter();
        members
            .filter(move |member| member.organization == *org)
            .map(|member| (&member.email, &member.name))
    }
}

impl Operator {
    /// Lets these people in as if they had accepted invitations then: by the domain's own
    /// decisions, with the dates of that time, in order, a day apart. No mail leaves about events
    /// long past, except the link to their requests for members with `link`. People with a
    /// membership are left alone.
    ///
    /// Returns the number of people let in.
    ///
    /// # Errors
    /// If the tables cannot be read or written.
    pub async fn seed(&self, members: &Members) -> Result<usize, OperatorError> {
        let mut by_organization: BTreeMap<&OrgId, Vec<&Member>> = BTreeMap::new();
        for member in &members.0 {
            by_organization
                .entry(&member.organization)
                .or_default()
                .push(member);
        }
        let mut let_in = 0;
        for (id, members) in by_organization {
            for member in members {
                let Some(org) = self.organization(id).await? else {
                    break;
                };
                let_in += usize::from(self.seed_member(org, member).await?);
            }
        }
        Ok(let_in)
    }

    async fn seed_member(&self, org: Organization, member: &Member) -> Result<bool, OperatorError> {
        let wanted = Wanted::new()
            .membership(&org.id, &member.email)
            .customer(&member.email);
        let loaded = self.store().load(wanted).await?;
        if loaded.membership(&org.id, &member.email).is_some() {
            return Ok(false);
        }
        let now = self.clock().now();
        let lead = org.leads.first().cloned();
        let known = loaded.customer(&member.email).cloned();
        let Some(past) = history(org.clone(), member, lead, known, now) else {
            return Ok(false);
        };
        let mut committed = true;
        for (outcome, at) in past {
            committed &= self.commit(&outcome, at).await?;
        }
        if committed && member.link {
            let outcome = Outcome::default().tell(link(&org, member));
            self.commit(&outcome, now).await?;
        }
        Ok(committed)
    }
}

/// The events of that time, each with its instant: the invitation, the answer a day later, and the
/// last activity. `None` if the organisation would have refused them.
fn history(
    org: Organization,
    member: &Member,
    lead: Option<EmailAddress>,
    known: Option<Customer>,
    now: Timestamp,
) -> Option<[(Outcome, Timestamp); 3]> {
    let accepted_at = member.joined_days_ago.before(now);
    let invited_at = Days(1).before(accepted_at);
    let by_lead = Proof {
        actor: lead.map_or(Actor::Operator, Actor::Person),
        evidence: Evidence::Link {
            purpose: Purpose::LeadConsole,
        },
    };
    let terms = Terms {
        role: Role::Member,
        name: Some(member.name.clone()),
        access_until: None,
        note: None,
    };
    let state = InviteState {
        inviter: None,
        org: org.clone(),
        desk: None,
        membership: None,
        left: false,
    };
    let invited =
        without_mail(invite(state, &member.email, &terms, &by_lead.at(invited_at)).outcome);
    let (org, membership) = after(&invited, org)?;
    let by_invitee = Proof {
        actor: Actor::Person(member.email.clone()),
        evidence: Evidence::Link {
            purpose: Purpose::AcceptInvitation,
        },
    };
    let accepted = accept(org, membership, known, &by_invitee.at(accepted_at)).ok()?;
    let accepted = without_mail(accepted);
    let active_at = member.active_days_ago.before(now);
    let mut customer = accepted.changes.iter().find_map(|change| {
        if let Change::Customer(customer) = change {
            Some(customer.clone())
        } else {
            None
        }
    })?;
    customer.last_active_at = Some(active_at);
    customer.version = customer.version.next();
    let active = Outcome::default().change(Change::Customer(customer));
    Some([
        (invited, invited_at),
        (accepted, accepted_at),
        (active, active_at),
    ])
}

fn without_mail(outcome: Outcome) -> Outcome {
    Outcome {
        messages: Vec::new(),
        ..outcome
    }
}

/// The organisation and the membership after an outcome, with their versions then.
fn after(outcome: &Outcome, mut org: Organization) -> Option<(Organization, Membership)> {
    let mut membership = None;
    for change in &outcome.changes {
        if let Change::Organization(changed) = change {
            org = changed.clone();
            org.version = org.version.next();
        }
        if let Change::Membership(changed) = change {
            let mut changed = changed.clone();
            changed.version = changed.version.next();
            membership = Some(changed);
        }
    }
    Some((org, membership?))
}

fn link(org: &Organization, member: &Member) -> Message {
    let mail = Mail::YourLink {
        opens: Opens::MyRequests,
        org_name: Some(org.name.clone()),
    };
    Message::to_member(org, &member.email, mail)
}
