//! Ingest jobs of the Bulk API 2.0.

use serde_json::{Value, json};

use super::{Bench, refused};

/// A job that is made and has its records.
fn uploaded(bench: &mut Bench, job: Value, csv: &str) -> String {
    let made = bench.post("/jobs/ingest", job);
    assert_eq!((made.status, &made.json()["state"]), (200, &"Open".into()), "{}", made.json());
    let id = made.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(made.json()["contentUrl"], format!("services/data/v60.0/jobs/ingest/{id}/batches"));
    let stored = bench.send_as("text/csv", "PUT", &format!("/jobs/ingest/{id}/batches"), csv);
    assert_eq!((stored.status, stored.body.len()), (201, 0));
    id
}

/// A job that is carried out: its state, and how many records it wrote and refused.
fn carried_out(bench: &mut Bench, job: Value, csv: &str) -> (String, Value) {
    let id = uploaded(bench, job, csv);
    let closed = bench.patch(&format!("/jobs/ingest/{id}"), json!({ "state": "UploadComplete" }));
    assert_eq!((closed.status, &closed.json()["state"]), (200, &"UploadComplete".into()));
    let info = bench.get(&format!("/jobs/ingest/{id}")).json();
    assert_eq!(info["jobType"], "V2Ingest");
    (id, info)
}

fn results(bench: &mut Bench, id: &str, which: &str) -> String {
    let response = bench.get(&format!("/jobs/ingest/{id}/{which}"));
    assert_eq!((response.status, response.header("content-type")), (200, Some("text/csv")));
    String::from_utf8(response.body).unwrap()
}

#[test]
fn an_insert_writes_what_is_right_and_says_of_the_rest_what_is_wrong() {
    let mut bench = Bench::new();
    let csv = "LastName,Email,Birthdate\nBerg,a@b.example,2000-01-31\n\"Co\"\"le, \",nobody,\nDoe,,yesterday\n,,\n";
    let (id, info) = carried_out(&mut bench, json!({ "object": "contact", "operation": "insert" }), csv);
    assert_eq!(
        (&info["state"], &info["numberRecordsProcessed"], &info["numberRecordsFailed"]),
        (&"JobComplete".into(), &4.into(), &3.into())
    );
    let contact = bench.column("SELECT Id FROM Contact WHERE Birthdate = 2000-01-31", "Id");
    let done = results(&mut bench, &id, "successfulResults");
    let expected = "\"sf__Id\",\"sf__Created\",\"LastName\",\"Email\",\"Birthdate\"\n";
    assert_eq!(
        done,
        format!("{expected}\"{}\",\"true\",\"Berg\",\"a@b.example\",\"2000-01-31\"\n", contact[0].as_str().unwrap())
    );
    let failed = results(&mut bench, &id, "failedResults");
    let failed: Vec<&str> = failed.lines().collect();
    assert_eq!(
        failed[1..],
        [
            r#""","INVALID_EMAIL_ADDRESS:Email: invalid email address: nobody:Email --","Co""le, ","nobody","""#,
            r#""","INVALID_FIELD:Failed to deserialize field at col 2. Due to, 'yesterday' is not a valid value for the type xsd:date:Birthdate --","Doe","","yesterday""#,
            r#""","REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --","","","""#,
        ]
    );
    assert_eq!(results(&mut bench, &id, "unprocessedrecords"), "\"LastName\",\"Email\",\"Birthdate\"\n");
}

#[test]
fn an_upsert_finds_by_its_key_and_parents_by_theirs_and_a_delete_takes_ids() {
    let mut bench = Bench::new();
    let known = bench.create("Contact", json!({ "LastName": "Berg", "Title": "Dr", "Customer_No__c": "1" }));
    let job = json!({ "object": "Contact", "operation": "upsert", "externalIdFieldName": "Customer_No__c", "lineEnding": "CRLF", "columnDelimiter": "SEMICOLON" });
    let (id, info) = carried_out(&mut bench, job, "Customer_No__c;LastName;Title\r\n1;;#N/A\r\n2;Cole;\r\n");
    assert_eq!((&info["numberRecordsFailed"], &info["externalIdFieldName"]), (&0.into(), &"Customer_No__c".into()));
    assert_eq!(
        bench.column("SELECT LastName FROM Contact WHERE Title = null ORDER BY LastName", "LastName"),
        ["Berg", "Cole"]
    );
    let done = results(&mut bench, &id, "successfulResults");
    assert!(done.contains(&format!("\"{known}\";\"false\";\"1\"")) && done.contains("\r\n"), "{done}");

    let job = json!({ "object": "Case", "operation": "insert" });
    let (_, info) = carried_out(&mut bench, job, "Subject,Contact.Customer_No__c\nA,2\nB,3\n");
    assert_eq!((&info["numberRecordsProcessed"], &info["numberRecordsFailed"]), (&2.into(), &1.into()));
    assert_eq!(bench.column("SELECT Subject FROM Case WHERE Contact.LastName = 'Cole'", "Subject"), ["A"]);

    let job = json!({ "object": "Contact", "operation": "update" });
    let (_, info) = carried_out(&mut bench, job, &format!("Id,Title\n{known},Prof\n003000000000001,x\n"));
    assert_eq!(info["numberRecordsFailed"], 1);
    let (id, info) = carried_out(
        &mut bench,
        json!({ "object": "Contact", "operation": "delete" }),
        &format!("Id\n{known}\n{known}\n"),
    );
    assert_eq!(info["numberRecordsFailed"], 1);
    assert!(
        results(&mut bench, &id, "failedResults")
            .contains(&format!("\"{known}\",\"ENTITY_IS_DELETED:entity is deleted:--\""))
    );
    assert_eq!(bench.column("SELECT LastName FROM Contact", "LastName"), ["Cole"]);
}

#[test]
fn an_upload_that_cannot_be_meant_fails_the_whole_job() {
    let mut bench = Bench::new();
    for (operation, csv, error) in [
        ("insert", "LastName,Nope__c\nBerg,1\n", "InvalidBatch : Field name not found : Nope__c"),
        ("insert", "LastName,Nope.Key\nBerg,1\n", "InvalidBatch : Field name not found : Nope.Key"),
        ("insert", "LastName,Email\nBerg\n", "InvalidBatch : line 2 has 1 columns, the header has 2"),
        ("delete", "Id,LastName\n1,2\n", "InvalidBatch : The 'delete' batch must contain only ids"),
        ("update", "LastName\nBerg\n", "InvalidBatch : The 'update' batch must contain ids"),
    ] {
        let (id, info) = carried_out(&mut bench, json!({ "object": "Contact", "operation": operation }), csv);
        assert_eq!((&info["state"], &info["errorMessage"]), (&"Failed".into(), &error.into()));
        assert_eq!(info["numberRecordsProcessed"], 0);
        drop(results(&mut bench, &id, "unprocessedrecords"));
    }
    assert!(bench.org.records("Contact").is_empty());
}

#[test]
fn a_job_that_is_asked_for_wrongly_is_none() {
    let mut bench = Bench::new();
    for (job, code) in [
        (json!({ "operation": "insert" }), "INVALIDJOB"),
        (json!({ "object": "Nope", "operation": "insert" }), "INVALIDJOB"),
        (json!({ "object": "Contact" }), "INVALIDJOB"),
        (json!({ "object": "Contact", "operation": "merge" }), "INVALIDJOB"),
        (json!({ "object": "Contact", "operation": "upsert" }), "INVALIDJOB"),
        (json!({ "object": "Contact", "operation": "upsert", "externalIdFieldName": "Title" }), "INVALIDJOB"),
        (json!({ "object": "Contact", "operation": "insert", "contentType": "XML" }), "INVALIDJOB"),
        (json!({ "object": "Contact", "operation": "insert", "columnDelimiter": "DOT" }), "INVALIDJOB"),
        (json!({ "object": "Contact", "operation": "insert", "nope": 1 }), "JSON_PARSER_ERROR"),
        (json!({ "object": "Contact", "operation": "hardDelete" }), "NOT_SIMULATED"),
    ] {
        refused(&bench.post("/jobs/ingest", job), 400, code);
    }
    assert_eq!(bench.get("/jobs/ingest").json()["records"], json!([]));
}

#[test]
fn a_job_goes_its_way_once() {
    let mut bench = Bench::new();
    let job = json!({ "object": "Contact", "operation": "insert" });
    let id = uploaded(&mut bench, job.clone(), "LastName\nBerg\n");
    let (path, batches) = (format!("/jobs/ingest/{id}"), format!("/jobs/ingest/{id}/batches"));
    refused(&bench.send_as("text/csv", "PUT", &batches, "LastName\nCole\n"), 400, "INVALIDJOBSTATE");
    refused(&bench.send_as("application/json", "PUT", &batches, "[]"), 415, "UNSUPPORTED_MEDIA_TYPE");
    refused(&bench.get(&format!("{path}/successfulResults")), 400, "INVALIDJOBSTATE");
    refused(&bench.send("DELETE", &path, None), 400, "INVALIDJOBSTATE");
    refused(&bench.patch(&path, json!({ "state": "JobComplete" })), 400, "INVALIDJOB");
    assert_eq!(bench.patch(&path, json!({ "state": "Aborted" })).json()["state"], "Aborted");
    refused(&bench.patch(&path, json!({ "state": "UploadComplete" })), 400, "INVALIDJOBSTATE");
    assert!(bench.org.records("Contact").is_empty());
    assert_eq!(bench.send("DELETE", &path, None).status, 204);
    refused(&bench.get(&path), 404, "NOT_FOUND");
    let (id, _) = carried_out(&mut bench, job, "LastName\nBerg\n");
    refused(&bench.get(&format!("/jobs/query/{id}")), 404, "NOT_FOUND");
    refused(&bench.get(&format!("/jobs/ingest/{id}/nope")), 404, "NOT_FOUND");
    assert_eq!(bench.org.records("Contact").len(), 1);
}
