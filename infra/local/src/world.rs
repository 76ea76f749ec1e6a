//! The world of this bundle: which functions it has, what it is seeded with, what it replays.

use lambda_http::LambdaEvent;
use serde_json::Value;

use crate::bundle::{Running, Surroundings};
use crate::function::Functions;

/// A function that is declared but not yet part of the bundle.
#[derive(Debug, thiserror::Error)]
#[error("this function is not part of the bundle yet")]
pub struct NotYet;

/// Builds the functions that the template declares.
///
/// # Errors
///
/// None yet.
pub fn functions(surroundings: &Surroundings) -> Result<Functions, NotYet> {
    let declared = surroundings.template.functions.iter();
    Ok(declared.fold(Functions::new(), |functions, function| {
        functions.event(&function.name, |_: LambdaEvent<Value>| async {
            Err::<(), _>(NotYet)
        })
    }))
}

/// Seeds the world, unless the data directory holds one already.
///
/// # Errors
///
/// None yet.
#[expect(
    clippy::unused_async,
    reason = "will call the functions over the network"
)]
pub async fn seed(_running: &Running) -> Result<(), NotYet> {
    Ok(())
}

/// Replays the events. Gives whether everything came out as expected.
///
/// # Errors
///
/// None yet.
#[expect(
    clippy::unused_async,
    reason = "will call the functions over the network"
)]
pub async fn replay(_running: &Running) -> Result<bool, NotYet> {
    Ok(true)
}
