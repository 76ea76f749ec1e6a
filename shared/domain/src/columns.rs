//! The columns of somebody's list of requests: which, and in which order.

use serde::{Deserialize, Serialize};

/// A column of a list of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// What it is about, which leads to it. Every list has it.
    Summary,
    /// The request's key.
    Key,
    /// Where it stands.
    Status,
    /// What kind it is.
    Kind,
    /// Which desk has it.
    Desk,
    /// Who asked.
    Reporter,
    /// For which organisation.
    Organization,
    /// When it was raised.
    Created,
    /// Since when it has its status.
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
    /// Of a column that is named twice the first place counts. Without the summary nothing would
    /// lead to the requests, so it stands first when it is not named.
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
    /// What a list shows to somebody who has not chosen.
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
