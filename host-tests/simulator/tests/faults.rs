//! Faults that are switched on and off while the simulator runs, over connections that were there before.

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use support::{BASE, Program};

fn order(program: &Program, faults: &[&str]) -> (u16, Value) {
    program.call("POST", "/simulator/faults", &json!({ "faults": faults }).to_string())
}

fn to_come(program: &Program) -> Value {
    program.call("GET", "/simulator/faults", "").1["faults"].clone()
}

#[test]
fn faults_come_with_the_requests_that_follow_and_go_again() {
    let program = Program::start(&[]);
    let client = program.client();
    let limits = format!("{BASE}/limits");
    let ask = || client.call_with("GET", &limits, "application/json", "").map(|(status, _)| status);
    assert_eq!((ask(), to_come(&program)), (Some(200), json!([])));
    assert_eq!(order(&program, &["2:close", "3:http-503-html", "4+:http-500-json"]).0, 204);
    assert_eq!([ask(), ask(), ask()], [Some(200), None, Some(503)]);
    assert_eq!(to_come(&program), json!(["4+:http-500-json"]));
    assert_eq!([ask(), ask()], [Some(500), Some(500)]);
    // The count begins anew with each order.
    assert_eq!(order(&program, &["1:head-cut"]).0, 204);
    assert_eq!([ask(), ask()], [None, Some(200)]);
    assert_eq!(order(&program, &["message:close"]).0, 204);
    assert_eq!(to_come(&program), json!(["message.1:close"]));
    assert_eq!(order(&program, &[]).0, 204);
    assert_eq!((ask(), to_come(&program)), (Some(200), json!([])));
}

#[test]
fn a_fault_that_is_not_understood_is_told_and_changes_nothing() {
    let program = Program::start(&[]);
    assert_eq!(order(&program, &["1:close"]).0, 204);
    for (body, code, words) in [
        (r#"{"faults":["1:silence","1:clsoe"]}"#, "INVALID_INPUT", "did you mean `close`"),
        (r#"{"faults":["mesage:close"]}"#, "INVALID_INPUT", "did you mean `message`"),
        (r#"{"faults":[7]}"#, "INVALID_INPUT", "REQUEST:FAULT"),
        (r#"{"faults":"1:close"}"#, "MISSING_ARGUMENT", "must be a list"),
        (r#"{"fault":[]}"#, "JSON_PARSER_ERROR", "fault"),
    ] {
        let (status, answer) = program.call("POST", "/simulator/faults", body);
        assert_eq!((status, &answer[0]["errorCode"]), (400, &code.into()), "{body}");
        assert!(answer[0]["message"].as_str().expect("a message").contains(words), "{answer}");
    }
    assert_eq!(to_come(&program), json!(["1:close"]));
    let known = program.call("GET", "/simulator/faults", "").1["known"].clone();
    assert!(known.as_array().expect("a list").iter().any(|fault| fault["name"] == "unable-to-lock-row"), "{known}");
}

#[test]
fn a_connection_that_is_open_ends_so_that_the_next_one_can_misbehave() {
    let program = Program::start(&[]);
    let mut kept = TcpStream::connect(program.address()).expect("a connection");
    kept.write_all(b"GET /services/data HTTP/1.1\r\nHost: x\r\n\r\n").expect("a request");
    let mut reader = BufReader::new(kept);
    let mut line = String::new();
    reader.read_line(&mut line).expect("an answer");
    assert!(line.starts_with("HTTP/1.1 200"), "{line}");
    assert_eq!(order(&program, &["1:close"]).0, 204);
    // Read to its end, which comes although nobody asked for it.
    reader.read_to_end(&mut Vec::new()).expect("the end");
}

/// A connection of an org that has a fault, whose answer has no body.
fn faulty(program: &Program) -> BufReader<TcpStream> {
    assert_eq!(order(program, &["9:close"]).0, 204);
    let connection = TcpStream::connect(program.address()).expect("a connection");
    // What never comes is a failure, and not a test without an end.
    connection.set_read_timeout(Some(Duration::from_secs(60))).expect("a time");
    BufReader::new(connection)
}

#[test]
fn a_connection_that_ends_with_the_faults_says_so() {
    let program = Program::start(&[]);
    let mut kept = faulty(&program);
    let mut ask = || {
        kept.get_mut().write_all(b"HEAD /services/data HTTP/1.1\r\nHost: x\r\n\r\n").expect("a request");
        let lines = kept.by_ref().lines().map(|line| line.expect("a line"));
        let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        assert!(head[0].starts_with("HTTP/1.1 200"), "{head:?}");
        head.iter().any(|line| line.eq_ignore_ascii_case("connection: close"))
    };
    assert!(!ask(), "it goes on");
    assert_eq!(order(&program, &[]).0, 204);
    assert!(ask(), "a client that is not told sends its next request into a connection that is being closed");
    assert_eq!(kept.read_to_end(&mut Vec::new()).expect("the end"), 0);
}

#[test]
fn a_length_that_no_body_has_ends_the_connection_and_nothing_else() {
    let program = Program::start(&[]);
    for length in ["18446744073709551615", "100000001", "-1", "x"] {
        let mut connection = faulty(&program);
        let request = format!("POST /services/data HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n");
        connection.get_mut().write_all(request.as_bytes()).expect("a request");
        assert_eq!(connection.read_to_end(&mut Vec::new()).expect("the end"), 0, "{length}");
    }
    assert_eq!(to_come(&program), json!(["9:close"]));
}
