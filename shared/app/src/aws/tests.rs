#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use super::*;
use crate::config::Roots;

/// A service that answers every call with `status` and an empty document, and keeps what it heard.
struct Stub {
    address: String,
    connections: Arc<AtomicUsize>,
    heard: std::sync::mpsc::Receiver<String>,
}

fn stub(status: &'static str) -> Stub {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&connections);
    let (tell, heard) = std::sync::mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            counter.fetch_add(1, Ordering::SeqCst);
            let mut stream = stream.unwrap();
            let request = read_request(&stream);
            let answer = format!(
                "HTTP/1.1 {status}\r\ncontent-type: application/x-amz-json-1.0\r\n\
                 content-length: 2\r\nconnection: close\r\n\r\n{{}}"
            );
            stream.write_all(answer.as_bytes()).unwrap();
            if tell.send(request).is_err() {
                return;
            }
        }
    });
    Stub {
        address,
        connections,
        heard,
    }
}

/// Reads a request to its end and gives its head.
fn read_request(stream: &std::net::TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        reader.read_line(&mut head).unwrap();
    }
    let head = head.to_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |length| length.parse().unwrap());
    reader.read_exact(&mut vec![0; length]).unwrap();
    head
}

fn config(endpoint: &str) -> AwsConfig {
    AwsConfig {
        region: "eu-central-1".to_owned(),
        access_key_id: "test-key".to_owned(),
        secret_access_key: "test-secret".into(),
        session_token: Some("test-session".into()),
        dynamodb_endpoint: Some(endpoint.to_owned()),
        sesv2_endpoint: Some(endpoint.to_owned()),
        roots: Roots::Amazon,
    }
}

#[tokio::test]
async fn building_clients_makes_no_call_and_a_call_is_signed_as_configured() {
    let stub = stub("200 OK");
    let clients = Clients::build(&config(&stub.address)).unwrap();
    assert_eq!(stub.connections.load(Ordering::SeqCst), 0);
    clients.dynamodb.list_tables().send().await.unwrap();
    let head = stub.heard.recv().unwrap();
    assert!(head.contains("credential=test-key/"), "{head}");
    assert!(head.contains("/eu-central-1/dynamodb/aws4_request"));
    assert!(head.contains("x-amz-security-token: test-session"));
    clients.sesv2().get_account().send().await.unwrap();
    assert!(stub.heard.recv().unwrap().contains("/eu-central-1/ses/"));
}

#[tokio::test]
async fn a_failing_service_is_asked_three_times() {
    let stub = stub("500 Internal Server Error");
    let clients = Clients::build(&config(&stub.address)).unwrap();
    assert!(clients.dynamodb.list_tables().send().await.is_err());
    assert_eq!(stub.connections.load(Ordering::SeqCst), 3);
}

#[test]
fn without_a_local_endpoint_the_clients_speak_tls() {
    let local = config("http://127.0.0.1:1");
    assert!(!speaks_tls(&local));
    let mixed = AwsConfig {
        sesv2_endpoint: None,
        ..local
    };
    assert!(speaks_tls(&mixed));
}

#[test]
fn a_bundle_of_roots_that_is_missing_or_empty_is_an_error_and_not_a_panic() {
    let with = |path: &str| AwsConfig {
        dynamodb_endpoint: None,
        roots: Roots::Named(path.into()),
        ..config("http://127.0.0.1:1")
    };
    assert!(matches!(
        Clients::build(&with("/nonexistent/roots.pem")),
        Err(ClientError::Roots(_))
    ));
    assert!(matches!(
        Clients::build(&with(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))),
        Err(ClientError::Tls(_))
    ));
}
