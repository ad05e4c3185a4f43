//! What a log says of a call: whose it was, and which fields were written.

use salesforce_module::audit::{Audit, MAX_CORRELATION, check, check_each};
use salesforce_module::base::Line;
use salesforce_module::log;
use salesforce_module::module::{self, Session};
use salesforce_module::report::RunKind;
use salesforce_module::salesforce::Domain;
use salesforce_module::wire::TransportErrorKind;
use serde_json::{Value, json};

use crate::common::many::{contacts, map, settings, support};
use crate::stage::{Fault, Stage};

const DOMAIN: &str = "example.my.salesforce.com";

fn logged(stage: &mut Stage, settings: &Value, variables: &Value) -> Value {
    let session = Session { instance_url: &format!("https://{DOMAIN}"), access_token: "token" };
    let settings = settings.to_string();
    let (started, domain) =
        module::start(&session, &settings, &variables.to_string(), RunKind::Write).expect("good input");
    let ending = started.drive(stage);
    let audit = Audit::new(&domain, &settings, Some("conversation-7/step-2".to_owned())).expect("a correlation");
    let audit = audit.took(12).wrote(&ending.written_fields());
    json!(audit.note(log::outcome(&ending.into_outcome())))
}

fn written(log: &Value) -> Vec<Value> {
    log["records"].as_array().expect("records").iter().map(|record| record["written"].clone()).collect()
}

#[test]
fn a_log_names_the_call_and_the_fields_that_were_written() {
    let mut stage = Stage::new();
    let anna = json!({ "mail": "anna@example.com", "name": "Berg", "topic": "Repair" });
    let log = logged(&mut stage, &contacts(), &anna);
    assert_eq!(log["correlation"], "conversation-7/step-2");
    let call = &log["call"];
    assert_eq!((&call["org"], &call["milliseconds"]), (&json!(DOMAIN), &json!(12)));
    assert_eq!(call["module"], env!("CARGO_PKG_VERSION"));
    assert_eq!(written(&log), [json!(["Email", "LastName"])]);
    // Nothing was sent for it.
    assert_eq!(written(&logged(&mut stage, &contacts(), &anna)), [json!([])]);
    // One field differs.
    let married = json!({ "mail": "anna@example.com", "name": "Holm" });
    let log = logged(&mut stage, &contacts(), &married);
    assert_eq!(written(&log), [json!(["LastName"])]);
    assert!(!log.to_string().contains("Holm") && !log.to_string().contains("anna@"), "{log}");
}

#[test]
fn links_are_among_the_fields() {
    let anna = json!({ "mail": "anna@example.com", "name": "Berg", "topic": "Repair" });
    let log = logged(&mut Stage::new(), &support(), &anna);
    let of_case = log["records"][1]["written"].as_array().expect("fields").clone();
    assert!(of_case.contains(&json!("ContactId")) && of_case.contains(&json!("Subject")), "{log}");
}

/// A write that was refused has written nothing; one whose answer was lost may have.
#[test]
fn only_what_may_be_there_counts_as_written() {
    let anna = json!({ "mail": "anna@example.com", "name": "Berg" });
    let refused =
        settings(json!([map("mail", "Contact", "NoSuchField__c"), map("name", "Contact", "LastName")]), json!({}));
    let log = logged(&mut Stage::new(), &refused, &anna);
    assert_eq!((&log["status"], written(&log)), (&json!("failed"), vec![json!([])]), "{log}");
    let lost = Fault::Ignored(TransportErrorKind::CutOff);
    let log = logged(&mut Stage::with(2, lost), &contacts(), &anna);
    assert_eq!(log["records"][0]["result"], "unknown", "{log}");
    assert_eq!(written(&log), [json!(["Email", "LastName"])]);
}

#[test]
fn settings_are_known_by_the_sum_of_their_bytes() {
    let domain = Domain::parse(DOMAIN).expect("a domain");
    let sum = |settings: &str| {
        let audit = Audit::new(&domain, settings, None).expect("none");
        json!(audit.note(Line::Object(Vec::new())))["call"]["settings"].clone()
    };
    // `printf '{}' | sha256sum`
    assert_eq!(sum("{}"), "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    assert_ne!(sum("{}"), sum("{ }"));
}

#[test]
fn a_correlation_that_would_break_a_log_is_refused_before_anything_is_sent() {
    let long = "x".repeat(MAX_CORRELATION + 1);
    for bad in ["", "a\nb", "\u{1b}[2K", "a\u{2028}b", long.as_str()] {
        assert!(check(Some(bad), "correlation").is_err(), "{bad:?}");
    }
    let many = [Some("a".to_owned()), None, Some("b\n".to_owned())];
    let findings = check_each(&many).expect_err("the third is none");
    assert_eq!(findings[0].path, "conversations/2/correlation");
    assert!(!findings[0].message.get(salesforce_module::base::Language::En).contains("b\n"));
}
