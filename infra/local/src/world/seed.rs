//! Seeds the world: applies `events/world.toml` as `lanyard apply` does, and adds the people who
//! belonged to it before it began.

use std::sync::Arc;

use app::{Config, Needs, Services, SystemIds};
use domain::SourceId;
use hooks::source::Source;
use operator::{Members, Operator, World};
use secrecy::ExposeSecret;

use super::error::WorldError;
use crate::bundle::Running;
use crate::local::LocalSource;
use crate::start::Cast;

/// The world in an administrator's description.
pub const WORLD: &str = include_str!("../../../../events/world.toml");
/// The people who belonged to it before.
pub const MEMBERS: &str = include_str!("../../../../events/members.toml");

/// Makes the world, or finds it in the data directory; nothing is done twice. Then opens a front
/// door that waits for it.
///
/// # Errors
/// If the world's files have mistakes, or the tables cannot be read or written.
pub async fn seed(running: &Running) -> Result<(), WorldError> {
    let world = World::parse(WORLD)?;
    let members = Members::parse(MEMBERS)?;
    let (services, config) = services(running)?;
    let operator = Operator::new(
        services.store.clone(),
        &config.secrets,
        Arc::clone(&services.clock),
        Arc::clone(&services.ids),
    );
    operator.apply(&world).await?;
    operator.seed(&members).await?;
    running.local.set_sources(sources(&services, &world).await?);
    let keys = Arc::clone(&services.keys);
    let clock = Arc::clone(&services.clock);
    running.local.set_purpose_reader(Arc::new(move |token| {
        use links::LinkError;
        let purpose = match links::verify(token, &keys.links, clock.now()) {
            Ok(claims) => claims.purpose,
            Err(LinkError::Expired(claims)) => claims.purpose,
            Err(LinkError::Invalid) => return None,
        };
        serde_json::to_value(purpose)
            .ok()?
            .as_str()
            .map(str::to_owned)
    }));
    running
        .local
        .set_cast(Cast::of(&world, &members, services.clone()));
    running.local.settle().await?;
    running.open();
    Ok(())
}

/// The services of use cases, configured like a function's, in the operator's name. For callers who
/// look into a bundle's tables or change its world.
///
/// # Errors
/// If the template gives the functions no readable environment.
pub fn services(running: &Running) -> Result<(Services, Config), WorldError> {
    let local = &running.local;
    let environment = local.environment("operator");
    let config = Config::read(Needs::Both, |name| environment.get(name).cloned())?;
    let clients = app::aws::Clients::build(&config.aws)?;
    let clock = Arc::new(local.clock.clone());
    let services = Services::new(
        clients.dynamodb,
        &config,
        clock,
        Arc::new(SystemIds::default()),
    );
    Ok((services, config))
}

/// The sources with their secrets in clear, because this is a laptop.
async fn sources(services: &Services, world: &World) -> Result<Vec<LocalSource>, WorldError> {
    let mut sources = Vec::new();
    for id in world.sources.keys() {
        if let Some(source) = source(services, id).await? {
            sources.push(source);
        }
    }
    Ok(sources)
}

async fn source(services: &Services, id: &SourceId) -> Result<Option<LocalSource>, WorldError> {
    let Some((source, _)) = services.store.source::<Source>(id).await? else {
        return Ok(None);
    };
    let Some(newest) = source.secrets.first() else {
        return Ok(None);
    };
    let secret = services.keys.sources.open(id, &newest.sealed)?;
    Ok(Some(LocalSource {
        id: id.to_string(),
        scheme: source.scheme.name().to_owned(),
        header: source.scheme.header().to_owned(),
        secret: secret.expose_secret().to_owned(),
        functions: source.functions.iter().map(ToString::to_string).collect(),
    }))
}
