//! What authors and hosts write: constants, templates, names of variables, the deployment domain and the session.

use proptest::prelude::*;
use salesforce_module::module::{Session, check, start};
use salesforce_module::report::RunKind;
use serde_json::{Value, json};

use crate::documents::config;
use crate::org::{DOMAIN, map, settings, source, with};
use crate::sent::run;
use crate::typed::{acceptable, typed};

/// No finding of an error.
fn runs(settings: &Value) -> bool {
    !salesforce_module::base::has_error(&check(&settings.to_string()))
}

proptest! {
    #![proptest_config(config(1000))]

    #[test]
    fn a_constant_is_one_text_of_the_body(text in typed()) {
        let of = |text: &str| {
            settings([source(json!({ "constant": text }), "Contact.Description"), map("name", "Contact.LastName")], json!({}))
        };
        if runs(&of(&text)) {
            let (sent, harmless) = (run(&of(&text).to_string(), &json!({ "name": "x" })), run(&of("x").to_string(), &json!({ "name": "x" })));
            prop_assert_eq!(sent.around(), harmless.around());
            prop_assert_eq!(sent.written("/Description"), [text.trim()]);
        } else {
            prop_assert!(text.contains("@{") || text.trim().is_empty(), "{:?}", check(&of(&text).to_string()));
        }
    }

    /// It is a name in the flow, and Salesforce never hears it.
    #[test]
    fn the_name_of_an_outcome_variable_is_in_no_request(name in acceptable()) {
        let of = |name: &str| with(settings([map("v", "Contact.LastName")], json!({ "Contact": { "store": { "Id": name } } })), json!({}));
        let variables = json!({ "v": "Berg" });
        prop_assume!(runs(&of(&name)));
        let (sent, harmless) = (run(&of(&name).to_string(), &variables), run(&of("id").to_string(), &variables));
        prop_assert_eq!(&sent.requests, &harmless.requests);
        prop_assert_eq!(sent.outcome.variables.get(&name).and_then(Value::as_str), Some("003000000000001AAA"));
        prop_assert_eq!(sent.outcome.variables.len(), 1);
    }

    #[test]
    fn the_name_of_a_chat_variable_is_in_no_request(name in acceptable()) {
        let of = |name: &str| settings([map(name, "Contact.LastName")], json!({}));
        prop_assume!(runs(&of(&name)));
        let sent = run(&of(&name).to_string(), &json!({ name: "Berg" }));
        let harmless = run(&of("v").to_string(), &json!({ "v": "Berg" }));
        prop_assert_eq!(sent.requests, harmless.requests);
    }

    /// Names of objects and fields stand in queries and paths as they are, so no other than an API name is one.
    #[test]
    fn an_object_or_a_field_with_another_name_than_an_api_name_is_refused(name in typed()) {
        let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        for target in [format!("Contact.{name}"), format!("{name}.LastName")] {
            let Some((object, field)) = target.split_once('.') else { continue };
            let row = json!({ "source": { "variable": "v" }, "object": object, "field": field });
            let parts = field.split('.').chain([object]);
            prop_assert!(!runs(&settings([row], json!({}))) || parts.into_iter().all(is_name), "{target}");
        }
        let store = settings([map("v", "Contact.LastName")], json!({ "Contact": { "store": { name.clone(): "v" }, "recordType": name } }));
        prop_assert!(!runs(&store) || is_name(&name), "{name}");
    }

    #[test]
    fn a_session_or_a_domain_is_this_orgs_or_refused(text in typed(), at in 0..3_usize) {
        let text = [text.clone(), format!("{DOMAIN}{text}"), format!("{text}.my.salesforce.com")][at].clone();
        let document = |domain: &str| with(settings([map("v", "Contact.LastName")], json!({})), json!({ "deploymentDomain": domain })).to_string();
        let begin = |instance_url: &str, domain: &str| {
            let session = Session { instance_url, access_token: "token" };
            start(&session, &document(domain), "{}", RunKind::Write).map(|(_, domain)| domain.to_string())
        };
        for began in [begin(&format!("https://{text}"), DOMAIN), begin(&format!("https://{DOMAIN}"), &text)] {
            prop_assert!(began.is_err() || (began == Ok(DOMAIN.to_owned()) && text.trim().trim_end_matches('/').eq_ignore_ascii_case(DOMAIN)), "{text:?}");
        }
    }
}
