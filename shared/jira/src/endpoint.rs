//! The calls, by path and method: the unit of Jira's rate limits.

use http::Method;

/// The rate of a call: so many at once, and so many a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rate {
    pub(crate) burst: u32,
    pub(crate) per_second: u32,
}

macro_rules! endpoints {
    ($($(#[$doc:meta])* $variant:ident $method:ident $name:literal,)+) => {
        /// A call, by path and method.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Endpoint {
            $($(#[$doc])* $variant,)+
        }

        impl Endpoint {
            /// Every call.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// A name for logs, metrics and kept pauses.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The method of HTTP.
            #[must_use]
            pub const fn method(self) -> Method {
                match self { $(Self::$variant => Method::$method,)+ }
            }
        }
    };
}

endpoints! {
    /// The site's id at the gateway.
    TenantInfo GET "tenant.read",
    /// The account that calls.
    Myself GET "myself.read",
    /// Its permissions.
    Permissions GET "permissions.read",
    /// The fields of issues.
    Fields GET "fields.list",
    /// Desks.
    Desks GET "desks.list",
    /// A desk.
    Desk GET "desk.read",
    /// The fields of a request type.
    RequestFields GET "request-fields.list",
    /// A new customer.
    CreateCustomer POST "customer.create",
    /// The end of an account's access to the portal.
    RevokePortalAccess PUT "customer.revoke",
    /// Users by address.
    FindUsers GET "users.find",
    /// Users by account.
    Users GET "users.read",
    /// A desk's customers.
    DeskCustomers GET "desk-customers.list",
    /// More customers of a desk.
    AddDeskCustomers POST "desk-customers.add",
    /// Fewer customers of a desk.
    RemoveDeskCustomers DELETE "desk-customers.remove",
    /// Organizations.
    Organizations GET "organizations.list",
    /// A new organization.
    CreateOrganization POST "organization.create",
    /// An organization.
    Organization GET "organization.read",
    /// Members of an organization.
    Members GET "members.list",
    /// More members.
    AddMembers POST "members.add",
    /// Fewer members.
    RemoveMembers DELETE "members.remove",
    /// A property of an organization.
    OrganizationProperty GET "organization-property.read",
    /// Another value of it.
    PutOrganizationProperty PUT "organization-property.write",
    /// Organizations of a desk.
    DeskOrganizations GET "desk-organizations.list",
    /// One more of them.
    AttachOrganization POST "desk-organizations.add",
    /// A new request.
    CreateRequest POST "request.create",
    /// Participants of a request.
    Participants GET "participants.list",
    /// More participants.
    AddParticipants POST "participants.add",
    /// Fewer participants.
    RemoveParticipants DELETE "participants.remove",
    /// A new comment.
    Comment POST "comment.create",
    /// Comments of an issue.
    Comments GET "comments.list",
    /// Transitions that an issue offers.
    Transitions GET "transitions.list",
    /// One of them.
    Transition POST "transition.make",
    /// An issue.
    Issue GET "issue.read",
    /// Other fields of it.
    EditIssue PUT "issue.edit",
    /// A search for issues.
    Search GET "issues.search",
}

impl Endpoint {
    /// The call of a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|call| call.name() == name)
    }

    /// The rate that Jira grants by default. It is shared by everybody who calls the site.
    pub(crate) fn rate(self) -> Rate {
        // The list of a desk's customers alone takes five a second. One at a time keeps to that in
        // every second, wherever it begins.
        if self == Self::DeskCustomers {
            return Rate {
                burst: 1,
                per_second: 5,
            };
        }
        let per_second = if matches!(self.method(), Method::PUT | Method::DELETE) {
            50
        } else {
            100
        };
        Rate {
            burst: per_second,
            per_second,
        }
    }

    /// True if a repetition may do the same a second time.
    #[must_use]
    pub const fn repeats(self) -> bool {
        matches!(self, Self::Comment | Self::CreateRequest)
    }
}
