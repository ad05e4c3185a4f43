//! The HTTP server itself, over real sockets.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::super::Simulator;
use super::*;

/// One exchange over a plain socket; `raw` must ask for `Connection: close`.
fn exchange(url: &str, raw: Vec<u8>) -> String {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(10))).unwrap();
    stream.write_all(&raw).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

async fn call(simulator: &Simulator, raw: String) -> String {
    let url = simulator.url();
    tokio::task::spawn_blocking(move || exchange(&url, raw.into_bytes())).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_answers_over_http_under_any_host_name() {
    let simulator = Simulator::start(Org::new(), 0).await.unwrap();
    let token = simulator.org().access_token().to_owned();
    let body = r#"{"LastName":"Doe"}"#;
    let raw = format!(
        "POST {BASE}/sobjects/Contact HTTP/1.1\r\nHost: example.my.salesforce.com\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let answer = call(&simulator, raw).await;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(answer.to_lowercase().contains("location: /services/data/v60.0/sobjects/contact/003"), "{answer}");
    assert_eq!(simulator.org().records("Contact").len(), 1);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_login_page_redirects_and_the_token_endpoint_sees_the_host() {
    let simulator = Simulator::start(Org::new(), 0).await.unwrap();
    let host = "Host: login.salesforce.com\r\nConnection: close";
    let target = "/services/oauth2/authorize?client_id=simulator-client-id&redirect_uri=http%3A%2F%2Flocalhost%3A1%2F";
    let answer = call(&simulator, format!("GET {target} HTTP/1.1\r\n{host}\r\n\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 302"), "{answer}");
    assert!(
        answer.to_lowercase().contains("location: http://localhost:1/?error=unsupported_response_type"),
        "{answer}"
    );
    let form = "grant_type=client_credentials&client_id=simulator-client-id&client_secret=simulator-client-secret";
    let raw = format!(
        "POST /services/oauth2/token HTTP/1.1\r\n{host}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{form}",
        form.len()
    );
    let answer = call(&simulator, raw).await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("request not supported on this domain"), "{answer}");
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_or_dropped_simulator_frees_its_port() {
    let simulator = Simulator::start(Org::new(), 0).await.unwrap();
    let url = simulator.url();
    simulator.stop().await;
    assert!(TcpStream::connect(url.trim_start_matches("http://")).is_err());
    let simulator = Simulator::start(Org::new(), 0).await.unwrap();
    let url = simulator.url();
    drop(simulator);
    for _ in 0..100 {
        if TcpStream::connect(url.trim_start_matches("http://")).is_err() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    unreachable!("the port is still open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_above_the_limit_is_413() {
    let simulator = Simulator::start(Org::new(), 0).await.unwrap();
    let length = 49 * 1024 * 1024;
    let raw = format!("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    let url = simulator.url();
    // The body is announced but never sent, so only the status line is waited for.
    let first = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(5))).unwrap();
        stream.write_all(raw.as_bytes()).unwrap();
        let mut first = [0; 12];
        stream.read_exact(&mut first).unwrap();
        String::from_utf8_lossy(&first).into_owned()
    });
    assert_eq!(first.await.unwrap(), "HTTP/1.1 413");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_that_a_test_takes_back_are_gone_for_the_next_connection() {
    let mut org = Org::new();
    org.script_fault("1+:http-503-json".parse().unwrap());
    let simulator = Simulator::start(org, 0).await.unwrap();
    let token = simulator.org().access_token().to_owned();
    let ask = || {
        format!("GET {BASE}/limits HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n")
    };
    assert!(call(&simulator, ask()).await.starts_with("HTTP/1.1 503"));
    simulator.org().clear_faults();
    assert!(call(&simulator, ask()).await.starts_with("HTTP/1.1 200"));
    simulator.org().script_fault("1:http-500-json".parse().unwrap());
    // The one that was met before has its number still.
    let chunked = format!("POST {BASE}/limits HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    assert!(call(&simulator, chunked).await.starts_with("HTTP/1.1 411"));
    simulator.stop().await;
}
