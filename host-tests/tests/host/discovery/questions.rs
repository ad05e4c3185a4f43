//! Questions of a form, and their answers.

use host_tests::host::{FieldQuery, Finding, ObjectQuery, Session};
use host_tests::json as answers;
use serde_json::Value;
use wasmtime_wasi_http::WasiHttpHooks;

use crate::org::{DOMAIN, TestOrg, egress_to, host, kept_secret, session};

pub fn objects(search: &str) -> ObjectQuery {
    ObjectQuery {
        deployment_domain: DOMAIN.to_owned(),
        api_version: None,
        search: search.to_owned(),
        limit: 100,
        all: false,
    }
}

pub fn fields(object: &str, search: &str) -> FieldQuery {
    FieldQuery {
        deployment_domain: DOMAIN.to_owned(),
        api_version: None,
        object: object.to_owned(),
        search: search.to_owned(),
        limit: 100,
        all: false,
        values: 100,
    }
}

pub async fn ask_objects(org: &TestOrg, query: &ObjectQuery) -> Value {
    objects_over(egress_to(&org.url()), &session(&org.token()), query).await.expect("a good question")
}

pub async fn ask_fields(org: &TestOrg, query: &FieldQuery) -> Value {
    fields_over(egress_to(&org.url()), &session(&org.token()), query).await.expect("a good question")
}

pub async fn objects_over(
    egress: impl WasiHttpHooks + 'static,
    session: &Session,
    query: &ObjectQuery,
) -> Result<Value, Vec<Finding>> {
    let answer = host().objects(egress, session, query).await.expect("no trap");
    kept_secret(answer).map(|answer| answers::objects(&answer))
}

pub async fn fields_over(
    egress: impl WasiHttpHooks + 'static,
    session: &Session,
    query: &FieldQuery,
) -> Result<Value, Vec<Finding>> {
    let answer = host().fields(egress, session, query).await.expect("no trap");
    kept_secret(answer).map(|answer| answers::fields(&answer))
}

/// Names of the entries, in order.
pub fn names<'a>(answer: &'a Value, list: &str) -> Vec<&'a str> {
    assert_eq!(answer["status"], "done", "{answer:#}");
    answer[list].as_array().expect("a list").iter().map(|entry| entry["name"].as_str().expect("a name")).collect()
}

/// The entry with that name.
pub fn entry<'a>(answer: &'a Value, list: &str, name: &str) -> &'a Value {
    let entry = answer[list].as_array().expect("a list").iter().find(|entry| entry["name"] == name);
    entry.unwrap_or_else(|| panic!("no {name}: {answer:#}"))
}
