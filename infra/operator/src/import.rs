//! Imports the customers of a site of Jira, without mailing anybody.
//!
//! [`Operator::read_site`] reads the site, [`Operator::plan_import`] compares it with the tables, and
//! [`Operator::carry_out_import`] writes the difference. A plan and its execution judge people by
//! one function. An import that was interrupted goes on when it is run again: whoever is a member is
//! left alone, and only missing links are added.

mod account;
mod plan;
mod read;
mod world;

use std::num::NonZeroUsize;

use app::AppError;
use domain::{
    Actor, DeskId, EmailAddress, Evidence, Occasion, OrgId, Organization, Proof, Version,
    decide::{Arrival, Imported, import_people},
    desk::Desk,
    text::{Line, Name},
};
use futures::{StreamExt, TryStreamExt, stream};
use jira::{AccountId, Client, Credentials, Pauses, Scope};
use store::{CommitError, DeskLink, Found, PauseReason, Wanted};

use self::read::Reader;

pub use self::{
    account::Why,
    plan::{ImportPlan, LeftOut, Planned},
    read::{OrganizationThere, SiteRead},
};
use crate::{ConnectError, Operator, OperatorError, connect::connected, operator::unless_changed};

/// The number of people in one transaction. Each takes four items at most, of the hundred that a
/// transaction has.
const TOGETHER: NonZeroUsize = NonZeroUsize::new(20).expect("it is not zero");
/// The number of links that are written side by side.
const SIDE_BY_SIDE: usize = 8;

/// The reason why an import did not come to its end. Running it again goes on.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The desk is not connected, or its connection cannot be used.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// There is no token of an account.
    #[error("the desk has no token: run `lanyard desk connect {0}`")]
    Unconnected(DeskId),
    /// The token was sealed with another secret.
    #[error("the token of desk {0} does not open with this source secret: connect it again")]
    Sealed(DeskId),
    /// The site does not answer.
    #[error("the site could not be read: {}", .0.said().unwrap_or("it gives no reason"))]
    Jira(#[from] jira::Error),
    /// The tables could not be read or written.
    #[error(transparent)]
    Operator(#[from] OperatorError),
}

impl From<store::StoreError> for ImportError {
    fn from(error: store::StoreError) -> Self {
        OperatorError::from(error).into()
    }
}

/// The choices of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportOptions {
    /// `true` if Atlassian accounts are imported, too. Agents have such accounts.
    pub atlassian: bool,
}

/// A person of an organisation there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their address.
    pub email: EmailAddress,
    /// Their name.
    pub name: Option<Name>,
    /// Their account.
    pub account: AccountId,
}

/// The numbers of an import that was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Done {
    /// The number of people who became members.
    pub members: usize,
    /// The number of accounts that were linked.
    pub linked: usize,
}

impl Operator {
    /// A client of a desk's site, with the account that was kept for it.
    ///
    /// # Errors
    /// If the desk is not connected, or its token does not open.
    pub async fn jira_of(&self, desk: &DeskId) -> Result<Client, ImportError> {
        let described = self.described(desk).await?;
        let token = self.store().desk_token(desk).await?;
        let token = token.ok_or_else(|| ImportError::Unconnected(desk.clone()))?;
        let opened = self.keys().sources.open(desk, &token.sealed.into());
        let credentials = Credentials {
            email: token.login,
            token: opened.map_err(|_| ImportError::Sealed(desk.clone()))?,
        };
        let client = self.jira(connected(&described)?, &credentials);
        Ok(client.map_err(ConnectError::from)?)
    }

    async fn described(&self, desk: &DeskId) -> Result<Desk, ImportError> {
        let described = self.store().desk(desk).await?;
        Ok(described.ok_or_else(|| ConnectError::Unknown(desk.clone()))?)
    }

    /// Reads the organisations of a desk with their members, its customers, and the kinds of their
    /// accounts. Waits for as long as the site asks, also where it has asked the desk's writer, and
    /// keeps what it asks for the writer.
    ///
    /// # Errors
    /// If the desk is not connected, or the site does not answer.
    pub async fn read_site(&self, desk: &DeskId, client: &Client) -> Result<SiteRead, ImportError> {
        let described = self.described(desk).await?;
        let kept = self.store().desk_pause(desk).await?;
        if let Some(pause) = kept.filter(|pause| pause.why == PauseReason::Limit) {
            let mut pauses = Pauses::default();
            pauses.add(Scope::Site, pause.until);
            client.honour(&pauses);
        }
        let reader = Reader {
            operator: self,
            desk,
            client,
        };
        reader.site(connected(&described)?).await
    }

    /// Compares a site with the tables. Writes nothing.
    ///
    /// # Errors
    /// If the desk is not connected, or the tables cannot be read.
    pub async fn plan_import(
        &self,
        desk: &DeskId,
        site: &SiteRead,
        options: ImportOptions,
    ) -> Result<ImportPlan, ImportError> {
        let described = self.described(desk).await?;
        connected(&described)?;
        plan::make(self, described, site, options).await
    }

    /// Carries a plan out: members, counterparts of organisations, links to accounts. Each
    /// organisation is read again, so that no change since the plan is lost.
    ///
    /// # Errors
    /// If the tables cannot be read or written; earlier writes stay.
    pub async fn carry_out_import(&self, plan: &ImportPlan) -> Result<Done, ImportError> {
        let mut done = Done::default();
        for planned in &plan.organizations {
            for people in planned.joining.chunks(TOGETHER.get()) {
                done.members += self.let_in(plan, &planned.org, people).await?;
            }
            if let Some(there) = planned.new_counterpart {
                self.remember(&plan.desk.id, &planned.org, there).await?;
            }
        }
        let links = stream::iter(plan.links.iter().map(|link| self.link(link)));
        done.linked = links
            .buffer_unordered(SIDE_BY_SIDE)
            .try_fold(
                0,
                |linked, new| async move { Ok(linked + usize::from(new)) },
            )
            .await?;
        Ok(done)
    }

    /// Makes people members in one transaction, by the decision that the plan was made with.
    async fn let_in(
        &self,
        plan: &ImportPlan,
        org: &OrgId,
        people: &[Person],
    ) -> Result<usize, OperatorError> {
        let let_in = self.attempts().repeat(|| async {
            let Some(org) = self.store().organization(org).await? else {
                return Ok(std::ops::ControlFlow::Break(0));
            };
            let imported = self.judge(org, &plan.desk, people).await?;
            let now = self.clock().now();
            let new_id = || self.ids().uuid(now);
            let once = store::Once::Nothing;
            let committed = self
                .store()
                .commit(&imported.outcome, &once, now, &new_id)
                .await;
            unless_changed(committed.map(|_| imported.members.len()))
        });
        let_in
            .await
            .map_err(|error: OperatorError| error.about(format_args!("organization {org}")))
    }

    /// Judges the people of an organisation, as the tables have them now.
    async fn judge(
        &self,
        org: Organization,
        desk: &Desk,
        people: &[Person],
    ) -> Result<Imported, AppError> {
        let emails = people.iter().map(|person| &person.email);
        let wanted = emails.fold(Wanted::new(), |wanted, email| {
            wanted.affiliation(&org.id, email).customer(email)
        });
        let loaded = self.store().load(wanted).await?;
        let occasion = self.import_occasion();
        let arrivals = people.iter().map(|person| {
            let affiliation = loaded.affiliation(&org.id, &person.email);
            Arrival {
                email: person.email.clone(),
                name: person.name.clone(),
                membership: loaded.membership(&org.id, &person.email).cloned(),
                standing: affiliation.standing(occasion.now),
                customer: loaded.customer(&person.email).cloned(),
            }
        });
        let arrivals = arrivals.collect();
        Ok(import_people(org, desk, arrivals, &occasion))
    }

    fn import_occasion(&self) -> Occasion {
        let name = Line::new("import jira").expect("a fixed name is a line");
        let proof = Proof {
            actor: Actor::Operator,
            evidence: Evidence::Command { name },
        };
        proof.at(self.clock().now())
    }

    /// Remembers the counterpart of an organisation, unless one is known by now.
    async fn remember(&self, desk: &DeskId, org: &OrgId, there: u64) -> Result<(), OperatorError> {
        let found = Found {
            id: there,
            made: false,
            version: Version::NEW,
        };
        unless_there(self.store().put_counterpart(desk, org, &found).await).map(drop)
    }

    /// Links a person with their account, unless a link is there by now.
    async fn link(&self, link: &DeskLink) -> Result<bool, OperatorError> {
        unless_there(self.store().put_desk_link(link).await)
    }
}

/// Tells whether something new was written. If somebody else has written it since, theirs stays.
fn unless_there(written: Result<(), CommitError>) -> Result<bool, OperatorError> {
    match written {
        Ok(()) => Ok(true),
        Err(CommitError::Conflict) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
