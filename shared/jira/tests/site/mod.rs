//! A site on this machine that answers as a test tells it, and a client whose time the test moves.

use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    pin::Pin,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use jiff::Timestamp;
use jira::{Client, Credentials, Settings, Timer, Transport};
use serde_json::Value;

/// The token of every client, which nothing may show.
pub(crate) const TOKEN: &str = "ATATT-hush";

/// A call as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) method: String,
    /// With its query.
    pub(crate) target: String,
    pub(crate) head: String,
    pub(crate) body: Value,
}

/// The answer to a call.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: String,
    lost: bool,
}

impl Answer {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::text(status, "application/json", &body.to_string())
    }

    pub(crate) fn text(status: u16, kind: &str, body: &str) -> Self {
        Self {
            status,
            headers: vec![("content-type", kind.to_owned())],
            body: body.to_owned(),
            lost: false,
        }
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self::text(status, "text/plain", "")
    }

    /// A page for people.
    pub(crate) fn html(status: u16) -> Self {
        Self::text(status, "text/html", "<!DOCTYPE html><title>Oops</title>")
    }

    /// The connection breaks instead.
    pub(crate) fn lost() -> Self {
        Self {
            lost: true,
            ..Self::empty(200)
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// A clock that the client's own waiting moves.
#[derive(Debug)]
pub(crate) struct Moved(Mutex<Timestamp>);

impl Moved {
    pub(crate) fn advance(&self, by: Duration) {
        let mut now = self.0.lock().unwrap();
        *now += by;
    }
}

impl Timer for Moved {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    fn wait(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        self.advance(time);
        Box::pin(async {})
    }
}

/// The beginning of every test.
pub(crate) fn start() -> Timestamp {
    "2026-11-30T09:30:00Z".parse().unwrap()
}

/// A site, its client and its clock.
pub(crate) struct Site {
    pub(crate) client: Client,
    pub(crate) clock: Arc<Moved>,
    address: String,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Site {
    /// A site that answers each call by a function of it.
    pub(crate) fn answering(answer: impl Fn(&Heard) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let keeps = Arc::clone(&heard);
        let answer = Arc::new(Mutex::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (keeps, answer) = (Arc::clone(&keeps), Arc::clone(&answer));
                thread::spawn(move || serve(&stream.unwrap(), &keeps, &*answer.lock().unwrap()));
            }
        });
        let clock = Arc::new(Moved(Mutex::new(start())));
        let client = client(&address, Arc::clone(&clock) as Arc<dyn Timer>);
        Self {
            client,
            clock,
            address,
            heard,
        }
    }

    /// A site that gives one answer after the other, and the last one again and again.
    pub(crate) fn giving(answers: Vec<Answer>) -> Self {
        let given = Mutex::new(0);
        Self::answering(move |_| {
            let mut given = given.lock().unwrap();
            let answer = answers[(*given).min(answers.len() - 1)].clone();
            *given += 1;
            answer
        })
    }

    /// Another client of the same site, as another process would have it.
    pub(crate) fn another(&self) -> Client {
        client(&self.address, Arc::clone(&self.clock) as Arc<dyn Timer>)
    }

    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    /// The methods and targets that were heard.
    pub(crate) fn calls(&self) -> Vec<String> {
        let heard = self.heard();
        let line = |heard: &Heard| format!("{} {}", heard.method, heard.target);
        heard.iter().map(line).collect()
    }
}

pub(crate) fn client(address: &str, timer: Arc<dyn Timer>) -> Client {
    let credentials = Credentials {
        email: "robot@desk.example".to_owned(),
        token: TOKEN.into(),
    };
    let transport = Transport::public().unwrap();
    let site = address.parse().unwrap();
    Client::new(site, &credentials, transport, timer, Settings::default()).unwrap()
}

/// Answers the one call of a connection.
fn serve(stream: &TcpStream, keeps: &Mutex<Vec<Heard>>, answer: &dyn Fn(&Heard) -> Answer) {
    let Some(heard) = read(&mut BufReader::new(stream)) else {
        return;
    };
    keeps.lock().unwrap().push(heard.clone());
    let answer = answer(&heard);
    if answer.lost {
        return;
    }
    let mut text = format!("HTTP/1.1 {} X\r\nconnection: close\r\n", answer.status);
    for (name, value) in &answer.headers {
        write!(text, "{name}: {value}\r\n").unwrap();
    }
    if answer.status != 204 {
        write!(text, "content-length: {}\r\n", answer.body.len()).unwrap();
    }
    text.push_str("\r\n");
    text.push_str(&answer.body);
    let mut writer = stream;
    writer.write_all(text.as_bytes()).unwrap();
}

fn read(reader: &mut BufReader<&TcpStream>) -> Option<Heard> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let length = head
        .to_lowercase()
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let mut words = head.split_whitespace();
    Some(Heard {
        method: words.next()?.to_owned(),
        target: words.next()?.to_owned(),
        body: serde_json::from_slice(&body).unwrap_or(Value::Null),
        head: head.to_lowercase(),
    })
}
