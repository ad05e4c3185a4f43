//! Objects, record types, assignment rules and permissions.

use host_tests::simulator::Access;
use serde_json::{Value, json};

use crate::org::{Preparation, TestOrg, codes, constant, key, map, says, settings, with};

async fn prepare<const N: usize>(mappings: [Value; N], objects: Value) -> Preparation {
    TestOrg::new().await.prepare(&settings(mappings, objects)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_object_is_named_with_the_nearest_real_one() {
    let prepared = prepare([map("name", "Contcat.LastName"), map("b", "Case.Subject")], json!({})).await;
    let finding = prepared.refused("unknown-object", "/mappings/0/object");
    says(finding, &["no object `Contcat`"], &["Did you mean `Contact`?", "access"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_custom_object_without_its_suffix_is_named_with_it() {
    let prepared = prepare([map("s", "Ticket.Subject__c")], json!({})).await;
    says(prepared.refused("unknown-object", "/mappings/0/object"), &["`Ticket`"], &["Did you mean `Ticket__c`?"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_object_reads_as_unknown_and_says_who_can_help() {
    let org = TestOrg::with(|org| assert!(org.restrict_object("Lead", Access::Hidden))).await;
    let settings = settings([map("name", "Lead.LastName"), map("c", "Lead.Company")], json!({}));
    let prepared = org.prepare(&settings).await;
    let finding = prepared.refused("unknown-object", "/mappings/0/object");
    says(finding, &["shows the integration user no object `Lead`"], &["administrator"]);
}

/// Not every user may read assignment rules; that is no reason to leave out the name that was meant.
#[tokio::test(flavor = "multi_thread")]
async fn a_user_who_sees_no_assignment_rules_is_told_the_nearest_name_all_the_same() {
    let org = TestOrg::with(|org| assert!(org.restrict_object("AssignmentRule", Access::Hidden))).await;
    let settings = settings([map("topic", "Case.Subject"), map("name", "Contcat.LastName")], json!({}));
    let prepared = org.prepare(&settings).await;
    says(prepared.refused("unknown-object", "/mappings/1/object"), &["`Contcat`"], &["Did you mean `Contact`?"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_who_sees_no_assignment_rules_can_prepare() {
    let org = TestOrg::with(|org| assert!(org.restrict_object("AssignmentRule", Access::Hidden))).await;
    let objects = json!({ "Case": { "assignmentRule": "01Q000000000001" } });
    let prepared = org.prepare(&settings([map("topic", "Case.Subject")], objects)).await;
    assert_eq!(prepared.status(), "done", "{:#}", prepared.answer);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_that_the_user_may_only_read_can_neither_be_created_nor_updated() {
    let org = TestOrg::with(|org| assert!(org.restrict_object("Contact", Access::ReadOnly))).await;
    let name = map("name", "Contact.LastName");
    let create = org.prepare(&settings([name.clone()], json!({}))).await;
    let finding = create.refused("no-permission", "/mappings/0/object");
    says(finding, &["may not create `Contact`"], &["administrator", "permission set"]);
    let objects = json!({ "Contact": { "onlyUpdateExisting": true } });
    let update = org.prepare(&settings([key("mail", "Contact.Email"), name], objects)).await;
    says(update.refused("no-permission", "/mappings/0/object"), &["may not update `Contact`"], &["administrator"]);
}

/// Setup objects are for people.
#[tokio::test(flavor = "multi_thread")]
async fn an_object_that_nobody_writes_is_refused() {
    let prepared = prepare([map("name", "Group.Name"), constant("Queue", "Group.Type")], json!({})).await;
    says(prepared.refused("no-permission", "/mappings/0/object"), &["may not create `Group`"], &[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_in_an_org_of_person_accounts_are_doubtful() {
    let contact = settings([key("mail", "Contact.Email"), map("name", "Contact.LastName")], json!({}));
    let account = settings([key("mail", "Account.PersonEmail"), map("name", "Account.LastName")], json!({}));
    let org = TestOrg::new().await;
    assert!(!codes(&org.prepare(&contact).await.answer).contains(&"person-accounts"));
    org.org().settings.person_accounts = true;
    let prepared = org.prepare(&contact).await;
    let finding = prepared.remarked("warning", "person-accounts", "/mappings/0/object");
    says(finding, &["Person Account"], &["`PersonEmail`"]);
    assert!(!codes(&org.prepare(&account).await.answer).contains(&"person-accounts"));
}

// ---- Record types ----

fn case_of(record_type: &str) -> Value {
    settings([map("topic", "Case.Subject")], json!({ "Case": { "recordType": record_type } }))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_type_is_found_by_its_developer_name() {
    let org = TestOrg::new().await;
    for name in ["Support_Case", "support_case", "Complaint"] {
        let settings = org.prepared(&case_of(name)).await;
        org.done(&settings, &json!({ "topic": name })).await;
        let case = org.records("Case").pop().expect("a case");
        let types = org.records("RecordType");
        let stored = types.iter().find(|known| known["Id"] == case["RecordTypeId"]).expect("a record type");
        assert!(stored["DeveloperName"].as_str().expect("a name").eq_ignore_ascii_case(name), "{stored}");
    }
}

/// The label is what people see, and it can differ.
#[tokio::test(flavor = "multi_thread")]
async fn a_near_miss_of_a_record_type_names_the_one_that_was_meant() {
    for (wrong, meant) in [("SupportCase", "`Support_Case`"), ("Complaints", "`Complaint`")] {
        let prepared = TestOrg::new().await.prepare(&case_of(wrong)).await;
        let finding = prepared.refused("unknown-record-type", "/objects/Case/recordType");
        says(finding, &[wrong], &["Did you mean", meant]);
    }
    let prepared = TestOrg::new().await.prepare(&case_of("Warranty")).await;
    says(prepared.refused("unknown-record-type", "/objects/Case/recordType"), &["`Warranty`"], &["DeveloperName"]);
}

/// `Business` is one, of accounts.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_type_of_another_object_is_unknown() {
    let prepared = TestOrg::new().await.prepare(&case_of("Business")).await;
    prepared.refused("unknown-record-type", "/objects/Case/recordType");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_type_that_is_not_assigned_to_the_user_is_refused() {
    let prepared = TestOrg::new().await.prepare(&case_of("Internal")).await;
    let finding = prepared.refused("no-permission", "/objects/Case/recordType");
    says(finding, &["`Internal`"], &["administrator", "permission set"]);
}

/// A DeveloperName is no id: without the org's list nothing could be sent.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_type_without_preparation_does_not_run() {
    let findings = crate::org::plan(&case_of("Complaint").to_string(), &json!({ "topic": "x" })).await;
    let findings = findings.expect_err("not prepared");
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["not-prepared"]);
}

// ---- Assignment rules ----

#[tokio::test(flavor = "multi_thread")]
async fn an_assignment_rule_that_is_not_the_objects_is_refused() {
    let rule = |id: &str| json!({ "Case": { "assignmentRule": id } });
    let prepared = prepare([map("topic", "Case.Subject")], rule("01Q000000000999")).await;
    let finding = prepared.refused("unknown-assignment-rule", "/objects/Case/assignmentRule");
    says(finding, &["`Case`"], &["Setup", "\"default\""]);
    // The rule is one of cases, and no lead's.
    let org = TestOrg::new().await;
    let known = org.record("AssignmentRule")["Id"].as_str().expect("an id").to_owned();
    let lead = [map("name", "Lead.LastName"), map("c", "Lead.Company")];
    let leads = settings(lead, json!({ "Lead": { "assignmentRule": known } }));
    org.prepare(&leads).await.refused("unknown-assignment-rule", "/objects/Lead/assignmentRule");
    for spelling in [known.as_str(), &known[..15]] {
        let cases = settings([map("topic", "Case.Subject")], rule(spelling));
        assert_eq!(org.prepare(&cases).await.status(), "done", "{spelling}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_active_rule_the_owner_is_the_orgs_default() {
    let org = TestOrg::new().await;
    let case = settings([map("topic", "Case.Subject")], json!({}));
    assert!(!codes(&org.prepare(&case).await.answer).contains(&"no-active-assignment-rule"));
    org.org().settings.case_assignment_rule = false;
    let prepared = org.prepare(&case).await;
    let info = crate::org::findings(&prepared.answer, |finding| finding["code"] == "no-active-assignment-rule");
    let [info] = info.as_slice() else { panic!("{:#}", prepared.answer) };
    assert_eq!((&info["severity"], &info["path"]), (&json!("info"), &json!("/objects/Case/assignmentRule")));
    says(info, &["`Case`", "default"], &["`OwnerId`"]);
    // Whoever switched rules off, or creates nothing, is not told.
    let off = with(case.clone(), json!({ "objects": { "Case": { "assignmentRule": "off" } } }));
    assert!(!codes(&org.prepare(&off).await.answer).contains(&"no-active-assignment-rule"));
    let update = settings(
        [key("chat", "Case.Chat_Conversation_Id__c"), map("topic", "Case.Subject")],
        json!({ "Case": { "onlyUpdateExisting": true } }),
    );
    assert!(!codes(&org.prepare(&update).await.answer).contains(&"no-active-assignment-rule"));
}
