//! Mistakes in settings that read, and of the other mode: each a finding with its place.

use serde_json::{Value, json};

use crate::org::{check, findings, key, link, map, settings, source, with};
use crate::reading::people::{by_email, listed, reads, target};

async fn errors(settings: &Value) -> Vec<(String, String)> {
    let answer = check(&settings.to_string()).await;
    let text = |finding: &Value, member: &str| finding[member].as_str().expect("a text").to_owned();
    let errors = findings(&answer, |finding| finding["severity"] == "error");
    errors.into_iter().map(|finding| (text(finding, "code"), text(finding, "path"))).collect()
}

async fn refused(settings: &Value, code: &str, path: &str) {
    assert_eq!(errors(settings).await, [(code.to_owned(), path.to_owned())], "{settings:#}");
}

fn with_row(row: Value) -> Value {
    reads([key("mail", "Contact.Email"), target("Contact.LastName", "last"), row], json!({}))
}

fn with_object(members: Value) -> Value {
    by_email(json!({ "Contact": members }))
}

#[tokio::test]
async fn what_is_right_is_not_remarked() {
    for right in [by_email(json!({})), listed(1), listed(200)] {
        assert_eq!(errors(&right).await, []);
    }
    // Two records that read the same fields, and one field that goes to two variables.
    let twice = reads(
        [
            key("a", "Contact.Email"),
            target("Contact.LastName", "a1"),
            target("Contact.LastName", "a2"),
            key("b", "Second.Email"),
            target("Second.LastName", "b1"),
        ],
        json!({ "Second": { "sobject": "Contact" } }),
    );
    assert_eq!(errors(&twice).await, []);
}

#[tokio::test]
async fn a_row_has_a_source_to_find_by_or_a_target_to_read() {
    refused(&with_row(json!({ "object": "Contact", "field": "Title" })), "missing-key", "/mappings/2").await;
    let both = with(target("Contact.Title", "title"), json!({ "source": { "variable": "x" } }));
    refused(&with_row(both), "bad-row", "/mappings/2/target").await;
    refused(&with_row(map("title", "Contact.Title")), "not-in-read", "/mappings/2/source").await;
    let key_and_target = with(target("Contact.Title", "title"), json!({ "useToFindExisting": true }));
    refused(&with_row(key_and_target), "not-in-read", "/mappings/2/useToFindExisting").await;
    for (member, value) in
        [("whenBlank", "fail"), ("overwrite", "always"), ("whenTooLong", "cut"), ("locale", "de"), ("timeZone", "UTC")]
    {
        let row = with(target("Contact.Title", "title"), json!({ member: value }));
        refused(&with_row(row), "not-in-read", &format!("/mappings/2/{member}")).await;
    }
    for (member, value) in [("whenBlank", "clear"), ("overwrite", "if-empty"), ("whenTooLong", "cut")] {
        let row = with(key("phone", "Contact.Phone"), json!({ member: value }));
        refused(&with_row(row), "not-in-read", &format!("/mappings/2/{member}")).await;
    }
    let linked = with(link("Contact", "Contact.ReportsToId"), json!({ "useToFindExisting": true }));
    refused(&with_row(linked), "not-in-read", "/mappings/2/source/record").await;
    for (target, code, path) in [
        (json!({}), "missing-key", "/mappings/2/target"),
        (json!({ "variable": " " }), "bad-name", "/mappings/2/target/variable"),
        (json!({ "variable": "x", "field": "y" }), "unknown-key", "/mappings/2/target/field"),
        (json!("x"), "wrong-type", "/mappings/2/target"),
    ] {
        refused(&with_row(json!({ "object": "Contact", "field": "Title", "target": target })), code, path).await;
    }
}

#[tokio::test]
async fn a_record_has_a_key_and_something_to_read() {
    refused(&reads([target("Contact.LastName", "last")], json!({})), "no-key", "/mappings/0/field").await;
    refused(&reads([key("mail", "Contact.Email")], json!({})), "nothing-to-read", "/mappings/0/object").await;
    let twice = with_row(key("other", "Contact.EMAIL"));
    refused(&twice, "duplicate-field", "/mappings/2/field").await;
    let constant = with(source(json!({ "constant": "x" }), "Contact.Title"), json!({ "useToFindExisting": true }));
    let mut any = with_row(constant);
    any["objects"] = json!({ "Contact": { "matchKeys": "any" } });
    refused(&any, "constant-key", "/mappings/2/useToFindExisting").await;
}

#[tokio::test]
async fn a_variable_gets_one_value() {
    refused(&with_row(target("Contact.Title", "last")), "duplicate-variable", "/mappings/2/target/variable").await;
    let stored = with_object(json!({ "store": { "Title": "last" } }));
    refused(&stored, "duplicate-variable", "/objects/Contact/store/Title").await;
    let list = with_object(json!({ "whenSeveralMatch": "list", "list": { "variable": "last" } }));
    refused(&list, "duplicate-variable", "/objects/Contact/list/variable").await;
}

#[tokio::test]
async fn a_list_has_its_variable_and_its_bounds() {
    refused(&with_object(json!({ "whenSeveralMatch": "list" })), "bad-list", "/objects/Contact/whenSeveralMatch").await;
    let unused = with_object(json!({ "list": { "variable": "all" } }));
    refused(&unused, "bad-list", "/objects/Contact/list").await;
    for limit in [0, 201] {
        refused(&listed(limit), "out-of-range", "/objects/Contact/list/limit").await;
    }
}

#[tokio::test]
async fn what_only_writes_is_refused_in_a_read() {
    for (member, value) in [
        ("onlyUpdateExisting", json!(false)),
        ("duplicateRule", json!("block")),
        ("assignmentRule", json!("default")),
        ("recordType", json!("Support")),
        ("preset", json!("web-to-case")),
        ("idempotency", json!({ "field": "Chat_Step__c", "variable": "step" })),
        ("checkForDoubles", json!(true)),
    ] {
        let settings = with_object(json!({ member: value }));
        refused(&settings, "not-in-read", &format!("/objects/Contact/{member}")).await;
    }
    for (member, value) in [("preset", json!("web-to-case")), ("deferAboveApiUsage", json!(80))] {
        refused(&with(by_email(json!({})), json!({ member: value })), "not-in-read", &format!("/{member}")).await;
    }
}

#[tokio::test]
async fn what_only_reads_is_refused_in_a_write() {
    let write = |objects: Value| settings([map("name", "Contact.LastName")], objects);
    for (members, path) in [
        (json!({ "whenNoneMatch": "skip" }), "whenNoneMatch"),
        (json!({ "list": { "variable": "all" } }), "list"),
        (json!({ "whenSeveralMatch": "list" }), "whenSeveralMatch"),
    ] {
        refused(&write(json!({ "Contact": members })), "not-in-write", &format!("/objects/Contact/{path}")).await;
    }
    let row = settings([map("name", "Contact.LastName"), target("Contact.Title", "title")], json!({}));
    refused(&row, "not-in-write", "/mappings/1/target").await;
}

#[tokio::test]
async fn six_records_are_more_than_one_request_asks_for() {
    let rows: Vec<Value> = (0..6)
        .flat_map(|at| [key("mail", &format!("R{at}.Email")), target(&format!("R{at}.LastName"), &format!("v{at}"))])
        .collect();
    let objects: serde_json::Map<String, Value> =
        (0..6).map(|at| (format!("R{at}"), json!({ "sobject": "Contact" }))).collect();
    let settings = with(reads([], objects.into()), json!({ "mappings": rows }));
    refused(&settings, "too-many-lookups", "/mappings").await;
}

/// An answer that cannot be taken is not worth a request.
#[tokio::test]
async fn more_than_an_answer_may_hold_is_refused_before_it_is_asked_for() {
    let of = |fields: usize| {
        let record = |at: usize| {
            let targets = (0..fields).map(move |field| target(&format!("R{at}.F{field}"), &format!("v{at}_{field}")));
            std::iter::once(key("mail", &format!("R{at}.Email"))).chain(targets)
        };
        let list = |at: usize| {
            json!({
                "sobject": "Contact", "whenSeveralMatch": "list", "list": { "variable": format!("l{at}"), "limit": 200 }
            })
        };
        let objects: serde_json::Map<String, Value> = (0..5).map(|at| (format!("R{at}"), list(at))).collect();
        with(reads([], objects.into()), json!({ "mappings": (0..5).flat_map(record).collect::<Vec<_>>() }))
    };
    assert_eq!(errors(&of(80)).await, []);
    refused(&of(100), "too-much-to-read", "/mappings").await;
}

/// What a read smells of is what a wrong match would give away.
#[tokio::test]
async fn a_key_that_may_be_blank_is_remarked_in_the_words_of_a_read() {
    let answer = check(&by_email(json!({})).to_string()).await;
    let [only] = findings(&answer, |_| true)[..] else { panic!("{answer:#}") };
    assert_eq!(only["code"], "key-may-be-blank");
    assert!(only["message"].as_str().is_some_and(|message| message.ends_with("no `Contact` is read.")), "{only:#}");
    let phones = reads(
        [key("phone", "Contact.Phone"), key("phone", "Contact.MobilePhone"), target("Contact.LastName", "last")],
        json!({ "Contact": { "matchKeys": "any" } }),
    );
    assert_eq!(findings(&check(&phones.to_string()).await, |_| true), [] as [&Value; 0]);
}
