//! What the simulator answers to the requests that the payloads answer.

use host_tests::simulator::{Org, Request, Response};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::payloads::catalogue::Kind;

const BASE: &str = "/services/data/v62.0";

/// An org, and a client that is logged in.
pub struct Caller {
    pub org: Org,
    now: Timestamp,
}

impl Caller {
    pub fn new() -> Self {
        let mut org = Org::new();
        org.settings.pkce_required = false;
        Self { org, now: "2026-11-22T10:00:00Z".parse().expect("a time") }
    }

    /// `target` is relative to the versioned base, unless it starts with `/services` or `/id`.
    pub fn send(&mut self, method: &str, target: &str, body: Option<Value>) -> Response {
        self.send_with(method, target, body, &[])
    }

    fn send_with(&mut self, method: &str, target: &str, body: Option<Value>, more: &[(&str, &str)]) -> Response {
        let is_whole = target.starts_with("/services") || target.starts_with("/id/");
        let target = if is_whole { target.to_owned() } else { format!("{BASE}{target}") };
        let (path, query) = target.split_once('?').map_or((&*target, None), |(path, query)| (path, Some(query)));
        let token = ("authorization", &*format!("Bearer {}", self.org.access_token()));
        let headers = [token, ("content-type", "application/json")];
        let headers = headers.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.now += jiff::SignedDuration::from_secs(1);
        let request = Request {
            method: method.into(),
            path: path.into(),
            query: query.map(Into::into),
            headers: headers.collect(),
            body: body.map(|body| body.to_string().into_bytes()).unwrap_or_default(),
        };
        self.org.handle(&request, self.now)
    }

    fn get(&mut self, target: &str) -> Value {
        self.answer("GET", target, None)
    }

    /// The body of an answer that must be no refusal.
    fn answer(&mut self, method: &str, target: &str, body: Option<Value>) -> Value {
        let response = self.send(method, target, body);
        assert!(response.status < 300, "{method} {target}: {} {}", response.status, response.json());
        response.json()
    }

    pub fn create(&mut self, sobject: &str, body: Value) -> Value {
        self.answer("POST", &format!("/sobjects/{sobject}"), Some(body))
    }

    pub fn id(&mut self, sobject: &str, body: Value) -> String {
        self.create(sobject, body)["id"].as_str().expect("an id").to_owned()
    }

    fn form(&mut self, target: &str, form: &str) -> Value {
        self.now += jiff::SignedDuration::from_secs(1);
        let headers = vec![("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned())];
        let request = Request {
            method: "POST".into(),
            path: format!("/services/oauth2/{target}"),
            query: None,
            headers,
            body: form.as_bytes().to_vec(),
        };
        self.org.handle(&request, self.now).json()
    }

    fn composite(&mut self, all_or_none: bool, parts: Value) -> Value {
        self.answer("POST", "/composite", Some(json!({ "allOrNone": all_or_none, "compositeRequest": parts })))
    }
}

/// Answers of that kind; together they should hold whatever the simulator can say there.
pub fn answers(kind: Kind) -> Vec<Value> {
    let mut org = Caller::new();
    let contact = json!({ "LastName": "Berg", "Customer_No__c": "1" });
    match kind {
        Kind::Created => vec![org.create("Contact", contact)],
        Kind::Upserted => {
            let upsert = |org: &mut Caller| {
                org.answer("PATCH", "/sobjects/Contact/Email/a%40example.com", Some(json!({ "LastName": "Berg" })))
            };
            vec![upsert(&mut org), upsert(&mut org)]
        }
        Kind::Empty => {
            let id = org.id("Contact", contact);
            let path = format!("/sobjects/Contact/{id}");
            let updated = org.send("PATCH", &path, Some(json!({ "LastName": "Berg-Olsen" })));
            let deleted = org.send("DELETE", &path, None);
            assert_eq!((updated.status, deleted.status), (204, 204));
            vec![updated.json(), deleted.json()]
        }
        Kind::Record => {
            let id = org.id("Contact", contact);
            vec![org.get(&format!("/sobjects/Contact/{id}")), org.get("/sobjects/Contact/Customer_No__c/1")]
        }
        Kind::Query => queries(&mut org),
        Kind::Composite => composites(&mut org),
        Kind::Subresult => {
            let answers = composites(&mut org);
            let parts = answers.iter().flat_map(|answer| answer["compositeResponse"].as_array().expect("a list"));
            let recorded = |part: &&Value| part["referenceId"] == "created" || part["referenceId"] == "email";
            parts.filter(recorded).cloned().collect()
        }
        Kind::Describe => {
            let names = ["Account", "Contact", "Lead", "Case", "Ticket__c", "acme__Order__c"];
            names.iter().map(|name| org.get(&format!("/sobjects/{name}/describe"))).collect()
        }
        Kind::DescribeInComposite => {
            let url = format!("{BASE}/sobjects/Account/describe");
            vec![org.composite(false, json!([{ "method": "GET", "url": url, "referenceId": "account" }]))]
        }
        Kind::DescribeGlobal => vec![org.get("/sobjects")],
        Kind::Basic => {
            org.create("Account", json!({ "Name": "Acme" }));
            vec![org.get("/sobjects/Account")]
        }
        Kind::Saves | Kind::Upserts | Kind::Deleted | Kind::Retrieved | Kind::Batch | Kind::Graphs => {
            several(&mut org, kind)
        }
        Kind::Tokens => vec![org.refreshed()],
        Kind::TokenError => {
            vec![org.form("token", "grant_type=refresh_token"), org.form("token", "grant_type=magic")]
        }
        Kind::UserInfo => vec![org.get("/services/oauth2/userinfo")],
        Kind::Identity => {
            let url = org.get("/")["identity"].as_str().expect("an address").to_owned();
            vec![org.get(url.strip_prefix("https://login.salesforce.com").expect("the login host"))]
        }
        Kind::Versions => vec![org.get("/services/data/")],
        Kind::Limits => vec![org.get("/limits")],
        Kind::Error => panic!("each refusal has a request of its own"),
    }
}

impl Caller {
    fn refreshed(&mut self) -> Value {
        let app = format!("client_id={}&client_secret={}", self.org.client_id(), self.org.client_secret());
        let callback = "redirect_uri=http%3A%2F%2Flocalhost%2Fcallback";
        let query = format!("response_type=code&{callback}&{app}");
        let location = self.org.approve(&query).expect("a way back to the app");
        let (_, code) = location.split_once("code=").expect("a code");
        let tokens = self.form("token", &format!("grant_type=authorization_code&code={code}&{callback}&{app}"));
        let refresh_token = tokens["refresh_token"].as_str().unwrap_or_else(|| panic!("{tokens}"));
        // Apps of an org's own need not rotate, and the recorded one did not.
        self.org.settings.refresh_token_rotation = false;
        self.form("token", &format!("grant_type=refresh_token&refresh_token={refresh_token}&{app}"))
    }
}

fn queries(org: &mut Caller) -> Vec<Value> {
    let contact = org.id("Contact", json!({ "LastName": "Berg" }));
    for _ in 0..201 {
        org.create("Case", json!({ "ContactId": contact, "Subject": "Help" }));
    }
    let select = "/query?q=SELECT+Id,Contact.LastName,Owner.Name+FROM+Case";
    let first = org.send_with("GET", select, None, &[("sforce-query-options", "batchSize=200")]).json();
    let next = first["nextRecordsUrl"].as_str().expect("a next page").to_owned();
    let none = org.get("/query?q=SELECT+Id+FROM+Lead");
    vec![org.get(&next), first, none]
}

fn composites(org: &mut Caller) -> Vec<Value> {
    let part = |reference: &str, method: &str, path: &str, body: Value| {
        let mut part = json!({ "method": method, "url": format!("{BASE}{path}"), "referenceId": reference });
        if !body.is_null() {
            part["body"] = body;
        }
        part
    };
    let existing = org.id("Contact", json!({ "LastName": "Berg" }));
    let row = format!("/sobjects/Contact/{existing}");
    let mut unchanged = part("unchanged", "GET", &row, Value::Null);
    unchanged["httpHeaders"] = json!({ "If-Modified-Since": "Mon, 23 Nov 2026 10:00:00 GMT" });
    let good = json!([
        part("query", "GET", "/query?q=SELECT+Id,Owner.Name+FROM+Case", Value::Null),
        part("created", "POST", "/sobjects/Case", json!({ "ContactId": existing })),
        part("updated", "PATCH", &row, json!({ "Title": "Dr" })),
        part("upserted", "PATCH", "/sobjects/Contact/Customer_No__c/9", json!({ "LastName": "Olsen" })),
        part("read", "GET", &row, Value::Null),
        unchanged,
    ]);
    let records =
        json!([{ "attributes": { "type": "Contact" }, "LastName": "A" }, { "attributes": { "type": "Contact" } }]);
    let bad = json!([
        part("email", "POST", "/sobjects/Contact", json!({ "LastName": "A", "Email": "nobody" })),
        part("parent", "POST", "/sobjects/Contact", json!({ "LastName": "A", "Account": { "Customer_No__c": "x" } })),
        part("column", "POST", "/sobjects/Contact", json!({ "LastName": "A", "Nope__c": "x" })),
        part("several", "POST", "/composite/sobjects", json!({ "records": records })),
    ]);
    vec![org.composite(true, good), org.composite(false, bad.clone()), org.composite(true, bad)]
}

/// Collections and batches.
fn several(org: &mut Caller, kind: Kind) -> Vec<Value> {
    let contact = |fields: Value| {
        let mut record = json!({ "attributes": { "type": "Contact" } });
        record.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
        record
    };
    let good = contact(json!({ "LastName": "Berg", "Customer_No__c": "1" }));
    let bad = contact(json!({ "Email": "nobody", "Customer_No__c": "2" }));
    let both = json!({ "records": [good, bad] });
    match kind {
        Kind::Saves => {
            let mut all = both.clone();
            all["allOrNone"] = true.into();
            vec![
                org.answer("POST", "/composite/sobjects", Some(both.clone())),
                org.answer("PATCH", "/composite/sobjects", Some(both)),
                org.answer("POST", "/composite/sobjects", Some(all)),
            ]
        }
        Kind::Upserts => {
            let path = "/composite/sobjects/Contact/Customer_No__c";
            let first = org.answer("PATCH", path, Some(both.clone()));
            vec![first, org.answer("PATCH", path, Some(both))]
        }
        Kind::Deleted => {
            let id = org.id("Contact", json!({ "LastName": "Berg" }));
            vec![org.answer("DELETE", &format!("/composite/sobjects?ids={id},nope"), None)]
        }
        Kind::Graphs => {
            let id = org.id("Contact", json!({ "LastName": "Berg" }));
            let node = |method: &str, path: String, body: Value| {
                let url = format!("/services/data/v62.0/sobjects/{path}");
                json!({ "referenceId": "node", "method": method, "url": url, "body": body })
            };
            let create = node("POST", "Contact".into(), json!({ "LastName": "Cole" }));
            let update = node("PATCH", format!("Contact/{id}"), json!({ "Title": "Dr" }));
            let graphs =
                [("a", create), ("b", update)].map(|(id, node)| json!({ "graphId": id, "compositeRequest": [node] }));
            vec![org.answer("POST", "/composite/graph", Some(json!({ "graphs": graphs })))]
        }
        Kind::Retrieved => {
            let id = org.id("Contact", json!({ "LastName": "Berg" }));
            let path = format!("/composite/sobjects/Contact?ids={id},003000000000001&fields=LastName");
            vec![org.get(&path)]
        }
        _ => {
            let id = org.id("Contact", json!({ "LastName": "Berg" }));
            let url = format!("v62.0/sobjects/Contact/{id}");
            let update = json!({ "method": "PATCH", "url": url, "richInput": { "Title": "Dr" } });
            let requests = json!([update, { "method": "GET", "url": url }]);
            vec![org.answer("POST", "/composite/batch", Some(json!({ "batchRequests": requests })))]
        }
    }
}
