//! The site as `GET /_local/desk.json` gives it.

use serde::Serialize;

use super::account::Account;
use super::seed::DESK;
use super::site::Site;

/// The whole desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeskView {
    /// The organisations of the site.
    pub organizations: Vec<OrganizationView>,
    /// The accounts that are nobody of the desk's own.
    pub customers: Vec<CustomerView>,
    /// The desk for customers.
    pub desk: ListView,
    /// The requests, oldest first.
    pub requests: Vec<RequestView>,
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrganizationView {
    /// The id, as answers have it.
    pub id: String,
    /// The name.
    pub name: String,
    /// The ids of the members' accounts.
    pub members: Vec<String>,
}

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerView {
    /// The id of the account.
    pub account_id: String,
    /// The address.
    pub email: String,
    /// The name.
    pub display_name: String,
    /// False after the access was revoked.
    pub active: bool,
}

/// The desk's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListView {
    /// True if everybody may raise requests.
    pub open: bool,
    /// The ids of the accounts on the list.
    pub customers: Vec<String>,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestView {
    /// The key.
    pub key: String,
    /// The summary.
    pub summary: String,
    /// The account of the reporter.
    pub reporter: String,
    /// The name of the status.
    pub status: String,
    /// The accounts of the participants.
    pub participants: Vec<String>,
    /// The ids of the organisations that it is shared with.
    pub organizations: Vec<String>,
    /// The comments, oldest first.
    pub comments: Vec<CommentView>,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommentView {
    /// The id.
    pub id: String,
    /// The account of the author.
    pub author: String,
    /// The text.
    pub body: String,
    /// False if only agents see it.
    pub public: bool,
}

impl DeskView {
    /// The view of a site.
    #[must_use]
    pub fn of(site: &Site) -> Self {
        let desk = site.desks.get(&DESK);
        let organizations = site
            .organizations
            .values()
            .map(|organization| OrganizationView {
                id: organization.id.to_string(),
                name: organization.name.clone(),
                members: organization.members.iter().cloned().collect(),
            });
        let customers = site.accounts.values().filter(|account| !account.is_staff());
        let requests = site.requests.values().map(|request| RequestView {
            key: request.key.clone(),
            summary: request.summary().to_owned(),
            reporter: request.reporter.clone(),
            status: request.status().name.to_owned(),
            participants: request.participants.iter().cloned().collect(),
            organizations: request.organizations.iter().map(u64::to_string).collect(),
            comments: request.comments.iter().map(CommentView::of).collect(),
        });
        Self {
            organizations: organizations.collect(),
            customers: customers.map(CustomerView::of).collect(),
            desk: ListView {
                open: desk.is_some_and(|desk| desk.open),
                customers: desk
                    .map_or_else(Vec::new, |desk| desk.customers.iter().cloned().collect()),
            },
            requests: requests.collect(),
        }
    }
}

impl CustomerView {
    fn of(account: &Account) -> Self {
        Self {
            account_id: account.id.clone(),
            email: account.email.clone(),
            display_name: account.display_name.clone(),
            active: account.active,
        }
    }
}

impl CommentView {
    fn of(comment: &super::request::Comment) -> Self {
        Self {
            id: comment.id.to_string(),
            author: comment.author.clone(),
            body: comment.body.clone(),
            public: comment.public,
        }
    }
}
