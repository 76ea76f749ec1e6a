//! Lambda and its triggers on this machine: API Gateway, the poller of streams, schedules, rules and
//! dead-letter queues.

pub mod asynchronous;
pub mod batch;
pub mod deployment;
pub mod feeder;
pub mod filter;
pub mod function;
pub mod gateway;
pub mod queue;
pub mod routes;
pub mod scheduler;
