//! The lifecycle of people, told from outside to the whole bundle: invited, quiet, warned, removed,
//! off-boarded, back again.
#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

#[path = "../fixture/mod.rs"]
mod fixture;

mod alike;
mod asking;
mod attacked;
mod bounces;
mod cookies;
mod crash;
mod elsewhere;
mod ended;
mod everywhere;
mod floods;
mod forms;
mod hand_over;
mod hostile;
mod inactivity;
mod instead;
mod invitations;
mod joining;
mod language;
mod leaving;
mod limit;
mod links;
mod looking;
mod mailboxes;
mod named;
mod outside;
mod paths;
mod relay;
mod requests;
mod rotation;
mod sweep_costs;
mod told;
mod unreadable;
mod unsubscribing;
mod untrusted;
mod vacant;
mod web;
mod whose;
