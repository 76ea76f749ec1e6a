//! The configuration of a function: read once at start, all of it, and never again.

use std::{fmt, num::NonZeroU32, path::PathBuf};

use secrecy::SecretString;
use store::Tables;
use tracing::Level;
use url::{Host, Url};

use crate::secrets::{Generations, Needs, Secrets};

/// The fewest characters of a secret: what 32 bytes take in base64, and as letters and digits
/// still 256 bits. The template's has 64 (`docs/adr/0007`).
pub const SECRET_SHORTEST: usize = 43;

/// All that a function is told from outside.
#[derive(Debug, Clone)]
pub struct Config {
    /// The names of the tables.
    pub tables: Tables,
    /// The public address of the pages, without a trailing slash: `https://desk.example`.
    pub base_url: String,
    /// The secrets that can be rotated. In the place of one that the function does not need stands
    /// one that nobody has.
    pub secrets: Secrets,
    /// From which the key for the traces of leavers is derived. It is never replaced.
    pub trace_secret: SecretString,
    /// The SES configuration set that every mail is sent with.
    pub ses_configuration_set: String,
    /// Mails per second that the relay may send.
    pub ses_max_send_rate: NonZeroU32,
    /// From which level on lines are logged.
    pub log_level: Level,
    /// `AWS_LAMBDA_FUNCTION_NAME`: the name of the deployed function, the dimension of its metrics.
    /// Not set on a laptop.
    pub function_name: Option<String>,
    /// The access to AWS.
    pub aws: AwsConfig,
}

/// The access to AWS: the variables that Lambda sets for every function, and the addresses that
/// tests and the local bundle set in place of AWS's.
#[derive(Debug, Clone)]
pub struct AwsConfig {
    /// `AWS_REGION`.
    pub region: String,
    /// `AWS_ACCESS_KEY_ID`.
    pub access_key_id: String,
    /// `AWS_SECRET_ACCESS_KEY`.
    pub secret_access_key: SecretString,
    /// `AWS_SESSION_TOKEN`: always set on Lambda.
    pub session_token: Option<SecretString>,
    /// `AWS_ENDPOINT_URL_DYNAMODB`, else `AWS_ENDPOINT_URL`.
    pub dynamodb_endpoint: Option<String>,
    /// `AWS_ENDPOINT_URL_SESV2`, else `AWS_ENDPOINT_URL`.
    pub sesv2_endpoint: Option<String>,
    /// The trusted root certificates.
    pub roots: Roots,
}

/// The root certificates that are trusted when a service is reached over TLS (`docs/adr/0003`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Roots {
    /// `AWS_CA_BUNDLE`: those in this PEM file, and no others.
    Named(PathBuf),
    /// Those of Amazon Trust Services, which are part of the program.
    Amazon,
    /// The system's.
    System,
}

/// The beginnings of regions whose endpoints other authorities may certify: China, the isolated
/// ones, and the European Sovereign Cloud with its own roots.
const CERTIFIED_ELSEWHERE: [&str; 4] = ["cn-", "us-iso", "eu-iso", "eusc-"];

impl Roots {
    /// The roots of a function: the file that was named; else Amazon's where Amazon certifies; else
    /// the system's.
    fn of_function(bundle: Option<String>, region: &str) -> Self {
        let elsewhere = CERTIFIED_ELSEWHERE
            .iter()
            .any(|begin| region.starts_with(begin));
        match bundle {
            Some(path) => Self::Named(path.into()),
            None if elsewhere => Self::System,
            None => Self::Amazon,
        }
    }

    /// The roots of a program on a person's machine: the file that was named; else the system's, to
    /// which a company may have added its own.
    #[must_use]
    pub fn of_machine(bundle: Option<impl Into<PathBuf>>) -> Self {
        bundle.map_or(Self::System, |path| Self::Named(path.into()))
    }
}

/// Every variable that is missing or bad, at once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    /// One for each variable.
    pub problems: Vec<Problem>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration is not complete: ")?;
        for (index, problem) in self.problems.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{} {}", problem.variable, problem.wrong)?;
        }
        Ok(())
    }
}

/// The fault of one variable. Its value is not repeated, because it may be a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The variable's name.
    pub variable: &'static str,
    /// The fault.
    pub wrong: &'static str,
}

impl Config {
    /// Reads the process's environment, for a function with these needs.
    ///
    /// # Errors
    /// If any variable is missing or bad; the error names all of them.
    pub fn from_env(needs: Needs) -> Result<Self, ConfigError> {
        Self::read(needs, |name| std::env::var(name).ok())
    }

    /// A configuration over services at this address, with tables, keys and secrets that everybody
    /// knows. For tests.
    ///
    /// # Panics
    /// If the address is empty.
    #[must_use]
    pub fn for_tests(endpoint: &str) -> Self {
        Self::read(Needs::Both, |name| {
            let value = match name {
                "LANYARD_DIRECTORY_TABLE" => "directory",
                "LANYARD_REQUESTS_TABLE" => "requests",
                "LANYARD_JOURNAL_TABLE" => "journal",
                "LANYARD_AUDIT_TABLE" => "audit",
                "LANYARD_BASE_URL" => "https://desk.example",
                "LANYARD_LINK_SECRET" => "0123456789abcdef0123456789abcdef0123456789abcdef",
                "LANYARD_SOURCE_SECRET" => "9876543210fedcba9876543210fedcba9876543210fedcba",
                "LANYARD_TRACE_SECRET" => "abcdef0123456789abcdef0123456789abcdef0123456789",
                "LANYARD_SES_CONFIGURATION_SET" => "lanyard",
                "LANYARD_SES_MAX_SEND_RATE" => "10",
                "AWS_REGION" => "local",
                "AWS_ACCESS_KEY_ID" => "test-key",
                "AWS_SECRET_ACCESS_KEY" => "test-secret",
                "AWS_ENDPOINT_URL_DYNAMODB" | "AWS_ENDPOINT_URL_SESV2" => endpoint,
                _ => return None,
            };
            Some(value.to_owned())
        })
        .expect("every variable that is needed stands above")
    }

    /// Reads the configuration through `lookup`, which gives a variable's value. A variable that
    /// is set to nothing counts as not set, as the template cannot leave one out. A secret that the
    /// function does not need is not asked for (`docs/adr/0036`).
    ///
    /// # Errors
    /// If any variable is missing or bad; the error names all of them.
    pub fn read(
        needs: Needs,
        lookup: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let mut reading = Reading {
            lookup,
            problems: Vec::new(),
        };
        let tables = reading.tables();
        let base_url = reading.parsed("LANYARD_BASE_URL", public_address);
        let secrets = reading.secrets(needs);
        let trace_secret = reading.parsed("LANYARD_TRACE_SECRET", secret_text);
        let ses_configuration_set = reading.text("LANYARD_SES_CONFIGURATION_SET");
        let ses_max_send_rate = reading.parsed("LANYARD_SES_MAX_SEND_RATE", |text| {
            text.parse()
                .map_err(|_| "is not a whole number of mails per second, 1 or more")
        });
        let log_level = reading.optional("LANYARD_LOG", level);
        let function_name = reading.optional("AWS_LAMBDA_FUNCTION_NAME", as_it_is);
        let aws = reading.aws();
        // Each of these is missing exactly when a problem was noted for it; of the optional ones the
        // problems alone tell.
        match (
            tables,
            base_url,
            secrets,
            trace_secret,
            ses_configuration_set,
            ses_max_send_rate,
            aws,
        ) {
            (
                Some(tables),
                Some(base_url),
                Some(secrets),
                Some(trace_secret),
                Some(ses_configuration_set),
                Some(ses_max_send_rate),
                Some(aws),
            ) if reading.problems.is_empty() => Ok(Self {
                tables,
                base_url,
                secrets,
                trace_secret,
                ses_configuration_set,
                ses_max_send_rate,
                log_level: log_level.unwrap_or(Level::INFO),
                function_name,
                aws,
            }),
            _ => Err(ConfigError {
                problems: reading.problems,
            }),
        }
    }
}

/// One pass over the variables, which notes what is wrong and goes on.
struct Reading<L> {
    lookup: L,
    problems: Vec<Problem>,
}

impl<L: Fn(&str) -> Option<String>> Reading<L> {
    fn tables(&mut self) -> Option<Tables> {
        let directory = self.text("LANYARD_DIRECTORY_TABLE");
        let requests = self.text("LANYARD_REQUESTS_TABLE");
        let journal = self.text("LANYARD_JOURNAL_TABLE");
        let audit = self.text("LANYARD_AUDIT_TABLE");
        Some(Tables {
            directory: directory?,
            requests: requests?,
            journal: journal?,
            audit: audit?,
        })
    }

    fn secrets(&mut self, needs: Needs) -> Option<Secrets> {
        let links = ["LANYARD_LINK_SECRET", "LANYARD_LINK_SECRET_PREVIOUS"];
        let sources = ["LANYARD_SOURCE_SECRET", "LANYARD_SOURCE_SECRET_PREVIOUS"];
        // Both are read before one of them is missed, so that each problem is noted.
        let links = self.generations(needs.links(), links);
        let sources = self.generations(needs.sources(), sources);
        Some(Secrets {
            links: links?,
            sources: sources?,
        })
    }

    fn generations(
        &mut self,
        needed: bool,
        [current, previous]: [&'static str; 2],
    ) -> Option<Generations> {
        if !needed {
            return Some(Generations::nobodys());
        }
        let current = self.parsed(current, secret_text);
        let previous = self.optional(previous, secret_text);
        Some(Generations {
            current: current?,
            previous,
        })
    }

    fn aws(&mut self) -> Option<AwsConfig> {
        let region = self.text("AWS_REGION");
        let access_key_id = self.text("AWS_ACCESS_KEY_ID");
        let secret_access_key = self.text("AWS_SECRET_ACCESS_KEY");
        let session_token = self.optional("AWS_SESSION_TOKEN", as_it_is);
        let everything = self.optional("AWS_ENDPOINT_URL", endpoint);
        let dynamodb = self.optional("AWS_ENDPOINT_URL_DYNAMODB", endpoint);
        let sesv2 = self.optional("AWS_ENDPOINT_URL_SESV2", endpoint);
        let bundle = self.optional("AWS_CA_BUNDLE", as_it_is);
        let region = region?;
        Some(AwsConfig {
            roots: Roots::of_function(bundle, &region),
            region,
            access_key_id: access_key_id?,
            secret_access_key: secret_access_key?.into(),
            session_token: session_token.map(Into::into),
            dynamodb_endpoint: dynamodb.or_else(|| everything.clone()),
            sesv2_endpoint: sesv2.or(everything),
        })
    }

    fn value(&self, variable: &'static str) -> Option<String> {
        (self.lookup)(variable).filter(|value| !value.is_empty())
    }

    fn text(&mut self, variable: &'static str) -> Option<String> {
        self.parsed(variable, as_it_is)
    }

    /// A variable that must be set and good.
    fn parsed<T>(
        &mut self,
        variable: &'static str,
        parse: impl FnOnce(&str) -> Result<T, &'static str>,
    ) -> Option<T> {
        let found = self.value(variable);
        if found.is_none() {
            let wrong = "is not set";
            self.problems.push(Problem { variable, wrong });
        }
        self.checked(variable, found, parse)
    }

    /// A variable that may be missing, but must be good when it is there.
    fn optional<T>(
        &mut self,
        variable: &'static str,
        parse: impl FnOnce(&str) -> Result<T, &'static str>,
    ) -> Option<T> {
        let found = self.value(variable);
        self.checked(variable, found, parse)
    }

    fn checked<T>(
        &mut self,
        variable: &'static str,
        found: Option<String>,
        parse: impl FnOnce(&str) -> Result<T, &'static str>,
    ) -> Option<T> {
        match parse(&found?) {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.problems.push(Problem { variable, wrong });
                None
            }
        }
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "it stands where a parser is wanted"
)]
fn as_it_is(text: &str) -> Result<String, &'static str> {
    Ok(text.to_owned())
}

/// The address of the pages: links are capabilities, so they travel over TLS, except on a laptop.
fn public_address(text: &str) -> Result<String, &'static str> {
    let wrong = "is not an https address without a path, such as https://desk.example";
    let url = Url::parse(text).map_err(|_| wrong)?;
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let scheme_fits = url.scheme() == "https" || (url.scheme() == "http" && loopback);
    // `Url` writes an empty path as "/": what else it wrote must be what was given.
    let bare = url.as_str().strip_suffix('/') == Some(text);
    if scheme_fits && bare && url.username().is_empty() && url.password().is_none() {
        Ok(text.to_owned())
    } else {
        Err(wrong)
    }
}

fn endpoint(text: &str) -> Result<String, &'static str> {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {
            Ok(text.to_owned())
        }
        _ => Err("is not an http or https address"),
    }
}

fn secret_text(text: &str) -> Result<SecretString, &'static str> {
    if text.len() < SECRET_SHORTEST {
        return Err("has fewer than 43 characters");
    }
    Ok(text.into())
}

fn level(text: &str) -> Result<Level, &'static str> {
    text.parse()
        .map_err(|_| "is none of error, warn, info, debug, trace")
}

#[cfg(test)]
#[path = "config/tests.rs"]
mod tests;
