//! DynamoDB on this machine: the embedded engine, the layer in front of it, the roles' permissions
//! and the streams.

pub mod engine;
pub mod meter;
pub mod permissions;
pub mod proxy;
pub mod stream;
pub mod tape;
