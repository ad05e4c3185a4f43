//! `prepare` of settings that read: what is not there, what cannot be searched, and the facts of what is.

use host_tests::simulator::Access;
use serde_json::{Value, json};

use crate::org::{TestOrg, key, map, says};
use crate::reading::people::{by_email, org, reads, target};

#[tokio::test(flavor = "multi_thread")]
async fn facts_of_keys_and_targets_are_written_and_parents_one_level_up() {
    let org = org().await;
    let rows = [
        key("mail", "Contact.Email"),
        target("Contact.Birthdate", "born"),
        target("Contact.Account.Industry", "industry"),
        target("Contact.Id", "id"),
    ];
    let prepared = org.prepare(&reads(rows, json!({ "Contact": { "store": { "Title": "title" } } }))).await;
    assert_eq!(prepared.requests(), 2, "the parent's describe follows");
    let objects = &prepared.schema()["objects"];
    let fields: Vec<&String> = objects["Contact"]["fields"].as_object().expect("fields").keys().collect();
    assert_eq!(fields, ["Birthdate", "Email", "Id", "Title"]);
    assert_eq!(objects["Contact"]["relationships"], json!({ "Account": "Account" }));
    assert_eq!(objects["Account"]["fields"]["Industry"]["type"], "picklist");
    // What it writes, it takes for prepared.
    assert!(!prepared.answer["findings"].to_string().contains("not-prepared"), "{:#}", prepared.answer);
    let outcome = org.done(&prepared.expect_settings(), &json!({ "mail": "anna@example.com" })).await;
    assert_eq!(outcome["variables"]["industry"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_that_are_not_there_are_named_with_the_nearest() {
    let org = TestOrg::new().await;
    for (field, meant) in [("LastNmae", "LastName"), ("Account.Nmae", "Name"), ("Acount.Name", "Account.Name")] {
        let rows = [key("mail", "Contact.Email"), target(&format!("Contact.{field}"), "x")];
        let prepared = org.prepare(&reads(rows, json!({}))).await;
        let finding = prepared.refused("unknown-field", "/mappings/1/field");
        says(finding, &[], &[&format!("Did you mean `{meant}`?")]);
    }
    let stored = reads([key("mail", "Contact.Email")], json!({ "Contact": { "store": { "Titel": "x" } } }));
    says(org.prepare(&stored).await.refused("unknown-field", "/objects/Contact/store/Titel"), &[], &["`Title`"]);
    let unknown = reads([key("mail", "Contatc.Email"), target("Contatc.LastName", "x")], json!({}));
    says(org.prepare(&unknown).await.refused("unknown-object", "/mappings/0/object"), &[], &["`Contact`"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_must_be_searchable_and_a_target_need_not() {
    let org = TestOrg::new().await;
    let rows = [key("text", "Contact.Description"), target("Contact.LastName", "x")];
    org.prepare(&reads(rows, json!({}))).await.refused("bad-key", "/mappings/0/useToFindExisting");
    let rows = [key("mail", "Contact.Email"), target("Contact.Description", "x")];
    org.prepare(&reads(rows, json!({}))).await.expect_settings();
    let channels = [key("channel", "Ticket__c.Channels__c"), target("Ticket__c.Subject__c", "x")];
    org.prepare(&reads(channels, json!({}))).await.refused("bad-key", "/mappings/0/useToFindExisting");
}

/// Who may only read is who a read is for; and of a new record it demands nothing.
#[tokio::test(flavor = "multi_thread")]
async fn the_right_to_read_suffices() {
    let org = TestOrg::with(|org| assert!(org.restrict_object("Contact", Access::ReadOnly))).await;
    let rows = [key("mail", "Contact.Email"), target("Contact.CreatedDate", "since")];
    org.prepare(&reads(rows, json!({}))).await.expect_settings();
    let any = reads(
        [key("mail", "Contact.Email"), key("name", "Contact.Name"), target("Contact.Id", "id")],
        json!({ "Contact": { "matchKeys": "any" } }),
    );
    org.prepare(&any).await.expect_settings();
    let org = TestOrg::with(|org| assert!(org.restrict_object("Contact", Access::Hidden))).await;
    org.prepare(&by_email(json!({}))).await.refused("unknown-object", "/mappings/0/object");
}

/// A Case belongs to a user or to a queue.
#[tokio::test(flavor = "multi_thread")]
async fn of_a_parent_of_several_kinds_what_they_share_can_be_read() {
    let org = TestOrg::new().await;
    org.seed(json!({ "Case": [{ "Subject": "Leak", "SuppliedEmail": "anna@example.com" }] }));
    let of = |field: &str| {
        reads([key("mail", "Case.SuppliedEmail"), target(&format!("Case.Owner.{field}"), "x")], json!({}))
    };
    let prepared = org.prepare(&of("Name")).await;
    assert!(!prepared.answer["findings"].to_string().contains("not-prepared"), "{:#}", prepared.answer);
    let outcome = org.done(&prepared.expect_settings(), &json!({ "mail": "anna@example.com" })).await;
    assert_eq!(outcome["variables"]["x"], "Integration User");
    let prepared = org.prepare(&of("CreatedDate")).await;
    says(
        prepared.refused("polymorphic-relationship", "/mappings/1/field"),
        &["Owner.CreatedDate"],
        &["`OwnerId`", "`Name`"],
    );
}

/// Since then the field is gone, or hidden.
#[tokio::test(flavor = "multi_thread")]
async fn an_org_that_has_changed_reads_nothing_and_says_so() {
    let org = org().await;
    let rows = [key("mail", "Contact.Email"), target("Contact.Title", "title")];
    let prepared = org.prepared(&reads(rows, json!({}))).await;
    assert!(org.org().restrict_field("Contact", "Title", Access::Hidden));
    let outcome = org.run(&prepared, &json!({ "mail": "anna@example.com" })).await;
    assert_eq!((outcome["status"].as_str(), &outcome["variables"]), (Some("failed"), &json!({})));
    assert_eq!(outcome["records"][0]["error"]["fields"], json!(["Title"]), "{outcome:#}");
    assert_eq!(outcome["findings"][0]["code"], "prepare-again");
    // A write's own settings are as strict as before.
    let write = crate::org::settings([map("x", "Contact.Title"), map("name", "Contact.LastName")], json!({}));
    org.prepare(&write).await.refused("unknown-field", "/mappings/0/field");
}
