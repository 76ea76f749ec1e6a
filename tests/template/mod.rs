//! `infra/template.yaml` as a whole: who may do what, what is encrypted and kept, what happens to
//! failures, and that it speaks of the same routes, tables, variables and metrics as the code.
//!
//! `cfn-lint` says whether `CloudFormation` would take the template; these say whether we would.

mod alarms;
mod at_rest;
mod deploying;
mod environment;
mod outputs;
mod permissions;
mod routes;
mod tables;
mod translated;
mod triggers;
