//! The mark of a step: however often a step is run, its records are written once.

use host_tests::simulator::Org;
use jiff::Timestamp;
use salesforce_module::base::Language::En;
use salesforce_module::module;
use salesforce_module::record::Approach;
use salesforce_module::report::{Act, Code, RecordResult, Retry, Status};
use salesforce_module::wire::TransportErrorKind::{CutOff, Timeout};
use serde_json::{Value, json};

use crate::stage::{Fault, Stage, answer, codes, key, link, map, marked_case, results, settings, visitor};

/// A ticket is under no assignment rule.
fn ticket() -> Value {
    let mark = json!({ "field": "External_Id__c", "variable": "step" });
    settings(&[map("topic", "Ticket__c.Subject__c")], &json!({ "Ticket__c": { "idempotency": mark } }))
}

/// A Contact by its e-mail, and a Case with the mark.
fn support() -> Value {
    let mark = json!({ "field": "Chat_Conversation_Id__c", "variable": "step" });
    settings(
        &[
            key("email", "Contact.Email"),
            map("name", "Contact.LastName"),
            link("Contact", "Case.ContactId"),
            map("topic", "Case.Subject"),
        ],
        &json!({ "Case": { "idempotency": mark, "store": { "Id": "case" } } }),
    )
}

#[test]
fn a_new_record_is_upserted_by_the_mark_in_one_request() {
    let mut stage = Stage::new();
    let outcome = stage.run(&ticket(), &visitor());
    assert_eq!((outcome.status, results(&outcome), outcome.requests), (Status::Done, vec![RecordResult::Created], 1));
    let write = &stage.sent[0]["compositeRequest"][0];
    assert_eq!(write["method"], "PATCH");
    assert_eq!(write["url"], "/services/data/v62.0/sobjects/Ticket__c/External_Id__c/c-4711-s-3");
    assert_eq!(write["body"], json!({ "Subject__c": "Repair" }));
    assert_eq!(stage.org.records("Ticket__c")[0]["External_Id__c"], "c-4711-s-3");
    let outcome = stage.run(&ticket(), &visitor());
    assert_eq!(results(&outcome), [RecordResult::Updated]);
    assert_eq!(stage.org.records("Ticket__c").len(), 1);
}

/// The mark is unique, so the write is simply sent again.
#[test]
fn a_lost_answer_is_no_doubt() {
    for fault in [Fault::Lost(CutOff), Fault::Ignored(Timeout), Fault::Lost(Timeout), Fault::Garbled(answer(503, ""))] {
        let mut stage = Stage::with(1, fault.clone());
        let outcome = stage.run(&ticket(), &visitor());
        assert_eq!((outcome.status, outcome.requests), (Status::Done, 2), "{fault:?}");
        assert_eq!(stage.sent[0], stage.sent[1]);
        assert_eq!(stage.org.records("Ticket__c").len(), 1, "{fault:?}");
    }
}

/// All attempts lost: nobody knows, but the host may run the step again.
#[test]
fn what_stays_unknown_may_be_run_again() {
    let mut stage = Stage::new();
    stage.always = Some(Fault::Lost(CutOff));
    let outcome = stage.run(&ticket(), &visitor());
    assert_eq!((outcome.status, results(&outcome)), (Status::Failed, vec![RecordResult::Unknown]));
    assert_eq!(outcome.records[0].error.as_ref().unwrap().retry, Retry::Later);
    stage.always = None;
    assert_eq!(stage.run(&ticket(), &visitor()).status, Status::Done);
    assert_eq!(stage.org.records("Ticket__c").len(), 1);
}

/// An upsert cannot have one header for a new Case and another for an existing one, so the mark is looked for first; what is
/// there already is left as people changed it since.
#[test]
fn a_case_that_the_step_wrote_before_is_left_alone() {
    let mut stage = Stage::new();
    let first = stage.run(&marked_case(), &visitor());
    assert_eq!((results(&first), first.requests), (vec![RecordResult::Created], 2));
    let again = stage.run(&marked_case(), &json!({ "topic": "Other", "step": "c-4711-s-3" }));
    assert_eq!((again.status, results(&again), again.requests), (Status::Done, vec![RecordResult::Unchanged], 1));
    assert_eq!(again.records[0].id, first.records[0].id);
    assert_eq!(codes(&again), ["already-written"]);
    assert_eq!(stage.org.records("Case")[0]["Subject"], "Repair");
    // Another step is another Case.
    stage.run(&marked_case(), &json!({ "topic": "Repair", "step": "c-4711-s-4" }));
    assert_eq!(stage.org.records("Case").len(), 2);
}

/// The whole run, whatever was lost of it, run again from the start: one Contact, one Case.
#[test]
fn a_replay_after_any_loss_writes_nothing_twice() {
    for request in 1..=3 {
        for fault in [Fault::Lost(CutOff), Fault::Ignored(Timeout), Fault::Garbled(answer(500, ""))] {
            let mut stage = Stage::with(request, fault.clone());
            stage.run(&support(), &visitor());
            stage.faults.clear();
            let outcome = stage.run(&support(), &visitor());
            assert_eq!(outcome.status, Status::Done, "{request} {fault:?}");
            let counts = (stage.org.records("Contact").len(), stage.org.records("Case").len());
            assert_eq!(counts, (1, 1), "{request} {fault:?}");
            let case = &stage.org.records("Case")[0];
            assert_eq!(
                (&case["Id"], &case["ContactId"]),
                (&outcome.variables["case"], &stage.org.records("Contact")[0]["Id"],)
            );
        }
    }
}

/// The Case is found by its mark, the Contact by its e-mail.
#[test]
fn a_lost_write_is_verified_by_keys_and_by_the_mark() {
    let mut stage = Stage::with(2, Fault::Lost(CutOff));
    let outcome = stage.run(&support(), &visitor());
    assert_eq!((outcome.status, results(&outcome)), (Status::Done, vec![RecordResult::Created; 2]));
    assert_eq!(outcome.variables["case"], stage.org.records("Case")[0]["Id"]);
    assert_eq!(stage.lookups(), [true, false, true]);
}

/// Salesforce finds `STEP-1` where `step-1` is looked for; to write nothing then would lose what the visitor said.
#[test]
fn a_mark_in_another_spelling_is_another_step() {
    let mut stage = Stage::new();
    let case = json!({ "Case": [{ "Subject": "Old", "Chat_Conversation_Id__c": "C-4711-S-3" }] });
    stage.org.seed(&case, Timestamp::UNIX_EPOCH).unwrap();
    let outcome = stage.run(&marked_case(), &visitor());
    assert_eq!((outcome.status, results(&outcome)), (Status::Failed, vec![RecordResult::Failed]));
    assert_eq!(outcome.records[0].error.as_ref().unwrap().code.as_str(), "IDEMPOTENCY_VALUE_TAKEN");
}

/// Without its mark the record could be written twice; with half of it, as another's.
#[test]
fn a_record_without_a_good_mark_is_not_written() {
    let long = "x".repeat(65);
    for step in [
        json!(null),
        json!("  "),
        json!(true),
        json!({ "id": 1 }),
        json!("a/b"),
        json!("100%"),
        json!(".."),
        json!("@{write_Case.id}"),
        json!("x".repeat(256)),
    ] {
        let outcome = Stage::new().run(&marked_case(), &json!({ "topic": "Repair", "step": step }));
        let error = outcome.records[0].error.as_ref().unwrap_or_else(|| panic!("{step}: {outcome:?}"));
        assert_eq!((error.code.as_ref(), outcome.requests), ("BAD_IDEMPOTENCY_VALUE", 0), "{step}");
        assert_eq!(error.fields, ["Chat_Conversation_Id__c"]);
        // No visitor can correct it.
        assert!(error.for_visitor(Act::Save, None).get(En).contains("another way"));
    }
    let missing = Stage::new().run(&marked_case(), &json!({ "topic": "Repair" }));
    assert_eq!(missing.records[0].error.as_ref().unwrap().code.as_str(), "BAD_IDEMPOTENCY_VALUE");
    // Not prepared, the module does not know the field's length; Salesforce does.
    let too_long = Stage::new().run(&marked_case(), &json!({ "topic": "Repair", "step": long }));
    assert_eq!(too_long.records[0].error.as_ref().unwrap().code.as_str(), "STRING_TOO_LONG");
    let number = Stage::new().run(&marked_case(), &json!({ "topic": "Repair", "step": 4711 }));
    assert_eq!(number.status, Status::Done);
}

/// The keys find the record; the mark only keeps a new one from being written twice.
#[test]
fn keys_come_before_the_mark() {
    let mut settings = settings(&[key("email", "Contact.Email"), map("name", "Contact.LastName")], &json!({}));
    settings["objects"]["Contact"] = json!({ "idempotency": { "field": "Customer_No__c", "variable": "step" } });
    let mut stage = Stage::with(2, Fault::Lost(CutOff));
    let outcome = stage.run(&settings, &visitor());
    assert_eq!((outcome.status, stage.lookups()), (Status::Done, vec![true, false, false]));
    // Found by its e-mail, it keeps the mark of the step that made it.
    let outcome = stage.run(&settings, &json!({ "email": "anna@example.com", "name": "Berg-Tal", "step": "later" }));
    assert_eq!(results(&outcome), [RecordResult::Updated]);
    let contact = &stage.org.records("Contact")[0];
    assert_eq!((&contact["LastName"], &contact["Customer_No__c"]), (&json!("Berg-Tal"), &json!("c-4711-s-3")));
}

fn both_ways() -> Value {
    let mut settings = settings(&[key("email", "Contact.Email"), map("name", "Contact.LastName")], &json!({}));
    settings["mappings"][1]["overwrite"] = "on-create".into();
    settings["objects"]["Contact"] = json!({ "idempotency": { "field": "Customer_No__c", "variable": "step" } });
    settings
}

/// Somebody corrected the e-mail address since: the step finds its record by the mark, and leaves it as it is.
#[test]
fn what_the_step_wrote_is_left_alone_though_its_keys_have_changed() {
    let mut stage = Stage::new();
    stage.run(&both_ways(), &visitor());
    let id = stage.org.records("Contact")[0]["Id"].as_str().unwrap().to_owned();
    crate::stage::change(&mut stage.org, "Contact", &id, &json!({ "Email": "right@example.com", "LastName": "Right" }));
    let again = stage.run(&both_ways(), &visitor());
    assert_eq!((again.status, results(&again), again.requests), (Status::Done, vec![RecordResult::Unchanged], 1));
    assert_eq!(codes(&again), ["already-written"]);
    let contacts = stage.org.records("Contact");
    assert_eq!((contacts.len(), &contacts[0]["LastName"]), (1, &json!("Right")));
}

/// An upsert by e-mail would carry no mark, and two at once would make two records.
#[test]
fn a_mark_is_not_lost_to_an_upsert_by_a_key_that_is_not_unique() {
    let facts = json!({ "type": "email", "idLookup": true });
    let mark = json!({ "type": "string", "length": 40, "externalId": true, "unique": true });
    let mut prepared = both_ways();
    prepared["mappings"][1]["overwrite"] = "always".into();
    prepared["schema"] = json!({
        "viewAllData": true,
        "objects": { "Contact": { "fields": { "Email": facts, "LastName": {}, "Customer_No__c": mark } } },
    });
    let plan = module::plan(&prepared.to_string(), &visitor().to_string())
        .expect("good input")
        .records()
        .expect("a plan of records");
    assert_eq!(plan.records[0].approach, Approach::LookUp);
    prepared["objects"]["Contact"] = json!({});
    let plan = module::plan(&prepared.to_string(), &visitor().to_string())
        .expect("good input")
        .records()
        .expect("a plan of records");
    assert!(matches!(plan.records[0].approach, Approach::UpsertByKey(_)), "the counter-check");
}

/// A mark is no reason to write a record that holds nothing else.
#[test]
fn a_mark_alone_writes_nothing() {
    let mark = json!({ "field": "Chat_Conversation_Id__c", "variable": "step" });
    let linked = settings(
        &[key("email", "Contact.Email"), map("name", "Contact.LastName"), link("Contact", "Case.ContactId")],
        &json!({ "Contact": { "onlyUpdateExisting": true }, "Case": { "idempotency": mark } }),
    );
    let mut stage = Stage::new();
    let outcome = stage.run(&linked, &visitor());
    assert_eq!((outcome.status, results(&outcome)), (Status::Done, vec![RecordResult::Skipped; 2]));
    assert_eq!(codes(&outcome), ["no-match", "nothing-to-write"]);
    assert!(stage.org.records("Case").is_empty());
}

#[test]
fn two_records_with_one_mark_are_not_both_written() {
    let mark = |variable| json!({ "field": "External_Id__c", "variable": variable });
    let twins = settings(
        &[map("topic", "First.Subject__c"), map("name", "Second.Subject__c")],
        &json!({
            "First": { "sobject": "Ticket__c", "idempotency": mark("one") },
            "Second": { "sobject": "Ticket__c", "idempotency": mark("two") },
        }),
    );
    let mut stage = Stage::new();
    let outcome = stage.run(&twins, &json!({ "topic": "a", "name": "b", "one": "Step", "two": "step" }));
    assert_eq!(outcome.records[1].error.as_ref().unwrap().code.as_str(), "SAME_RECORD_TWICE");
    assert!(stage.org.records("Ticket__c").is_empty());
}

/// The first copy of a step is at work still, and its mark is taken when the second one comes.
#[test]
fn a_mark_that_is_taken_meanwhile_is_looked_for_again() {
    let faster = |org: &mut Org| {
        let first =
            json!({ "Contact": [{ "LastName": "Berg", "Email": "anna@example.com", "Customer_No__c": "c-4711-s-3" }] });
        org.seed(&first, Timestamp::UNIX_EPOCH).unwrap();
    };
    let taken = "duplicate value found: Customer_No__c duplicates value on record with id: 003000000000001";
    let refused = crate::stage::row(&["write_Contact"], 0, 400, "DUPLICATE_VALUE", taken);
    let mut stage = Stage::with(2, Fault::Refused(refused)).and(3, Fault::After(faster));
    let outcome = stage.run(&both_ways(), &visitor());
    assert_eq!((outcome.status, results(&outcome)), (Status::Done, vec![RecordResult::Unchanged]));
    assert_eq!(stage.lookups(), [true, false, true]);
}

#[test]
fn a_neighbour_without_a_mark_is_remarked() {
    let mark = json!({ "field": "External_Id__c", "variable": "step" });
    let mixed = settings(
        &[
            map("name", "Contact.LastName"),
            map("topic", "Ticket__c.Subject__c"),
            link("Contact", "Ticket__c.Contact__c"),
        ],
        &json!({ "Ticket__c": { "idempotency": mark } }),
    );
    assert_eq!(findings(&mixed), [("idempotency-partial", "/objects/Contact/idempotency".to_owned())]);
}

#[test]
fn a_mark_counts_as_a_lookup() {
    let mark = json!({ "field": "Chat_Conversation_Id__c", "variable": "step" });
    let objects = ["Contact", "Account", "Lead", "Ticket__c", "acme__Order__c"];
    let mut mappings: Vec<Value> = objects.iter().map(|object| key("name", &format!("{object}.Name"))).collect();
    mappings.push(map("topic", "Case.Subject"));
    let six = settings(&mappings, &json!({ "Case": { "idempotency": mark } }));
    assert!(findings(&six).iter().any(|(code, _)| *code == "too-many-lookups"));
}

#[test]
fn a_mark_that_is_no_field_is_the_authors_to_correct() {
    let mut wrong = ticket();
    wrong["objects"]["Ticket__c"]["idempotency"]["field"] = "No_Such__c".into();
    let mut stage = Stage::new();
    let outcome = stage.run(&wrong, &visitor());
    assert_eq!((outcome.status, outcome.requests), (Status::Failed, 1));
    assert_eq!(codes(&outcome), ["prepare-again"]);
}

#[test]
fn the_plan_shows_the_mark() {
    let plan = |settings: &Value| {
        module::plan(&settings.to_string(), &visitor().to_string())
            .expect("good input")
            .records()
            .expect("a plan of records")
    };
    let ticket = plan(&ticket());
    assert!(matches!(ticket.records[0].approach, Approach::UpsertByKey(_)));
    assert_eq!((ticket.requests_at_least, ticket.requests_at_most), (1, 1));
    let step = ticket.records[0].idempotency.as_ref().unwrap();
    assert_eq!((step.value.path.to_string(), step.value.json()), ("External_Id__c".to_owned(), json!("c-4711-s-3")));
    assert_eq!(plan(&marked_case()).records[0].approach, Approach::LookUp);
}

fn findings(settings: &Value) -> Vec<(&'static str, String)> {
    let findings = module::check(&settings.to_string());
    findings.into_iter().map(|finding| (finding.code.word(), finding.path)).collect()
}

#[test]
fn mistakes_are_found_while_editing() {
    let with = |idempotency: Value| {
        let mut settings = ticket();
        settings["objects"]["Ticket__c"]["idempotency"] = idempotency;
        findings(&settings)
    };
    const AT: &str = "/objects/Ticket__c/idempotency";
    let at = |below: &str| format!("{AT}{below}");
    assert_eq!(with(json!("External_Id__c")), [("wrong-type", at(""))]);
    assert_eq!(with(json!({ "field": "External_Id__c" })), [("missing-key", at(""))]);
    assert_eq!(with(json!({ "field": "Id", "variable": "step" })), [("bad-name", at("/field"))]);
    assert_eq!(with(json!({ "field": "External_Id__c", "variable": " " })), [("bad-name", at("/variable"))]);
    assert_eq!(with(json!({ "field": "Subject__c", "variable": "step" })), [("duplicate-field", at("/field"))]);
    let unknown = with(json!({ "field": "External_Id__c", "variable": "step", "felid": 1 }));
    assert_eq!(unknown, [("unknown-key", at("/felid"))]);
    let mark = json!({ "field": "External_Id__c", "variable": "step" });
    let twins = settings(
        &[map("topic", "First.Subject__c"), map("name", "Second.Subject__c")],
        &json!({
            "First": { "sobject": "Ticket__c", "idempotency": mark },
            "Second": { "sobject": "Ticket__c", "idempotency": mark },
        }),
    );
    assert_eq!(findings(&twins), [("idempotency-shared", "/objects/Second/idempotency".to_owned())]);
    let only = settings(
        &[key("email", "Contact.Email"), map("name", "Contact.LastName")],
        &json!({ "Contact": {
            "onlyUpdateExisting": true, "idempotency": { "field": "Customer_No__c", "variable": "step" },
        } }),
    );
    assert!(findings(&only).contains(&("idempotency-unused", "/objects/Contact/idempotency/field".to_owned())));
}

#[test]
fn prepare_demands_a_unique_external_id_of_text() {
    let prepare = |field: &str| {
        let mut settings = ticket();
        settings["objects"]["Ticket__c"]["idempotency"]["field"] = field.into();
        let session = module::Session { instance_url: "https://example.my.salesforce.com", access_token: "token" };
        let (prepare, _) = module::prepare(&session, &settings.to_string()).expect("good input");
        let mut stage = Stage::new();
        stage.org = Org::new();
        prepare.drive(&mut stage)
    };
    for (field, code) in [
        ("Serial__c", "not-an-external-id"),
        ("Description__c", "not-an-external-id"),
        ("Number__c", "unsupported-type"),
        ("Extrenal_Id__c", "unknown-field"),
    ] {
        let prepared = prepare(field);
        let found: Vec<_> =
            prepared.findings.iter().map(|finding| (finding.code.word(), finding.path.as_str())).collect();
        assert_eq!(found, [(code, "/objects/Ticket__c/idempotency/field")], "{field}");
    }
    let prepared = prepare("External_Id__c").settings.expect("prepared");
    let document: Value = serde_json::from_str(&prepared).unwrap();
    assert_eq!(document["schema"]["objects"]["Ticket__c"]["fields"]["External_Id__c"]["unique"], true);
    let plan = module::plan(&prepared, &json!({ "topic": "Repair", "step": "x".repeat(65) }).to_string())
        .unwrap()
        .records()
        .unwrap();
    assert!(matches!(&plan.records[0].approach, Approach::Fail(error) if error.code == Code::BadIdempotencyValue));
}
