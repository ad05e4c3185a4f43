//! Fields that the org has another one beside: what `prepare` says, and what a run is told when nobody listened.

use serde_json::{Value, json};

use crate::org::{Preparation, TestOrg, codes, findings, map, says, settings, with};

async fn org() -> TestOrg {
    TestOrg::with(|org| {
        org.settings.state_and_country_picklists = true;
        org.settings.person_accounts = true;
    })
    .await
}

fn lead(rows: &[Value]) -> Value {
    let mut mappings = vec![map("name", "Lead.LastName"), map("company", "Lead.Company")];
    mappings.extend(rows.iter().cloned());
    with(settings([], json!({})), json!({ "mappings": mappings }))
}

fn found<'a>(prepared: &'a Preparation, code: &str) -> Vec<&'a Value> {
    findings(&prepared.answer, |finding| finding["code"] == code)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_country_or_a_state_as_text_points_to_its_code() {
    let settings = lead(&[map("country", "Lead.Country"), map("state", "Lead.State")]);
    let prepared = org().await.prepare(&settings).await;
    let remarks = found(&prepared, "state-or-country-text");
    assert_eq!(remarks.len(), 2, "{:#}", prepared.answer);
    assert_eq!((&remarks[0]["path"], &remarks[0]["severity"]), (&json!("/mappings/2/field"), &json!("warning")));
    says(remarks[0], &["`Country`", "labels"], &["`CountryCode`", "\"silence\": [\"state-or-country-text\"]"]);
    says(remarks[1], &["`State`"], &["`StateCode`"]);
    // Silenced, mapped to the code, or in an org without the lists, there is nothing to say.
    let silence = json!({ "silence": ["state-or-country-text"] });
    let silent = lead(&[with(map("country", "Lead.Country"), silence)]);
    let code = lead(&[map("country", "Lead.CountryCode"), map("state", "Lead.StateCode")]);
    for settings in [&silent, &code] {
        assert!(found(&org().await.prepare(settings).await, "state-or-country-text").is_empty());
    }
    assert!(found(&TestOrg::new().await.prepare(&settings).await, "state-or-country-text").is_empty());
}

/// What a custom field is called decides nothing: the code must be beside it.
#[tokio::test(flavor = "multi_thread")]
async fn other_fields_have_no_code() {
    let settings = settings([map("name", "Contact.LastName"), map("a", "Contact.MailingCity")], json!({}));
    assert!(found(&org().await.prepare(&settings).await, "state-or-country-text").is_empty());
}

/// With the code mapped, the chat may give either: the list of the org says which is meant.
#[tokio::test(flavor = "multi_thread")]
async fn a_prepared_code_takes_the_label_too() {
    let org = org().await;
    let settings = lead(&[map("country", "Lead.CountryCode")]);
    let prepared = org.prepared(&settings).await;
    for country in ["FR", "France", "france"] {
        org.done(&prepared, &json!({ "name": "Doe", "company": "Acme", "country": country })).await;
    }
    let countries: Vec<Value> = org.records("Lead").iter().map(|lead| lead["CountryCode"].clone()).collect();
    assert_eq!(countries, ["FR", "FR", "FR"]);
    // What is in no list is refused, and no finding says that Salesforce stores it as it is.
    let outcome = org.run(&prepared, &json!({ "name": "Doe", "company": "Acme", "country": "USA" })).await;
    assert_eq!(outcome["records"][0]["error"]["code"], "FIELD_INTEGRITY_EXCEPTION", "{outcome:#}");
    assert!(findings(&outcome, |finding| finding["code"] == "new-picklist-value").is_empty(), "{outcome:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_refusal_says_which_spellings_fit_and_that_the_visitor_may_correct_it() {
    let org = org().await;
    for (field, value) in [("Country", "USA"), ("Country", "FR"), ("CountryCode", "Frankreich"), ("State", "Bayern")] {
        let settings = lead(&[map("place", &format!("Lead.{field}"))]);
        let given = json!({ "name": "Doe", "company": "Acme", "place": value });
        let outcome = org.run(&settings.to_string(), &given).await;
        let error = &outcome["records"][0]["error"];
        assert_eq!(
            (&error["code"], &error["fields"]),
            (&json!("FIELD_INTEGRITY_EXCEPTION"), &json!([field])),
            "{outcome:#}"
        );
        let texts = &error["texts"];
        for (language, check) in [("en", "check what you have entered"), ("de", "prüfen Sie")] {
            let administrator = texts[language]["administrator"].as_str().expect("a text");
            assert!(
                administrator.contains("`CountryCode`") && administrator.contains("label")
                    || administrator.contains("Bezeichnung")
            );
            assert!(!administrator.contains(value), "{administrator}");
            assert!(texts[language]["visitor"].as_str().expect("a text").contains(check), "{texts:#}");
        }
    }
    assert!(org.records("Lead").is_empty());
}

fn account(rows: &[&str]) -> Value {
    let mappings: Vec<Value> = rows.iter().map(|field| map("value", &format!("Account.{field}"))).collect();
    with(settings([], json!({})), json!({ "mappings": mappings }))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_has_one_of_two_names() {
    let prepared = org().await.prepare(&account(&["LastName", "PersonEmail", "Name"])).await;
    let remarks = found(&prepared, "two-names");
    assert_eq!((remarks.len(), &remarks[0]["path"]), (1, &json!("/mappings/2/field")), "{:#}", prepared.answer);
    says(remarks[0], &["`Name`", "`LastName`"], &["Keep one"]);
    for rows in [["LastName", "PersonEmail"], ["Name", "Phone"]] {
        let prepared = org().await.prepare(&account(&rows)).await;
        let codes = codes(&prepared.answer);
        assert!(!codes.contains(&"two-names") && !codes.contains(&"required-field"), "{codes:?}");
    }
    let nameless = org().await.prepare(&account(&["Phone"])).await;
    says(nameless.refused("required-field", "/mappings/0/object"), &["`Name`", "`LastName`"], &["onlyUpdateExisting"]);
}
