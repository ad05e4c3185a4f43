//! Random settings, of which each row has a variable of its own, and random variables for them: mostly what the field takes, or
//! nearly.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// Field, its facts, and texts that are right, nearly right or wrong there.
const FIELDS: &[(&str, &str, &str)] = &[
    (
        "Email",
        r#"{"type":"email","length":20,"label":"E-mail"}"#,
        "anna@example.com|ANNA@x.co|a@b|a b@c.de|@x.de|a@x..de|a@@{b.de|long.address@example.com|<a@b.de>|ä@ü.de",
    ),
    (
        "LastName",
        r#"{"type":"string","length":8,"required":true}"#,
        "Berg|Bergmann|Bergmanns|ÄÖÜäöüß😀|a@{b|@|a@@b{|@{|Anna@ {",
    ),
    ("Description", r#"{"type":"textarea","length":40}"#, "Hello\nworld|a@{b}|x;y|[\"a\"]|{}"),
    ("Phone", r#"{"type":"phone","length":12}"#, "+49 30 12345|123456789012|1234567890123"),
    (
        "Amount__c",
        r#"{"type":"currency","precision":8,"scale":2}"#,
        "1.234,56|1,234.56|1234.56|123456.78|1234567|0.5|,5|1.5.5|-12|+3|−4|1e3|1'234.50|1 234,5|12.34|0.500|1.234|1.230|000012",
    ),
    ("Percent__c", r#"{"type":"percent","precision":3,"scale":2}"#, "5%|5 %|9.99|12|5,5 %|0.25"),
    ("Count__c", r#"{"type":"int","precision":4}"#, "12|12.0|12.5|1234|12345|1.234|-7"),
    ("Score__c", r#"{"type":"double"}"#, "12.5|12,5|1.234.567,8|1,234,567|abc"),
    ("Done__c", r#"{"type":"boolean","required":true}"#, "yes|JA|Nein|true|FALSE|2|maybe|on|1|0|x"),
    (
        "Due__c",
        r#"{"type":"date"}"#,
        "2026-12-24|24.12.2026|12/24/2026|24/12/2026|2026/1/5|2026.1.5|03/04/2026|4/4/2026|2026-13-01|1699-12-01|4000-12-01|24.12.2026 18:30|2026-12-24T18:30:00Z|2026-12-24T18:30:00+01:00|24. 12. 2026|2026. 11. 22.|tomorrow|20261224|24-12-2026",
    ),
    (
        "Started__c",
        r#"{"type":"datetime"}"#,
        "2026-12-24T18:30:00Z|2026-12-24 18:30|2026-12-24|24.12.2026 18:30 Uhr|24.12.2026, 18 Uhr|12/24/2026 6:30 pm|2026-12-24T24:00:00Z|2026-12-24T18:30:00.123456+0100|2026-12-24T18:30+15:00|2026-12-24T18:30+01|2026-12-24T18:60Z",
    ),
    (
        "Starts_At__c",
        r#"{"type":"time"}"#,
        "18:30|18:30:15.5Z|6:30 pm|12 am|18 Uhr|13:05 pm|25:00|18:30.5|noon|6:30 P.M.",
    ),
    (
        "Source__c",
        r#"{"type":"picklist","restricted":true,"values":[{"value":"web_chat","label":"Web chat"},{"value":"Phone"}]}"#,
        "web_chat|Phone|Mail|phone|Web chat",
    ),
    (
        "Plain__c",
        r#"{"type":"picklist","restricted":true,"values":[{"value":"Hot"},{"value":"Cold"}]}"#,
        "Hot|Cold|Warm|hot",
    ),
    (
        "Open__c",
        r#"{"type":"picklist","length":10,"values":[{"value":"Hot"},{"value":"Cold"}]}"#,
        "Hot|anything|much too long|a@{b",
    ),
    (
        "Topics__c",
        r#"{"type":"multipicklist","restricted":true,"values":[{"value":"News"},{"value":"Offers","label":"Angebote"}]}"#,
        "News|Offers|Nothing|News;Offers",
    ),
    ("Tags__c", r#"{"type":"multipicklist","values":[{"value":"a"},{"value":"b"}]}"#, "a|a;b|c d|a@{b"),
    ("OwnerId", r#"{"type":"reference"}"#, "005000000000001|005000000000001AAA|005|Anna Berg|00500000000000é"),
    ("CommentBody", r#"{"type":"textarea","length":30,"byteLength":30}"#, "plain|ä ö ü|& and <"),
    ("Account.Customer_No__c", r#"{"type":"string","length":6}"#, "C-1|C-12345"),
    ("Id", r#"{"type":"id"}"#, "003000000000001|003000000000001AAA|Berg"),
];

pub fn facts(field: &str) -> Value {
    let (_, facts, _) = FIELDS.iter().find(|(name, ..)| *name == field).unwrap();
    serde_json::from_str(facts).unwrap()
}

fn texts(field: &str) -> Vec<&'static str> {
    let (_, _, texts) = FIELDS.iter().find(|(name, ..)| *name == field).unwrap();
    texts.split('|').collect()
}

/// The schema of all fields, as `prepare` writes it.
fn prepared() -> Value {
    let (mut contact, mut account) = (Map::new(), Map::new());
    for (name, facts, _) in FIELDS {
        let facts: Value = serde_json::from_str(facts).unwrap();
        match name.split_once('.') {
            Some((_, field)) => account.insert(field.to_owned(), facts),
            None => contact.insert((*name).to_owned(), facts),
        };
    }
    contact.insert("Step__c".to_owned(), json!({ "type": "string", "length": 20, "externalId": true, "unique": true }));
    let lead: Map<String, Value> = contact.iter().map(|(name, facts)| (name.clone(), facts.clone())).collect();
    json!({ "objects": {
        "Contact": { "fields": contact, "relationships": { "Account": "Account" } },
        "Lead": { "fields": lead, "relationships": { "Account": "Account" } },
        "Account": { "fields": account },
    } })
}

/// A row of the settings, whose variable is `v` and its number.
pub fn settings() -> BoxedStrategy<Value> {
    let chosen = vec(select(FIELDS.to_vec()), 1..=5);
    let top = (
        select(vec![None, Some("de"), Some("en-US"), Some("en"), Some("fr"), Some("de-CH"), Some("hu")]),
        select(vec![None, Some("Europe/Berlin"), Some("+01:00")]),
        prop::option::weighted(0.8, Just(prepared())),
        (any::<bool>(), prop::bool::weighted(0.2), prop::bool::weighted(0.3), prop::bool::weighted(0.15)),
    );
    (chosen, vec(row(), 5), top)
        .prop_map(|(chosen, rows, (locale, zone, schema, (file, look_in, marked, reads)))| {
            let mut mappings = Vec::new();
            for (number, ((field, ..), row)) in chosen.into_iter().zip(rows).enumerate() {
                let is_twice = mappings.iter().any(|other: &Value| other["field"] == field);
                if !is_twice {
                    mappings.push(completed(field, number, row, reads));
                }
            }
            let mut object = Map::new();
            if look_in && !reads {
                object.insert("lookIn".to_owned(), json!(["Contact", "Lead"]));
            } else {
                object.insert("sobject".to_owned(), json!("Contact"));
            }
            if !reads {
                mappings.push(json!({ "source": { "constant": "x" }, "object": "Person", "field": "Title" }));
                if file {
                    mappings.push(json!({ "source": { "file": "photo" }, "object": "Person" }));
                }
                if marked {
                    let idempotency = json!({ "field": "Step__c", "variable": "step" });
                    object.insert("idempotency".to_owned(), idempotency);
                }
            }
            let mode = if reads { "sobject-read" } else { "sobject-write" };
            let mut settings = json!({
                "mode": mode, "deploymentDomain": "example.my.salesforce.com", "mappings": mappings,
                "objects": { "Person": object },
            });
            for (key, value) in [("locale", locale), ("timeZone", zone)] {
                if let Some(value) = value {
                    settings[key] = value.into();
                }
            }
            if let Some(schema) = schema {
                settings["schema"] = schema;
            }
            settings
        })
        .boxed()
}

fn row() -> BoxedStrategy<Map<String, Value>> {
    let source = prop_oneof![
        12 => Just("variable"),
        2 => Just("template"),
        1 => Just("transcript"),
    ];
    (
        source,
        prop::bool::weighted(0.25),
        select(vec!["skip", "clear", "fail", "skip"]),
        prop::bool::weighted(0.3),
        0..4_u8,
    )
        .prop_map(|(source, key, blank, cut, epoch)| {
            let mut row = Map::new();
            row.insert("source".to_owned(), source.into());
            row.insert("useToFindExisting".to_owned(), key.into());
            row.insert("whenBlank".to_owned(), blank.into());
            row.insert("whenTooLong".to_owned(), if cut { "cut" } else { "fail" }.into());
            if epoch > 1 {
                let format = if epoch == 2 { "epoch-seconds" } else { "epoch-milliseconds" };
                row.insert("format".to_owned(), format.into());
            }
            row
        })
        .boxed()
}

fn completed(field: &str, number: usize, mut row: Map<String, Value>, reads: bool) -> Value {
    let kind = row["source"].as_str().unwrap().to_owned();
    let key = row["useToFindExisting"] == true || reads || field == "Id";
    // A conversation is no key, and the first of the rows of a read must be one.
    let kind = if key && kind == "transcript" { "variable".to_owned() } else { kind };
    row.insert("useToFindExisting".to_owned(), key.into());
    let variable = format!("v{number}");
    let source = if kind == "template" { format!("{{{variable}}}") } else { variable };
    if kind != "variable" || field != "Started__c" {
        row.remove("format");
    }
    if reads {
        row.remove("whenTooLong");
        if row["whenBlank"] == "clear" {
            row.insert("whenBlank".to_owned(), "fail".into());
        }
    }
    row.insert("source".to_owned(), json!({ kind: source }));
    row.insert("object".to_owned(), "Person".into());
    row.insert("field".to_owned(), field.into());
    Value::Object(row)
}

/// Variables for such settings.
pub fn variables(settings: &Value) -> BoxedStrategy<Value> {
    let mut all = Vec::new();
    for mapping in settings["mappings"].as_array().unwrap() {
        let source = mapping["source"].as_object().unwrap();
        let (kind, name) = source.iter().next().unwrap();
        let name = name.as_str().unwrap_or_default().trim_matches(['{', '}']).to_owned();
        match kind.as_str() {
            "constant" => continue,
            "file" => all.push(member(name, files())),
            "transcript" => all.push(member(name, prop_oneof![3 => conversations(), 1 => scalar()].boxed())),
            _ => all.push(member(name, given(mapping["field"].as_str().unwrap()))),
        }
    }
    all.push(member("step".to_owned(), steps()));
    all.push(member("other".to_owned(), scalar()));
    all.prop_map(|members| Value::Object(members.into_iter().flatten().collect())).boxed()
}

fn member(name: String, value: BoxedStrategy<Value>) -> BoxedStrategy<Option<(String, Value)>> {
    prop::option::weighted(0.85, value).prop_map(move |value| value.map(|value| (name.clone(), value))).boxed()
}

fn given(field: &str) -> BoxedStrategy<Value> {
    let text = select(texts(field)).prop_map(Value::from);
    let list = vec(prop_oneof![3 => text.clone(), 1 => scalar()], 0..3).prop_map(Value::from);
    let facts = facts(field);
    let values: Vec<Value> =
        facts["values"].as_array().into_iter().flatten().map(|value| value["value"].clone()).collect();
    let known = match values.is_empty() {
        true => text.clone().boxed(),
        false => vec(select(values), 1..3).prop_map(Value::from).boxed(),
    };
    let within = text.clone().prop_map(|text| Value::from(format!(" {} ", text.as_str().unwrap())));
    prop_oneof![10 => text, 4 => scalar(), 1 => list, 2 => known, 1 => within, 1 => Just(json!({ "a": 1 }))].boxed()
}

fn scalar() -> BoxedStrategy<Value> {
    let numbers = [
        "0",
        "1",
        "-1",
        "7",
        "12.5",
        "1.25",
        "1.255",
        "123456",
        "1000000",
        "9999",
        "10000",
        "1798133400",
        "1798133400000",
        "-8520336001",
        "2.0",
        "1e2",
    ];
    prop_oneof![
        1 => Just(Value::Null),
        1 => Just(json!("")),
        1 => Just(json!(" ")),
        1 => any::<bool>().prop_map(Value::from),
        3 => select(numbers.to_vec()).prop_map(|number| serde_json::from_str(number).unwrap()),
        1 => "[a-z@{ ]{0,12}".prop_map(Value::from),
        1 => vec(select(vec![json!("a"), json!(null), json!(7), json!([]), json!({}), json!("")]), 0..3).prop_map(Value::from),
    ]
    .boxed()
}

fn steps() -> BoxedStrategy<Value> {
    let texts = [
        "conversation-1/2",
        "conversation-1",
        ".a",
        "a.",
        "a.inc",
        "a.INC ",
        "a@{b",
        "a\\b",
        "50%",
        "a".repeat(21).leak(),
        "x.y",
    ];
    prop_oneof![8 => Just(json!("chat-1-step-2")), 4 => select(texts.to_vec()).prop_map(Value::from), 1 => scalar()]
        .boxed()
}

fn files() -> BoxedStrategy<Value> {
    let names = ["a.txt", "../a", "", " ", ".", "x\ny", " photo.jpg ", "a\u{202e}gpj.exe", "..a"];
    let types = [json!("image/jpeg"), json!(null), json!("jpeg"), json!("text/plain; charset=utf-8"), json!(7)];
    let contents = ["SGVsbG8=", "eA==", "", "eA", "data:x", "eHl6"];
    let file = (select(names.to_vec()), select(types.to_vec()), select(contents.to_vec()), 0..12_u8).prop_map(
        |(name, media_type, base64, odd)| {
            let mut file = json!({ "name": name, "mediaType": media_type, "base64": base64 });
            let map = file.as_object_mut().unwrap();
            match odd {
                0 => drop(map.remove("name")),
                1 => drop(map.remove("base64")),
                2 => drop(map.insert("size".to_owned(), json!(1))),
                3..=6 => drop(map.remove("mediaType")),
                _ => {}
            }
            if odd > 4 {
                map.insert("name".to_owned(), json!("a.txt"));
            }
            file
        },
    );
    prop_oneof![6 => file.clone(), 2 => vec(file, 0..3).prop_map(Value::from), 2 => scalar(), 1 => Just(json!([null]))]
        .boxed()
}

fn conversations() -> BoxedStrategy<Value> {
    let names = ["visitor", "", " ", "a\tb", "a\nb", "\u{2028}x", "Ä"];
    let times = [
        json!("2026-11-26T10:00:00Z"),
        json!(null),
        json!("10:00"),
        json!("2026-11-26 10:00+01:00"),
        json!("2026-11-26"),
    ];
    let message = (select(names.to_vec()), select(vec!["Hello", "", "@{a}", " "]), select(times.to_vec()), 0..10_u8)
        .prop_map(|(from, text, at, odd)| {
            let mut message = json!({ "from": from, "text": text, "at": at });
            let map = message.as_object_mut().unwrap();
            match odd {
                0 => drop(map.insert("text".to_owned(), json!(1))),
                1 => drop(map.remove("from")),
                2 => drop(map.insert("time".to_owned(), json!(1))),
                3..=5 => drop(map.remove("at")),
                _ => {}
            }
            if odd > 3 {
                map.insert("from".to_owned(), json!("visitor"));
            }
            message
        });
    let lists = vec(message, 0..3).prop_map(Value::from);
    prop_oneof![6 => lists, 2 => Just(json!("a: b\nc: d")), 1 => Just(json!([["a"]]))].boxed()
}

/// The fields that can be written.
pub fn fields() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().map(|(name, ..)| *name).filter(|name| *name != "Id")
}

pub fn of_one_row(field: &str, locale: Option<&str>, zone: Option<&str>, blank: &str, long: &str) -> Value {
    let row = json!({ "source": { "variable": "v" }, "object": "Person", "field": field, "whenBlank": blank, "whenTooLong": long });
    let mut settings = json!({
        "mode": "sobject-write", "deploymentDomain": "example.my.salesforce.com",
        "mappings": [row, { "source": { "constant": "x" }, "object": "Person", "field": "Title" }],
        "objects": { "Person": { "sobject": "Contact" } }, "schema": prepared(),
    });
    for (key, value) in [("locale", locale), ("timeZone", zone)] {
        if let Some(value) = value {
            settings[key] = value.into();
        }
    }
    settings
}

/// All that is tried for a field, and for fields of other types.
pub fn values(field: &str) -> Vec<Value> {
    let others =
        ["", " ", "x", "12", "1,5", "1.234.567,8", "1234567", "0,1234567", "a@b.de", "2026-12-24", "true", "@{a}"];
    let numbers = ["0", "1", "-1", "12.5", "123456", "1000000", "-1000000", "999999.99", "10000", "9999"];
    let of_field = texts(field).into_iter().chain(others).map(Value::from);
    let numbers = numbers.into_iter().map(|number| serde_json::from_str(number).unwrap());
    let more = [
        json!(null),
        json!(true),
        json!([]),
        json!(["a", "b"]),
        json!({}),
        json!([{}]),
        json!([["a"]]),
        json!([1, null]),
    ];
    of_field.chain(numbers).chain(more).collect()
}
