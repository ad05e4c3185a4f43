//! Which subrequest was the cause, and what its code leads to.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn the_cause_is_found_before_its_consequences() {
    let cause = json!([{
        "errorCode": "REQUIRED_FIELD_MISSING", "message": "Required fields are missing: canary", "fields": ["LastName"],
    }]);
    let outcome = refused_write((400, cause), halted(), halted()).await;
    assert_eq!(results(&outcome), ["failed", "skipped"]);
    assert_eq!(error(&outcome, 0), ("REQUIRED_FIELD_MISSING", "never"));
    assert_eq!(outcome["records"][0]["error"]["fields"], json!(["LastName"]));
    assert_eq!(error(&outcome, 1), ("NOT_WRITTEN", "never"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cause_is_found_between_and_after_its_consequences() {
    let cause = || (400, indiscreet("STRING_TOO_LONG"));
    for (case, read) in [(cause(), halted()), (halted(), cause())] {
        let outcome = refused_write(halted(), case, read).await;
        assert_eq!(results(&outcome), ["skipped", "failed"]);
        assert_eq!(error(&outcome, 0), ("NOT_WRITTEN", "never"));
        assert_eq!(error(&outcome, 1), ("STRING_TOO_LONG", "never"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_stays_locked_is_tried_three_times() {
    let (locked, halted) = (indiscreet("UNABLE_TO_LOCK_ROW"), indiscreet("PROCESSING_HALTED"));
    let rows = [("write_Contact", 400, locked), ("write_Case", 400, halted.clone()), ("read_Case", 400, halted)];
    let locked = || Reply::json(200, &composite(&rows));
    let script = Script::start([nobody(), locked(), nobody(), locked(), nobody(), locked()]);
    let outcome = run(&script).await;
    assert_eq!((&outcome["status"], error(&outcome, 0)), (&json!("failed"), ("UNABLE_TO_LOCK_ROW", "later")));
    let lookups: Vec<bool> = script.requests().iter().map(Recorded::is_lookup).collect();
    // Whoever held the lock may have written the same person, so each time it is looked again.
    assert_eq!(lookups, [true, false, true, false, true, false]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_300_inside_a_write_is_a_failure() {
    let several = json!(["/services/data/v62.0/sobjects/Contact/003000000000001AAA"]);
    let outcome = refused_write((300, several), halted(), halted()).await;
    assert_eq!(results(&outcome), ["failed", "skipped"]);
    assert_eq!(error(&outcome, 0).0, "HTTP_300");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upsert_whose_key_fits_several_records_is_ambiguous() {
    let settings = json!({
        "mode": "sobject-write",
        "deploymentDomain": DOMAIN,
        "mappings": [
            {
                "source": { "constant": "4711" },
                "object": "Contact", "field": "Loyalty_No__c", "useToFindExisting": true,
            },
            { "source": { "variable": "customer_lastname" }, "object": "Contact", "field": "LastName" },
        ],
        "schema": {
            "viewAllData": true,
            "objects": { "Contact": { "fields": { "Loyalty_No__c": { "externalId": true } } } },
        },
    });
    let several = json!([
        "/services/data/v62.0/sobjects/Contact/003000000000001AAA",
        "/services/data/v62.0/sobjects/Contact/003000000000002",
    ]);
    let script = Script::start([Reply::json(200, &composite(&[("write_Contact", 300, several)]))]);
    let outcome = run_to(&script.url(), &settings.to_string(), &variables()).await;
    assert_eq!(outcome["status"], "ambiguous");
    assert_eq!(outcome["records"][0]["candidates"], json!(["003000000000001AAA", "003000000000002AAA"]));
    assert_eq!(script.requests().len(), 1);
    let [request] = script.requests().try_into().unwrap_or_else(|_| [Recorded::default()]);
    // The key is in the URL of the subrequest, which is in the body.
    kept_secret(request.path);
}

// ---- The way out ----
