//! A bound that the component carries itself: no instance has more memory, whatever its host allows.
//!
//! Not in `.cargo/config.toml`, where `RUSTFLAGS` of the environment would take its place without a word.

/// 32 MiB. The largest settings, variables and answers together need half of it.
const MAX_MEMORY: usize = 32 << 20;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        println!("cargo::rustc-link-arg-cdylib=--max-memory={MAX_MEMORY}");
    }
}
