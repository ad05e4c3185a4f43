//! Recipes that write records. Each runs as it stands on the page, and prepared.

use salesforce_module::handover::Delivery;
use salesforce_module::report::RecordResult::{Ambiguous, Created, Failed, Skipped, Unchanged, Unknown, Updated};
use salesforce_module::report::Status::{self, Done};
use salesforce_module::wire::TransportErrorKind;
use serde_json::{Value, json};

use super::{add, both, org, run, values};
use crate::handover_org::Way;
use crate::stage::{Fault, Stage, change, codes, results};

pub fn open_case(documents: &[Value]) {
    let says = |message: &str| json!({ "email": "anna@example.com", "last_name": "Berg", "topic": message, "message": message });
    for settings in both(&documents[0]) {
        let mut stage = Stage::new();
        assert_eq!(run(&mut stage, &settings, &says("It is dark.")), (Done, 2, vec![Created, Created]));
        assert_eq!(run(&mut stage, &settings, &says("Still dark.")), (Done, 2, vec![Unchanged, Updated]));
        assert_eq!(values(&stage, "Case", "Subject"), ["It is dark."]);
        assert_eq!(values(&stage, "Case", "Description"), ["It is dark.\nStill dark."]);
        assert_eq!(run(&mut stage, &settings, &says("Still dark.")), (Done, 1, vec![Unchanged, Unchanged]));
        let case = stage.org.records("Case")[0]["Id"].as_str().expect("an id").to_owned();
        change(&mut stage.org, "Case", &case, &json!({ "Status": "Closed" }));
        let outcome = stage.run(&settings, &says("Dark again."));
        assert_eq!((outcome.requests, results(&outcome)), (2, vec![Unchanged, Created]));
        assert_eq!(outcome.variables["case_number"], values(&stage, "Case", "CaseNumber")[1]);
        assert_eq!(values(&stage, "Case", "Description")[1], "Dark again.");
        add(&mut stage.org, &json!({ "Contact": [{ "LastName": "Other", "Email": "anna@example.com" }] }));
        assert_eq!(run(&mut stage, &settings, &says("And now?")).0, Status::Ambiguous);
        assert_eq!(values(&stage, "Case", "Id").len(), 2);
    }
}

pub fn task(documents: &[Value]) {
    let variables = |email: &str| json!({ "email": email, "topic": "Lamp", "message": "It is dark." });
    for settings in both(&documents[0]) {
        let mut stage = org(&json!({
            "Contact": [{ "LastName": "Berg", "Email": "anna@example.com" }],
            "Lead": [{ "LastName": "Boer", "Company": "Boer BV", "Email": "lia@example.com" }],
        }));
        let people = [values(&stage, "Contact", "Id")[0].clone(), values(&stage, "Lead", "Id")[0].clone()];
        for email in ["anna@example.com", "anna@example.com", "lia@example.com"] {
            let outcome = stage.run(&settings, &variables(email));
            assert_eq!((outcome.requests, results(&outcome)), (2, vec![Unchanged, Created]), "{outcome:#?}");
            assert_eq!(Some(&outcome.variables["task_id"]), values(&stage, "Task", "Id").last());
        }
        let [contact, lead] = people;
        assert_eq!(values(&stage, "Task", "WhoId"), [contact.clone(), contact, lead]);
        assert_eq!(values(&stage, "Task", "Subject")[0], "Call back: Lamp");
        let outcome = stage.run(&settings, &variables("new@example.com"));
        assert_eq!((outcome.status, results(&outcome)), (Status::Failed, vec![Skipped, Failed]));
        let code = outcome.records[1].error.as_ref().map(|error| error.code.as_str());
        assert_eq!(code, Some("BLANK_VALUE"));
        assert_eq!((values(&stage, "Task", "Id").len(), values(&stage, "Lead", "Id").len()), (3, 1));
    }
}

pub fn transcript(documents: &[Value]) {
    let messages = json!([
        { "from": "bot", "text": "What is it?", "at": "2026-11-26T10:00:00Z" },
        { "from": "visitor", "text": "It is dark." },
    ]);
    for settings in both(&documents[0]) {
        let mut stage = org(&json!({ "Case": [{ "Subject": "Lamp" }] }));
        let case = values(&stage, "Case", "Id")[0].clone();
        let variables = json!({ "case_id": case, "messages": messages });
        for count in 1..=2 {
            let (status, requests, records) = run(&mut stage, &settings, &variables);
            assert_eq!((status, requests, records), (Done, 2, vec![Updated, Created]));
            assert_eq!(values(&stage, "CaseComment", "ParentId"), vec![case.clone(); count]);
            assert_eq!(values(&stage, "ContentVersion", "PathOnClient"), vec!["transcript.txt"; count]);
        }
        assert!(
            values(&stage, "CaseComment", "CommentBody")[0].as_str().is_some_and(|text| text.contains("It is dark."))
        );
        assert_eq!(values(&stage, "Case", "Status"), ["Working"]);
    }
}

pub fn groups(documents: &[Value]) {
    let visitor = |email: &str, first: &str, phone: &str| json!({ "email": email, "first_name": first, "last_name": "Sato", "phone": phone });
    for settings in both(&documents[0]) {
        let mut stage = org(&json!({ "Contact": [
            { "FirstName": "Hana", "LastName": "Sato", "Email": "family@sato.example" },
            { "FirstName": "Ken", "LastName": "Sato", "Email": "family@sato.example" },
            { "FirstName": "Robert", "LastName": "Quinn", "Email": "rob@quinn.example" },
        ] }));
        let ken = visitor("family@sato.example", "Ken", "110");
        assert_eq!(run(&mut stage, &settings, &ken), (Done, 2, vec![Updated]));
        assert_eq!(run(&mut stage, &settings, &ken), (Done, 1, vec![Unchanged]));
        assert_eq!(run(&mut stage, &settings, &visitor("rob@quinn.example", "Rob", "112")), (Done, 2, vec![Updated]));
        let mio = run(&mut stage, &settings, &visitor("family@sato.example", "Mio", "113"));
        assert_eq!(mio, (Status::Ambiguous, 1, vec![Ambiguous]));
        assert_eq!(run(&mut stage, &settings, &visitor("new@sato.example", "Mio", "113")), (Done, 2, vec![Created]));
        assert_eq!(values(&stage, "Contact", "FirstName"), ["Hana", "Ken", "Robert", "Mio"]);
        assert_eq!(values(&stage, "Contact", "LastName")[2], "Quinn");
        assert_eq!(values(&stage, "Contact", "Phone"), [Value::Null, json!("110"), json!("112"), json!("113")]);
    }
}

pub fn two_fields(documents: &[Value]) {
    let visitor = |email: &str, phone: &str| json!({ "email": email, "last_name": "Berg", "phone": phone });
    for settings in both(&documents[0]) {
        let mut stage = org(&json!({ "Contact": [
            { "LastName": "Old", "Email": "work@example.com", "Alternate_Email__c": "home@example.com" },
        ] }));
        for (email, phone) in [("work@example.com", "110"), ("home@example.com", "112")] {
            assert_eq!(run(&mut stage, &settings, &visitor(email, phone)), (Done, 2, vec![Updated]));
            assert_eq!(run(&mut stage, &settings, &visitor(email, phone)), (Done, 1, vec![Unchanged]));
        }
        assert_eq!(run(&mut stage, &settings, &visitor("new@example.com", "113")), (Done, 2, vec![Created]));
        assert_eq!(run(&mut stage, &settings, &visitor("new@example.com", "113")), (Done, 1, vec![Unchanged]));
        assert_eq!(values(&stage, "Contact", "LastName"), ["Old", "Berg"]);
        assert_eq!(values(&stage, "Contact", "Email"), ["work@example.com", "new@example.com"]);
        assert_eq!(values(&stage, "Contact", "Alternate_Email__c"), [json!("home@example.com"), Value::Null]);
    }
}

pub fn multi_select(documents: &[Value]) {
    let visitor = |topics: Value| json!({ "email": "anna@example.com", "last_name": "Berg", "topics": topics });
    for settings in both(&documents[0]) {
        let mut stage = org(&json!({ "Contact": [
            { "LastName": "Berg", "Email": "anna@example.com", "Topics__c": "News;Offers" },
        ] }));
        for more in [json!("Events"), json!(["News", "Events"])] {
            let first = stage.org.records("Contact")[0]["Topics__c"] == "News;Offers";
            let expected = if first { (Done, 2, vec![Updated]) } else { (Done, 1, vec![Unchanged]) };
            assert_eq!(run(&mut stage, &settings, &visitor(more)), expected);
            assert_eq!(values(&stage, "Contact", "Topics__c"), ["News;Events;Offers"]);
        }
    }
    let [_, prepared] = both(&documents[0]);
    // The org leaves this list open.
    let outcome = Stage::new().run(&prepared, &visitor(json!("Nope")));
    assert_eq!((outcome.status, codes(&outcome)), (Done, vec!["new-picklist-value"]));
}

pub fn campaign(documents: &[Value]) {
    let answers = |email: &str, answer: &str| json!({ "email": email, "last_name": "Boer", "company": "Boer BV", "answer": answer });
    for settings in both(&documents[0]) {
        let mut stage = org(&json!({
            "Campaign": [{ "Id": "701Hn0000000071IAA", "Name": "Spring" }],
            "Contact": [{ "LastName": "Berg", "Email": "anna@example.com" }],
        }));
        for (email, person) in [("anna@example.com", Unchanged), ("lia@example.com", Created)] {
            assert_eq!(run(&mut stage, &settings, &answers(email, "Sent")), (Done, 2, vec![person, Created]));
            assert_eq!(run(&mut stage, &settings, &answers(email, "Responded")), (Done, 2, vec![Unchanged, Updated]));
            assert_eq!(run(&mut stage, &settings, &answers(email, "Responded")), (Done, 1, vec![Unchanged, Unchanged]));
        }
        let (contact, lead) = (values(&stage, "Contact", "Id")[0].clone(), values(&stage, "Lead", "Id")[0].clone());
        assert_eq!(values(&stage, "CampaignMember", "ContactId"), [contact, Value::Null]);
        assert_eq!(values(&stage, "CampaignMember", "LeadId"), [Value::Null, lead]);
        assert_eq!(values(&stage, "CampaignMember", "Status"), ["Responded", "Responded"]);
        // Without the campaign there is no person either.
        let mut stage = Stage::new();
        assert_eq!(run(&mut stage, &settings, &answers("new@example.com", "Sent")).0, Status::Failed);
        assert!(stage.org.records("Lead").is_empty());
    }
}

pub fn consent(documents: &[Value]) {
    let [read, new, known] = documents else { panic!("{} documents", documents.len()) };
    let prepared = [both(read), both(new), both(known)];
    for at in 0..2 {
        let [read, new, known] = prepared.each_ref().map(|both| &both[at]);
        let mut stage = org(&json!({ "Contact": [{ "LastName": "Berg", "Email": "anna@example.com" }] }));
        for email in ["anna@example.com", "new@example.com"] {
            for (consent, asked_at) in [("OptIn", "2026-11-27T10:00:00Z"), ("OptOut", "2026-11-28T10:00:00Z")] {
                let mut variables =
                    json!({ "email": email, "last_name": "Berg", "consent": consent, "asked_at": asked_at });
                let outcome = stage.run(read, &variables);
                assert_eq!((outcome.status, outcome.requests), (Done, 1));
                variables["individual_id"] = outcome.variables["individual_id"].clone();
                let ended = match variables["individual_id"].is_null() {
                    true => run(&mut stage, new, &variables),
                    false => run(&mut stage, known, &variables),
                };
                let contact = if email == "new@example.com" { Created } else { Updated };
                let expected = if consent == "OptIn" { vec![Created, contact, Created] } else { vec![Updated] };
                assert_eq!(ended, (Done, 2, expected));
            }
        }
        let individuals = values(&stage, "Individual", "Id");
        assert_eq!(values(&stage, "Contact", "IndividualId"), individuals);
        assert_eq!(values(&stage, "ContactPointTypeConsent", "PartyId"), individuals);
        assert_eq!(values(&stage, "ContactPointTypeConsent", "PrivacyConsentStatus"), ["OptOut", "OptOut"]);
        add(&mut stage.org, &json!({ "Contact": [{ "LastName": "Other", "Email": "anna@example.com" }] }));
        let outcome = stage.run(read, &json!({ "email": "anna@example.com" }));
        assert_eq!(outcome.status, Status::Ambiguous);
    }
}

pub fn event(documents: &[Value]) {
    let variables = json!({ "conversation_id": "c-1", "message": "It is dark." });
    for settings in both(&documents[0]) {
        let mut stage = Stage::new();
        for count in 1..=2 {
            let outcome = stage.run(&settings, &variables);
            assert_eq!((outcome.status, outcome.requests, results(&outcome)), (Done, 1, vec![Created]));
            // What the answer calls its id.
            assert!(outcome.variables["event_id"].as_str().is_some_and(|id| id.starts_with("e01")));
            assert_eq!(values(&stage, "Chat_Event__e", "Payload__c"), vec!["It is dark."; count]);
        }
        stage.faults.insert(1, Fault::Lost(TransportErrorKind::CutOff));
        let outcome = stage.run(&settings, &variables);
        assert_eq!((outcome.status, outcome.requests, results(&outcome)), (Status::Failed, 1, vec![Unknown]));
    }
}

pub fn handed_over(documents: &[Value]) {
    for settings in both(&documents[0]) {
        let mut stage = Stage::new();
        let mut variables = json!({
            "email": "anna@example.com", "last_name": "Berg", "topic": "Lamp", "step": "conversation-1-step-2",
            "messages": [{ "from": "visitor", "text": "It is dark." }],
        });
        for expected in [(2, vec![Created, Created]), (1, vec![Unchanged, Unchanged])] {
            let outcome = stage.run(&settings, &variables);
            assert_eq!((outcome.requests, results(&outcome)), expected, "{outcome:#?}");
            variables["case_id"] = outcome.variables["case_id"].clone();
        }
        assert_eq!(values(&stage, "Case", "Id"), [variables["case_id"].clone()]);
        let mut way = Way::at(stage.org, documents[1].clone(), variables.clone());
        let handed = way.start(None);
        assert_eq!((&handed.outcome, handed.progress.requests), (&Delivery::Sent, 3));
        assert_eq!(handed.progress.variables["chat_phase"], "waiting");
        let seen = way.seen();
        assert_eq!(
            seen["attributes"],
            json!({ "_lastName": "Berg", "_email": "anna@example.com", "Case_Id": variables["case_id"] })
        );
        assert_eq!((way.read().len(), &seen["vanished"]), (1, &json!([])));
        let earlier = handed.progress.chat.map(|chat| chat.reveal().to_owned());
        assert_eq!(way.start(earlier.as_deref()).outcome, Delivery::Sent);
        let Delivery::Failed(error) = way.start(None).outcome else { panic!("a second chat") };
        assert_eq!((error.code.as_str(), way.read().len()), ("CHAT_OPENED_BEFORE", 1));
    }
}
