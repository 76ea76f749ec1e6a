//! The connection of a desk: its settings, its credentials, its pause.

use ::jira::{AccountId, Client, Credentials, Pauses, Scope};
use domain::{
    DeskId, Version,
    desk::{Desk, JiraDesk},
};
use hooks::secret::Sealed;
use store::{DeskToken, Pause};

use super::{Connected, DeskWriter, result::Stopped};
use crate::jira::client;

/// A desk that can be written to.
pub(super) struct Connection {
    pub(super) desk: Desk,
    pub(super) jira: JiraDesk,
    pub(super) client: Client,
    /// The account in whose name everything is done.
    pub(super) own: AccountId,
    /// The version of its credentials.
    pub(super) token: Version,
    /// `true` if a pause is recorded, though it is over.
    pub(super) paused_before: bool,
}

impl DeskWriter {
    /// The connection of a desk, unless the desk is paused.
    pub(super) async fn connection(&self, id: &DeskId) -> Result<Connection, Stopped> {
        let store = &self.services.store;
        let desk = self.settings.desk(id).await?.ok_or(Stopped::Unconnected)?;
        let jira = desk.jira.clone().ok_or(Stopped::Unconnected)?;
        let (token, pause) = tokio::join!(store.desk_token(id), store.desk_pause(id));
        let (token, pause) = (token?, pause?);
        let now = self.services.now();
        let Some(token) = token else {
            // `lanyard desk connect` has yet to be called; everything waits for it.
            let until = now + jiff::SignedDuration::from_mins(15);
            return Err(Stopped::Later(until, "the desk has no credentials yet"));
        };
        if let Some(pause) = &pause
            && pause.until > now
            && pause.token == token.version
        {
            return Err(Stopped::Later(pause.until, "the desk is paused"));
        }
        let client = self.client(&jira, &token)?;
        if let Some(pause) = &pause {
            client.honour(&pauses(pause));
        }
        let own = token.account.as_str().parse();
        Ok(Connection {
            own: own.map_err(|_| Stopped::Impossible("the account has no id".to_owned()))?,
            token: token.version,
            paused_before: pause.is_some(),
            desk,
            jira,
            client,
        })
    }

    /// The client that keeps the pace of a site, made anew for another site or other credentials.
    fn client(&self, jira: &JiraDesk, token: &DeskToken) -> Result<Client, Stopped> {
        let mut clients = self
            .clients
            .lock()
            .expect("nothing panics while it holds the clients");
        if let Some(known) = clients.get(&token.desk)
            && known.token == token.version
            && known.site == jira.site
        {
            return Ok(known.client.clone());
        }
        let sealed = Sealed::from(token.sealed.clone());
        let secret = self.services.keys.sources.open(&token.desk, &sealed);
        let secret = secret.map_err(|_| {
            Stopped::Impossible("the token does not open with this source secret".to_owned())
        })?;
        let credentials = Credentials {
            email: token.login.clone(),
            token: secret,
        };
        let clock = std::sync::Arc::clone(&self.services.clock);
        let made = client(jira.site.as_str(), &credentials, clock, self.times);
        let made = made.map_err(|error| Stopped::Impossible(error.to_string()))?;
        let connected = Connected {
            client: made.clone(),
            site: jira.site.clone(),
            token: token.version,
        };
        clients.insert(token.desk.clone(), connected);
        Ok(made)
    }
}

/// The pauses of single calls, in the client's own form.
fn pauses(pause: &Pause) -> Pauses {
    let mut pauses = Pauses::default();
    for (scope, until) in &pause.calls {
        if let Ok(scope) = scope.parse::<Scope>() {
            pauses.add(scope, *until);
        }
    }
    pauses
}
