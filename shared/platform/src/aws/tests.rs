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

use aws_sdk_dynamodb::error::SdkError;

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

/// A service that answers so many calls on each connection and then closes it without a word.
fn patient(calls: usize) -> Stub {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&connections);
    let (tell, heard) = std::sync::mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            counter.fetch_add(1, Ordering::SeqCst);
            let mut stream = stream.unwrap();
            for _ in 0..calls {
                let request = read_request(&stream);
                stream
                    .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
                    .unwrap();
                tell.send(request).unwrap();
            }
        }
    });
    Stub {
        address,
        connections,
        heard,
    }
}

#[tokio::test]
async fn a_connection_is_used_again_until_it_is_closed_and_then_another_is_made() {
    let stub = patient(3);
    let clients = Clients::build(&config(&stub.address)).unwrap();
    for call in 1..=7 {
        clients.dynamodb.list_tables().send().await.unwrap();
        let head = stub.heard.recv().unwrap();
        assert!(head.starts_with("post / http/1.1"), "{head}");
        assert!(head.contains(&format!("host: {}", &stub.address["http://".len()..])));
        let made = stub.connections.load(Ordering::SeqCst);
        assert_eq!(made, usize::div_ceil(call, 3), "after call {call}");
    }
}

#[tokio::test]
async fn calls_at_once_have_a_connection_each() {
    let stub = stub("200 OK");
    let clients = Clients::build(&config(&stub.address)).unwrap();
    let call = || clients.dynamodb.list_tables().send();
    let (one, other) = tokio::join!(call(), call());
    assert!(one.is_ok() && other.is_ok());
    assert_eq!(stub.connections.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn nobody_there_is_an_error_that_may_pass() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);
    let clients = Clients::build(&config(&address)).unwrap();
    let error = clients.dynamodb.list_tables().send().await.unwrap_err();
    let SdkError::DispatchFailure(failure) = error else {
        panic!("{error:?}")
    };
    assert!(failure.is_io());
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
