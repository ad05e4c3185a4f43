//! Fields that are not there, or not for this: each mistake is one finding, with its place and what to do.

use host_tests::simulator::{Access, Org, Request};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::org::{Preparation, TestOrg, constant, key, map, prepare_at, says, settings, with};
use crate::scripted::{Reply, Script, composite, rows};

async fn prepare<const N: usize>(mappings: [Value; N], objects: Value) -> Preparation {
    TestOrg::new().await.prepare(&settings(mappings, objects)).await
}

/// Prepares against an org whose describe of Contact is changed: for what the simulated one never says.
async fn with_describe(change: impl FnOnce(&mut Value), mappings: Value, objects: Value) -> Preparation {
    let mut org = Org::new();
    let request = Request {
        method: "GET".to_owned(),
        path: "/services/data/v62.0/sobjects/Contact/describe".to_owned(),
        headers: vec![("authorization".to_owned(), format!("Bearer {}", org.access_token()))],
        ..Request::default()
    };
    let mut describe = org.handle(&request, Timestamp::UNIX_EPOCH).json();
    change(&mut describe);
    let permission = rows(&[json!({ "PermissionsViewAllData": false })]);
    let answer = composite(&[("ask_0", 200, permission), ("ask_1", 200, describe)]);
    let script = Script::start([Reply::json(200, &answer)]);
    let settings = with(settings([], objects), json!({ "mappings": mappings }));
    prepare_at(&script.url(), "token", &settings.to_string()).await
}

fn field<'a>(describe: &'a mut Value, name: &str) -> &'a mut Value {
    let fields = describe["fields"].as_array_mut().expect("a list");
    fields.iter_mut().find(|field| field["name"] == name).expect("a field")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_field_is_named_with_the_nearest_real_one() {
    let prepared = prepare([map("name", "Contact.LastName"), map("mail", "Contact.Emial")], json!({})).await;
    let finding = prepared.refused("unknown-field", "/mappings/1/field");
    says(finding, &["`Emial` of `Contact`"], &["Did you mean `Email`?", "access"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_field_like_no_other_is_not_guessed_at() {
    let prepared = prepare([map("name", "Contact.LastName"), map("a", "Contact.Shoe_Size__c")], json!({})).await;
    let finding = prepared.refused("unknown-field", "/mappings/1/field");
    says(finding, &["`Shoe_Size__c`"], &["API name", "access"]);
    assert!(!finding["remedy"].as_str().expect("a text").contains("Did you mean"), "{finding:#}");
}

/// Salesforce shows a field that the user may not see to nobody, so both remedies are offered.
#[tokio::test(flavor = "multi_thread")]
async fn a_field_hidden_by_field_level_security_reads_as_unknown_and_says_who_can_help() {
    let org = TestOrg::with(|org| assert!(org.restrict_field("Contact", "Birthdate", Access::Hidden))).await;
    let settings = settings([map("name", "Contact.LastName"), map("born", "Contact.Birthdate")], json!({}));
    let prepared = org.prepare(&settings).await;
    let finding = prepared.refused("unknown-field", "/mappings/1/field");
    says(finding, &["shows the integration user no field `Birthdate`"], &["administrator", "access"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_to_be_read_back_must_exist_too() {
    let objects = json!({ "Case": { "store": { "CaseNumber": "number", "CaseNumbr": "typo" } } });
    let prepared = prepare([map("topic", "Case.Subject")], objects).await;
    let finding = prepared.refused("unknown-field", "/objects/Case/store/CaseNumbr");
    says(finding, &["`CaseNumbr` of `Case`"], &["Did you mean `CaseNumber`?"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mistake_is_told_at_once_and_once() {
    let mappings = [map("a", "Contact.Nope__c"), map("b", "Case.Subjekt"), map("c", "Contact.LastName")];
    let prepared = prepare(mappings, json!({})).await;
    let paths: Vec<&Value> = crate::org::findings(&prepared.answer, |finding| finding["severity"] == "error")
        .into_iter()
        .map(|finding| &finding["path"])
        .collect();
    assert_eq!(paths, ["/mappings/0/field", "/mappings/1/field"], "{:#}", prepared.answer);
    let others = crate::org::codes(&prepared.answer);
    assert!(!others.contains(&"not-prepared"), "{others:?}");
}

// ---- What may not be written ----

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_nobody_can_set_is_refused() {
    let prepared = prepare([map("topic", "Case.Subject"), map("closed", "Case.IsClosed")], json!({})).await;
    let finding = prepared.refused("read-only-field", "/mappings/1/field");
    says(finding, &["`IsClosed`", "new record"], &["Remove the row", "write access"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_the_user_may_only_read_is_refused_on_create() {
    let org = TestOrg::with(|org| assert!(org.restrict_field("Contact", "Title", Access::ReadOnly))).await;
    let settings = settings([map("name", "Contact.LastName"), map("title", "Contact.Title")], json!({}));
    let prepared = org.prepare(&settings).await;
    let finding = prepared.refused("read-only-field", "/mappings/1/field");
    says(finding, &["`Title`", "new record"], &["write access"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_the_user_may_only_read_is_refused_on_update() {
    let org = TestOrg::with(|org| assert!(org.restrict_field("Contact", "Title", Access::ReadOnly))).await;
    let objects = json!({ "Contact": { "onlyUpdateExisting": true } });
    let prepared = org.prepare(&settings([key("mail", "Contact.Email"), map("t", "Contact.Title")], objects)).await;
    let finding = prepared.refused("read-only-field", "/mappings/1/field");
    says(finding, &["`Title`", "existing record"], &["\"on-create\"", "remove the row"]);
}

/// A field such as the parent of a detail record: set once, never changed.
#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_is_set_once_is_refused_until_the_remedy_is_applied() {
    let fixed = |describe: &mut Value| field(describe, "Title")["updateable"] = false.into();
    let mappings = json!([key("mail", "Contact.Email"), map("name", "Contact.LastName"), map("t", "Contact.Title")]);
    let prepared = with_describe(fixed, mappings.clone(), json!({})).await;
    let finding = prepared.refused("read-only-field", "/mappings/2/field");
    says(finding, &["`Title`", "existing record"], &["\"overwrite\": \"on-create\""]);

    let mut remedied = mappings;
    remedied[2]["overwrite"] = "on-create".into();
    let prepared = with_describe(fixed, remedied, json!({})).await.expect_settings();
    // And an update leaves the field alone indeed.
    let org = TestOrg::new().await;
    org.seed(json!({ "Contact": [{ "LastName": "Berg", "Email": "anna@example.com", "Title": "Dr." }] }));
    let variables = json!({ "mail": "anna@example.com", "name": "Berg-Tal", "t": "Prof." });
    org.done(&prepared, &variables).await;
    assert_eq!(
        (&org.record("Contact")["LastName"], &org.record("Contact")["Title"]),
        (&json!("Berg-Tal"), &json!("Dr."))
    );
}

/// A key that found its record holds the value already, so that it need not be writable.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_an_existing_record_need_not_be_writable() {
    let objects = json!({ "Case": { "onlyUpdateExisting": true } });
    let prepared = prepare([key("number", "Case.CaseNumber"), map("more", "Case.Comments")], objects).await;
    assert_eq!(prepared.status(), "done", "{:#}", prepared.answer);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_number_finds_cases_but_makes_none() {
    let prepared = prepare([key("number", "Case.CaseNumber"), map("more", "Case.Comments")], json!({})).await;
    let finding = prepared.refused("read-only-field", "/mappings/0/field");
    says(finding, &["`CaseNumber`", "new record"], &["\"onlyUpdateExisting\": true", "another field"]);
}

/// With `any`, another key may have found the record, and then this one would be changed.
#[tokio::test(flavor = "multi_thread")]
async fn one_of_several_keys_in_order_must_be_writable_or_stay_as_it_is() {
    let objects = json!({ "Case": { "onlyUpdateExisting": true, "matchKeys": "any" } });
    let number = key("number", "Case.CaseNumber");
    let mappings = |number: Value| [number, key("chat", "Case.Chat_Conversation_Id__c"), map("more", "Case.Comments")];
    let prepared = prepare(mappings(number.clone()), objects.clone()).await;
    let finding = prepared.refused("read-only-field", "/mappings/0/field");
    says(finding, &["`CaseNumber`", "existing record"], &["\"on-create\""]);
    let prepared = prepare(mappings(with(number, json!({ "overwrite": "on-create" }))), objects).await;
    assert_eq!(prepared.status(), "done", "{:#}", prepared.answer);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_org_demands_of_a_new_record_must_be_mapped() {
    let prepared = prepare([map("mail", "Contact.Email")], json!({})).await;
    let finding = prepared.refused("required-field", "/mappings/0/object");
    says(finding, &["`LastName`", "`Contact`"], &["Add a row", "\"onlyUpdateExisting\": true"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_updates_need_not_map_what_a_new_record_demands() {
    let objects = json!({ "Contact": { "onlyUpdateExisting": true } });
    let prepared = prepare([key("mail", "Contact.Email"), map("t", "Contact.Title")], objects).await;
    assert_eq!(prepared.status(), "done", "{:#}", prepared.answer);
}

/// `OwnerId` and `Status` are demanded as well, but the org fills them in.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_org_fills_in_itself_is_not_demanded() {
    let prepared = prepare([map("name", "Lead.LastName"), map("company", "Lead.Company")], json!({})).await;
    assert_eq!(prepared.status(), "done", "{:#}", prepared.answer);
}

#[tokio::test(flavor = "multi_thread")]
async fn emptying_what_must_not_be_empty_is_doubtful() {
    let name = with(map("name", "Contact.LastName"), json!({ "whenBlank": "clear" }));
    let prepared = prepare([key("mail", "Contact.Email"), name], json!({})).await;
    says(prepared.remarked("warning", "required-field", "/mappings/1/whenBlank"), &["`LastName`"], &["\"skip\""]);
}

// ---- Types ----

/// An address is written by its parts.
#[tokio::test(flavor = "multi_thread")]
async fn a_type_that_no_chat_value_fills_is_refused() {
    for word in ["address", "location", "base64", "anyType"] {
        let mappings = json!([map("name", "Contact.LastName"), map("a", "Contact.MailingStreet")]);
        let compound = |describe: &mut Value| field(describe, "MailingStreet")["type"] = word.into();
        let prepared = with_describe(compound, mappings, json!({})).await;
        let finding = prepared.refused("unsupported-type", "/mappings/1/field");
        says(finding, &["`MailingStreet`", &format!("`{word}`")], &["its parts"]);
    }
}

/// Both are texts to whoever writes them.
#[tokio::test(flavor = "multi_thread")]
async fn comboboxes_and_encrypted_texts_are_texts() {
    for word in ["combobox", "encryptedstring"] {
        let mappings = json!([map("name", "Contact.LastName"), map("a", "Contact.Title")]);
        let change = |describe: &mut Value| field(describe, "Title")["type"] = word.into();
        let prepared = with_describe(change, mappings, json!({})).await;
        assert_eq!(prepared.schema()["objects"]["Contact"]["fields"]["Title"]["type"], "string");
    }
}

/// A value that nobody may choose any more is none for new records.
#[tokio::test(flavor = "multi_thread")]
async fn only_active_values_of_a_picklist_are_known() {
    let prepared = prepare([map("s", "Ticket__c.Subject__c"), map("from", "Ticket__c.Source__c")], json!({})).await;
    let values = &prepared.schema()["objects"]["Ticket__c"]["fields"]["Source__c"]["values"];
    let expected = json!([{ "value": "web_chat", "label": "Web chat" }, { "value": "phone", "label": "Telephone" }]);
    assert_eq!(values, &expected);
    let constant = constant("fax", "Ticket__c.Source__c");
    // The list is open, so Salesforce takes it all the same.
    assert_eq!(prepare([map("s", "Ticket__c.Subject__c"), constant], json!({})).await.status(), "done");
}

// ---- What stands beside it ----

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_without_its_currency_is_remarked_where_the_org_has_several() {
    let one_currency = |describe: &mut Value| {
        let amount = field(describe, "Title");
        amount["type"] = "currency".into();
        (amount["precision"], amount["scale"]) = (json!(18), json!(2));
    };
    let several = |describe: &mut Value| {
        one_currency(describe);
        let mut code = field(describe, "Department").clone();
        code["name"] = "CurrencyIsoCode".into();
        describe["fields"].as_array_mut().expect("a list").push(code);
    };
    let rows = json!([map("name", "Contact.LastName"), map("amount", "Contact.Title")]);
    let with_code = json!([
        map("name", "Contact.LastName"),
        map("amount", "Contact.Title"),
        constant("EUR", "Contact.CurrencyIsoCode")
    ]);
    let prepared = with_describe(several, rows.clone(), json!({})).await;
    let finding = prepared.remarked("info", "currency-not-given", "/mappings/1/field");
    says(finding, &["several currencies"], &["`CurrencyIsoCode`"]);
    for prepared in [
        with_describe(several, with_code, json!({})).await,
        with_describe(one_currency, rows, json!({})).await,
        with_describe(several, json!([map("name", "Contact.LastName")]), json!({})).await,
    ] {
        assert!(!crate::org::codes(&prepared.answer).contains(&"currency-not-given"), "{:#}", prepared.answer);
    }
}
