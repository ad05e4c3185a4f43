//! Builds the component that the host loads, as the release that users embed: see `guest/`.

#![allow(clippy::panic)] // How a build script reports.

use std::env;
use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Built for wasm itself, this package is empty; and without a host nothing loads the component.
    if env::var("CARGO_CFG_TARGET_FAMILY").as_deref() == Ok("wasm") || env::var_os("CARGO_FEATURE_HOST").is_none() {
        return;
    }
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")).join("..");
    for input in guest::INPUTS {
        println!("cargo::rerun-if-changed={}", root.join(input).display());
    }
    // OUT_DIR is <target>/<profile>/build/<package>/out.
    let out = PathBuf::from(variable("OUT_DIR"));
    let target_dir = out.ancestors().nth(4).unwrap_or(&out).join("guest");
    let say = |said: &str| println!("cargo::warning={said}");
    let component =
        guest::build(&root, &target_dir, guest::World::Module, say).unwrap_or_else(|error| panic!("{error}"));
    println!("cargo::rustc-env=SALESFORCE_MODULE_WASM={}", component.display());
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("cargo sets {name} for build scripts"))
}
