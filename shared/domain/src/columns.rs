//! The columns of somebody's list of requests, in their order.

use serde::{Deserialize, Serialize};

/// A column of a list of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The subject, as a link to the request. Every list has it.
    Summary,
    /// The request's key.
    Key,
    /// The status.
    Status,
    /// The request type.
    Kind,
    /// The desk.
    Desk,
    /// The reporter.
    Reporter,
    /// The organisation.
    Organization,
    /// The instant at which it was raised.
    Created,
    /// The instant of the last change of status.
    Changed,
}

impl Column {
    /// Every column, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::Summary,
        Self::Key,
        Self::Status,
        Self::Kind,
        Self::Desk,
        Self::Reporter,
        Self::Organization,
        Self::Created,
        Self::Changed,
    ];
}

/// Columns in an order: each once, and the summary among them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Column>", into = "Vec<Column>")]
pub struct Columns(Vec<Column>);

impl From<Vec<Column>> for Columns {
    /// Keeps the first place of a column that is named twice. The summary links to the request, so
    /// it comes first when it is not named.
    fn from(named: Vec<Column>) -> Self {
        let mut columns: Vec<Column> = Vec::with_capacity(Column::ALL.len());
        for column in named {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        if !columns.contains(&Column::Summary) {
            columns.insert(0, Column::Summary);
        }
        Self(columns)
    }
}

impl From<Columns> for Vec<Column> {
    fn from(columns: Columns) -> Self {
        columns.0
    }
}

impl Columns {
    /// The columns in their order.
    #[must_use]
    pub fn as_slice(&self) -> &[Column] {
        &self.0
    }
}

impl Default for Columns {
    /// The columns of a list whose reader has not chosen any.
    fn default() -> Self {
        Self(vec![
            Column::Summary,
            Column::Status,
            Column::Key,
            Column::Kind,
            Column::Changed,
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_stands_once_and_the_summary_always() {
        let columns = Columns::from(vec![Column::Key, Column::Desk, Column::Key]);
        assert_eq!(
            columns.as_slice(),
            [Column::Summary, Column::Key, Column::Desk]
        );
        let moved = Columns::from(vec![Column::Key, Column::Summary]);
        assert_eq!(moved.as_slice(), [Column::Key, Column::Summary]);
        assert_eq!(Columns::from(Vec::new()).as_slice(), [Column::Summary]);
    }
}
