//! A deployment on AWS, found by the name of its stack: the template's outputs say what the tables
//! are called and where the root secret is.

use std::collections::BTreeMap;

use app::config::{AwsConfig, Roots};
use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_cloudformation::types::Stack;
use secrecy::SecretString;
use store::Tables;
use url::Url;

use crate::reach::{Deployment, ReachError};

/// What a stack says of itself.
#[derive(Debug, PartialEq, Eq)]
struct Described {
    tables: Tables,
    root_secret: String,
    previous_root_secret: Option<String>,
    trace_secret: String,
    base_url: String,
}

/// The deployment that the stack of this name made, with the operator's own credentials: those of
/// the environment or of the profile that `AWS_PROFILE` names.
///
/// # Errors
/// When the stack or its root secret cannot be read, or it is no stack of Lanyard's template.
pub async fn by_stack(name: &str) -> Result<Deployment, ReachError> {
    let aws = configuration().await?;
    let described = describe(&aws, name).await?;
    let secrets = aws_sdk_secretsmanager::Client::new(&aws);
    let root_secret = secret(&secrets, &described.root_secret).await?;
    let previous_root_secret = match &described.previous_root_secret {
        Some(previous) => Some(secret(&secrets, previous).await?),
        None => None,
    };
    let trace_secret = secret(&secrets, &described.trace_secret).await?;
    Ok(Deployment {
        dynamodb: aws_sdk_dynamodb::Client::new(&aws),
        tables: described.tables,
        root_secret,
        previous_root_secret,
        trace_secret,
        now: None,
        base_url: Url::parse(&described.base_url).ok(),
    })
}

async fn configuration() -> Result<SdkConfig, ReachError> {
    // The same client over TLS as the functions have; with it comes no second TLS stack.
    let http = app::aws::http_client(&AwsConfig {
        region: String::new(),
        access_key_id: String::new(),
        secret_access_key: "".into(),
        session_token: None,
        dynamodb_endpoint: None,
        sesv2_endpoint: None,
        roots: Roots::of_machine(std::env::var_os("AWS_CA_BUNDLE")),
    })?;
    Ok(aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .load()
        .await)
}

async fn describe(aws: &SdkConfig, name: &str) -> Result<Described, ReachError> {
    let answer = aws_sdk_cloudformation::Client::new(aws)
        .describe_stacks()
        .stack_name(name)
        .send()
        .await
        .map_err(|error| ReachError::Aws {
            what: format!("the stack {name}"),
            source: Box::new(error),
        })?;
    let not_ours = || ReachError::NotOurs(name.to_owned());
    let stack = answer.stacks().first().ok_or_else(not_ours)?;
    described(name, stack).ok_or_else(not_ours)
}

/// What the outputs and parameters of a stack say; nothing when one is missing.
fn described(name: &str, stack: &Stack) -> Option<Described> {
    let outputs: BTreeMap<&str, &str> = stack
        .outputs()
        .iter()
        .filter_map(|output| Some((output.output_key()?, output.output_value()?)))
        .collect();
    let output = |key: &str| outputs.get(key).map(|value| (*value).to_owned());
    let generation = stack
        .parameters()
        .iter()
        .find(|parameter| parameter.parameter_key() == Some("PreviousRootSecretGeneration"))
        .and_then(|parameter| parameter.parameter_value())
        .filter(|generation| *generation != "0");
    Some(Described {
        tables: Tables {
            directory: output("DirectoryTable")?,
            requests: output("RequestsTable")?,
            journal: output("JournalTable")?,
            audit: output("AuditTable")?,
        },
        root_secret: output("RootSecretArn")?,
        base_url: output("BaseUrl")?,
        // As the template names its secrets.
        previous_root_secret: generation.map(|number| format!("{name}/root-secret/{number}")),
        trace_secret: output("TraceSecretArn")?,
    })
}

async fn secret(
    client: &aws_sdk_secretsmanager::Client,
    id: &str,
) -> Result<SecretString, ReachError> {
    let answer = client
        .get_secret_value()
        .secret_id(id)
        .send()
        .await
        .map_err(|error| ReachError::Aws {
            what: format!("the secret {id}"),
            source: Box::new(error),
        })?;
    answer
        .secret_string
        .map(Into::into)
        .ok_or_else(|| ReachError::NotOurs(id.to_owned()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use aws_sdk_cloudformation::types::{Output, Parameter};

    const TEMPLATE: &str = include_str!("../../template.yaml");

    fn stack(without: &str, previous: &str) -> Stack {
        let keys = [
            "DirectoryTable",
            "RequestsTable",
            "JournalTable",
            "AuditTable",
            "RootSecretArn",
            "TraceSecretArn",
            "BaseUrl",
        ];
        let outputs = keys.into_iter().filter(|key| *key != without).map(|key| {
            assert!(TEMPLATE.contains(&format!("\n  {key}:\n")), "{key}");
            Output::builder()
                .output_key(key)
                .output_value(format!("a-{key}"))
                .build()
        });
        Stack::builder()
            .set_outputs(Some(outputs.collect()))
            .parameters(
                Parameter::builder()
                    .parameter_key("PreviousRootSecretGeneration")
                    .parameter_value(previous)
                    .build(),
            )
            .build()
    }

    #[test]
    fn the_outputs_say_where_everything_is() {
        let found = described("lanyard", &stack("", "0")).unwrap();
        assert_eq!(found.tables.audit, "a-AuditTable");
        assert_eq!(found.root_secret, "a-RootSecretArn");
        assert_eq!(found.base_url, "a-BaseUrl");
        assert_eq!(found.previous_root_secret, None);
        assert_eq!(found.trace_secret, "a-TraceSecretArn");
    }

    #[test]
    fn while_rotating_the_previous_secret_is_found_under_the_template_s_name() {
        let found = described("desk", &stack("", "3")).unwrap();
        assert_eq!(
            found.previous_root_secret.as_deref(),
            Some("desk/root-secret/3")
        );
        assert!(TEMPLATE.contains("${AWS::StackName}/root-secret/${PreviousRootSecretGeneration}"));
    }

    #[test]
    fn a_stack_that_is_not_of_this_template_is_told_apart() {
        assert_eq!(described("lanyard", &stack("AuditTable", "0")), None);
    }
}
