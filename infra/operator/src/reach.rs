//! The place of a deployment: its tables, its secrets, and a client that reaches them.

use std::{
    fmt,
    io::{self, Read, Write},
    net::{TcpStream, ToSocketAddrs},
    time::Duration,
};

use app::{
    Generations, Needs, Secrets,
    config::{AwsConfig, Roots},
};
use domain::Timestamp;
use secrecy::SecretString;
use serde::Deserialize;
use store::Tables;
use url::Url;

/// A deployment that can be reached.
#[derive(Clone)]
pub struct Deployment {
    /// A client that reaches its tables.
    pub dynamodb: aws_sdk_dynamodb::Client,
    /// The names of the tables.
    pub tables: Tables,
    /// The secrets behind links and sources. In the place of one that was not needed stands one that
    /// nobody has.
    pub secrets: Secrets,
    /// The secret of the traces of leavers.
    pub trace_secret: SecretString,
    /// The time there, if its clock can be moved.
    pub now: Option<Timestamp>,
    /// The beginning of every link, if known.
    pub base_url: Option<Url>,
}

impl fmt::Debug for Deployment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deployment")
            .field("tables", &self.tables)
            .finish_non_exhaustive()
    }
}

/// The reason why a deployment cannot be reached.
#[derive(Debug, thiserror::Error)]
pub enum ReachError {
    /// Variables are missing.
    #[error("not set: {}", .0.join(", "))]
    Variables(Vec<&'static str>),
    /// The client could not be built.
    #[error(transparent)]
    Client(#[from] app::aws::ClientError),
    /// There is no local bundle at this address.
    #[error("no local bundle answers at {address}")]
    Bundle {
        /// The address.
        address: String,
        /// The system's error.
        #[source]
        source: io::Error,
    },
    /// AWS gave no answer.
    #[error("AWS does not tell about {what}")]
    Aws {
        /// The wanted thing.
        what: String,
        /// The SDK's error.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// It is a stack of another template.
    #[error("{0} was not made by Lanyard's template")]
    NotOurs(String),
    /// The server at this address is no local bundle.
    #[error("what answers at {address} is no local bundle")]
    NoBundle {
        /// The address.
        address: String,
    },
}

impl ReachError {
    /// Tells whether the same call may succeed a little later.
    #[must_use]
    pub fn retryable(&self) -> bool {
        matches!(self, Self::Bundle { .. } | Self::Aws { .. })
    }
}

/// The longest wait for the local bundle.
const PATIENCE: Duration = Duration::from_secs(5);

/// The deployment that the environment describes, by the variables that the functions have, with the
/// secrets that are needed. `endpoint` goes before `AWS_ENDPOINT_URL_DYNAMODB`.
///
/// # Errors
/// If variables are missing; all of them are named.
pub fn by_environment(
    needs: Needs,
    lookup: impl Fn(&str) -> Option<String>,
    endpoint: Option<String>,
) -> Result<Deployment, ReachError> {
    let mut missing = Vec::new();
    let set = |name: &str| lookup(name).filter(|value| !value.is_empty());
    let mut wanted = |name: &'static str| {
        set(name).unwrap_or_else(|| {
            missing.push(name);
            String::new()
        })
    };
    let tables = Tables {
        directory: wanted("LANYARD_DIRECTORY_TABLE"),
        requests: wanted("LANYARD_REQUESTS_TABLE"),
        journal: wanted("LANYARD_JOURNAL_TABLE"),
        audit: wanted("LANYARD_AUDIT_TABLE"),
    };
    let mut generations = |needed: bool, name: &'static str| {
        if !needed {
            return Generations::nobodys();
        }
        Generations {
            current: wanted(name).into(),
            previous: set(&format!("{name}_PREVIOUS")).map(Into::into),
        }
    };
    let secrets = Secrets {
        links: generations(needs.links(), "LANYARD_LINK_SECRET"),
        sources: generations(needs.sources(), "LANYARD_SOURCE_SECRET"),
    };
    let trace_secret = wanted("LANYARD_TRACE_SECRET").into();
    let aws = AwsConfig {
        region: wanted("AWS_REGION"),
        access_key_id: wanted("AWS_ACCESS_KEY_ID"),
        secret_access_key: wanted("AWS_SECRET_ACCESS_KEY").into(),
        session_token: set("AWS_SESSION_TOKEN").map(Into::into),
        dynamodb_endpoint: endpoint
            .or_else(|| set("AWS_ENDPOINT_URL_DYNAMODB"))
            .or_else(|| set("AWS_ENDPOINT_URL")),
        sesv2_endpoint: None,
        roots: Roots::of_machine(set("AWS_CA_BUNDLE")),
    };
    let base_url = set("LANYARD_BASE_URL").and_then(|url| Url::parse(&url).ok());
    if !missing.is_empty() {
        return Err(ReachError::Variables(missing));
    }
    Ok(Deployment {
        dynamodb: client(&aws)?,
        tables,
        secrets,
        trace_secret,
        now: None,
        base_url,
    })
}

fn client(aws: &AwsConfig) -> Result<aws_sdk_dynamodb::Client, ReachError> {
    Ok(app::aws::dynamodb(aws, app::aws::http_client(aws)?))
}

/// The local bundle's data about itself.
#[derive(Deserialize)]
struct Info {
    now: Timestamp,
    base_url: Url,
    endpoints: Endpoints,
    tables: TableNames,
    link_secret: String,
    source_secret: String,
    trace_secret: String,
}

#[derive(Debug, Deserialize)]
struct Endpoints {
    dynamodb: String,
}

#[derive(Debug, Deserialize)]
struct TableNames {
    directory: String,
    requests: String,
    journal: String,
    audit: String,
}

/// The local bundle at this address, such as `http://127.0.0.1:4400`.
///
/// # Errors
/// If none answers there.
pub fn local_bundle(address: &Url) -> Result<Deployment, ReachError> {
    let shown = address.as_str().trim_end_matches('/').to_owned();
    let body = get(address, "/_local/info.json").map_err(|source| ReachError::Bundle {
        address: shown.clone(),
        source,
    })?;
    let info: Info =
        serde_json::from_str(&body).map_err(|_| ReachError::NoBundle { address: shown })?;
    let aws = AwsConfig {
        region: "local".to_owned(),
        access_key_id: "operator".to_owned(),
        secret_access_key: "local".into(),
        session_token: None,
        dynamodb_endpoint: Some(info.endpoints.dynamodb),
        sesv2_endpoint: Some(no_mail()),
        roots: Roots::System,
    };
    let tables = Tables {
        directory: info.tables.directory,
        requests: info.tables.requests,
        journal: info.tables.journal,
        audit: info.tables.audit,
    };
    Ok(Deployment {
        dynamodb: client(&aws)?,
        tables,
        secrets: Secrets {
            links: Generations::only(info.link_secret.into()),
            sources: Generations::only(info.source_secret.into()),
        },
        trace_secret: info.trace_secret.into(),
        now: Some(info.now),
        base_url: Some(info.base_url),
    })
}

/// An endpoint for mail, which is never sent from here. Without TLS, no root certificates are read.
fn no_mail() -> String {
    "http://127.0.0.1:9".to_owned()
}

/// A GET over loopback, without a library. Returns the answer's body.
fn get(address: &Url, path: &str) -> io::Result<String> {
    let host = address.host_str().unwrap_or("127.0.0.1");
    let port = address.port_or_known_default().unwrap_or(80);
    let place = (host.trim_matches(['[', ']']), port)
        .to_socket_addrs()?
        .next()
        .ok_or(io::ErrorKind::AddrNotAvailable)?;
    let mut stream = TcpStream::connect_timeout(&place, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    // HTTP/1.0: the answer comes in one piece and ends with the connection.
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {host}:{port}\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (_head, body) = answer
        .split_once("\r\n\r\n")
        .ok_or(io::ErrorKind::InvalidData)?;
    Ok(body.to_owned())
}
