//! Links that are issued by hand.

use app::intake::{FormLink, FormLinkError};
use url::Url;

use crate::Operator;

impl Operator {
    /// Issues a link to a desk's form for one person. It writes nothing: the link holds everything.
    ///
    /// # Errors
    /// If there is no such desk, request type or field, or the tables cannot be read.
    pub async fn form_link(&self, base_url: &Url, link: &FormLink) -> Result<Url, FormLinkError> {
        let (store, keys) = (self.store(), self.keys());
        let (ids, now) = (self.ids(), self.clock().now());
        app::intake::form_link(store, keys, base_url, link, ids, now).await
    }
}
