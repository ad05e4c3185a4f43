//! What the component carries besides its code.

#![allow(clippy::expect_used)] // How a build script reports.

use std::path::Path;

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
    // Without the indentation, 6 kB of the component: no text of JSON goes over the end of a line.
    let schema = std::fs::read_to_string(SCHEMA).expect(SCHEMA);
    let short: String = schema.lines().map(str::trim_start).collect();
    let out = std::env::var_os("OUT_DIR").expect("OUT_DIR");
    std::fs::write(Path::new(&out).join("schema.json"), short).expect("a file in OUT_DIR");
    if std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        println!("cargo::rustc-link-arg-cdylib=--max-memory={MAX_MEMORY}");
    }
}
