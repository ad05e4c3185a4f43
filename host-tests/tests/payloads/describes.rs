//! What our REST code reads in a describe.

use salesforce_module::discover;
use salesforce_module::wire::{DESCRIBE_MEMBERS, Describe, Sieve, filtered};
use serde_json::{Value, json};

use crate::catalogue::{Kind, of};
use crate::files;
use crate::reading::{composite, each, list, response, text};

#[test]
fn describes_are_read_field_by_field() {
    each(Kind::Describe, |payload| check_describe(payload.name, &payload.body));
    each(Kind::DescribeInComposite, |payload| {
        check_describe(payload.name, &payload.body["compositeResponse"][0]["body"]);
    });
}

/// What arrives in pieces of any length is thinned to what a reading of the whole keeps.
#[test]
fn real_describes_come_through_the_sieve_as_the_filter_reads_them() {
    let check = |name: &str, body: &Value| {
        let whole = format!("{body:#}");
        let mut sieve = Sieve::new(Some(&discover::MEMBERS));
        whole.as_bytes().chunks(61).for_each(|piece| sieve.push(piece));
        let kept = sieve.into_bytes();
        assert!(kept.len() * 2 < whole.len(), "{name}: {} of {} bytes", kept.len(), whole.len());
        let read = |json: &[u8]| filtered(json, &discover::MEMBERS).unwrap_or_else(|unfit| panic!("{name}: {unfit:?}"));
        assert_eq!(read(&kept), read(whole.as_bytes()), "{name}");
    };
    each(Kind::Describe, |payload| check(payload.name, &payload.body));
    each(Kind::DescribeInComposite, |payload| check(payload.name, &payload.body));
}

fn check_describe(name: &str, body: &Value) {
    let describe = Describe::new(body, |_, _| true).unwrap_or_else(|| panic!("{name}: not read"));
    assert_eq!(describe.name, text(body, "name"), "{name}");
    assert_eq!(describe.createable, flag(body, "createable"), "{name}");
    let fields = list(body, "fields");
    assert_eq!(describe.fields.len(), fields.len(), "{name}");
    for (field, described) in describe.fields.iter().zip(fields) {
        let at = format!("{name}: {}", field.name);
        assert_eq!(field.name, text(described, "name"));
        assert_eq!(field.relationship.as_deref(), described["relationshipName"].as_str(), "{at}");
        assert_eq!(
            (field.createable, field.updateable),
            (flag(described, "createable"), flag(described, "updateable"))
        );
        let references: Vec<&str> = field.references().collect();
        assert_eq!(json!(references), described["referenceTo"], "{at}");
        // The platform's rule: a tick box always has a value, so it is never demanded.
        assert!(!(field.demanded && described["type"] == "boolean"), "{at}");
        assert!(!field.demanded || described["nillable"] == false, "{at}");
        let Some(facts) = field.facts() else {
            let word = text(described, "type");
            assert!(["address", "location", "base64", "anyType", "complexvalue"].contains(&word), "{at}: {word}");
            continue;
        };
        assert_eq!(facts.external_id, flag(described, "externalId"), "{at}");
        assert_eq!(facts.id_lookup, flag(described, "idLookup"), "{at}");
        assert_eq!(facts.unique, flag(described, "unique"), "{at}");
        if facts.field_type.is_text() {
            assert_eq!(facts.length.map_or(json!(0), |length| json!(length)), described["length"], "{at}");
        }
        let active = list(described, "picklistValues").iter().filter(|entry| flag(entry, "active"));
        let active: Vec<&Value> = active.filter(|entry| entry["value"].is_string()).collect();
        if !facts.values.is_empty() {
            let values: Vec<&str> = facts.values.iter().map(|value| value.value.as_str()).collect();
            let expected: Vec<&str> = active.iter().map(|entry| text(entry, "value")).collect();
            assert_eq!(values, expected, "{at}");
        }
    }
    let usable = |info: &&Value| flag(info, "available") && info.get("active").is_none_or(|active| active == true);
    let types = body["recordTypeInfos"].as_array().map(Vec::as_slice).unwrap_or_default();
    let expected = types.iter().filter(|info| info["developerName"].is_string()).filter(usable).count();
    let got = describe.record_types.iter().filter(|record_type| record_type.usable).count();
    assert_eq!(got, expected, "{name}");
    // `prepare` reads only the members that it names, as the whole may not fit its memory: nothing may be lost by that.
    let whole = json!({ "compositeResponse": [{ "body": body, "httpStatusCode": 200, "referenceId": "d" }] });
    let composite = composite(["d".to_owned()].into_iter());
    let kept = composite.answers_keeping(&response(200, whole.to_string().into_bytes()), &DESCRIBE_MEMBERS);
    let kept = kept.unwrap_or_else(|unfit| panic!("{name}: {unfit:?}"));
    assert_eq!(Describe::new(&kept[0].body, |_, _| true), Some(describe), "{name}");
}

#[test]
fn the_standard_objects_demand_what_their_describes_say() {
    let demanded = |file: &'static str| {
        let describe = files::read(of(Kind::Describe))?.into_iter().find(|payload| payload.name == file)?;
        let describe = Describe::new(&describe.body, |_, _| true)?;
        let demanded = describe.fields.into_iter().filter(|field| field.demanded);
        Some(demanded.map(|field| field.name).collect::<Vec<_>>())
    };
    for (file, fields) in [
        ("describe/describe_contact", vec!["LastName"]),
        ("describe/describe_lead", vec!["LastName", "Company"]),
        ("describe/describe_case", vec![]),
    ] {
        assert!(demanded(file).is_none_or(|demanded| demanded == fields), "{file}");
    }
}

fn flag(value: &Value, member: &str) -> bool {
    value[member].as_bool().unwrap_or(false)
}
