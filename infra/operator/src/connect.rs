//! Connects a desk with its site at Jira: tries the token of an account, says what it may not do,
//! and keeps it encrypted.

use std::{collections::BTreeMap, sync::Arc};

use app::jira::ClientError;
use domain::{
    DeskId, Version,
    desk::{
        Desk,
        jira::{JiraDesk, JiraRequestType},
    },
    id::ExternalId,
    organization::day_of,
};
use jiff::{ToSpan, civil::Date};
use jira::{Client, Credentials, Failure, RequestTypeId, ServiceDesk, ServiceDeskId, User};
use secrecy::SecretString;
use store::DeskToken;

use crate::{Operator, OperatorError, operator::unless_changed};

/// The longest time that a token lives.
const LONGEST: i64 = 366;

/// The credentials as a person gives them.
#[derive(Debug)]
pub struct Given {
    /// The name by which the account logs in: its address.
    pub login: String,
    /// Its API token.
    pub token: SecretString,
    /// The last day on which the token is accepted.
    pub expires_on: Date,
}

/// The reason why a desk was not connected.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// No desk has this name.
    #[error("there is no desk {0}")]
    Unknown(DeskId),
    /// The world file does not say where it is connected.
    #[error("the world file has no [desk.{0}.jira]")]
    Undescribed(DeskId),
    /// The day is in the past, or further ahead than any token lives.
    #[error("a token lives from today for at most a year")]
    Day,
    /// The site cannot be called.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The site does not accept the account.
    #[error("{site} does not accept this address with this token")]
    Unauthorized {
        /// The site.
        site: String,
    },
    /// The account does not see the service desk.
    #[error("the account does not see the service desk {0}")]
    NoDesk(u64),
    /// The site does not answer as Jira does.
    #[error(transparent)]
    Jira(#[from] jira::Error),
    /// Jira's id of the account is none that can be kept.
    #[error("Jira names the account by an id that cannot be kept")]
    Account,
    /// The tables could not be read or written.
    #[error(transparent)]
    Operator(#[from] OperatorError),
}

/// A connection that was tried.
#[derive(Debug)]
pub struct Tried {
    /// The findings, one in a line.
    pub lines: Vec<String>,
    /// The rights and settings that are missing, each with what will not work.
    pub missing: Vec<String>,
    token: DeskToken,
}

/// A permission, the parts of the connection that need it, and what does not work without it.
struct Right {
    key: &'static str,
    name: &'static str,
    needed: fn(&JiraDesk) -> bool,
    without: &'static str,
}

const RIGHTS: [Right; 10] = [
    Right {
        key: "ADMINISTER",
        name: "Administer Jira",
        needed: |jira| jira.customers.writes(),
        without: "new people get no account there",
    },
    Right {
        key: "USER_PICKER",
        name: "Browse users and groups",
        needed: |_| true,
        without: "people who have an account there are not found",
    },
    Right {
        key: "SERVICEDESK_AGENT",
        name: "Service desk agent",
        needed: |_| true,
        without: "organisations and their members can neither be read nor changed",
    },
    Right {
        key: "ADMINISTER_PROJECTS",
        name: "Administer projects",
        needed: |jira| jira.customers.writes(),
        without: "the desk's list of customers stays as it is",
    },
    Right {
        key: "BROWSE_PROJECTS",
        name: "Browse projects",
        needed: |_| true,
        without: "requests are not found",
    },
    Right {
        key: "CREATE_ISSUES",
        name: "Create issues",
        needed: |jira| jira.requests.writes(),
        without: "requests from pages do not arrive",
    },
    Right {
        key: "ADD_COMMENTS",
        name: "Add comments",
        needed: |jira| jira.requests.writes(),
        without: "comments from pages do not arrive",
    },
    Right {
        key: "TRANSITION_ISSUES",
        name: "Transition issues",
        needed: |jira| jira.requests.writes(),
        without: "changes of status become comments",
    },
    Right {
        key: "EDIT_ISSUES",
        name: "Edit issues",
        needed: |jira| jira.requests.writes(),
        without: "requests are not shared with organisations",
    },
    Right {
        key: "MODIFY_REPORTER",
        name: "Modify reporter",
        needed: |jira| jira.requests.writes(),
        without: "requests of leavers keep their reporter; the new person takes part in them",
    },
];

impl Operator {
    /// Tries the credentials for a desk: who they are, which desk they see, which rights they have.
    /// Writes nothing, here or there.
    ///
    /// # Errors
    /// If the desk is not described as connected, or the site does not accept the credentials, or
    /// does not show them the desk.
    pub async fn try_connection(&self, desk: &DeskId, given: Given) -> Result<Tried, ConnectError> {
        let today = day_of(self.clock().now());
        let longest = today.saturating_add(LONGEST.days());
        if given.expires_on < today || given.expires_on > longest {
            return Err(ConnectError::Day);
        }
        let described = self.store().desk(desk).await.map_err(OperatorError::from)?;
        let described = described.ok_or_else(|| ConnectError::Unknown(desk.clone()))?;
        let jira = connected(&described)?;
        let credentials = Credentials {
            email: given.login.clone(),
            token: given.token.clone(),
        };
        let client = self.jira(jira, &credentials)?;
        let mut findings = Findings::default();
        let account = findings.account(&client, jira).await?;
        let there = findings.desk(&client, jira).await?;
        findings.rights(&client, jira, &there).await?;
        findings.request_types(&client, jira).await?;
        let sealed = self.current().seal(desk, &given.token, self.nonce());
        let account: ExternalId = account
            .account_id
            .as_str()
            .parse()
            .map_err(|_| ConnectError::Account)?;
        Ok(Tried {
            lines: findings.lines,
            missing: findings.missing,
            token: DeskToken {
                desk: desk.clone(),
                login: given.login,
                account,
                sealed: sealed.as_str().to_owned(),
                expires_on: given.expires_on,
                version: Version::NEW,
            },
        })
    }

    /// Keeps the token of a connection that was tried, in the place of an earlier one, and ends a
    /// pause for want of it.
    ///
    /// # Errors
    /// If the tables cannot be read or written.
    pub async fn keep_connection(&self, tried: Tried) -> Result<(), OperatorError> {
        let token = &tried.token;
        let kept = self.attempts().repeat(|| async {
            let before = self.store().desk_token(&token.desk).await?;
            let token = DeskToken {
                version: before.map_or(Version::NEW, |before| before.version),
                ..token.clone()
            };
            unless_changed(self.store().put_desk_token(&token).await)
        });
        kept.await
            .map_err(|error: OperatorError| error.about(format_args!("desk {}", token.desk)))?;
        Ok(self.store().resume_desk(&token.desk).await?)
    }

    /// A client of a desk's site.
    pub(crate) fn jira(
        &self,
        jira: &JiraDesk,
        credentials: &Credentials,
    ) -> Result<Client, ClientError> {
        let clock = Arc::clone(self.shared_clock());
        app::jira::client(
            jira.site.as_str(),
            credentials,
            clock,
            jira::Settings::default(),
        )
    }
}

/// The connection of a desk, as the world file describes it.
pub(crate) fn connected(desk: &Desk) -> Result<&JiraDesk, ConnectError> {
    let jira = desk.jira.as_ref();
    jira.ok_or_else(|| ConnectError::Undescribed(desk.id.clone()))
}

/// The findings of a try.
#[derive(Debug, Default)]
struct Findings {
    lines: Vec<String>,
    missing: Vec<String>,
}

impl Findings {
    async fn account(&mut self, client: &Client, jira: &JiraDesk) -> Result<User, ConnectError> {
        let account = client.myself().await.map_err(|error| match error.failure {
            Failure::Unauthorized => ConnectError::Unauthorized {
                site: jira.site.to_string(),
            },
            _ => error.into(),
        })?;
        let name = account.display_name.as_deref().unwrap_or("without a name");
        self.lines.push(format!("account: {name}"));
        Ok(account)
    }

    async fn desk(
        &mut self,
        client: &Client,
        jira: &JiraDesk,
    ) -> Result<ServiceDesk, ConnectError> {
        let wanted = ServiceDeskId(jira.service_desk);
        let seen = client.service_desk(wanted).await;
        let seen = seen.map_err(|error| match error.failure {
            Failure::Gone | Failure::Forbidden => ConnectError::NoDesk(jira.service_desk),
            _ => error.into(),
        })?;
        let name = seen.project_name.as_deref().unwrap_or("without a name");
        let key = seen.project_key.as_deref().unwrap_or("?");
        self.lines
            .push(format!("service desk {wanted}: {name} ({key})"));
        Ok(seen)
    }

    async fn rights(
        &mut self,
        client: &Client,
        jira: &JiraDesk,
        desk: &ServiceDesk,
    ) -> Result<(), ConnectError> {
        let needed: Vec<&Right> = RIGHTS.iter().filter(|right| (right.needed)(jira)).collect();
        let keys: Vec<&str> = needed.iter().map(|right| right.key).collect();
        let project = desk.project_key.as_deref();
        let granted: BTreeMap<String, bool> = client.permissions(&keys, project).await?;
        for right in needed {
            if granted.get(right.key) == Some(&true) {
                self.lines.push(format!("right: {}", right.name));
            } else {
                self.missing
                    .push(format!("{}: {}", right.name, right.without));
            }
        }
        if jira.revoke {
            let line = "right: whether the account is a site administrator, as `revoke = true` \
                needs, shows when somebody is revoked";
            self.lines.push(line.to_owned());
        }
        Ok(())
    }

    async fn request_types(
        &mut self,
        client: &Client,
        jira: &JiraDesk,
    ) -> Result<(), ConnectError> {
        if !jira.requests.writes() {
            return Ok(());
        }
        for (id, kind) in &jira.request_types {
            let desk = ServiceDeskId(jira.service_desk);
            let there = client.request_fields(desk, RequestTypeId(kind.id)).await;
            let fields = match there {
                Ok(fields) => fields,
                Err(error) if matches!(error.failure, Failure::Gone | Failure::Forbidden) => {
                    let wrong = format!("request type {id}: there is no {} there", kind.id);
                    self.missing.push(wrong);
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            self.fields(&format!("request type {id}"), kind, &fields);
        }
        Ok(())
    }

    /// Compares the fields that are filled in with those that are there.
    fn fields(&mut self, about: &str, kind: &JiraRequestType, there: &[jira::RequestField]) {
        let filled = || kind.fields.values().chain([&kind.summary]);
        let before = self.missing.len();
        for field in filled() {
            if !there.iter().any(|one| one.field_id == field.as_str()) {
                let wrong = format!("{about}: no field {field} there, so its requests are refused");
                self.missing.push(wrong);
            }
        }
        for field in there.iter().filter(|one| one.required == Some(true)) {
            // Whatever no field takes goes into the description.
            let given = field.field_id == "description"
                || filled().any(|one| one.as_str() == field.field_id);
            if !given {
                let id = &field.field_id;
                let wrong = format!("{about}: {id} is required there and never filled in");
                self.missing.push(wrong);
            }
        }
        if self.missing.len() == before {
            self.lines.push(format!("{about}: {}", kind.id));
        }
    }
}
