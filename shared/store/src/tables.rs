//! The four tables and how they are called in one deployment.

/// What each table is called; names carry the stack's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tables {
    /// Organisations, memberships, customers, and everything an administrator describes.
    pub directory: String,
    /// Requests, their comments and who may see them.
    pub requests: String,
    /// Deliveries, messages to send, links used, rate counters, runs of the sweep.
    pub journal: String,
    /// Who did what; append-only.
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

    /// The table of this name, which is one of ours because we asked for it.
    pub(crate) fn table(&self, name: &str) -> Table {
        Table::ALL
            .into_iter()
            .find(|table| self.name(*table) == name)
            .expect("the store answers about the tables it was asked about")
    }

    /// The table's role, whatever it is called: how measures name it.
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
