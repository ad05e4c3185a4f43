//! The file that users embed: what it asks of a host, what it offers, and how large it is.

use host_tests::COMPONENT;
use salesforce_module::manifest::SETTINGS_SCHEMA;
use serde_json::Value;
use wasmtime::Engine;
use wasmtime::component::Component;

/// 250 kB. What it holds is loaded into every engine; growth has to be meant.
const MAX_SIZE: usize = 250_000;

#[test]
fn the_component_imports_wasi_0_2_and_nothing_else() {
    let engine = Engine::default();
    let component = Component::new(&engine, COMPONENT).unwrap();
    let component = component.component_type();
    let imports: Vec<&str> = component.imports(&engine).map(|(name, _)| name).collect();
    // Every host of WASI 0.2 links these, whatever its own last digit is.
    let expected = [
        "wasi:io/poll@0.2.6",
        "wasi:clocks/monotonic-clock@0.2.6",
        "wasi:io/error@0.2.6",
        "wasi:io/streams@0.2.6",
        "wasi:http/types@0.2.4",
        "wasi:http/outgoing-handler@0.2.4",
        "wasi:random/random@0.2.6",
    ];
    assert_eq!(imports, expected);
    let exports: Vec<&str> = component.exports(&engine).map(|(name, _)| name).collect();
    let interfaces = ["types", "salesforce-module", "oauth"].map(|name| format!("chat-flow:salesforce/{name}@0.1.0"));
    assert_eq!(exports, interfaces);
}

#[test]
fn the_component_is_small() {
    println!("salesforce_module.wasm: {} bytes", COMPONENT.len());
    assert!(COMPONENT.len() <= MAX_SIZE, "{} bytes are more than {MAX_SIZE}", COMPONENT.len());
}

#[tokio::test]
async fn the_manifest_describes_the_settings() {
    let host = host_tests::host::Host::new(COMPONENT).unwrap();
    let manifest = host.manifest().await.unwrap();
    assert_eq!((manifest.name.as_str(), manifest.version.as_str()), ("salesforce-module", env!("CARGO_PKG_VERSION")));
    assert_eq!(manifest.modes, ["sobject-write"]);
    assert_eq!(manifest.settings_schema, SETTINGS_SCHEMA);
    let schema: Value = serde_json::from_str(&manifest.settings_schema).unwrap();
    for pointer in [
        "/properties/deploymentDomain/title",
        "/properties/mappings/items/properties/useToFindExisting/title",
        "/properties/objects/additionalProperties/properties/onlyUpdateExisting/title",
    ] {
        assert!(schema.pointer(pointer).is_some_and(Value::is_string), "{pointer}");
    }
}

/// A key that the form offers and the parser refuses, or the other way round, would be a trap for authors.
#[test]
fn the_schema_and_the_parser_know_the_same_keys() {
    let schema: Value = serde_json::from_str(SETTINGS_SCHEMA).unwrap();
    let keys = |pointer: &str| -> Vec<String> {
        schema.pointer(pointer).and_then(Value::as_object).unwrap().keys().cloned().collect()
    };
    let unknown = |settings: &Value| {
        let findings = salesforce_module::module::check(&settings.to_string());
        findings
            .into_iter()
            .filter(|finding| finding.code == "unknown-key")
            .map(|finding| finding.path)
            .collect::<Vec<_>>()
    };
    let with_keys = |keys: Vec<String>| Value::Object(keys.into_iter().map(|key| (key, Value::Null)).collect());
    let top = with_keys(keys("/properties"));
    let mapping = with_keys(keys("/properties/mappings/items/properties"));
    let source = with_keys(keys("/properties/mappings/items/properties/source/properties"));
    let object = with_keys(keys("/properties/objects/additionalProperties/properties"));
    assert_eq!(unknown(&top), [""; 0]);
    let row = |mapping: &Value| serde_json::json!({ "mappings": [mapping], "objects": { "Contact": object } });
    assert_eq!(unknown(&row(&mapping)), [""; 0]);
    let contact = serde_json::json!({ "source": { "variable": "x" }, "object": "Contact", "field": "Email" });
    assert_eq!(unknown(&row(&contact)), [""; 0]);
    assert_eq!(unknown(&row(&serde_json::json!({ "source": source }))), [""; 0]);
    assert_eq!(unknown(&serde_json::json!({ "mapings": [] })), ["/mapings"]);
    assert_eq!(top.as_object().unwrap().len(), 6);
    assert_eq!(mapping.as_object().unwrap().len(), 6);
    assert_eq!(object.as_object().unwrap().len(), 8);
}

#[test]
fn the_readme_shows_the_example_that_compiles() {
    let readme = include_str!("../../README.md");
    let (_, example) = include_str!("../examples/embed.rs").split_once("\n\n").unwrap();
    assert!(readme.contains(example), "the README's example is not examples/embed.rs");
}
