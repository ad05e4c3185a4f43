//! Answers of an org, without a network.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use salesforce_module::wire;
use serde_json::json;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

/// No such Contact.
pub const NOT_FOUND: &str = r#"{"compositeResponse":[{"body":{"totalSize":0,"done":true,"records":[]},"httpHeaders":{},
"httpStatusCode":200,"referenceId":"find_Contact"}]}"#;
/// One Contact, which has another name.
pub const FOUND: &str = r#"{"compositeResponse":[{"body":{"totalSize":1,"done":true,"records":[
{"attributes":{"type":"Contact","url":"/services/data/v67.0/sobjects/Contact/003D000000IqhSLIAZ"},
"Id":"003D000000IqhSLIAZ","Email":"anna.berg@example.com","LastName":"Bergmann"}]},"httpHeaders":{},
"httpStatusCode":200,"referenceId":"find_Contact"}]}"#;
/// It is updated.
pub const UPDATED: &str = r#"{"compositeResponse":[
{"body":null,"httpHeaders":{},"httpStatusCode":204,"referenceId":"write_Contact"}]}"#;
/// Both are created, and the Case's number is read.
pub const CREATED: &str = r#"{"compositeResponse":[
{"body":{"id":"003D000000IqhSLIAZ","success":true,"errors":[]},"httpHeaders":{},"httpStatusCode":201,"referenceId":"write_Contact"},
{"body":{"id":"500D000000IqhSNIAZ","success":true,"errors":[]},"httpHeaders":{},"httpStatusCode":201,"referenceId":"write_Case"},
{"body":{"attributes":{"type":"Case"},"CaseNumber":"00001026"},"httpHeaders":{},"httpStatusCode":200,"referenceId":"read_Case"}]}"#;
/// None of the Contacts of many conversations.
pub const NONE_FOUND: &str = r#"{"compositeResponse":[{"body":{"totalSize":0,"done":true,"records":[]},"httpHeaders":{},
"httpStatusCode":200,"referenceId":"find_0"}]}"#;

/// What many conversations write at once.
pub fn two_hundred_created() -> String {
    let row = |n: usize| json!({ "id": format!("003D00000{n:0>6}"), "success": true, "errors": [] });
    let rows: Vec<_> = (0..200).map(row).collect();
    json!({ "compositeResponse": [{ "body": rows, "httpHeaders": {}, "httpStatusCode": 200, "referenceId": "rows_0" }] })
        .to_string()
}

/// Natively.
pub fn transport(answers: &[&'static str]) -> impl FnMut(&wire::Request) -> wire::Answer {
    let mut answers = answers.iter();
    move |_| {
        let body = answers.next().copied().unwrap_or_default().as_bytes().to_vec();
        Ok(wire::Response { status: 200, retry_after: None, limit_info: None, body })
    }
}

/// In the host.
pub struct Canned {
    answers: Vec<&'static str>,
}

impl Canned {
    pub fn new(answers: &[&'static str]) -> Self {
        Self { answers: answers.iter().rev().copied().collect() }
    }
}

impl WasiHttpHooks for Canned {
    fn send_request(
        &mut self,
        request: http::Request<WasiBody>,
        _: Option<RequestOptions>,
        _: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Result<Sent, Error>> + Send> {
        let body = Bytes::from_static(self.answers.pop().unwrap_or_default().as_bytes());
        Box::new(async move {
            request.into_body().collect().await?;
            let body = Full::new(body).map_err(|never| match never {}).boxed_unsync();
            Ok((http::Response::new(body), Box::new(async { Ok(()) }) as Box<dyn Future<Output = _> + Send>))
        })
    }
}

type Sent = (http::Response<WasiBody>, Box<dyn Future<Output = Result<(), Error>> + Send>);
