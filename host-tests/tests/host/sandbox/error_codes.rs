//! What a host's error codes are believed: nothing about whether a create was carried out. Only what the module has not handed
//! over cannot have been carried out.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use host_tests::host::Sent;
use host_tests::json as answers;
use host_tests::simulator::{Org, Request as OrgRequest};
use http::Request;
use http_body_util::BodyExt;
use jiff::Timestamp;
use serde_json::{Value, json};
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

use crate::org::{error, host, map, results, session, settings, with};

/// How far a host gets with a request before it fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// It has not taken any of the body.
    Taking,
    /// It has taken all of the body, and Salesforce has done what it says.
    Answering,
}

/// A host that never has an answer for its guest: only an error code, or not even that.
#[derive(Clone)]
struct Failing {
    before: Before,
    code: Option<&'static str>,
    seen: Arc<Mutex<Seen>>,
}

/// What the host was asked.
struct Seen {
    org: Org,
    requests: usize,
    options: Vec<Option<RequestOptions>>,
}

impl Failing {
    fn new(before: Before, code: Option<&'static str>) -> Self {
        let seen = Seen { org: Org::new(), requests: 0, options: Vec::new() };
        Self { before, code, seen: Arc::new(Mutex::new(seen)) }
    }

    /// A Case without a key, within so many seconds; the outcome, requests, and the Cases there are.
    async fn create(&self, seconds: u32) -> (Value, usize, usize) {
        let settings = with(settings([map("topic", "Case.Subject")], json!({})), json!({ "deadlineSeconds": seconds }));
        let token = self.seen.lock().expect("no panic").org.access_token().to_owned();
        let variables = json!({ "topic": "A wheel is missing" }).to_string();
        let ran = host().run(self.clone(), &session(&token), &settings.to_string(), &variables).await;
        let outcome = answers::outcome(&ran.expect("no trap").expect("good input"));
        let seen = self.seen.lock().expect("no panic");
        (outcome, seen.requests, seen.org.records("Case").len())
    }

    async fn fail(self, request: Request<WasiBody>) -> Sent {
        self.seen.lock().expect("no panic").requests += 1;
        let (head, body) = request.into_parts();
        if self.before == Before::Answering {
            let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
            let headers = ["authorization", "content-type"];
            let request = OrgRequest {
                method: head.method.to_string(),
                path: head.uri.path().to_owned(),
                query: head.uri.query().map(str::to_owned),
                headers: headers.into_iter().filter_map(|name| Some((name.to_owned(), header(name)?))).collect(),
                body: body.collect().await?.to_bytes().to_vec(),
            };
            let response = self.seen.lock().expect("no panic").org.handle(&request, Timestamp::UNIX_EPOCH);
            assert_eq!(response.status, 200);
            return self.end().await;
        }
        // Holding a body that it does not take.
        let ended = self.end().await;
        drop(body);
        ended
    }

    async fn end(&self) -> Sent {
        match self.code {
            Some(code) => Err(self::code(code)),
            None => std::future::pending().await,
        }
    }
}

impl WasiHttpHooks for Failing {
    fn send_request(
        &mut self,
        request: Request<WasiBody>,
        options: Option<RequestOptions>,
        _: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Sent> + Send> {
        self.seen.lock().expect("no panic").options.push(options);
        Box::new(self.clone().fail(request))
    }
}

/// What [`Failing::create`] tells with each code, all of them at once: most of the time is pauses.
async fn with_each_code(before: Before) -> Vec<(&'static str, (Value, usize, usize))> {
    let runs = CODES.map(|code| (code, tokio::spawn(async move { Failing::new(before, Some(code)).create(20).await })));
    let mut told = Vec::new();
    for (code, run) in runs {
        told.push((code, run.await.expect("no panic")));
    }
    told
}

/// Every `error-code` that the component imports, by its name in `wasi:http`.
const CODES: [&str; 39] = [
    "DNS-timeout",
    "DNS-error",
    "destination-not-found",
    "destination-unavailable",
    "destination-IP-prohibited",
    "destination-IP-unroutable",
    "connection-refused",
    "connection-terminated",
    "connection-timeout",
    "connection-read-timeout",
    "connection-write-timeout",
    "connection-limit-reached",
    "TLS-protocol-error",
    "TLS-certificate-error",
    "TLS-alert-received",
    "HTTP-request-denied",
    "HTTP-request-length-required",
    "HTTP-request-body-size",
    "HTTP-request-method-invalid",
    "HTTP-request-URI-invalid",
    "HTTP-request-URI-too-long",
    "HTTP-request-header-section-size",
    "HTTP-request-header-size",
    "HTTP-request-trailer-section-size",
    "HTTP-request-trailer-size",
    "HTTP-response-incomplete",
    "HTTP-response-header-section-size",
    "HTTP-response-header-size",
    "HTTP-response-body-size",
    "HTTP-response-trailer-section-size",
    "HTTP-response-trailer-size",
    "HTTP-response-transfer-coding",
    "HTTP-response-content-coding",
    "HTTP-response-timeout",
    "HTTP-upgrade-failed",
    "HTTP-protocol-error",
    "loop-detected",
    "configuration-error",
    "internal-error",
];

fn code(name: &str) -> Error {
    match name {
        "DNS-timeout" => Error::DnsTimeout,
        "DNS-error" => Error::DnsError { rcode: None, info_code: None },
        "destination-not-found" => Error::DestinationNotFound,
        "destination-unavailable" => Error::DestinationUnavailable,
        "destination-IP-prohibited" => Error::DestinationIpProhibited,
        "destination-IP-unroutable" => Error::DestinationIpUnroutable,
        "connection-refused" => Error::ConnectionRefused,
        "connection-terminated" => Error::ConnectionTerminated,
        "connection-timeout" => Error::ConnectionTimeout,
        "connection-read-timeout" => Error::ConnectionReadTimeout,
        "connection-write-timeout" => Error::ConnectionWriteTimeout,
        "connection-limit-reached" => Error::ConnectionLimitReached,
        "TLS-protocol-error" => Error::TlsProtocolError,
        "TLS-certificate-error" => Error::TlsCertificateError,
        "TLS-alert-received" => Error::TlsAlertReceived { alert_id: Some(40), alert_message: None },
        "HTTP-request-denied" => Error::HttpRequestDenied,
        "HTTP-request-length-required" => Error::HttpRequestLengthRequired,
        "HTTP-request-body-size" => Error::HttpRequestBodySize(None),
        "HTTP-request-method-invalid" => Error::HttpRequestMethodInvalid,
        "HTTP-request-URI-invalid" => Error::HttpRequestUriInvalid,
        "HTTP-request-URI-too-long" => Error::HttpRequestUriTooLong,
        "HTTP-request-header-section-size" => Error::HttpRequestHeaderSectionSize(None),
        "HTTP-request-header-size" => Error::HttpRequestHeaderSize { field_name: None, field_size: None },
        "HTTP-request-trailer-section-size" => Error::HttpRequestTrailerSectionSize(None),
        "HTTP-request-trailer-size" => Error::HttpRequestTrailerSize { field_name: None, field_size: None },
        "HTTP-response-incomplete" => Error::HttpResponseIncomplete,
        "HTTP-response-header-section-size" => Error::HttpResponseHeaderSectionSize(None),
        "HTTP-response-header-size" => Error::HttpResponseHeaderSize { field_name: None, field_size: None },
        "HTTP-response-body-size" => Error::HttpResponseBodySize(None),
        "HTTP-response-trailer-section-size" => Error::HttpResponseTrailerSectionSize(None),
        "HTTP-response-trailer-size" => Error::HttpResponseTrailerSize { field_name: None, field_size: None },
        "HTTP-response-transfer-coding" => Error::HttpResponseTransferCoding(None),
        "HTTP-response-content-coding" => Error::HttpResponseContentCoding(None),
        "HTTP-response-timeout" => Error::HttpResponseTimeout,
        "HTTP-upgrade-failed" => Error::HttpUpgradeFailed,
        "HTTP-protocol-error" => Error::HttpProtocolError,
        "loop-detected" => Error::LoopDetected,
        "configuration-error" => Error::ConfigurationError,
        "internal-error" => Error::InternalError(Some("canary".to_owned())),
        other => panic!("no error for {other}"),
    }
}

#[test]
fn the_codes_are_all_that_the_component_imports() {
    let imported: BTreeSet<String> = host().imported_cases("wasi:http/types", "error-code").into_iter().collect();
    assert_eq!(imported, CODES.map(str::to_owned).into());
}

#[tokio::test]
async fn a_create_that_was_carried_out_is_never_sent_again_whatever_code_the_host_answers() {
    let mut wrong = Vec::new();
    for (code, (outcome, requests, cases)) in with_each_code(Before::Answering).await {
        let advice = &outcome["records"][0]["error"]["retry"];
        if (requests, cases, results(&outcome), advice) != (1, 1, vec!["unknown"], &json!("verify")) {
            wrong.push(format!("{code}: {requests} requests, {cases} Cases, {:?}, {advice}", results(&outcome)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What helps at once is tried again; what does not help is told.
#[tokio::test]
async fn a_create_whose_body_the_host_has_not_taken_was_not_carried_out_whatever_code_the_host_answers() {
    for (code, (outcome, requests, _)) in with_each_code(Before::Taking).await {
        let settled = ["HTTP-request-denied", "destination-IP-prohibited", "TLS-certificate-error"].contains(&code);
        let (attempts, advice) = if settled { (1, "never") } else { (3, "later") };
        assert_eq!((requests, &outcome["records"][0]["error"]["retry"]), (attempts, &json!(advice)), "{code}");
        assert_eq!(results(&outcome), ["failed"], "{code}");
    }
}

#[tokio::test]
async fn where_time_is_over_only_what_was_handed_over_is_in_doubt() {
    for (before, expected) in [(Before::Taking, ["failed", "later"]), (Before::Answering, ["unknown", "verify"])] {
        let (outcome, requests, cases) = Failing::new(before, None).create(1).await;
        assert_eq!((results(&outcome), error(&outcome, 0)), (vec![expected[0]], "TIMEOUT"));
        assert_eq!(outcome["records"][0]["error"]["retry"], expected[1]);
        assert_eq!((requests, cases), (1, usize::from(before == Before::Answering)));
    }
}

/// In Node and in browsers a time-out for connecting ends a request that was sent.
#[tokio::test]
async fn a_host_is_given_no_time_out_that_ends_before_the_modules_own() {
    let failing = Failing::new(Before::Answering, Some("internal-error"));
    failing.create(20).await;
    let options = failing.seen.lock().expect("no panic").options.clone();
    let [Some(options)] = options.as_slice() else { panic!("one request with options: {options:?}") };
    assert_eq!(options.connect_timeout, None);
    for given in [options.first_byte_timeout, options.between_bytes_timeout] {
        assert!(given.is_some_and(|given| given > Duration::from_secs(16)), "{given:?}");
    }
}
