//! A client for Jira Service Management Cloud: the calls that a desk of record needs, each as one
//! method of [`Client`].
//!
//! It reads answers leniently, because Jira's differ from its description: ids are numbers here and
//! strings there, fields are null, pages are shorter than asked, and an error may be an HTML page.
//! It keeps to Jira's rates, and its [`Error`] says what helps: to try again, to wait until an
//! instant, or nothing.
//!
//! It must not know Lanyard's rules, decide what is written, read a clock or sleep: time comes in as
//! a [`Timer`]. A call is sent once; the caller tries again. Neither `Debug` nor `Display` shows a
//! token, an address, a name or a text.
//!
//! | method | call |
//! |---|---|
//! | [`Client::cloud_id`] | `GET /_edge/tenant_info` |
//! | [`Client::myself`] | `GET /rest/api/3/myself` |
//! | [`Client::permissions`] | `GET /rest/api/3/mypermissions` |
//! | [`Client::organization_field`] | `GET /rest/api/3/field` |
//! | [`Client::service_desks`] | `GET /rest/servicedeskapi/servicedesk` |
//! | [`Client::service_desk`] | `GET …/servicedesk/{desk}` |
//! | [`Client::request_fields`] | `GET …/servicedesk/{desk}/requesttype/{type}/field` |
//! | [`Client::create_customer`] | `POST …/customer?strictConflictStatusCode=true` |
//! | [`Client::revoke_portal_access`] | `PUT …/customer/user/{account}/revoke-portal-only-access` |
//! | [`Client::find_users`] | `GET /rest/api/3/user/search?query=…` |
//! | [`Client::users`] | `GET /rest/api/3/user/bulk?accountId=…&accountId=…` |
//! | [`Client::desk_customers`] | `GET …/servicedesk/{desk}/customer` |
//! | [`Client::add_desk_customers`] | `POST …/servicedesk/{desk}/customer` |
//! | [`Client::remove_desk_customers`] | `DELETE …/servicedesk/{desk}/customer` |
//! | [`Client::organizations`] | `GET …/organization` |
//! | [`Client::organizations_of`] | `GET …/organization?accountId=…` |
//! | [`Client::create_organization`] | `POST …/organization` |
//! | [`Client::organization`] | `GET …/organization/{organization}` |
//! | [`Client::members`] | `GET …/organization/{organization}/user` |
//! | [`Client::add_members`], [`Client::remove_members`] | `POST`, `DELETE …/organization/{organization}/user` |
//! | [`Client::organization_property`], [`Client::put_organization_property`] | `GET`, `PUT …/organization/{organization}/property/{key}` |
//! | [`Client::desk_organizations`], [`Client::attach_organization`] | `GET`, `POST …/servicedesk/{desk}/organization` |
//! | [`Client::create_request`] | `POST …/request` |
//! | [`Client::participants`] | `GET …/request/{issue}/participant` |
//! | [`Client::add_participants`], [`Client::remove_participants`] | `POST`, `DELETE …/request/{issue}/participant` |
//! | [`Client::comment`] | `POST /rest/api/3/issue/{issue}/comment`, with properties |
//! | [`Client::comments`] | `GET /rest/api/3/issue/{issue}/comment?expand=properties` |
//! | [`Client::transitions`], [`Client::transition`] | `GET`, `POST /rest/api/3/issue/{issue}/transitions` |
//! | [`Client::issue`], [`Client::organizations_on`] | `GET /rest/api/3/issue/{issue}` |
//! | [`Client::set_reporter`], [`Client::set_organizations`] | `PUT /rest/api/3/issue/{issue}` |
//! | [`Client::open_issues`], [`Client::issues_since`] | `GET /rest/api/3/search/jql` |

mod answer;
mod calls;
mod client;
mod document;
mod endpoint;
mod error;
mod id;
mod limits;
mod page;
mod read;
mod site;

pub use calls::{
    customers::{Removal, User, UserKind},
    issues::{Issue, Status, Transition},
    organizations::Organization,
    requests::{Comment, MARK, NewRequest, Request},
    sites::{RequestField, ServiceDesk},
};
pub use client::{Client, Settings, Timer, Transport};
pub use connections::TlsError;
pub use endpoint::Endpoint;
pub use error::{Cause, Error, Failure};
pub use id::{
    AccountId, CommentId, InvalidId, IssueKey, OrganizationId, RequestTypeId, ServiceDeskId,
    TransitionId,
};
pub use limits::{Pauses, Scope};
pub use page::{Identified, Listing, Page, Pager, Reading};
pub use site::{Credentials, InvalidSite, Site};
