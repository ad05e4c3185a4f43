//! Access tokens: §2 and §3 of what is known.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{API, Chat, refused};

const GUEST: &str = "/iamessage/api/v2/authorization/unauthenticated/access-token";
const VERIFIED: &str = "/iamessage/api/v2/authorization/authenticated/access-token";

fn identity(claims: &Value) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.c2ln", encode(&json!({ "alg": "RS256", "kid": "Keys" })), encode(claims))
}

fn good_claims() -> Value {
    json!({ "iss": "shop", "sub": "anna", "exp": 4_000_000_000_u64 })
}

#[test]
fn a_guest_gets_a_token_and_what_the_deployment_asks() {
    let mut chat = Chat::new();
    let body = chat.token_body();
    let answer = chat.send("POST", GUEST, Some(body)).json();
    assert_eq!(answer["lastEventId"], "0");
    let context = &answer["context"];
    let subject = context["endUser"]["subject"].as_str().unwrap();
    assert!(subject.starts_with("v2/iamessage/ANON/"), "{subject}");
    assert_eq!((&context["endUser"]["appType"], &context["endUser"]["role"]), (&json!("iamessage"), &json!("EndUser")));
    let config = &context["configuration"]["embeddedServiceConfig"];
    assert_eq!((&config["name"], &config["deploymentType"]), (&json!("Chat_Engine"), &json!("Api")));
    assert_eq!(config["embeddedServiceMessagingChannel"]["authMode"], "UnAuth");
    assert_eq!(config["attachments"], json!({ "endUserToAgent": true, "maxFileSize": 5_242_880 }));
    let form = &config["forms"][0];
    assert_eq!((&form["formType"], &form["displayContext"]), (&json!("PreChat"), &json!("Conversation")));
    let fields = form["formFields"].as_array().unwrap();
    let names: Vec<(&str, bool, bool)> = fields
        .iter()
        .map(|field| {
            let flag = |name: &str| field[name].as_bool().unwrap();
            (field["name"].as_str().unwrap(), flag("required"), flag("isHidden"))
        })
        .collect();
    assert_eq!(
        names,
        [
            ("_firstName", false, false),
            ("_lastName", true, false),
            ("_email", true, false),
            ("_subject", false, false),
            ("Topic", false, false),
            ("Case_Id", false, true)
        ]
    );
    assert_eq!((&fields[2]["maxLength"], &fields[3]["maxLength"]), (&json!(80), &json!(255)));
    let list = &config["choiceListConfig"]["choiceList"][0];
    assert_eq!(list["choiceListId"], fields[4]["choiceListId"]);
    let values = list["choiceListValues"].as_array().unwrap();
    let values: Vec<&str> = values.iter().map(|value| value["choiceListValueName"].as_str().unwrap()).collect();
    assert_eq!(values, ["Billing", "Shipping", "Other"]);
}

#[test]
fn deployments_differ() {
    let config = |deployment| {
        let mut chat = Chat::of(deployment);
        let body = chat.token_body();
        chat.send("POST", GUEST, Some(body)).json()["context"]["configuration"]["embeddedServiceConfig"].clone()
    };
    assert_eq!(config("Chat_NoFiles")["attachments"]["endUserToAgent"], false);
    assert_eq!(config("Chat_PerSession")["forms"][0]["displayContext"], "Session");
    assert_eq!(config("Chat_Verified")["embeddedServiceMessagingChannel"]["authMode"], "Auth");
}

#[test]
fn what_a_token_call_must_say_is_checked() {
    let mut chat = Chat::new();
    let mut with = |name: &str, value: Value| {
        let mut body = chat.token_body();
        match value {
            Value::Null => drop(body.as_object_mut().unwrap().remove(name)),
            value => body[name] = value,
        }
        chat.send("POST", GUEST, Some(body))
    };
    for (name, value) in [
        ("orgId", Value::Null),
        ("orgId", json!("00DHn0000000002MAA")),
        ("orgId", json!("00DHn00000000")),
        ("esDeveloperName", Value::Null),
        ("esDeveloperName", json!("chat_engine")),
        ("esDeveloperName", json!("Chat_Unpublished")),
        ("esDeveloperName", json!("Unknown")),
        ("capabilitiesVersion", Value::Null),
        ("capabilitiesVersion", json!(1)),
        ("capabilitiesVersion", json!("one")),
        ("platform", Value::Null),
        ("platform", json!("web")),
        ("context", json!({ "appname": "x" })),
        ("captchaToken", json!("x")),
    ] {
        refused(&with(name, value), 400, "BAD_REQUEST");
    }
    assert_eq!(with("orgId", json!("00DHn0000000001")).status, 200);
    let typed = chat.raw("POST", GUEST, &[("content-type", "text/plain")], b"{}".to_vec());
    refused(&typed, 415, "UNSUPPORTED_MEDIA_TYPE");
    let broken = chat.raw("POST", GUEST, &[("content-type", "application/json")], b"{".to_vec());
    refused(&broken, 400, "BAD_REQUEST");
    refused(&chat.send("GET", GUEST, None), 405, "METHOD_NOT_ALLOWED");
}

#[test]
fn an_identity_that_is_refused_makes_a_guest_without_a_word() {
    let mut chat = Chat::of("Chat_Verified");
    let subject = |chat: &mut Chat, token: &str| {
        let mut body = chat.token_body();
        body["authorizationType"] = json!("JWT");
        body["customerIdentityToken"] = json!(token);
        let answer = chat.send("POST", VERIFIED, Some(body));
        assert_eq!(answer.status, 200);
        answer.json()["context"]["endUser"]["subject"].as_str().unwrap().to_owned()
    };
    assert_eq!(subject(&mut chat, &identity(&good_claims())), "v2/iamessage/AUTH/Keys/uid:anna");
    let mut expired = good_claims();
    expired["exp"] = json!(1_000_000_000);
    for bad in ["x".to_owned(), identity(&expired), identity(&json!({ "iss": "shop", "exp": 4_000_000_000_u64 }))] {
        assert!(subject(&mut chat, &bad).starts_with("v2/iamessage/ANON/"), "{bad}");
    }
    chat.switch(json!({ "identitiesValid": false }));
    assert!(subject(&mut chat, &identity(&good_claims())).starts_with("v2/iamessage/ANON/"));
    chat.switch(json!({ "identitiesValid": true }));
    // A deployment without verification knows guests only.
    chat.deployment = "Chat_Engine";
    assert!(subject(&mut chat, &identity(&good_claims())).starts_with("v2/iamessage/ANON/"));
    let body = chat.token_body();
    refused(&chat.send("POST", VERIFIED, Some(body)), 400, "BAD_REQUEST");
}

#[test]
fn a_continuation_is_another_token_of_the_same_visitor() {
    let mut chat = Chat::new();
    let id = chat.open();
    let answer = chat.get("authorization/continuation-access-token");
    assert_eq!(answer.status, 200);
    let renewed = answer.json()["accessToken"].as_str().unwrap().to_owned();
    assert_ne!(renewed, chat.token);
    // It names the newest event there is, whether or not the client has seen it.
    let newest = chat.events().last().unwrap().id.unwrap();
    assert_eq!(answer.json()["lastEventId"], newest.to_string());
    chat.token = renewed;
    assert_eq!(chat.routing(&id), "INITIAL");
    chat.token = chat.new_token();
    refused(&chat.get(&format!("conversation/{id}")), 404, "NOT_FOUND");
}

#[test]
fn tokens_expire_by_the_clock() {
    let mut chat = Chat::new();
    chat.wait(50 * 60);
    let renewed = chat.get("authorization/continuation-access-token").json()["accessToken"].clone();
    chat.wait(10 * 60);
    refused(&chat.get("conversation/list"), 401, "UNAUTHORIZED");
    refused(&chat.get("authorization/continuation-access-token"), 401, "UNAUTHORIZED");
    chat.token = renewed.as_str().unwrap().to_owned();
    assert_eq!(chat.get("conversation/list").status, 200);
    chat.send("POST", "/simulator/clock", Some(json!({ "advanceSeconds": 3000 })));
    refused(&chat.get("conversation/list"), 401, "UNAUTHORIZED");
}

#[test]
fn a_verified_visitor_has_six_hours_and_one_subject() {
    let mut chat = Chat::of("Chat_Verified");
    let verified = |chat: &mut Chat| {
        let mut body = chat.token_body();
        body["authorizationType"] = json!("JWT");
        body["customerIdentityToken"] = json!(identity(&good_claims()));
        chat.token = chat.send("POST", VERIFIED, Some(body)).json()["accessToken"].as_str().unwrap().to_owned();
    };
    verified(&mut chat);
    let id = chat.open();
    chat.wait(6 * 3600 - 1);
    assert_eq!(chat.routing(&id), "INITIAL");
    chat.wait(1);
    refused(&chat.get("conversation/list"), 401, "UNAUTHORIZED");
    verified(&mut chat);
    assert_eq!(chat.routing(&id), "INITIAL");
}

#[test]
fn every_call_but_those_for_tokens_needs_one() {
    let mut chat = Chat::new();
    let id = chat.open();
    for (method, target) in [
        ("GET", "authorization/continuation-access-token".to_owned()),
        ("POST", "conversation".to_owned()),
        ("GET", "conversation/list".to_owned()),
        ("GET", format!("conversation/{id}")),
        ("DELETE", format!("conversation/{id}")),
        ("POST", format!("conversation/{id}/message")),
        ("POST", format!("conversation/{id}/file")),
        ("GET", format!("conversation/{id}/entries")),
        ("POST", format!("conversation/{id}/entry")),
        ("POST", format!("conversation/{id}/acknowledge-entries")),
        ("DELETE", format!("conversation/{id}/session")),
    ] {
        let target = format!("{API}/{target}");
        refused(&chat.raw(method, &target, &[], Vec::new()), 401, "UNAUTHORIZED");
        let bearer = format!("Bearer {}", chat.org.access_token());
        let foreign = chat.raw(method, &target, &[("authorization", &bearer)], Vec::new());
        refused(&foreign, 401, "UNAUTHORIZED");
    }
    let stream = chat.raw("GET", "/eventrouter/v1/sse", &[], Vec::new());
    assert_eq!((stream.status, &stream.json()["path"]), (401, &json!("/eventrouter/v1/sse")));
}

#[test]
fn the_log_keeps_requests_and_no_token() {
    let mut chat = Chat::of("Chat_Verified");
    let token = identity(&good_claims());
    let mut body = chat.token_body();
    body["authorizationType"] = json!("JWT");
    body["customerIdentityToken"] = json!(token);
    chat.send("POST", VERIFIED, Some(body));
    let id = chat.open();
    chat.say(&id, "Hello");
    chat.stream(Some("0"));
    chat.get("authorization/continuation-access-token");
    let log = chat.send("GET", "/simulator/requests", None).json();
    assert_eq!(log["total"], 6);
    assert_eq!(log["requests"][3]["requestBody"]["message"]["staticContent"]["text"], "Hello");
    let text = log.to_string();
    assert!(!text.contains(&token) && !text.contains(&chat.token), "{text}");
    assert!(!text.contains("eyJ"), "{text}");
}
