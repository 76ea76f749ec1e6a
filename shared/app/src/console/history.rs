//! The history: what the audit keeps of an organisation, a month at a time.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Action, Actor, AuditEntry, EmailAddress, OrgId, Subject, organization::day_of, text::Name,
};
use jiff::{ToSpan, civil::Date};
use store::{AuditRecord, Cursor, Page, StoreError, Wanted};

use super::{Console, ConsoleOrg};
use crate::{AppError, path::Stop, path::session::Caller};

/// The number of entries on one page.
const PAGE: u32 = 50;
/// The largest number of pages that are read for one that is filtered.
const MOST_READ: u32 = 10;
/// The number of entries on a person's page.
const RECENT: u32 = 10;
/// The largest number of memberships in one read.
const BATCH: usize = 50;

/// A month (UTC), as the audit is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(Date);

impl Month {
    /// The month of a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self(day.first_of_month())
    }

    /// The month that a text such as `2026-11` names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return None;
        }
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        Date::new(year, month, 1).ok().map(Self)
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        self.0
    }

    /// The month before.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.saturating_sub(1.month()))
    }

    /// The month after.
    #[must_use]
    pub fn after(self) -> Self {
        Self(self.0.saturating_add(1.month()))
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

/// A part of what happens in an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Invitations, from the first mail to the answer.
    Invitations,
    /// Access: its beginning, its warnings, its end.
    Access,
    /// Leads, exemptions and reviews.
    Roles,
    /// Requests.
    Requests,
    /// Mail, links and profiles.
    Mail,
}

impl Topic {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Invitations,
        Self::Access,
        Self::Roles,
        Self::Requests,
        Self::Mail,
    ];

    /// The topic of an action.
    #[must_use]
    pub fn of(action: Action) -> Self {
        match action {
            Action::MemberInvited
            | Action::ExceptionAsked
            | Action::ExceptionRefused
            | Action::InvitationReminded
            | Action::InvitationResent
            | Action::InvitationAccepted
            | Action::InvitationDeclined
            | Action::InvitationWithdrawn
            | Action::InvitationExpired => Self::Invitations,
            Action::MemberJoined
            | Action::MemberWarned
            | Action::MemberReminded
            | Action::MemberKept
            | Action::MemberOffboarded
            | Action::OffboardingScheduled
            | Action::OffboardingCancelled
            | Action::MemberRestored
            | Action::RecordReduced
            | Action::AccessExtended
            | Action::SweepHeld
            | Action::SweepReleased => Self::Access,
            Action::RoleChanged
            | Action::LeadAppointed
            | Action::ReviewAsked
            | Action::ReviewFinished
            | Action::ExemptionChanged
            | Action::OrganizationVacant
            | Action::VacancyEnded => Self::Roles,
            Action::RequestCreated
            | Action::RequestMoved
            | Action::RequestCommented
            | Action::RequestTransitioned
            | Action::LateStatusNoted
            | Action::RequestShared
            | Action::ApprovalRequested
            | Action::ApprovalAnswered
            | Action::RequestClosed
            | Action::RequestHandedOver
            | Action::UpdateKept
            | Action::UpdateAbandoned => Self::Requests,
            Action::MailStopped
            | Action::MailResumed
            | Action::AddressSuppressed
            | Action::SuppressionLifted
            | Action::ProfileChanged
            | Action::AccountDisputed
            | Action::AccountRebound
            | Action::AccountForgotten
            | Action::LinksEnded => Self::Mail,
        }
    }
}

/// A kind of actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// A person.
    Person,
    /// The people who run the desk.
    Desk,
    /// A system that sends events.
    System,
    /// Time, or the mail system.
    Itself,
}

impl ActorKind {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Person, Self::Desk, Self::System, Self::Itself];

    /// The kind of an actor.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        match actor {
            Actor::Person(_) => Self::Person,
            Actor::Operator | Actor::Desk => Self::Desk,
            Actor::Source(_) => Self::System,
            Actor::Sweep | Actor::MailFeedback => Self::Itself,
        }
    }
}

/// The entries that are asked for.
#[derive(Debug, Clone, Default)]
pub struct HistoryQuery {
    /// The month; the current one when none is named.
    pub month: Option<Month>,
    /// The place to go on from.
    pub from: Option<Cursor>,
    /// A part of the name or address of the person who acted or was acted upon.
    pub who: String,
    /// The topic.
    pub topic: Option<Topic>,
    /// The kind of actor.
    pub by: Option<ActorKind>,
}

impl HistoryQuery {
    /// Returns `true` if some entries are left out.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        !self.who.is_empty() || self.topic.is_some() || self.by.is_some()
    }

    fn takes(&self, entry: &AuditEntry, people: &People) -> bool {
        let who = self.who.to_lowercase();
        let is_meant = |email: &EmailAddress| {
            let name = people.get(email).and_then(|known| known.name.as_ref());
            email.as_str().to_lowercase().contains(&who)
                || name.is_some_and(|name| name.as_str().to_lowercase().contains(&who))
        };
        let is_key = matches!(&entry.subject, Subject::Request(request)
            if request.key.to_string().to_lowercase() == who);
        self.topic
            .is_none_or(|topic| topic == Topic::of(entry.action))
            && self.by.is_none_or(|by| by == ActorKind::of(&entry.actor))
            && (who.is_empty() || is_key || named_in(entry).any(is_meant))
    }
}

/// A person whom an entry names, and who has a page.
#[derive(Debug, Clone)]
pub struct Named {
    /// Their name.
    pub name: Option<Name>,
    /// The word for them in the address of their page.
    pub handle: String,
}

/// The people whom entries name, as far as they have a page.
pub type People = BTreeMap<EmailAddress, Named>;

/// A page of the history.
#[derive(Debug, Clone)]
pub struct History {
    /// The place that it belongs to.
    pub place: ConsoleOrg,
    /// The month.
    pub month: Month,
    /// Tells whether it is the current one: there is no later.
    pub is_current: bool,
    /// The entries, the newest first.
    pub entries: Vec<AuditRecord>,
    /// The people whom they name.
    pub people: People,
    /// The place at which the next page begins.
    pub next: Option<Cursor>,
}

impl Console {
    /// The history of an organisation in a month.
    ///
    /// # Errors
    /// [`Stop::Closed`] when the caller does not lead the organisation, [`Stop::Gone`] when the place
    /// to go on from is none of its; or that the store is not available or refuses.
    pub async fn history(
        &self,
        caller: &Caller,
        org: &OrgId,
        query: &HistoryQuery,
    ) -> Result<History, Stop> {
        let lead = self.lead(caller, org).await?;
        let current = Month::of(day_of(lead.occasion.now));
        let month = query.month.map_or(current, |month| month.min(current));
        let (mut entries, mut people) = (Vec::new(), People::new());
        let mut next = query.from.clone();
        for _ in 0..MOST_READ {
            let page = self.month_of(org, month, next.as_ref()).await?;
            let named = page.items.iter().flat_map(|record| named_in(&record.entry));
            self.add_named(org, named, &mut people).await?;
            let taken = page.items.into_iter();
            entries.extend(taken.filter(|record| query.takes(&record.entry, &people)));
            next = page.next;
            if next.is_none() || entries.len() >= PAGE as usize {
                break;
            }
        }
        Ok(History {
            place: lead.place(),
            month,
            is_current: month == current,
            entries,
            people,
            next,
        })
    }

    async fn month_of(
        &self,
        org: &OrgId,
        month: Month,
        from: Option<&Cursor>,
    ) -> Result<Page<AuditRecord>, Stop> {
        let store = &self.services.store;
        match store
            .audit_of_org(Some(org), month.first_day(), from, PAGE)
            .await
        {
            Ok(page) => Ok(page),
            Err(StoreError::BadCursor) => Err(Stop::Gone),
            Err(error) => Err(error.into()),
        }
    }

    /// The latest entries about a person in this organisation, and the people whom they name.
    pub(super) async fn recent(
        &self,
        org: &OrgId,
        email: &EmailAddress,
    ) -> Result<(Vec<AuditRecord>, People), AppError> {
        let subject = Subject::Person(email.clone());
        let page = self.services.store.audit_of(&subject, None, RECENT).await?;
        let here = page.items.into_iter();
        let entries: Vec<_> = here
            .filter(|record| record.entry.org.as_ref() == Some(org))
            .collect();
        let mut people = People::new();
        let named = entries.iter().flat_map(|record| named_in(&record.entry));
        self.add_named(org, named, &mut people).await?;
        Ok((entries, people))
    }

    /// Adds the people who have a page in this organisation.
    async fn add_named(
        &self,
        org: &OrgId,
        named: impl Iterator<Item = &EmailAddress>,
        people: &mut People,
    ) -> Result<(), AppError> {
        let unknown: BTreeSet<_> = named.filter(|email| !people.contains_key(*email)).collect();
        let unknown: Vec<_> = unknown.into_iter().collect();
        let store = &self.services.store;
        for some in unknown.chunks(BATCH) {
            let wanted = some.iter();
            let wanted = wanted.fold(Wanted::new(), |all, email| all.membership(org, email));
            let loaded = store.load(wanted).await?;
            people.extend(some.iter().filter_map(|email| {
                let membership = loaded.membership(org, email)?;
                let named = Named {
                    name: membership.name.clone(),
                    handle: store.pseudonym(email),
                };
                Some(((*email).clone(), named))
            }));
        }
        Ok(())
    }
}

/// The people whom an entry names.
fn named_in(entry: &AuditEntry) -> impl Iterator<Item = &EmailAddress> {
    let actor = match &entry.actor {
        Actor::Person(email) => Some(email),
        Actor::Source(_) | Actor::Sweep | Actor::MailFeedback | Actor::Operator | Actor::Desk => {
            None
        }
    };
    let subject = match &entry.subject {
        Subject::Person(email) => Some(email),
        Subject::Request(_) | Subject::Run(_) | Subject::Organization(_) => None,
    };
    actor.into_iter().chain(subject)
}
