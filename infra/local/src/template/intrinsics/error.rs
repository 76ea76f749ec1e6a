//! The mistakes in a value of the template.

/// The reason why a value of the template cannot be resolved here.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum IntrinsicError {
    /// The template is not YAML, or not YAML that has a JSON form.
    #[error("the template is not readable as YAML: {0}")]
    Yaml(String),
    /// A tag or function that this bundle does not know.
    #[error("the function `{0}` is not known here")]
    Function(String),
    /// A function with arguments of another shape than documented.
    #[error("the function `{0}` has arguments of an unexpected shape")]
    Arguments(String),
    /// A parameter without a default for which the bundle has no value.
    #[error("the parameter `{0}` has no default and no local value")]
    Parameter(String),
    /// A name that is neither parameter, resource nor pseudo parameter.
    #[error("`{0}` is referred to, but is neither a parameter nor a resource")]
    Unknown(String),
    /// A condition that the template does not declare.
    #[error("the condition `{0}` is not declared")]
    Condition(String),
}
