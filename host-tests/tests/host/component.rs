//! The file that users embed: what it asks of a host, what it offers, and how large it is.

use host_tests::COMPONENT;
use salesforce_module::manifest::SETTINGS_SCHEMA;
use serde_json::Value;
use wasmparser::{Parser, Payload};
use wasmtime::Engine;
use wasmtime::component::Component;

/// 1,543 kB, 148 of them for hand-overs and 33 to derive the form. What it holds is loaded into every engine; growth has to be meant. Half of it is calendars, time zones, the
/// schema of the settings, findings and errors in two languages, and what `prepare`, `objects`, `fields`, `run-many`, `oauth` and `handover` do.
/// 175 kB are what `opt-level = "s"` takes more than "z"; docs/performance.md says what it gives for them.
const MAX_SIZE: usize = 1_545_000;

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
    let interfaces =
        ["types", "salesforce-module", "oauth", "handover"].map(|name| format!("chat-flow:salesforce/{name}@0.1.0"));
    assert_eq!(exports, interfaces);
}

#[test]
fn the_module_offers_these_functions() {
    let functions = host_tests::host::Host::new(COMPONENT).unwrap().functions();
    let of_module = functions.iter().filter(|function| function.interface.contains("/salesforce-module@"));
    let names: Vec<&str> = of_module.map(|function| function.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "manifest",
            "form",
            "check",
            "describe",
            "prepare",
            "objects",
            "fields",
            "plan",
            "preview",
            "run",
            "run-with-files",
            "run-many"
        ]
    );
}

#[test]
fn the_component_is_small() {
    println!("salesforce_module.wasm: {} bytes", COMPONENT.len());
    assert!(COMPONENT.len() <= MAX_SIZE, "{} bytes are more than {MAX_SIZE}", COMPONENT.len());
}

/// For those who find the file without this repository.
#[test]
fn the_component_says_what_it_is() {
    let mut said = std::collections::BTreeMap::new();
    let mut depth = 0;
    for payload in Parser::new(0).parse_all(COMPONENT) {
        match payload.unwrap() {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::CustomSection(section) if depth == 0 => {
                let text = String::from_utf8_lossy(section.data()).into_owned();
                assert!(said.insert(section.name().to_owned(), text).is_none(), "{} twice", section.name());
            }
            _ => {}
        }
    }
    assert_eq!(said["description"], "A WebAssembly component that writes a chat conversation's data to Salesforce");
    assert_eq!((said["licenses"].as_str(), said["version"].as_str()), ("Apache-2.0 OR MIT", env!("CARGO_PKG_VERSION")));
    assert!(said["component-name"].ends_with("salesforce-module"), "{said:?}");
}

/// A host may have no limits, or not know that there are any.
#[test]
fn the_component_bounds_its_own_memory() {
    const PAGE: u64 = 64 << 10;
    let mut maxima = Vec::new();
    for payload in Parser::new(0).parse_all(COMPONENT) {
        if let Payload::MemorySection(memories) = payload.unwrap() {
            maxima.extend(memories.into_iter().map(|memory| memory.unwrap().maximum.map(|pages| pages * PAGE)));
        }
    }
    // The one of the guest. The modules around it, which only convert calls, have none of their own.
    assert_eq!(maxima, [Some(host_tests::host::MAX_MEMORY as u64)]);
}

#[tokio::test]
async fn the_manifest_describes_the_settings() {
    let host = host_tests::host::Host::new(COMPONENT).unwrap();
    let manifest = host.manifest().await.unwrap();
    assert_eq!((manifest.name.as_str(), manifest.version.as_str()), ("salesforce-module", env!("CARGO_PKG_VERSION")));
    assert_eq!(manifest.modes, ["sobject-write", "sobject-read", "api-request", "handover"]);
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
