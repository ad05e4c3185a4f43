//! Settings and variables for property tests: well-formed documents, the same with something broken in them, and any JSON.
//!
//! Every run draws the same documents, so that a test which passed yesterday passes today. `PROPTEST_CASES=20000` draws
//! more of them, `PROPTEST_RNG_SEED=7` others.

mod accident;
mod other_modes;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use proptest::test_runner::{Config, RngSeed};
use serde_json::{Map, Value, json};

use accident::with_accidents;
use other_modes::{handover, request};

/// `cases` documents of the one sequence, unless the environment says otherwise.
pub fn config(cases: u32) -> Config {
    let asked = Config::default();
    let is_set = |name| std::env::var_os(name).is_some();
    Config {
        cases: if is_set("PROPTEST_CASES") { asked.cases } else { cases },
        rng_seed: if is_set("PROPTEST_RNG_SEED") { asked.rng_seed } else { RngSeed::Fixed(1) },
        // The smallest case is printed; as a row of a table it says more than in a file of seeds.
        failure_persistence: None,
        ..asked
    }
}

/// Record, SObject behind it.
const RECORDS: [(&str, &str); 6] = [
    ("Contact", "Contact"),
    ("Case", "Case"),
    ("Lead", "Lead"),
    ("Order", "acme__Order__c"),
    ("Second", "Contact"),
    (PERSON, "Lead"),
];
/// It is looked for among Contacts, too.
const PERSON: &str = "Person";

/// Field, type in a describe, further facts.
fn fields() -> Vec<(&'static str, Value)> {
    vec![
        ("Email", json!({ "type": "email", "length": 80, "idLookup": true })),
        ("LastName", json!({ "type": "string", "length": 8, "required": true })),
        ("Description", json!({ "type": "textarea", "length": 32000 })),
        ("Customer_No__c", json!({ "type": "string", "length": 40, "externalId": true, "unique": true })),
        ("Amount__c", json!({ "type": "currency", "precision": 8, "scale": 2 })),
        ("Count__c", json!({ "type": "int" })),
        ("Done__c", json!({ "type": "boolean", "required": true })),
        ("Due__c", json!({ "type": "date" })),
        ("Started__c", json!({ "type": "datetime" })),
        ("Starts_At__c", json!({ "type": "time" })),
        ("Source__c", json!({ "type": "picklist", "restricted": true, "values": picklist() })),
        ("Channels__c", json!({ "type": "multipicklist", "values": picklist() })),
        ("OwnerId", json!({ "type": "reference", "length": 18 })),
        ("Account.Customer_No__c", json!({ "type": "string", "length": 40, "caseSensitive": true })),
        ("Id", json!({ "type": "id" })),
    ]
}

fn picklist() -> Value {
    json!([{ "value": "web_chat", "label": "Web chat" }, { "value": "Phone" }])
}

const VARIABLES: [&str; 8] =
    ["customer_email", "customer_firstname", "customer_lastname", "amount", "when", "topic", "name", "f i e l d ü"];

/// What authors write into texts, rightly and wrongly, for every setting that takes one.
const TEXTS: &str = "\
    | |\t\n|\u{feff}|\u{85}|\u{2028}|\u{a0}x\u{a0}|x|ü😀|a\u{0}b|Web|0|true|null|@{|a@{b}|{|}|{}|{ }|\
    {\u{a0}}|{\u{feff}}|{a}|{ a } b|{{a}}|{{{a}}}|{a}}|{{a}|a@{{b}{c}|@{a}|{a{b}|{}{a}|{a}{{{{|Contact|\
    contact|Last Name|1st|Name_|_x|a__c|A.B|A.B.C|A.|.B|Id|RecordTypeId|46.0|45.0|046.0|045.0|62|100.0|\
    999.0|1000.0|62.0 |example.my.salesforce.com| EXAMPLE.my.salesforce.com\n|a.b.c.my-salesforce.com|\
    a.b.c.d.my.salesforce.com|-a.my.salesforce.com|a-.x.my.salesforce.mil|x.my-salesforce.mil|\
    x.my.sfcrmproducts.cn|my.salesforce.com|https://example.my.salesforce.com|login.salesforce.com|\
    012000000000001|012000000000001AAA|012000000000001AAB|01200000000000é|Europe/Berlin|europe/nowhere|\
    +01:00|z";

/// Words of the settings' fixed choices, and near ones.
const CHOICES: &str = "\
    sobject-write|sobject-read|skip|clear|fail|cut|always|if-empty|on-create|all|any|stop|\
    most-recently-modified|list|block|allow|adopt|default|off|web-to-case|Web-to-case|de|de-CH|de_DE|en-US|xx|\
    mismatched-source|key-may-be-blank|look-alike-fields|case-key|email|multipicklist|address|string|SKIP|\
    update|UTC";

/// Keys of the settings, and near ones.
const KEYS: &str = "\
    mode|deploymentDomain|apiVersion|locale|timeZone|preset|mappings|objects|schema|source|target|object|field|\
    whenNoneMatch|list|limit|\
    useToFindExisting|whenBlank|overwrite|whenTooLong|whenFileFails|silence|variable|constant|template|record|file|transcript|sobject|\
    lookIn|onlyFor|onlyUpdateExisting|matchKeys|whenSeveralMatch|duplicateRule|assignmentRule|recordType|store|hash|\
    viewAllData|fields|relationships|recordTypes|type|externalId|idLookup|unique|caseSensitive|required|\
    length|precision|scale|restricted|values|value|label|Contact|Case|Email|Id|id|Mode|x-order|$schema|| |ä|\
    a b|__proto__";

/// The parts of a list with `|` between them.
pub fn listed(list: &'static str) -> Vec<&'static str> {
    list.split('|').collect()
}

/// Any text, with a preference for what has a meaning somewhere.
pub fn text() -> BoxedStrategy<String> {
    let pieces = [
        "'", "\"", "\\", "@{", "{", "}", "%", "/", "?", "#", "+", " ", "\n", "\u{0}", "\u{7f}", "\u{85}", "ß", "İ",
        "😀", "\\u0041", "'--", "._",
    ];
    prop_oneof![
        4 => vec(any::<char>(), 0..12).prop_map(|chars| chars.into_iter().collect()),
        4 => vec(prop_oneof![select(pieces.to_vec()).prop_map(str::to_owned), any::<char>().prop_map(String::from)], 0..8)
            .prop_map(|parts| parts.concat()),
        2 => select(listed(TEXTS)).prop_map(str::to_owned),
        1 => (0..300_usize).prop_map(|length| "x".repeat(length)),
    ]
    .boxed()
}

/// Any JSON of moderate size.
pub fn json() -> BoxedStrategy<Value> {
    let numbers = ["0", "1", "-1", "8", "1.5", "1e300", "4294967296", "-0.50"];
    let leaf = prop_oneof![
        1 => Just(Value::Null),
        2 => any::<bool>().prop_map(Value::from),
        2 => select(numbers.to_vec()).prop_map(|number| serde_json::from_str(number).unwrap()),
        3 => text().prop_map(Value::from),
        2 => select(listed(CHOICES)).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((key(), inner), 0..4).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
    .boxed()
}

fn key() -> BoxedStrategy<String> {
    prop_oneof![
        6 => select(listed(KEYS)).prop_map(str::to_owned),
        2 => select(listed(TEXTS)).prop_map(str::to_owned),
        1 => text(),
    ]
    .boxed()
}

/// Variables of a conversation: mostly those that [`settings`] asks for.
pub fn variables() -> BoxedStrategy<Value> {
    let name = prop_oneof![4 => select(VARIABLES.to_vec()).prop_map(str::to_owned), 1 => key()];
    let said = [
        "anna@example.com",
        "Anna",
        "1.234,56",
        "12.5",
        "24.12.2026 18:30",
        "2026-12-24T18:30:00Z",
        "ja",
        "web chat",
        ";",
    ];
    let given = [
        json!({ "name": "photo.jpg", "mediaType": "image/jpeg", "base64": "eHl6" }),
        json!([{ "name": "a'\"b.txt", "base64": "eA==" }, { "name": "b", "base64": "eA==" }]),
        json!([{ "from": "visitor", "text": "Hello", "at": "2026-11-26T10:00:00Z" }, { "from": "bot", "text": "@{a}" }]),
    ];
    let value = prop_oneof![6 => select(said.to_vec()).prop_map(Value::from), 1 => select(given.to_vec()), 4 => json()];
    vec((name, value), 0..8).prop_map(|members| Value::Object(members.into_iter().collect())).boxed()
}

/// A member that is there or not.
fn maybe(key: &'static str, value: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Option<(String, Value)>> {
    prop_oneof![3 => Just(None), 1 => value.prop_map(move |value| Some((key.to_owned(), value)))].boxed()
}

fn one_of(values: &[&'static str]) -> BoxedStrategy<Value> {
    select(values.to_vec()).prop_map(Value::from).boxed()
}

fn members(members: Vec<BoxedStrategy<Option<(String, Value)>>>) -> BoxedStrategy<Map<String, Value>> {
    members.prop_map(|members| members.into_iter().flatten().collect()).boxed()
}

fn with(required: Value, optional: Map<String, Value>) -> Value {
    let mut object = optional;
    object.extend(required.as_object().cloned().unwrap_or_default());
    Value::Object(object)
}

/// Settings without a mistake of shape; rules between their members may be broken.
pub fn settings() -> BoxedStrategy<Value> {
    prop_oneof![4 => writing(), 1 => reading()].boxed()
}

fn writing() -> BoxedStrategy<Value> {
    let places: Vec<(usize, usize)> =
        (0..RECORDS.len()).flat_map(|record| (0..fields().len()).map(move |field| (record, field))).collect();
    subsequence(places, 1..=8)
        .prop_flat_map(|places| {
            let mut names: Vec<&str> = places.iter().map(|(record, _)| RECORDS[*record].0).collect();
            names.dedup();
            let rows: Vec<_> = places.into_iter().map(|(record, at)| row(RECORDS[record].0, fields()[at].0)).collect();
            let objects: Vec<_> = names.into_iter().map(record).collect();
            (rows, objects, top(), prop::option::weighted(0.6, facts()))
        })
        .prop_map(|(rows, objects, top, facts)| {
            let objects: Map<String, Value> = objects.into_iter().flatten().collect();
            let mut settings = with(json!({ "mode": "sobject-write", "mappings": rows, "objects": objects }), top);
            if let Some(facts) = facts {
                settings["schema"] = facts;
            }
            settings
        })
        .boxed()
}

/// Settings that read one record or two.
fn reading() -> BoxedStrategy<Value> {
    let names: Vec<&str> = fields().into_iter().map(|(name, _)| name).collect();
    let keys = subsequence(vec!["Email", "LastName", "Customer_No__c", "Account.Customer_No__c", "Id"], 1..=3);
    let of_one = move |record: &'static str| {
        let object = (
            maybe("matchKeys", match_keys()),
            maybe("whenNoneMatch", one_of(&["clear", "skip", "fail"])),
            maybe("store", Just(json!({ "CaseNumber": format!("{record}_number") }))),
            prop_oneof![
                2 => Just(json!({})),
                1 => one_of(&["stop", "most-recently-modified"]).prop_map(|several| json!({ "whenSeveralMatch": several })),
                1 => (1..=200_u32).prop_map(move |limit| {
                    let list = json!({ "variable": format!("{record}s"), "limit": limit });
                    json!({ "whenSeveralMatch": "list", "list": list })
                }),
            ],
        );
        (keys.clone(), subsequence(names.clone(), 1..=4), object).prop_map(move |(keys, targets, object)| {
            let key = |field: &str| {
                let source = json!({ "variable": VARIABLES[field.len() % VARIABLES.len()] });
                json!({ "source": source, "object": record, "field": field, "useToFindExisting": true })
            };
            let target = |field: &str| {
                let target = json!({ "variable": format!("{record} {field}") });
                json!({ "object": record, "field": field, "target": target })
            };
            let rows: Vec<Value> = keys.into_iter().map(key).chain(targets.into_iter().map(target)).collect();
            let (a, b, c, several) = object;
            let members: Map<String, Value> = [a, b, c].into_iter().flatten().collect();
            (rows, (record.to_owned(), with(several, members)))
        })
    };
    let records = prop_oneof![
        of_one("Contact").prop_map(|one| vec![one]),
        (of_one("Contact"), of_one("Case")).prop_map(|(one, two)| vec![one, two]),
    ];
    (records, top(), prop::option::weighted(0.6, facts()))
        .prop_map(|(records, mut top, facts)| {
            top.remove("preset");
            let (rows, objects): (Vec<_>, Map<String, Value>) = records.into_iter().unzip();
            let rows: Vec<Value> = rows.into_iter().flatten().collect();
            let mut settings = with(json!({ "mode": "sobject-read", "mappings": rows, "objects": objects }), top);
            if let Some(facts) = facts {
                settings["schema"] = facts;
            }
            settings
        })
        .boxed()
}

fn top() -> BoxedStrategy<Map<String, Value>> {
    let domains = ["example.my.salesforce.com", "EXAMPLE--test.sandbox.my.salesforce.com ", "x.my.sfcrmproducts.cn"];
    let domain = one_of(&domains).prop_map(|domain| Some(("deploymentDomain".to_owned(), domain)));
    members(vec![
        domain.boxed(),
        maybe("apiVersion", one_of(&["46.0", "51.0", "52.0", "62.0", "100.0"])),
        maybe("locale", one_of(&["de", "en-US", "fr"])),
        maybe("timeZone", one_of(&["Europe/Berlin", "UTC", "-05:30"])),
        maybe("preset", one_of(&["web-to-case"])),
    ])
}

fn row(record: &'static str, field: &'static str) -> BoxedStrategy<Value> {
    let variable = select(VARIABLES.to_vec());
    let source = prop_oneof![
        12 => variable.clone().prop_map(|variable| json!({ "variable": variable })),
        2 => select(vec![json!("12"), json!(12.5), json!(true), json!("2026-12-24"), json!(["a", 1, false])])
            .prop_map(|constant| json!({ "constant": constant })),
        2 => (variable.clone(), variable).prop_map(|(a, b)| json!({ "template": format!("{{{a}}} - {{{b}}}") })),
        1 => select(RECORDS.to_vec()).prop_map(|(record, _)| json!({ "record": record })),
        1 => select(VARIABLES.to_vec()).prop_map(|variable| json!({ "file": variable })),
        1 => select(VARIABLES.to_vec()).prop_map(|variable| json!({ "transcript": variable })),
    ];
    // Nothing else can be done with an id.
    let key = match field {
        "Id" => Just(Some(("useToFindExisting".to_owned(), json!(true)))).boxed(),
        _ => maybe("useToFindExisting", select(vec![json!(true), json!(false), json!("only")])),
    };
    let only_for = match record {
        PERSON => maybe("onlyFor", select(vec![json!(["Lead"]), json!(["Contact"]), json!(["lead", "Contact"])])),
        _ => Just(None).boxed(),
    };
    let smells = ["mismatched-source", "key-may-be-blank", "look-alike-fields", "case-key"];
    let optional = members(vec![
        key,
        only_for,
        maybe("whenBlank", one_of(&["skip", "clear", "fail"])),
        maybe("overwrite", one_of(&["always", "if-empty", "on-create", "append"])),
        maybe("whenTooLong", one_of(&["fail", "cut"])),
        maybe("whenFileFails", one_of(&["write-anyway"])),
        maybe("locale", one_of(&["en", "ja"])),
        maybe("timeZone", one_of(&["america/new_york", "+01:00"])),
        maybe("silence", vec(one_of(&smells), 0..3).prop_map(Value::from)),
    ]);
    (source, optional)
        .prop_map(move |(source, mut optional)| {
            if source.get("file").is_some() {
                optional.retain(|key, value| {
                    key == "silence"
                        || key == "onlyFor"
                        || key == "whenFileFails"
                        || (key == "whenBlank" && value != "clear")
                });
                return with(json!({ "source": source, "object": record }), optional);
            }
            if source.get("transcript").is_some() {
                optional.remove("useToFindExisting");
            }
            with(json!({ "source": source, "object": record, "field": field }), optional)
        })
        .boxed()
}

fn match_keys() -> BoxedStrategy<Value> {
    let group = subsequence(vec!["Email", "LastName", "Customer_No__c", "Account.Customer_No__c"], 1..=2);
    prop_oneof![6 => one_of(&["all", "any"]), 1 => vec(group, 1..=2).prop_map(|groups| json!(groups))].boxed()
}

fn record(name: &'static str) -> BoxedStrategy<Option<(String, Value)>> {
    let sobject = RECORDS.iter().find(|(record, _)| *record == name).map_or(name, |(_, sobject)| sobject);
    let stored = move |(field, variable): (&str, &str)| json!({ field: format!("{name}_{variable}"), "Id": name });
    // Nothing else fits another object, and one accident in a document is enough.
    let preset = if sobject == "Case" { maybe("preset", one_of(&["web-to-case"])) } else { Just(None).boxed() };
    let optional = members(vec![
        maybe("onlyUpdateExisting", prop::bool::weighted(0.2).prop_map(Value::from)),
        maybe("matchKeys", match_keys()),
        maybe("whenSeveralMatch", one_of(&["stop", "most-recently-modified"])),
        maybe("duplicateRule", one_of(&["block", "allow", "adopt"])),
        maybe("assignmentRule", one_of(&["default", "off", "01Q000000000001", "01Q000000000001EAA"])),
        maybe("recordType", one_of(&["Support"])),
        preset,
        maybe("store", (select(vec!["CaseNumber", "Email"]), select(VARIABLES.to_vec())).prop_map(stored)),
    ]);
    let required = match name {
        PERSON => json!({ "lookIn": ["Contact", sobject] }),
        _ => json!({ "sobject": sobject }),
    };
    optional.prop_map(move |optional| Some((name.to_owned(), with(required.clone(), optional)))).boxed()
}

/// What `prepare` writes for the fields above.
fn facts() -> BoxedStrategy<Value> {
    let hash = maybe("hash", Just(json!("0".repeat(64))));
    let may_see_all = maybe("viewAllData", any::<bool>().prop_map(Value::from));
    (members(vec![hash, may_see_all]), subsequence(fields(), 8..=15))
        .prop_map(|(optional, fields)| {
            let own: Map<String, Value> = fields
                .into_iter()
                .filter(|(name, _)| !name.contains('.'))
                .map(|(name, facts)| (name.into(), facts))
                .collect();
            let object = json!({
                "fields": own,
                "relationships": { "Account": "Account" },
                "recordTypes": { "Support": "012000000000001AAA" }
            });
            let account = json!({ "fields": { "Customer_No__c": { "externalId": true, "unique": true } } });
            let objects: Map<String, Value> =
                RECORDS.iter().map(|(_, sobject)| ((*sobject).to_owned(), object.clone())).collect();
            with(json!({ "objects": with(json!({ "Account": account }), objects) }), optional)
        })
        .boxed()
}

/// Well-formed settings with an accident in them, at times none or several: a document that is wrong in two ways hides one.
pub fn mutated() -> BoxedStrategy<Value> {
    with_accidents(settings())
}

/// The same of the mode `api-request`.
pub fn mutated_request() -> BoxedStrategy<Value> {
    with_accidents(request())
}

/// Settings of a hand-over with a few accidents.
pub fn mutated_handover() -> BoxedStrategy<Value> {
    with_accidents(handover())
}
