//! Files of both sides.

use host_tests::simulator::Response;
use serde_json::{Value, json};

use super::{API, Chat, refused, uuid};

const KIND: &str = "multipart/form-data; boundary=limit";

struct Part<'a> {
    name: &'a str,
    file: Option<&'a str>,
    kind: &'a str,
    content: &'a [u8],
}

fn body(parts: &[Part]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        let file = part.file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        let head = format!(
            "--limit\r\nContent-Disposition: form-data; name=\"{}\"{file}\r\nContent-Type: {}\r\n\r\n",
            part.name, part.kind
        );
        body.extend([head.as_bytes(), part.content, b"\r\n"].concat());
    }
    body.extend(b"--limit--\r\n");
    body
}

fn entry(chat: &Chat, number: u32) -> Value {
    json!({
        "esDeveloperName": chat.deployment,
        "message": { "id": uuid(number), "fileId": uuid(number + 1), "text": "" },
    })
}

fn post(chat: &mut Chat, id: &str, kind: &str, body: Vec<u8>) -> Response {
    let bearer = format!("Bearer {}", chat.token);
    let headers = [("authorization", bearer.as_str()), ("content-type", kind)];
    chat.raw("POST", &format!("{API}/conversation/{id}/file"), &headers, body)
}

fn upload(chat: &mut Chat, id: &str, name: &str, content: &[u8]) -> Response {
    let entry = entry(chat, 100).to_string();
    let parts = [
        Part { name: "messageEntry", file: None, kind: "application/json", content: entry.as_bytes() },
        Part { name: "fileData", file: Some(name), kind: "image/png", content },
    ];
    post(chat, id, KIND, body(&parts))
}

#[test]
fn a_file_is_a_message_with_an_attachment() {
    let mut chat = Chat::new();
    let id = chat.open();
    let answer = upload(&mut chat, &id, "photo.PNG", b"\x89PNG\r\n--not the limit");
    assert_eq!((answer.status, &answer.json()["conversationEntries"][0]["id"]), (202, &json!(uuid(100))));
    let content = chat.entries(&id).pop().unwrap()["entryPayload"]["abstractMessage"]["staticContent"].clone();
    assert_eq!(content["formatType"], "Attachments");
    let attachment = &content["attachments"][0];
    assert_eq!(
        (&attachment["id"], &attachment["name"], &attachment["mimeType"]),
        (&json!(uuid(101)), &json!("photo.PNG"), &json!("image/png"))
    );
    let url = attachment["url"].as_str().unwrap();
    let path = url.strip_prefix("https://example.my.salesforce-scrt.com").unwrap();
    assert_eq!(chat.raw("GET", path, &[], Vec::new()).body, b"\x89PNG\r\n--not the limit");
    refused(&chat.raw("GET", &format!("{path}0"), &[], Vec::new()), 404, "NOT_FOUND");
}

#[test]
fn sizes_and_types_are_limited() {
    let mut chat = Chat::new();
    let id = chat.open();
    chat.switch(json!({ "maxFileBytes": 10 }));
    refused(&upload(&mut chat, &id, "a.png", &[0; 11]), 413, "PAYLOAD_TOO_LARGE");
    refused(&upload(&mut chat, &id, "a.exe", b"MZ"), 415, "UNSUPPORTED_MEDIA_TYPE");
    refused(&upload(&mut chat, &id, "a", b"x"), 415, "UNSUPPORTED_MEDIA_TYPE");
    refused(&upload(&mut chat, &id, "a.png", b""), 400, "BAD_REQUEST");
    assert_eq!(upload(&mut chat, &id, "a.png", &[0; 10]).status, 202);
    let mut chat = Chat::of("Chat_NoFiles");
    let id = chat.open();
    refused(&upload(&mut chat, &id, "a.png", b"x"), 403, "FORBIDDEN");
}

#[test]
fn a_body_of_other_parts_is_refused() {
    let mut chat = Chat::new();
    let id = chat.open();
    let good = entry(&chat, 100).to_string();
    let json = |content| Part { name: "messageEntry", file: None, kind: "application/json", content };
    let data = || Part { name: "fileData", file: Some("a.png"), kind: "image/png", content: b"x" };
    let mut upper = entry(&chat, 100);
    upper["message"]["fileId"] = json!(uuid(101).to_uppercase());
    let upper = upper.to_string();
    for parts in [
        vec![json(good.as_bytes())],
        vec![data()],
        vec![json(good.as_bytes()), data(), data()],
        vec![json(good.as_bytes()), data(), Part { name: "extra", ..data() }],
        vec![json(good.as_bytes()), Part { file: None, ..data() }],
        vec![json(b"{"), data()],
        vec![json(b"{}"), data()],
        vec![json(upper.as_bytes()), data()],
    ] {
        refused(&post(&mut chat, &id, KIND, body(&parts)), 400, "BAD_REQUEST");
    }
    let text = Part { kind: "text/plain", ..json(good.as_bytes()) };
    refused(&post(&mut chat, &id, KIND, body(&[text, data()])), 415, "UNSUPPORTED_MEDIA_TYPE");
    let parts = body(&[json(good.as_bytes()), data()]);
    refused(&post(&mut chat, &id, "application/json", parts.clone()), 415, "UNSUPPORTED_MEDIA_TYPE");
    refused(&post(&mut chat, &id, "multipart/form-data", parts.clone()), 415, "UNSUPPORTED_MEDIA_TYPE");
    refused(&post(&mut chat, &id, "multipart/form-data; boundary=other", parts.clone()), 400, "BAD_REQUEST");
    refused(&post(&mut chat, &id, KIND, parts[..parts.len() - 12].to_vec()), 400, "BAD_REQUEST");
}

#[test]
fn an_agent_sends_a_file() {
    let mut chat = Chat::with_agents(json!([{ "file": { "name": "invoice.txt", "text": "12 EUR" } }]));
    let id = chat.open();
    let content = chat.entries(&id).pop().unwrap()["entryPayload"]["abstractMessage"]["staticContent"].clone();
    let url = content["attachments"][0]["url"].as_str().unwrap().to_owned();
    let path = url.split_once(".com").unwrap().1;
    let answer = chat.raw("GET", path, &[], Vec::new());
    assert_eq!((answer.body.as_slice(), answer.header("content-type")), (&b"12 EUR"[..], Some("text/plain")));
}
