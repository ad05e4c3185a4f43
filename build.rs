//! What the component carries besides its code.

#![allow(clippy::expect_used)] // How a build script reports.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

/// A bound that the component has itself: no instance has more memory, whatever its host allows. Not in `.cargo/config.toml`, where
/// `RUSTFLAGS` of the environment would take its place without a word.
///
/// 32 MiB. The largest settings, variables and answers together need half of it.
const MAX_MEMORY: usize = 32 << 20;

/// The JSON Schema of the settings, for editors of this repository on many lines.
const SCHEMA: &str = "src/settings/schema.json";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={SCHEMA}");
    let schema = fs::read_to_string(SCHEMA).expect(SCHEMA);
    // Without the indentation, 6 kB of the component: no text of JSON goes over the end of a line.
    let short: String = schema.lines().map(str::trim_start).collect();
    let labels = labels(&serde_json::from_str(&schema).expect(SCHEMA), &short);
    let out = std::env::var_os("OUT_DIR").expect("OUT_DIR");
    fs::write(Path::new(&out).join("schema.json"), short).expect("a file in OUT_DIR");
    fs::write(Path::new(&out).join("labels.rs"), labels).expect("a file in OUT_DIR");
    if std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        println!("cargo::rustc-link-arg-cdylib=--max-memory={MAX_MEMORY}");
    }
}

/// What the form calls a setting and what can be chosen for it, as tables for `src/texts/labels.rs`. Of a title only its place in the
/// schema, which the component carries anyway.
fn labels(schema: &Value, short: &str) -> String {
    let cut = |title: &str| {
        let found = short.find(&format!("\"{title}\"")).expect("a title as it stands in the schema, without escapes");
        format!("cut({}, {})", found + 1, title.len())
    };
    let both = |[en, de]: [&str; 2]| format!("[{}, {}]", cut(en), cut(de));
    let root = schema.get("properties").and_then(Value::as_object).expect("properties");
    let (mut whole, mut parts, mut words) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    properties(schema, &mut |key, property| {
        let is_root = root.get(key).is_some_and(|of_root| std::ptr::eq(of_root, property));
        if let Some(title) = title(property) {
            plainest(if is_root { &mut whole } else { &mut parts }, key.to_owned(), title);
        }
        for (word, title) in choices(property) {
            plainest(&mut words, (key, word), title);
        }
    });
    // Where the whole and a part of it have the same key with another title, the whole's is told by a slash.
    for (key, title) in whole {
        let is_other = parts.get(&key).is_some_and(|part| *part != title);
        parts.insert(if is_other { format!("/{key}") } else { key }, title);
    }
    let mut source = format!("pub(super) static SETTINGS: [(&str, [&str; 2]); {}] = [\n", parts.len());
    for (key, title) in parts {
        writeln!(source, "    ({key:?}, {}),", both(title)).expect("a text");
    }
    writeln!(source, "];\npub(super) static WORDS: [(&str, &str, [&str; 2]); {}] = [", words.len()).expect("a text");
    for ((key, word), title) in words {
        writeln!(source, "    ({key:?}, {word:?}, {}),", both(title)).expect("a text");
    }
    source + "];\n"
}

/// Of several titles of one thing, the shortest is the one that fits everywhere.
fn plainest<'a, K: Ord>(titles: &mut BTreeMap<K, [&'a str; 2]>, key: K, title: [&'a str; 2]) {
    let known = titles.entry(key).or_insert(title);
    if title[0].len() < known[0].len() {
        *known = title;
    }
}

/// Each property of the schema, at whatever depth.
fn properties<'a>(schema: &'a Value, found: &mut impl FnMut(&'a str, &'a Value)) {
    match schema {
        Value::Object(members) => {
            for (key, property) in members.get("properties").and_then(Value::as_object).into_iter().flatten() {
                found(key, property);
            }
            members.values().for_each(|member| properties(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| properties(item, found)),
        _ => {}
    }
}

/// English and German.
fn title(entry: &Value) -> Option<[&str; 2]> {
    Some([entry.get("title")?.as_str()?, entry.pointer("/x-de/title")?.as_str()?])
}

/// What can be chosen for a setting: a word of it, or the one member that it has.
fn choices(property: &Value) -> Vec<(String, [&str; 2])> {
    let listed = ["/oneOf", "/items/oneOf"].into_iter().filter_map(|at| property.pointer(at)?.as_array()).flatten();
    let listed = listed.filter_map(|word| {
        let text = match word.get("const")? {
            Value::String(text) => text.clone(),
            Value::Bool(value) => value.to_string(),
            _ => return None,
        };
        Some((text, title(word)?))
    });
    let one_of = property
        .get("properties")
        .and_then(Value::as_object)
        .filter(|_| property.get("maxProperties") == Some(&1.into()));
    let kinds = one_of.into_iter().flat_map(Map::iter).filter_map(|(name, kind)| Some((name.clone(), title(kind)?)));
    listed.chain(kinds).collect()
}
