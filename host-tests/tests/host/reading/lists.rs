//! `whenSeveralMatch: list`: none, one or many in one variable.

use serde_json::{Value, json};

use crate::org::{TestOrg, codes, error, key, results};
use crate::reading::people::{add_annas, anna, listed, org, reads, target};

#[tokio::test(flavor = "multi_thread")]
async fn a_list_holds_none_one_or_several_and_single_variables_only_what_is_certain() {
    let org = TestOrg::new().await;
    let settings = listed(3).to_string();
    let none = org.done(&settings, &anna()).await;
    assert_eq!((results(&none), codes(&none)), (vec!["skipped"], vec!["no-match"]));
    assert_eq!(none["variables"], json!({ "contacts": [], "last": null, "contact_id": null }));

    let ids = add_annas(&org, 1);
    let one = org.done(&settings, &anna()).await;
    let entry = json!({ "Id": ids[0], "LastName": "Berg 0" });
    assert_eq!(results(&one), ["found"]);
    assert_eq!(one["variables"], json!({ "contacts": [entry], "last": "Berg 0", "contact_id": ids[0] }));
    assert_eq!(one["records"][0]["id"], *ids[0]);

    org.org()
        .seed(&json!({ "Contact": [{ "LastName": "Old", "Email": "anna@example.com" }] }), jiff::Timestamp::UNIX_EPOCH)
        .expect("a good seed");
    let two = org.done(&settings, &anna()).await;
    let names: Vec<&Value> =
        two["variables"]["contacts"].as_array().expect("a list").iter().map(|c| &c["LastName"]).collect();
    // The one changed last comes first.
    assert_eq!(names, ["Berg 0", "Old"]);
    assert_eq!((&two["variables"]["last"], &two["records"][0]["id"]), (&Value::Null, &Value::Null));
    assert_eq!((results(&two), codes(&two)), (vec!["found"], vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_says_when_it_is_cut() {
    let org = TestOrg::new().await;
    let ids = add_annas(&org, 4);
    let outcome = org.done(&listed(4).to_string(), &anna()).await;
    assert_eq!((outcome["variables"]["contacts"].as_array().map(Vec::len), codes(&outcome)), (Some(4), vec![]));
    let outcome = org.done(&listed(3).to_string(), &anna()).await;
    let got: Vec<&Value> =
        outcome["variables"]["contacts"].as_array().expect("a list").iter().map(|c| &c["Id"]).collect();
    assert_eq!(got, [&ids[3], &ids[2], &ids[1]]);
    assert_eq!((codes(&outcome), &outcome["findings"][0]["severity"]), (vec!["list-cut"], &json!("info")));
    assert_eq!(outcome["findings"][0]["path"], "/objects/Contact/list");
    // One in the list, and still not the only one.
    let outcome = org.done(&listed(1).to_string(), &anna()).await;
    assert_eq!(outcome["variables"]["contacts"][0]["Id"], *ids[3]);
    assert_eq!((&outcome["variables"]["last"], &outcome["records"][0]["id"]), (&Value::Null, &Value::Null));
}

/// Under the names that the author gave them, parents' fields too.
#[tokio::test(flavor = "multi_thread")]
async fn an_entry_has_the_fields_as_the_author_wrote_them() {
    let org = org().await;
    let rows =
        [key("mail", "Contact.Email"), target("Contact.lastname", "last"), target("Contact.Account.name", "company")];
    let settings = reads(rows, json!({ "Contact": { "whenSeveralMatch": "list", "list": { "variable": "all" } } }));
    let outcome = org.done(&settings.to_string(), &anna()).await;
    let id = &org.records("Contact")[0]["Id"];
    assert_eq!(outcome["variables"]["all"], json!([{ "Id": id, "lastname": "Berg", "Account.name": "Berg GmbH" }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_alone_is_a_list_of_ids() {
    let org = org().await;
    let settings = reads(
        [key("mail", "Contact.Email")],
        json!({ "Contact": { "whenSeveralMatch": "list", "list": { "variable": "all" }, "whenNoneMatch": "skip" } }),
    );
    let outcome = org.done(&settings.to_string(), &anna()).await;
    let id = &org.records("Contact")[0]["Id"];
    assert_eq!(outcome["variables"], json!({ "all": [{ "Id": id }] }));
    let outcome = org.done(&settings.to_string(), &json!({ "mail": "nobody@example.com" })).await;
    assert_eq!(outcome["variables"], json!({}), "left as they are, the list too");
}

/// With `any`, one key's matches may push another's out of the answer; a list that lacks some of its own is none.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_another_key_may_have_shortened_is_none() {
    let org = TestOrg::new().await;
    let rows = [key("mail", "Contact.Email"), key("phone", "Contact.Phone"), target("Contact.LastName", "last")];
    let list = |limit: u32| {
        json!({ "Contact": {
        "matchKeys": "any", "whenSeveralMatch": "list", "list": { "variable": "all", "limit": limit }
    } })
    };
    let annas = add_annas(&org, 3);
    let said = json!({ "mail": "anna@example.com", "phone": "1" });
    // Of both keys together six rows are asked for: five newer ones leave room for one of Anna's three, six for none.
    for newer in [5, 1] {
        let phone = |index: usize| json!({ "LastName": format!("P{index}"), "Phone": "1" });
        org.seed(json!({ "Contact": (0..newer).map(phone).collect::<Vec<_>>() }));
        let outcome = org.run(&reads(rows.clone(), list(2)).to_string(), &said).await;
        assert_eq!((outcome["status"].as_str(), error(&outcome, 0)), (Some("failed"), "LOOKUP_CUT_SHORT"));
        assert_eq!(outcome["variables"], json!({}));
    }
    let outcome = org.done(&reads(rows, list(10)).to_string(), &said).await;
    assert_eq!(outcome["variables"]["all"].as_array().map(Vec::len), Some(annas.len()));
}
