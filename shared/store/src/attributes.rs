//! The attributes of an item.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

/// An item in the SDK's form.
pub(crate) type Item = HashMap<String, AttributeValue>;
