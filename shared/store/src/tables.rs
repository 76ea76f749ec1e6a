//! The four tables and their names in one deployment.

/// The name of each table, which includes the stack's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tables {
    /// Organisations, memberships, customers, and everything an administrator describes.
    pub directory: String,
    /// Requests, their comments and their viewers.
    pub requests: String,
    /// Deliveries, messages to send, used links, rate counters, runs of the sweep.
    pub journal: String,
    /// The record of every change; append-only.
    pub audit: String,
}

/// One of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Table {
    Directory,
    Requests,
    Journal,
    Audit,
}

impl Tables {
    pub(crate) fn name(&self, table: Table) -> &str {
        match table {
            Table::Directory => &self.directory,
            Table::Requests => &self.requests,
            Table::Journal => &self.journal,
            Table::Audit => &self.audit,
        }
    }

    /// The table of this name. It is one of ours, because we asked for it.
    pub(crate) fn table(&self, name: &str) -> Table {
        Table::ALL
            .into_iter()
            .find(|table| self.name(*table) == name)
            .expect("the store answers about the tables it was asked about")
    }

    /// The table's role, independent of its name: measures use it.
    pub(crate) fn role(&self, name: &str) -> &'static str {
        Table::ALL
            .into_iter()
            .find(|table| self.name(*table) == name)
            .map_or("other", Table::role)
    }
}

impl Table {
    const ALL: [Self; 4] = [Self::Directory, Self::Requests, Self::Journal, Self::Audit];

    fn role(self) -> &'static str {
        match self {
            Self::Directory => "directory",
            Self::Requests => "requests",
            Self::Journal => "journal",
            Self::Audit => "audit",
        }
    }
}
