//! The size of an item, by the rules under which `DynamoDB` limits and charges it ("`DynamoDB` item
//! sizes and formats").

use aws_sdk_dynamodb::types::AttributeValue;

use crate::item::Item;

/// The bytes of an item: its attributes' names and values.
pub(crate) fn of_item(item: &Item) -> usize {
    item.iter()
        .map(|(name, value)| name.len() + of_value(value))
        .sum()
}

fn of_value(value: &AttributeValue) -> usize {
    // A list or a map takes 3 bytes, and 1 for each member.
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(number) => of_number(number),
        AttributeValue::B(bytes) => bytes.as_ref().len(),
        AttributeValue::Bool(_) | AttributeValue::Null(_) => 1,
        AttributeValue::Ss(texts) => texts.iter().map(String::len).sum(),
        AttributeValue::Ns(numbers) => numbers.iter().map(|number| of_number(number)).sum(),
        AttributeValue::Bs(blobs) => blobs.iter().map(|blob| blob.as_ref().len()).sum(),
        AttributeValue::L(values) => 3 + values.iter().map(|v| 1 + of_value(v)).sum::<usize>(),
        AttributeValue::M(values) => {
            3 + values
                .iter()
                .map(|(name, value)| 1 + name.len() + of_value(value))
                .sum::<usize>()
        }
        _ => 0,
    }
}

/// The size of a number: about one byte for two digits, and one more; a sign takes another.
fn of_number(number: &str) -> usize {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    digits.div_ceil(2) + 1 + usize::from(number.starts_with('-'))
}
