//! The reasons why the bundle does not start.

use std::path::{Path, PathBuf};

use crate::dynamodb::engine::EngineError;
use crate::dynamodb::stream::StreamError;
use crate::template::TemplateError;

/// The reason why the bundle does not start.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The front door's port is taken.
    #[error("port {port} cannot be used ({source}); choose another with --port, 0 for a free one")]
    Port {
        /// The port.
        port: u16,
        /// The system's error.
        #[source]
        source: std::io::Error,
    },
    /// The data directory cannot be used.
    #[error("the data directory {} cannot be used: {source}", path.display())]
    Data {
        /// The directory.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: std::io::Error,
    },
    /// Another bundle uses the data directory.
    #[error("the data directory {} is in use by another bundle", .0.display())]
    InUse(PathBuf),
    /// No listener on loopback is available.
    #[error("no loopback listener: {0}")]
    Listener(#[source] std::io::Error),
    /// The template cannot be read.
    #[error("infra/template.yaml: {0}")]
    Template(#[from] TemplateError),
    /// The engine does not start.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A stream cannot be read.
    #[error(transparent)]
    Stream(#[from] StreamError),
    /// A variable of a function is resolved at deployment and has no local value.
    #[error("the variable `{variable}` of `{function}` has no local value")]
    Variable {
        /// The function.
        function: String,
        /// The variable.
        variable: String,
    },
    /// The template declares a function that the bundle does not have, or the other way round.
    #[error("the template and the bundle do not have the same functions: {0}")]
    Functions(String),
    /// The functions cannot be built.
    #[error("the functions cannot be built: {0}")]
    Build(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl BundleError {
    /// The data directory, if there is one, cannot be used.
    pub(crate) fn unusable(data: Option<&Path>, source: std::io::Error) -> Self {
        Self::Data {
            path: data.unwrap_or(Path::new("")).to_owned(),
            source,
        }
    }
}
