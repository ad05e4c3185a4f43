//! What `check` says of the settings.

use salesforce_module::settings::Settings;
use serde_json::{Value, json};

use crate::requests::{request, write};

/// Codes and places of the errors.
fn errors(settings: &Value) -> Vec<(String, String)> {
    let findings = Settings::check(&settings.to_string());
    findings.into_iter().map(|finding| (finding.code.word().to_owned(), finding.path)).collect()
}

fn right(settings: &Value) {
    assert_eq!(errors(settings), [], "{settings:#}");
    assert!(Settings::parse(&settings.to_string()).is_ok());
}

fn wrong(settings: &Value, code: &str, path: &str) {
    assert_eq!(errors(settings), [(code.to_owned(), path.to_owned())], "{settings:#}");
}

fn get(path: &str) -> Value {
    request(json!({ "path": path }))
}

fn query(path: &str, name: &str, value: &str) -> Value {
    let mut query = serde_json::Map::new();
    query.insert(name.to_owned(), value.into());
    request(json!({ "path": format!("/services/data/v62.0/{path}"), "query": query }))
}

fn body(path: &str, body: Value) -> Value {
    write("POST", &format!("/services/data/v62.0/{path}"), body)
}

#[test]
fn each_mode_has_settings_of_its_own() {
    let path = "/services/data/v62.0/limits";
    right(&get(path));
    for key in ["mappings", "objects", "schema", "preset", "apiVersion", "locale", "timeZone", "deferAboveApiUsage"] {
        let mut settings = get(path);
        settings[key] = json!({});
        wrong(&settings, "unknown-key", &format!("/{key}"));
        let finding = &Settings::check(&settings.to_string())[0];
        assert!(finding.remedy.get(salesforce_module::base::Language::En).contains("another mode"), "{finding:?}");
    }
    let mapping = json!({ "source": { "variable": "a" }, "object": "Contact", "field": "LastName" });
    for key in ["method", "path", "query", "body", "allowWrites", "store"] {
        let settings = crate::common::settings::with(
            crate::common::settings::settings([mapping.clone()], json!({})),
            json!({ key: null }),
        );
        wrong(&settings, "unknown-key", &format!("/{key}"));
    }
    wrong(&request(json!({})), "missing-key", "");
    wrong(&request(json!({ "path": path, "methud": "GET" })), "unknown-key", "/methud");
    wrong(&request(json!({ "path": path, "deadlineSeconds": 61 })), "out-of-range", "/deadlineSeconds");
    wrong(&request(json!({ "path": path, "method": "HEAD" })), "unknown-value", "/method");
    wrong(&request(json!({ "path": path, "method": "get" })), "unknown-value", "/method");
    wrong(&request(json!({ "path": 1 })), "wrong-type", "/path");
}

#[test]
fn what_may_write_is_asked_for_twice() {
    let path = "/services/data/v62.0/sobjects/Contact/{id}";
    for method in ["POST", "PATCH", "PUT", "DELETE"] {
        let settings = request(json!({ "method": method, "path": path }));
        wrong(&settings, "writes-not-allowed", "/method");
        let settings = crate::common::settings::with(settings, json!({ "allowWrites": false }));
        wrong(&settings, "writes-not-allowed", "/method");
        right(&crate::common::settings::with(settings, json!({ "allowWrites": true })));
    }
    wrong(&request(json!({ "path": path, "body": {} })), "body-not-allowed", "/body");
    wrong(&write("DELETE", path, json!({})), "body-not-allowed", "/body");
    for name in ["_HttpMethod", "_httpmethod"] {
        wrong(&query("limits", name, "PATCH"), "bad-parameter", &format!("/query/{name}"));
    }
    wrong(&query("limits", "", "PATCH"), "bad-parameter", "/query/");
}

/// Its words stand in a body, and it changes nothing.
#[test]
fn a_search_by_post_is_a_read() {
    let post = |path: &str| request(json!({ "method": "POST", "path": path, "body": { "q": "{words}" } }));
    for path in ["/services/data/v62.0/parameterizedSearch", "/services/data/v62.0/parameterizedsearch"] {
        right(&post(path));
    }
    for path in [
        "/services/data/v62.0/parameterizedSearch/x",
        "/services/data/v62.0/parameterizedSearch/{x}",
        "/services/data/v62.0/sobjects/parameterizedSearch",
        "/services/data/v62.0/tooling/parameterizedSearch",
        "/services/data/v62.0/search",
        "/services/apexrest/parameterizedSearch",
        "/services/apexrest/v1/parameterizedSearch",
    ] {
        wrong(&post(path), "writes-not-allowed", "/method");
    }
    for method in ["PATCH", "PUT", "DELETE"] {
        let path = "/services/data/v62.0/parameterizedSearch";
        wrong(&request(json!({ "method": method, "path": path })), "writes-not-allowed", "/method");
    }
}

#[test]
fn a_path_lies_below_services_of_this_host() {
    for path in [
        "/services/apexrest/orders/{id}",
        "/services/apexrest/acme/orders",
        "/services/data",
        "/services/data/v62.0/sobjects/Contact/Email/{mail}",
        "/services/data/v62.0/sobjects/{object}/{id}/{relationship}",
        "/services/data/v62.0/tooling/sobjects/{id}",
        "/services/data/v62.0/ui-api/records/a-{id}.json",
    ] {
        right(&get(path));
    }
    for path in [
        "",
        "/",
        "services/data",
        "/services",
        "/Services/data",
        "//example.com/services/data",
        "https://example.com/services/",
        "https:/services/data",
        "@example.com/services/",
        "/setup/services/",
        "/{x}/data/v62.0",
        "{path}",
        "/{path}",
        "/secur/frontdoor.jsp",
    ] {
        wrong(&get(path), "path-outside", "/path");
    }
    for path in ["/services/oauth2/token", "/services/OAuth2/{x}", "/services/auth/sso", "/services/oauth2"] {
        wrong(&get(path), "path-outside", "/path");
    }
    wrong(&get("/services/data/v62.0/tooling/executeAnonymous"), "path-outside", "/path");
    wrong(&get("/services/data/v62.0/tooling/executeanonymous/"), "bad-path", "/path");
    for path in [
        "/services//data",
        "/services/data/",
        "/services/data/v62.0/../oauth2/token",
        "/services/data/./v62.0",
        "/services/../services/data",
        "/services/data/v62.0/limits?a=b",
        "/services/data/v62.0/limits#a",
        "/services/%2e%2e/oauth2/token",
        "/services/data%2fv62.0/limits",
        "/services\\oauth2",
        "/services/data/v62.0\n/limits",
        "/services/data/v62.0/sobjects//{id}",
        "/services/..",
    ] {
        wrong(&get(path), "bad-path", "/path");
    }
    for path in [
        "/services/{x}/v62.0/limits",
        "/services/da{x}/v62.0/limits",
        "/services/data/{version}/limits",
        "/services/data/v62.0/{resource}",
        "/services/data/v62.0/{resource}/x",
        "/services/data/v62.0/tooling/{resource}",
        "/services/data/v62.0/comp{x}",
        "/services/apexrest/{class}",
    ] {
        wrong(&get(path), "misplaced-variable", "/path");
    }
    wrong(&get("/services/data/v62.0/sobjects/{id"), "bad-template", "/path");
    wrong(&get("/services/data/v62.0/sobjects/{}"), "bad-template", "/path");
}

#[test]
fn in_a_query_of_soql_a_variable_stands_inside_quotes() {
    let good = "SELECT Id FROM Contact WHERE Email = '{mail}' AND Name LIKE '{name}%' AND (A = 'it\\'s' OR B = 5)";
    for path in ["query", "queryAll", "tooling/query", "query/{locator}", "QUERY"] {
        right(&query(path, "q", good));
        for bad in
            ["SELECT Id FROM Contact WHERE Id = {id}", "{soql}", "SELECT Id FROM {x} WHERE A = '{b}'", "A = '\\{x}'"]
        {
            wrong(&query(path, "q", bad), "unquoted-variable", "/query/q");
        }
        wrong(&query(path, "explain", "SELECT Id FROM Contact LIMIT {x}"), "unquoted-variable", "/query/explain");
        for bad in ["A = 'b", "A = 'b\\x' AND C = '{c}'", "A = '{a}''"] {
            wrong(&query(path, "q", bad), "bad-query", "/query/q");
        }
    }
    right(&query("parameterizedSearch", "q", "{text}"));
    wrong(&query("parameterizedSearch", "Contact.where", "Name = {name}"), "unquoted-variable", "/query/Contact.where");
    wrong(&query("search", "q", "FIND {{{text}}}"), "misplaced-variable", "/query/q");
    right(&query("search", "q", "FIND {{Berg}} IN NAME FIELDS"));
    // Nobody reads it as SOQL there.
    right(&query("search/suggestions", "q", "{text}"));
    right(&query("sobjects/Contact/{id}", "q", "{text}"));
}

#[test]
fn in_a_body_a_variable_stands_where_its_value_is_no_structure() {
    right(&body(
        "sobjects/Contact",
        json!({ "LastName": "{name}", "Tags": ["{a}", "b {c}", 1, null, { "{x": "{y}" }] }),
    ));
    wrong(&body("sobjects/Contact", json!({ "LastName": ["{name"] })), "bad-template", "/body/LastName/0");
    wrong(
        &body("jobs/query", json!({ "query": "SELECT Id FROM Lead WHERE Id = {x}" })),
        "unquoted-variable",
        "/body/query",
    );
    right(&body("jobs/query", json!({ "operation": "query", "query": "SELECT Id FROM Lead WHERE City = '{x}'" })));
    let search = |condition: &str| json!({ "q": "{text}", "sobjects": [{ "name": "Contact", "where": condition }] });
    right(&body("parameterizedSearch", search("City = '{city}'")));
    wrong(&body("parameterizedSearch", search("{x}")), "unquoted-variable", "/body/sobjects/0/where");
    wrong(&body("ssot/query-sql", json!({ "sql": "SELECT '{x}'" })), "misplaced-variable", "/body/sql");
    wrong(&body("wave/query", json!({ "query": "q = load '{x}'" })), "misplaced-variable", "/body/query");
    // What Apex makes of it is Apex's.
    right(&write("POST", "/services/apexrest/orders", json!({ "query": "{x}", "url": "{y}", "sql": "{z}" })));

    let part = |member: &str, value: Value| {
        let mut part = json!({ "method": "PATCH", "url": "/services/data/v62.0/x", "referenceId": "a", "body": { "Name": "{n}" } });
        part[member] = value;
        json!({ "compositeRequest": [part] })
    };
    right(&body("composite", part("url", json!("/services/data/v62.0/sobjects/Contact/@{{find.records[0].Id}}"))));
    for member in ["url", "URL", "method", "referenceId"] {
        let at = format!("/body/compositeRequest/0/{member}");
        wrong(&body("composite", part(member, json!("a{x}"))), "misplaced-variable", &at);
    }
    let headers = part("httpHeaders", json!({ "Sforce-Auto-Assign": "{x}" }));
    wrong(&body("composite", headers), "misplaced-variable", "/body/compositeRequest/0/httpHeaders/Sforce-Auto-Assign");
    let referring = part("body", json!({ "ContactId": "@{{{reference}.id}}" }));
    wrong(&body("composite", referring), "misplaced-variable", "/body/compositeRequest/0/body/ContactId");
    right(&body("composite", part("body", json!({ "ContactId": "@{{a.id}} {x}" }))));
    let tree = json!({ "records": [{ "attributes": { "type": "{x}", "referenceId": "r" }, "Name": "{n}" }] });
    wrong(&body("composite/tree/Account", tree), "misplaced-variable", "/body/records/0/attributes/type");

    let graphql = |query: &str| json!({ "query": query, "variables": { "query": "{name}" } });
    right(&body(
        "graphql",
        graphql(
            "query q($query: String) { uiapi { query { Contact(where: {Name: {eq: $query}}) { edges { node { Id } } } } } }",
        ),
    ));
    wrong(
        &body("graphql", graphql("{ uiapi(where: {Name: {eq: \"{name}\"}}) { x } }")),
        "misplaced-variable",
        "/body/query",
    );
    wrong(
        &body("graphql", json!({ "query": "{ a }", "operationName": "{x}" })),
        "misplaced-variable",
        "/body/operationName",
    );
}

#[test]
fn pointers_lead_into_the_answer_each_to_a_part_of_its_own() {
    let store = |store: Value| request(json!({ "path": "/services/data/v62.0/limits", "store": store }));
    right(&store(json!({ "": "all" })));
    right(&store(json!({ "/a/0": "a", "/a/00": "b", "/ab": "c", "/x~0~1y": "d", "/": "e" })));
    for bad in ["a", "#/a", "/a~2", "/a~", "a/b"] {
        let at = format!("/store/{}", bad.replace('~', "~0").replace('/', "~1"));
        wrong(&store(json!({ bad: "a" })), "bad-pointer", &at);
    }
    wrong(&store(json!({ "/a": "x", "/b": "x" })), "duplicate-variable", "/store/~1b");
    wrong(&store(json!({ "/a": "x", "/a/b": "y" })), "overlapping-pointers", "/store/~1a~1b");
    wrong(&store(json!({ "": "x", "/a": "y" })), "overlapping-pointers", "/store/~1a");
    wrong(&store(json!({ "/a": " " })), "bad-name", "/store/~1a");
}

#[test]
fn a_document_of_mistakes_has_an_end() {
    let many: serde_json::Map<String, Value> = (0..5000).map(|at| (format!("p{at}"), json!("{"))).collect();
    let path = "/services/data/v62.0/query";
    wrong(&request(json!({ "path": path, "query": many.clone() })), "too-many-entries", "/query");
    wrong(&request(json!({ "path": path, "store": many.clone() })), "too-many-entries", "/store");
    let path = format!("/services/apexrest/x/{}", "a/".repeat(400_000));
    wrong(&request(json!({ "path": path })), "bad-path", "/path");
    let settings = write("POST", "/services/apexrest/x", many.into());
    let findings = Settings::check(&settings.to_string());
    assert_eq!(findings.len(), 101);
    assert_eq!(findings[100].code, "too-many-findings");
}
