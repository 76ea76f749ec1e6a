//! The functions over the seeded world, within the process, at one instant.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use app::clock::{FixedClock, SeededIds};
use app::{Config, Receiver, Relay, Sender, Services, webhook::RequestCreated};
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use domain::Timestamp;
use hooks::source::Source;
use operator::{Members, Operator, World};
use pages::Site;
use secrecy::ExposeSecret;
use tokio::runtime::Runtime;

use crate::aws::Aws;

const WORLD: &str = include_str!("../../../events/world.toml");
const MEMBERS: &str = include_str!("../../../events/members.toml");

/// The target of the attack.
pub(crate) struct Bundle {
    pub(crate) runtime: Runtime,
    pub(crate) aws: Aws,
    pub(crate) services: Services,
    pub(crate) hooks: Receiver<RequestCreated>,
    pub(crate) site: Site,
    pub(crate) relay: Relay,
    /// The sources' newest secrets.
    pub(crate) secrets: BTreeMap<String, String>,
    sources: BTreeMap<String, Source>,
}

/// The instant at which everything happens.
pub(crate) fn now() -> Timestamp {
    "2026-11-22T09:30:00Z".parse().unwrap()
}

/// The one bundle of this thread. It remembers nothing from one input to the next.
pub(crate) fn with<T>(attack: impl FnOnce(&Bundle) -> T) -> T {
    thread_local! {
        static BUNDLE: RefCell<Option<Bundle>> = const { RefCell::new(None) };
    }
    BUNDLE.with_borrow_mut(|bundle| {
        let bundle = bundle.get_or_insert_with(Bundle::begin);
        bundle.aws.take_writes();
        bundle.aws.take_mails();
        attack(bundle)
    })
}

impl Bundle {
    fn begin() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        let aws = Aws::default();
        let config = Config::for_tests("http://aws.test");
        let client = dynamodb(&aws);
        let clock = Arc::new(FixedClock::at(now()));
        let ids = Arc::new(SeededIds::new(1));
        let services = Services::new(client, &config, clock, ids);
        let secrets = runtime.block_on(seed(&services, &config));
        let sources = runtime.block_on(sources(&services, secrets.keys()));
        aws.is_taught();
        let sender = Sender::new(&sesv2(&aws), Some(config.ses_configuration_set));
        Self {
            runtime,
            hooks: Receiver::<RequestCreated>::new(services.clone()),
            site: Site::new(services.clone()),
            relay: Relay::new(services.clone(), sender, config.ses_max_send_rate),
            services,
            aws,
            secrets,
            sources,
        }
    }

    /// A source of the seeded world.
    pub(crate) fn source(&self, id: &str) -> Source {
        self.sources[id].clone()
    }
}

fn dynamodb(aws: &Aws) -> aws_sdk_dynamodb::Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("local"))
        .credentials_provider(credentials())
        .endpoint_url("http://dynamodb.test")
        .http_client(aws.client())
        .build();
    aws_sdk_dynamodb::Client::from_conf(config)
}

fn sesv2(aws: &Aws) -> aws_sdk_sesv2::Client {
    let config = aws_sdk_sesv2::Config::builder()
        .behavior_version(aws_sdk_sesv2::config::BehaviorVersion::latest())
        .region(aws_sdk_sesv2::config::Region::new("local"))
        .credentials_provider(credentials())
        .endpoint_url("http://ses.test")
        .http_client(aws.client())
        .build();
    aws_sdk_sesv2::Client::from_conf(config)
}

fn credentials() -> Credentials {
    Credentials::new("fuzz", "fuzz", None, None, "fuzz")
}

async fn seed(services: &Services, config: &Config) -> BTreeMap<String, String> {
    let operator = Operator::new(
        services.store.clone(),
        &config.secrets,
        Arc::clone(&services.clock),
        Arc::clone(&services.ids),
    );
    let applied = operator.apply(&World::parse(WORLD).unwrap()).await.unwrap();
    operator
        .seed(&Members::parse(MEMBERS).unwrap())
        .await
        .unwrap();
    let shown = applied.new_secrets.iter();
    shown
        .map(|new| {
            (
                new.source.to_string(),
                new.secret.expose_secret().to_owned(),
            )
        })
        .collect()
}

async fn sources(
    services: &Services,
    ids: impl Iterator<Item = &String>,
) -> BTreeMap<String, Source> {
    let mut sources = BTreeMap::new();
    for id in ids {
        let source = services.store.source::<Source>(&id.parse().unwrap()).await;
        sources.insert(id.clone(), source.unwrap().unwrap().0);
    }
    sources
}
