//! A whole `prepare` over describes of real orgs.

use salesforce_module::module::{self, Session};
use salesforce_module::prepare::Prepared;
use salesforce_module::report::Status;
use salesforce_module::wire::{Request, TransportError};
use serde_json::{Value, json};

use crate::payloads::catalogue::{Kind, of};
use crate::payloads::files;
use crate::payloads::reading::{response, text};

const DOMAIN: &str = "example.my.salesforce.com";

/// Describes of an object of that name, and the list of all; what is not recorded is not found.
struct Recorded {
    describes: Vec<Value>,
    global: Value,
}

impl Recorded {
    fn read() -> Option<Self> {
        let describes = files::read(of(Kind::Describe))?.into_iter().map(|payload| payload.body).collect();
        let global = files::read(of(Kind::DescribeGlobal))?.swap_remove(0).body;
        Some(Self { describes, global })
    }

    /// The first one recorded of that object.
    fn describe(&self, sobject: &str) -> Option<&Value> {
        self.describes.iter().find(|describe| describe["name"] == sobject)
    }

    fn answer(&self, request: &Request) -> Value {
        if request.path.contains("/tooling/query") {
            return json!({ "totalSize": 0, "done": true, "records": [] });
        }
        let envelope: Value = serde_json::from_str(&request.body).expect("JSON");
        let parts = envelope["compositeRequest"].as_array().expect("a list").iter().map(|part| {
            let (_, resource) = text(part, "url").split_once(".0/").expect("a versioned path");
            let described = resource.strip_prefix("sobjects/").and_then(|rest| rest.strip_suffix("/describe"));
            let (status, body) = match (resource, described.and_then(|sobject| self.describe(sobject))) {
                ("sobjects", _) => (200, self.global.clone()),
                (_, Some(describe)) => (200, describe.clone()),
                _ if described.is_some() => (404, json!([{ "errorCode": "NOT_FOUND", "message": "" }])),
                _ => (200, json!({ "totalSize": 0, "done": true, "records": [] })),
            };
            json!({ "body": body, "httpHeaders": {}, "httpStatusCode": status, "referenceId": part["referenceId"] })
        });
        json!({ "compositeResponse": parts.collect::<Vec<_>>() })
    }

    fn prepare(&self, mappings: &Value) -> Prepared {
        let settings = json!({ "mode": "sobject-write", "deploymentDomain": DOMAIN, "mappings": mappings }).to_string();
        let session = Session { instance_url: &format!("https://{DOMAIN}"), access_token: "token" };
        let (prepare, _) = module::prepare(&session, &settings).unwrap_or_else(|findings| panic!("{findings:#?}"));
        let mut transport =
            |request: &Request| Ok::<_, TransportError>(response(200, self.answer(request).to_string().into_bytes()));
        prepare.drive(&mut transport)
    }
}

fn map(target: &str) -> Value {
    let (object, field) = target.split_once('.').expect("an object and a field");
    json!({ "source": { "variable": field }, "object": object, "field": field })
}

#[test]
fn settings_are_prepared_with_the_facts_of_real_describes() {
    let Some(recorded) = Recorded::read() else { return };
    let targets =
        ["Contact.LastName", "Contact.Email", "Lead.LastName", "Lead.Company", "Case.Subject", "Account.Name"];
    let prepared = recorded.prepare(&targets.map(map).to_vec().into());
    let settings = prepared.settings.unwrap_or_else(|| panic!("{:#?}", prepared.findings));
    assert_eq!(prepared.status, Status::Done);
    let settings: Value = serde_json::from_str(&settings).expect("JSON");
    for target in targets {
        let (object, field) = target.split_once('.').expect("an object and a field");
        let describe = recorded.describe(object).expect("a describe");
        let fields = describe["fields"].as_array().expect("a list");
        let described = fields.iter().find(|described| described["name"] == field).expect("the field");
        let facts = &settings["schema"]["objects"][object]["fields"][field];
        assert_eq!((&facts["type"], &facts["length"]), (&described["type"], &described["length"]), "{target}");
        assert_eq!(facts["idLookup"] == true, described["idLookup"] == true, "{target}");
    }
}

#[test]
fn a_misspelt_object_is_told_the_name_that_the_org_lists() {
    let Some(recorded) = Recorded::read() else { return };
    for (misspelt, meant) in [("Contakt", "Contact"), ("Acount", "Account"), ("Opportunty", "Opportunity")] {
        let listed = recorded.global["sobjects"].as_array().expect("a list").iter();
        assert!(listed.map(|sobject| text(sobject, "name")).any(|name| name == meant), "{meant}");
        let prepared = recorded.prepare(&json!([map(&format!("{misspelt}.Name"))]));
        assert!(prepared.settings.is_none());
        let unknown = prepared.findings.iter().find(|finding| finding.code == "unknown-object").expect("a finding");
        assert!(
            unknown.remedy.get(salesforce_module::base::Language::En).contains(&format!("`{meant}`")),
            "{unknown:?}"
        );
    }
}
