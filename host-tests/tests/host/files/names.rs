//! A file's name is the visitor's: it stays a name wherever it goes.

use serde_json::json;

use crate::files::support::{case_with_photo, files, photo, stored};
use crate::org::TestOrg;

const AWKWARD: [&str; 8] = [
    "\"}],\"OwnerId\":\"005000000000001AAA.jpg",
    "' OR Id != '.jpg",
    "@{write_Case.id}.jpg",
    "%2e%2e%2fpasswd.txt",
    "<script>alert(1)<.svg",
    "…;rm -rf ~.sh",
    "{{photo}}.jpg",
    "=1+1.csv",
];

#[tokio::test(flavor = "multi_thread")]
async fn whatever_it_is_made_of_it_arrives_as_it_was() {
    let org = TestOrg::new().await;

    for name in AWKWARD {
        let variables = json!({ "topic": "t", "photo": photo(name, b"x") });
        let outcome = org.done(&case_with_photo().to_string(), &variables).await;
        assert_eq!(files(&outcome), ["created"], "{name}");
        assert_eq!(stored(&org).last().expect("a file").0, name);
        assert!(!outcome.to_string().contains(&name[..name.len() - 4]), "{name}");
    }
}

/// Of a step that is run again the name stands in a query.
#[tokio::test(flavor = "multi_thread")]
async fn in_a_query_it_is_a_literal() {
    for name in AWKWARD {
        let org = TestOrg::new().await;
        let mut settings = case_with_photo();
        settings["objects"]["Case"] =
            json!({ "idempotency": { "field": "Chat_Conversation_Id__c", "variable": "topic" } });
        let variables = json!({ "topic": "t", "photo": photo(name, b"x") });
        for expected in ["created", "skipped"] {
            assert_eq!(files(&org.done(&settings.to_string(), &variables).await), [expected], "{name}");
        }
        assert_eq!(stored(&org).len(), 1);
    }
}

/// Nothing of a file is in a request line: proxies log it.
#[tokio::test(flavor = "multi_thread")]
async fn it_travels_in_bodies_only() {
    let org = TestOrg::new().await;
    let variables = json!({ "topic": "t", "photo": photo("canary.jpg", b"canary") });
    org.done(&case_with_photo().to_string(), &variables).await;
    let paths: Vec<String> = org.org().log().iter().map(|exchange| exchange.path.clone()).collect();
    assert_eq!(paths, ["/services/data/v62.0/composite", "/services/data/v62.0/sobjects/ContentVersion"]);
}
