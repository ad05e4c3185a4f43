//! Settings and conversations that get in each other's way.

use proptest::prelude::*;
use proptest::sample::select;
use salesforce_module::module;
use serde_json::{Value, json};

use crate::common::many::{link_key, only};
use crate::many::support::{SESSION, key, link, map, settings};
use crate::stage::Stage;

/// Settings that differ in what can go wrong between two conversations.
pub fn all_settings() -> Vec<Value> {
    let name = || map("name", "Contact", "LastName");
    let first = || map("first", "Contact", "FirstName");
    let mail = || key("mail", "Contact", "Email");
    let phone = || key("phone", "Contact", "Phone");
    let case = || map("topic", "Case", "Subject");
    let mut if_empty = first();
    if_empty["overwrite"] = "if-empty".into();
    let mut must = key("mail", "Contact", "Email");
    must["whenBlank"] = "fail".into();
    vec![
        settings(json!([mail(), name(), first()]), json!({})),
        settings(json!([mail(), phone(), name(), if_empty]), json!({ "Contact": { "matchKeys": "any" } })),
        settings(json!([mail(), phone(), name()]), json!({ "Contact": { "matchKeys": "all" } })),
        settings(json!([mail(), name()]), json!({ "Contact": { "onlyUpdateExisting": true } })),
        settings(json!([must, name()]), json!({ "Contact": { "whenSeveralMatch": "most-recently-modified" } })),
        settings(
            json!([mail(), name(), case(), link("Contact", "Case", "ContactId")]),
            json!({ "Case": { "store": { "CaseNumber": "number" } } }),
        ),
        settings(
            json!([
                mail(),
                name(),
                key("other", "Friend", "Email"),
                map("first", "Friend", "LastName"),
                link("Contact", "Friend", "ReportsToId"),
            ]),
            json!({ "Friend": { "sobject": "Contact" } }),
        ),
        settings(
            json!([mail(), name(), map("other", "Contact", "Phone")]),
            json!({ "Contact": { "duplicateRule": "adopt" } }),
        ),
        settings(
            json!([case()]),
            json!({ "Case": { "idempotency": { "field": "Chat_Conversation_Id__c", "variable": "phone" } } }),
        ),
        settings(json!([name(), case(), link("Contact", "Case", "ContactId")]), json!({})),
        settings(
            json!([
                key("mail", "Person", "Email"),
                map("name", "Person", "LastName"),
                map("phone", "Person", "Phone"),
                { "source": { "constant": "Acme" }, "object": "Person", "field": "Company", "onlyFor": ["Lead"] },
            ]),
            json!({ "Person": { "lookIn": ["Contact", "Lead"] } }),
        ),
        // A duplicate rule goes by the phone: what is adopted is found by others, too.
        settings(
            json!([mail(), name(), map("phone", "Contact", "Phone")]),
            json!({ "Contact": { "duplicateRule": "adopt" } }),
        ),
        settings(
            json!([key_if_empty("mail", "Contact", "Email"), name(), first(), map("phone", "Contact", "Phone")]),
            json!({ "Contact": { "duplicateRule": "adopt" } }),
        ),
        settings(
            json!([name(), map("phone", "Contact", "Phone"), case(), link("Contact", "Case", "ContactId")]),
            json!({ "Contact": { "duplicateRule": "adopt" } }),
        ),
        // One of two keys is written by another record.
        settings(
            json!([
                mail(),
                name(),
                map("phone", "Contact", "Phone"),
                key("other", "Friend", "Email"),
                key("phone", "Friend", "Phone"),
                map("first", "Friend", "LastName"),
            ]),
            json!({ "Friend": { "sobject": "Contact" } }),
        ),
        // A link to an account changes who is found by the account's number, and so does the number of an account.
        settings(
            json!([
                key("number", "Account", "Name"),
                map("account", "Account", "Customer_No__c"),
                mail(),
                name(),
                link("Account", "Contact", "AccountId"),
                key("other_account", "Friend", "Account.Customer_No__c"),
                map("first", "Friend", "FirstName"),
            ]),
            json!({ "Friend": { "sobject": "Contact", "onlyUpdateExisting": true, "whenSeveralMatch": "most-recently-modified" } }),
        ),
        // A link fills the field by which another case is found.
        settings(
            json!([
                mail(),
                name(),
                case(),
                link("Contact", "Case", "ContactId"),
                key("reference", "Known", "ContactId"),
                map("first", "Known", "Description"),
            ]),
            json!({ "Known": { "sobject": "Case", "onlyUpdateExisting": true, "whenSeveralMatch": "most-recently-modified" } }),
        ),
        // Letters of all kinds.
        settings(json!([key("letters", "Contact", "LastName"), first()]), json!({})),
        settings(
            json!([key("letters", "Contact", "LastName"), mail(), first()]),
            json!({ "Contact": { "matchKeys": "any" } }),
        ),
        // Groups of keys: with the first name, else without it.
        settings(
            json!([mail(), key("first", "Contact", "FirstName"), name(), map("phone", "Contact", "Phone")]),
            json!({ "Contact": { "matchKeys": [["Email", "FirstName"], ["Email"]] } }),
        ),
        settings(
            json!([mail(), key("phone", "Contact", "Phone"), name(), key("first", "Contact", "FirstName")]),
            json!({ "Contact": { "matchKeys": [["Phone", "FirstName"], ["Email"], ["FirstName"]] } }),
        ),
        // A value is added to what is there.
        settings(json!([mail(), name(), appended(map("first", "Contact", "FirstName"))]), json!({})),
        settings(
            json!([mail(), phone(), name(), appended(map("first", "Contact", "FirstName"))]),
            json!({ "Contact": { "matchKeys": "any" } }),
        ),
        // Keys that only find.
        settings(
            json!([only(key("mail", "Contact", "Email")), name(), only(key("phone", "Contact", "Phone"))]),
            json!({ "Contact": { "matchKeys": "any" } }),
        ),
        settings(
            json!([only(mail()), case(), link("Contact", "Case", "ContactId"), first_of_case()]),
            json!({ "Contact": {} }),
        ),
        // Records that are found by the one that they belong to.
        settings(
            json!([
                mail(),
                name(),
                link_key("Contact", "Case", "ContactId"),
                key("topic", "Case", "Subject"),
                first_of_case()
            ]),
            json!({}),
        ),
        settings(
            json!([mail(), name(), link_key("Contact", "Case", "ContactId"), case()]),
            json!({ "Case": { "whenSeveralMatch": "most-recently-modified" } }),
        ),
        settings(
            json!([mail(), phone(), name(), link_key("Contact", "Case", "ContactId"), case(), first_of_case()]),
            json!({ "Contact": { "matchKeys": "any" }, "Case": { "whenSeveralMatch": "most-recently-modified" } }),
        ),
        settings(
            json!([mail(), name(), only(link_key("Contact", "Case", "ContactId")), case()]),
            json!({ "Contact": { "onlyUpdateExisting": true }, "Case": { "onlyUpdateExisting": true } }),
        ),
        settings(
            json!([
                key("number", "Account", "Name"),
                mail(),
                name(),
                link_key("Account", "Contact", "AccountId"),
                first()
            ]),
            json!({ "Contact": { "matchKeys": [["AccountId", "Email"], ["Email"]] } }),
        ),
        settings(
            json!([
                key("mail", "Person", "Email"),
                map("name", "Person", "LastName"),
                { "source": { "constant": "Acme" }, "object": "Person", "field": "Company", "onlyFor": ["Lead"] },
                with_only_for(link_key("Person", "Case", "ContactId")),
                key("topic", "Case", "Subject"),
                first_of_case(),
            ]),
            json!({ "Person": { "lookIn": ["Contact", "Lead"] } }),
        ),
        settings(
            json!([mail(), name(), map("phone", "Contact", "Phone"), link_key("Contact", "Case", "ContactId"), case()]),
            json!({ "Contact": { "duplicateRule": "adopt" }, "Case": { "whenSeveralMatch": "most-recently-modified" } }),
        ),
        // A unique value that is no key: one line frees it, another takes it. Which field is unique, only `prepare` knows.
        prepared(&settings(json!([mail(), name(), map("account", "Contact", "Customer_No__c")]), json!({}))),
        prepared(&settings(json!([key("account", "Contact", "Customer_No__c"), name(), mail_field()]), json!({}))),
    ]
}

fn appended(mut row: Value) -> Value {
    row["overwrite"] = "append".into();
    row
}

fn first_of_case() -> Value {
    map("first", "Case", "Description")
}

/// The key is never written.
fn with_only_for(mut row: Value) -> Value {
    row["onlyFor"] = json!(["Contact"]);
    row
}

fn mail_field() -> Value {
    map("mail", "Contact", "Email")
}

/// With the facts of an org.
pub fn prepared(settings: &Value) -> Value {
    let (prepare, _) = module::prepare(&SESSION, &settings.to_string()).expect("good settings");
    let prepared = prepare.drive(&mut org(&Value::Null)).settings.expect("prepared settings");
    serde_json::from_str(&prepared).expect("JSON")
}

fn key_if_empty(variable: &str, object: &str, field: &str) -> Value {
    let mut key = key(variable, object, field);
    key["overwrite"] = "if-empty".into();
    key
}

/// A rule that finds duplicates, where the settings adopt them.
fn adopts(settings: &Value) -> bool {
    settings["objects"]["Contact"]["duplicateRule"] == "adopt"
}

pub fn conversation() -> impl Strategy<Value = Value> {
    let mails = select(vec!["anna@example.com", "ANNA@example.com", "ben@example.com", "carl@example.com", "", "no"]);
    let names = select(vec!["Berg", "berg", "Olsen", "Müller", ""]);
    let phones = select(vec!["110", "112", "0", ""]);
    let others = select(vec!["anna@example.com", "dora@example.com", ""]);
    let letters = select(vec![
        "Straße",
        "STRASSE",
        "K-100",
        "k-100",
        "\u{212A}-100",
        "Ștefan",
        "ștefan",
        "東京",
        "大阪",
        "塚",
        "\u{FA10}",
        "محمد",
        "😀",
        "Berg",
    ]);
    let accounts = select(vec!["A1", "A2", "a1", ""]);
    let people = (mails, names, phones, others, select(vec!["Anna", "Ben", ""]), select(vec!["A", "B"]));
    let more = (letters, accounts.clone(), accounts, select(vec!["North", "South", ""]), 0..4_usize);
    (people, more).prop_map(
        |((mail, name, phone, other, first, topic), (letters, account, other_account, number, reference))| {
            let references = known_contacts();
            json!({
                "mail": mail, "name": name, "phone": phone, "other": other, "first": first, "topic": topic, "letters": letters,
                "account": account, "other_account": other_account, "number": number, "reference": references.get(reference),
            })
        },
    )
}

/// Their ids, which are the same in every org.
fn known_contacts() -> Vec<String> {
    static IDS: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    let ids = || {
        let contacts = org(&Value::Null).org.records("Contact");
        contacts.iter().filter_map(|contact| contact["Id"].as_str().map(str::to_owned)).collect()
    };
    IDS.get_or_init(ids).clone()
}

/// Some who are known already, two of them alike.
pub fn org(settings: &Value) -> Stage {
    let mut stage = Stage::new();
    let seed = json!({ "Contact": [
        { "LastName": "Berg", "Email": "ben@example.com", "Phone": "110" },
        { "LastName": "Zwei", "Email": "carl@example.com", "Phone": "112" },
        { "LastName": "Drei", "Email": "carl@example.com" },
        { "LastName": "strasse", "Email": "s@example.com", "Phone": "0", "Customer_No__c": "A2" },
    ], "Account": [{ "Name": "North", "Customer_No__c": "A1" }] });
    stage.org.seed(&seed, jiff::Timestamp::UNIX_EPOCH).expect("a seed");
    if adopts(settings) {
        assert!(stage.org.add_duplicate_rule("Contact", "Phone", false));
    }
    stage
}

/// The records, and of a link what it leads to.
pub fn state(stage: &Stage) -> Vec<Value> {
    let contacts = stage.org.records("Contact");
    let accounts = stage.org.records("Account");
    let account = |id: &Value| {
        let found = accounts.iter().find(|account| account["Id"] == *id);
        found.map(|account| account["Name"].clone()).unwrap_or_default()
    };
    let name = |id: &Value| {
        let found = contacts.iter().find(|contact| contact["Id"] == *id);
        found.map(|contact| json!([contact["Email"], contact["LastName"]])).unwrap_or_default()
    };
    let people = contacts.iter().map(|c| {
        let fields = ["Email", "LastName", "FirstName", "Phone", "Customer_No__c"].map(|field| c[field].clone());
        json!([fields, name(&c["ReportsToId"]), account(&c["AccountId"])])
    });
    let leads = stage.org.records("Lead");
    let leads = leads.iter().map(|l| json!([l["Email"], l["LastName"], l["Phone"], name(&l["ConvertedContactId"])]));
    let cases = stage.org.records("Case");
    let cases = cases.iter().map(|case| json!([case["Subject"], case["Description"], name(&case["ContactId"])]));
    let numbers = accounts.iter().map(|account| json!([account["Name"], account["Customer_No__c"]]));
    let mut rows: Vec<Value> = people.chain(leads).chain(cases).chain(numbers).collect();
    rows.sort_by_key(Value::to_string);
    rows
}
