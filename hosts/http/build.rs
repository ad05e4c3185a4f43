//! Puts a bound on the front's memory into the component itself, as the module does.

/// Bytes: a body of 64 MiB, its documents once more, and the rest.
const MAX_MEMORY: u32 = 192 << 20;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_FAMILY").as_deref() == Ok("wasm") {
        println!("cargo::rustc-link-arg-cdylib=--max-memory={MAX_MEMORY}");
    }
}
