//! What crosses the host's border: one URL and the known headers, whatever was typed or passed.

use std::sync::{Arc, Mutex, MutexGuard};

use host_tests::host::{Authorization, Client, Session};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::json;
use tokio::runtime::Runtime;
use wasmtime_wasi_http::{Error, WasiHttpHooks};

use crate::border::{Border, Crossing};
use crate::common::documents::config;
use crate::common::typed::typed;
use crate::form;
use crate::org::{DOMAIN, by_email, host, session};

/// What left an instance.
#[derive(Clone, Default)]
struct Noted(Arc<Mutex<Vec<Crossing>>>);

impl Noted {
    /// A way out that notes requests and answers none.
    fn border(&self) -> impl WasiHttpHooks + 'static {
        let noted = self.clone();
        Border::new(move |crossing| {
            noted.all().push(crossing);
            Err(Error::ConnectionTerminated)
        })
    }

    fn all(&self) -> MutexGuard<'_, Vec<Crossing>> {
        self.0.lock().expect("no panic")
    }
}

/// The first is the host's own, of the URL's authority.
fn names(crossing: &Crossing) -> Vec<&str> {
    crossing.headers.iter().map(|(name, _)| name.as_str()).collect()
}

fn value<'a>(crossing: &'a Crossing, name: &str) -> &'a str {
    let of_name = crossing.headers.iter().find(|(known, _)| known == name);
    of_name.map(|(_, value)| value.as_str()).unwrap_or_default()
}

#[test]
fn a_run_sends_one_url_and_the_known_headers_whatever_is_typed() {
    let runtime = Runtime::new().expect("a runtime");
    let settings = by_email().to_string();
    let ran = TestRunner::new(config(150)).run(&(typed(), typed()), |(mail, name)| {
        let noted = Noted::default();
        let variables = json!({ "mail": mail, "name": name }).to_string();
        let outcome = runtime.block_on(host().run(noted.border(), &session("token"), &settings, &variables));
        prop_assert!(outcome.expect("no trap").is_ok());
        for crossing in noted.all().iter() {
            prop_assert_eq!(&crossing.method, "POST");
            prop_assert_eq!(&crossing.url, &format!("https://{DOMAIN}/services/data/v62.0/composite"));
            prop_assert_eq!(
                names(crossing),
                [
                    "host",
                    "authorization",
                    "content-type",
                    "content-length",
                    "accept",
                    "user-agent",
                    "x-chatter-entity-encoding",
                ]
            );
            prop_assert_eq!(value(crossing, "host"), DOMAIN);
            prop_assert_eq!(value(crossing, "authorization"), "Bearer token");
            prop_assert_eq!(value(crossing, "content-type"), "application/json");
            prop_assert_eq!(value(crossing, "content-length"), crossing.body.len().to_string());
            prop_assert_eq!(value(crossing, "accept"), "application/json");
            prop_assert_eq!(value(crossing, "x-chatter-entity-encoding"), "false");
            prop_assert!(value(crossing, "user-agent").starts_with("salesforce-module/"));
        }
        Ok(())
    });
    ran.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn a_token_is_one_header_or_is_refused() {
    let runtime = Runtime::new().expect("a runtime");
    let settings = by_email().to_string();
    let ran = TestRunner::new(config(150)).run(&prop_oneof![typed(), "[!-~]{1,60}"], |token| {
        let noted = Noted::default();
        let session = Session { access_token: token.clone(), ..session("") };
        let variables = json!({ "mail": "a@example.com", "name": "x" }).to_string();
        let ran = runtime.block_on(host().run(noted.border(), &session, &settings, &variables)).expect("no trap");
        let noted = noted.all();
        match noted.as_slice() {
            [] => prop_assert!(ran.is_err_and(|findings| findings[0].code == "bad-session")),
            noted => {
                for crossing in noted {
                    prop_assert_eq!(value(crossing, "authorization"), format!("Bearer {token}"));
                    prop_assert_eq!(crossing.headers.len(), 7);
                }
            }
        }
        Ok(())
    });
    ran.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn what_is_passed_to_a_log_in_is_one_value_of_one_form() {
    let runtime = Runtime::new().expect("a runtime");
    let texts = (typed(), typed(), typed(), typed());
    let ran = TestRunner::new(config(150)).run(&texts, |(id, secret, redirect_uri, verifier)| {
        let client =
            Client { deployment_domain: DOMAIN.into(), client_id: id.clone(), client_secret: Some(secret.clone()) };
        let begun = Authorization { url: String::new(), state: "s".into(), code_verifier: verifier.clone() };
        let noted = Noted::default();
        let call = host().exchange(noted.border(), &client, &redirect_uri, &begun, "state=s&code=c");
        prop_assert!(runtime.block_on(call).expect("no trap").is_err());
        let noted = noted.all();
        let [crossing] = noted.as_slice() else {
            prop_assert!(id.trim().is_empty(), "not sent");
            return Ok(());
        };
        prop_assert_eq!(&crossing.url, &format!("https://{DOMAIN}/services/oauth2/token"));
        prop_assert_eq!(names(crossing), ["host", "content-type", "content-length", "accept", "user-agent"]);
        let members = form::members(&String::from_utf8_lossy(&crossing.body)).expect("a form");
        let mut expected = vec![("grant_type", "authorization_code"), ("client_id", &id)];
        expected.extend(Some(("client_secret", secret.as_str())).filter(|(_, secret)| !secret.is_empty()));
        expected.extend([("code", "c"), ("redirect_uri", &redirect_uri), ("code_verifier", &verifier)]);
        let expected: Vec<_> = expected.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        prop_assert_eq!(members, expected);
        Ok(())
    });
    ran.unwrap_or_else(|error| panic!("{error}"));
}
