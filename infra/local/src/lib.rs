//! The local bundle.
#![allow(missing_docs)]
pub mod asynchronous;
pub mod batch;
pub mod chance;
pub mod clock;
pub mod engine;
pub mod fault;
pub mod feedback;
pub mod feeder;
pub mod file;
pub mod filter;
pub mod function;
pub mod gateway;
pub mod intrinsics;
pub mod mailbox;
pub mod message;
pub mod meter;
pub mod proxy;
pub mod queue;
pub mod routes;
pub mod scheduler;
pub mod sdk;
pub mod ses;
pub mod stream;
pub mod template;
pub mod trigger;
