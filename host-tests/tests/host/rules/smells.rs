//! Settings that are well formed and probably not meant: told while they are edited, silenced where they are.

use serde_json::{Value, json};

use crate::org::{check, findings, key, link, map, says, settings, source, with};

const SMELLS: [&str; 5] = ["mismatched-source", "look-alike-fields", "key-may-be-blank", "case-key", "weak-key"];

/// The smells of settings: code and path of each.
async fn smells(settings: &Value) -> Vec<(String, String)> {
    let checked = check(&settings.to_string()).await;
    assert!(findings(&checked, |finding| finding["severity"] == "error").is_empty(), "{checked:#}");
    let text = |finding: &Value, member: &str| finding[member].as_str().expect("a text").to_owned();
    findings(&checked, |finding| SMELLS.contains(&finding["code"].as_str().expect("a code")))
        .into_iter()
        .map(|finding| (text(finding, "code"), text(finding, "path")))
        .collect()
}

/// The mapping at `at` smells, until it is silenced: there, with that code, and nowhere else.
async fn smells_until_silenced(settings: &Value, at: usize, code: &str, member: &str) {
    let smell = vec![(code.to_owned(), format!("/mappings/{at}/{member}"))];
    assert_eq!(smells(settings).await, smell, "{settings:#}");
    let silenced = |at: usize, codes: &[&str]| {
        let mut settings = settings.clone();
        settings["mappings"][at]["silence"] = json!(codes);
        settings
    };
    assert!(smells(&silenced(at, &[code])).await.is_empty(), "{code}");
    assert!(smells(&silenced(at, &SMELLS)).await.is_empty(), "{code}");
    let others: Vec<&str> = SMELLS.into_iter().filter(|other| *other != code).collect();
    assert_eq!(smells(&silenced(at, &others)).await, smell, "another smell is silenced");
    for other in (0..settings["mappings"].as_array().expect("a list").len()).filter(|other| *other != at) {
        assert_eq!(smells(&silenced(other, &[code])).await, smell, "another mapping is silenced");
    }
}

fn mandatory(variable: &str, target: &str) -> Value {
    with(key(variable, target), json!({ "whenBlank": "fail" }))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_last_name_from_a_first_name_smells() {
    let settings = settings(
        [mandatory("customer_email", "Contact.Email"), map("customer_firstname", "Contact.LastName")],
        json!({}),
    );
    smells_until_silenced(&settings, 1, "mismatched-source", "source").await;
    let checked = check(&settings.to_string()).await;
    let finding = findings(&checked, |finding| finding["code"] == "mismatched-source")[0];
    assert_eq!(finding["severity"], "warning");
    says(finding, &["`LastName`", "a last name", "a first name"], &["\"silence\": [\"mismatched-source\"]"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_mismatches_smell_in_every_kind_of_source_and_spelling() {
    for (from, target) in [
        (json!({ "variable": "customer_phone" }), "Contact.Email"),
        (json!({ "variable": "email" }), "Contact.Phone"),
        (json!({ "variable": "user-Email" }), "Contact.LastName"),
        (json!({ "template": "{customer_zip}" }), "Contact.MailingCity"),
        (json!({ "template": "Tel. {telefonnummer}" }), "Lead.Company"),
        (json!({ "variable": "vorname" }), "Contact.LastName"),
        (json!({ "variable": "customer_lastname" }), "Case.SuppliedEmail"),
    ] {
        let settings = settings([source(from, target)], json!({}));
        smells_until_silenced(&settings, 0, "mismatched-source", "source").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_variable_in_two_fields_that_should_differ_smells() {
    let settings = settings(
        [map("customer_phone", "Contact.Phone"), map("name", "Contact.LastName"), map("customer_phone", "Contact.Fax")],
        json!({}),
    );
    smells_until_silenced(&settings, 2, "look-alike-fields", "source").await;
}

/// Another record may well have the same phone number.
#[tokio::test(flavor = "multi_thread")]
async fn one_variable_in_two_records_does_not_smell() {
    let settings = settings(
        [
            map("customer_email", "Contact.Email"),
            map("name", "Contact.LastName"),
            map("customer_email", "Case.SuppliedEmail"),
        ],
        json!({}),
    );
    assert!(smells(&settings).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_the_flow_may_leave_blank_smells() {
    let one = settings([key("customer_email", "Contact.Email"), map("name", "Contact.LastName")], json!({}));
    smells_until_silenced(&one, 0, "key-may-be-blank", "whenBlank").await;
    assert_eq!(severity(&one, "key-may-be-blank").await, "info");
    // With another key beside it, the other alone may find somebody else.
    let two = settings([key("customer_email", "Contact.Email"), mandatory("name", "Contact.LastName")], json!({}));
    smells_until_silenced(&two, 0, "key-may-be-blank", "whenBlank").await;
    assert_eq!(severity(&two, "key-may-be-blank").await, "warning");
}

async fn severity(settings: &Value, code: &str) -> String {
    let checked = check(&settings.to_string()).await;
    findings(&checked, |finding| finding["code"] == code)[0]["severity"].as_str().expect("a text").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_with_a_key_smells() {
    let settings =
        settings([mandatory("customer_email", "Case.SuppliedEmail"), map("topic", "Case.Subject")], json!({}));
    smells_until_silenced(&settings, 0, "case-key", "useToFindExisting").await;
    let checked = check(&settings.to_string()).await;
    let finding = findings(&checked, |finding| finding["code"] == "case-key")[0];
    says(finding, &["`SuppliedEmail`", "old Case"], &["\"useToFindExisting\": false", "\"case-key\""]);
}

/// The id of a Case is that Case; and with the org's schema at hand, so is a field that no two Cases share.
#[tokio::test(flavor = "multi_thread")]
async fn a_case_with_a_key_of_its_own_does_not_smell() {
    let by_id = settings([mandatory("case", "Case.Id"), map("topic", "Case.Subject")], json!({}));
    assert!(smells(&by_id).await.is_empty());
    let by_chat =
        settings([mandatory("chat", "Case.Chat_Conversation_Id__c"), map("topic", "Case.Subject")], json!({}));
    let org = crate::org::TestOrg::new().await;
    let prepared: Value = serde_json::from_str(&org.prepared(&by_chat).await).expect("JSON");
    assert!(smells(&prepared).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn good_mappings_do_not_smell() {
    let settings = settings(
        [
            mandatory("customer_email", "Contact.Email"),
            map("customer_firstname", "Contact.FirstName"),
            map("customer_lastname", "Contact.LastName"),
            map("customer_phone", "Contact.Phone"),
            map("customer_mobile", "Contact.MobilePhone"),
            map("customer_city", "Contact.MailingCity"),
            map("customer_zip", "Contact.MailingPostalCode"),
            map("answer_1", "Contact.Description"),
            map("topic", "Case.Subject"),
            source(json!({ "template": "{topic}: {customer_phone}, {customer_email}" }), "Case.Description"),
            source(json!({ "template": "{customer_firstname} {customer_lastname}" }), "Case.SuppliedName"),
            source(json!({ "constant": "Web" }), "Case.Origin"),
            link("Contact", "Case.ContactId"),
            map("support", "Lead.Company"),
            map("import", "Lead.City"),
            map("name", "Lead.LastName"),
        ],
        json!({}),
    );
    assert_eq!(smells(&settings).await, []);
    // A preset's own guesses are none of the author's mistakes.
    let preset = with(settings, json!({ "preset": "web-to-case" }));
    assert_eq!(smells(&preset).await, []);
}

/// They are hints, not rules: such settings run.
#[tokio::test(flavor = "multi_thread")]
async fn what_smells_runs_and_says_nothing_to_the_visitor() {
    let org = crate::org::TestOrg::new().await;
    let settings = settings([map("customer_firstname", "Contact.LastName")], json!({}));
    let outcome = org.done(&settings.to_string(), &json!({ "customer_firstname": "Berg" })).await;
    assert_eq!(outcome["findings"], json!([]));
}

/// What several people share must not decide alone which of them is overwritten.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_people_share_smells_where_it_decides_alone() {
    for (variable, target) in [
        ("customer_phone", "Contact.Phone"),
        ("mobile", "Contact.MobilePhone"),
        ("handynummer", "Contact.Handynummer__c"),
        ("firstname", "Contact.FirstName"),
        ("lastname", "Contact.LastName"),
        ("name", "Contact.Name"),
        ("city", "Contact.MailingCity"),
        ("land", "Contact.MailingCountry"),
        ("state", "Lead.StateCode"),
        ("zip", "Lead.PostalCode"),
        ("company", "Lead.Company"),
        ("born", "Contact.Birthdate"),
        ("job", "Contact.Title"),
        ("company", "Contact.Account.Name"),
    ] {
        let other = map("answer", if target.starts_with("Lead") { "Lead.Description" } else { "Contact.Description" });
        let alone = settings([mandatory(variable, target), other], json!({}));
        smells_until_silenced(&alone, 0, "weak-key", "useToFindExisting").await;
    }
    let phone = settings([mandatory("customer_phone", "Contact.Phone"), map("name", "Contact.LastName")], json!({}));
    let checked = check(&phone.to_string()).await;
    let finding = findings(&checked, |finding| finding["code"] == "weak-key")[0];
    assert_eq!(finding["severity"], "warning");
    says(finding, &["`Phone` alone", "spelling"], &["e-mail address", "\"silence\": [\"weak-key\"]"]);
}

/// Of several keys under `any`, each decides alone.
#[tokio::test(flavor = "multi_thread")]
async fn a_weak_key_beside_a_strong_one_smells_under_any_only() {
    let rows = [
        mandatory("email", "Contact.Email"),
        mandatory("firstname", "Contact.FirstName"),
        map("title", "Contact.Title"),
    ];
    assert_eq!(smells(&settings(rows.clone(), json!({}))).await, []);
    let any = settings(rows, json!({ "Contact": { "matchKeys": "any" } }));
    smells_until_silenced(&any, 1, "weak-key", "useToFindExisting").await;
}

/// A key that no two records share is none of them, whatever it is called; and a read overwrites nothing.
#[tokio::test(flavor = "multi_thread")]
async fn keys_of_one_record_are_not_weak() {
    for (variable, target) in [
        ("email", "Contact.Email"),
        ("id", "Contact.Id"),
        ("number", "Contact.Customer_No__c"),
        ("number", "Ticket__c.Name"),
        ("state", "Ticket__c.Statement__c"),
    ] {
        let object = target.split('.').next().expect("an object");
        let other = map("answer", &format!("{object}.Description__c"));
        let found = smells(&settings([mandatory(variable, target), other], json!({}))).await;
        assert!(found.iter().all(|(code, _)| code != "weak-key"), "{target}: {found:?}");
    }
    let mut read = settings([mandatory("customer_city", "Contact.MailingCity")], json!({}));
    read["mode"] = "sobject-read".into();
    let target = json!({ "object": "Contact", "field": "LastName", "target": { "variable": "name" } });
    read["mappings"].as_array_mut().expect("a list").push(target);
    assert_eq!(smells(&read).await, []);
}

/// What the org knows of a field counts for more than its name.
#[tokio::test(flavor = "multi_thread")]
async fn the_orgs_facts_decide_what_is_weak() {
    let settings = settings([mandatory("a", "Contact.Hotline__c"), map("b", "Contact.LastName")], json!({}));
    let facts = |facts: Value| {
        let fields = json!({ "Hotline__c": facts, "LastName": { "type": "string", "length": 80 } });
        with(
            settings.clone(),
            json!({ "schema": { "viewAllData": false, "objects": { "Contact": { "fields": fields } } } }),
        )
    };
    let phone = smells(&facts(json!({ "type": "phone", "length": 40 }))).await;
    assert!(phone.iter().any(|(code, _)| code == "weak-key"), "{phone:?}");
    for strong in [
        json!({ "type": "phone", "length": 40, "unique": true }),
        json!({ "type": "string", "length": 40, "externalId": true }),
        json!({ "type": "string", "length": 40 }),
    ] {
        let found = smells(&facts(strong.clone())).await;
        assert!(found.iter().all(|(code, _)| code != "weak-key"), "{strong}: {found:?}");
    }
}
