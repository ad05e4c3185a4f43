//! Builds the component that the host loads: `salesforce_module.wasm`, as the release that users embed.
//!
//! A cargo inside cargo: it gets a target directory of its own, or the two would wait for each other's lock, and an
//! environment without the outer cargo's settings, or they would be applied to the wrong target.

#![allow(clippy::panic, clippy::expect_used)] // How a build script reports.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Built for wasm itself, this package is empty; and without a host nothing loads the component.
    if env::var("CARGO_CFG_TARGET_FAMILY").as_deref() == Ok("wasm") || env::var_os("CARGO_FEATURE_HOST").is_none() {
        return;
    }
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")).join("..");
    for input in ["src", "wit", "build.rs", "Cargo.toml", "Cargo.lock", ".cargo/config.toml"] {
        println!("cargo::rerun-if-changed={}", root.join(input).display());
    }
    ensure_target();
    let component = build(&root);
    println!("cargo::rustc-env=SALESFORCE_MODULE_WASM={}", component.display());
}

fn build(root: &Path) -> PathBuf {
    // OUT_DIR is <target>/<profile>/build/<package>/out.
    let out = PathBuf::from(variable("OUT_DIR"));
    let target_dir = out.ancestors().nth(4).unwrap_or(&out).join("guest");
    // As a cdylib alone: beside an rlib, cargo leaves link-time optimisation out, a quarter of the size.
    let mut cargo = Command::new(variable("CARGO"));
    cargo
        .current_dir(root)
        .args(["rustc", "--package", "salesforce-module", "--lib", "--crate-type", "cdylib", "--release"])
        .args(["--target", TARGET, "--target-dir"])
        .arg(&target_dir);
    clean(&mut cargo);
    let done = cargo.status().map(|status| status.success());
    assert!(matches!(done, Ok(true)), "the component does not build for {TARGET}: see cargo's messages above");
    let component = target_dir.join(TARGET).join("release").join("salesforce_module.wasm");
    let stripped = target_dir.join("salesforce_module.wasm");
    let bytes = std::fs::read(&component).and_then(|bytes| std::fs::write(&stripped, finished(&bytes)));
    bytes.unwrap_or_else(|error| panic!("{}: {error}", stripped.display()));
    stripped
}

/// The component with what it says of itself: its name, and the sections of `src/component/metadata.rs`, which the linker leaves in the
/// core module, while registries look at the component. The names of its parts go: only debuggers read them, and they are 6 kB
/// that `strip` in Cargo.toml, which is about core modules, leaves in.
fn finished(component: &[u8]) -> Vec<u8> {
    const NAMES: &str = "component-name";
    const SAID: [&str; 3] = ["description", "licenses", "version"];
    const MODULE: u8 = 1;
    let sections = sections(component);
    let kept = sections.iter().filter(|section| section.name() != Some(NAMES));
    let mut finished = component.get(..8).unwrap_or_default().to_vec();
    kept.for_each(|section| finished.extend_from_slice(section.whole));
    let modules = sections.iter().filter(|section| section.id == MODULE);
    let of_modules = modules.flat_map(|module| self::sections(module.content));
    let said = of_modules.filter(|section| section.name().is_some_and(|name| SAID.contains(&name)));
    said.for_each(|section| finished.extend_from_slice(section.whole));
    // Subsection 0 is the name of the component itself.
    let name = b"salesforce-module";
    let own = [&[0, length(name.len()) + 1, length(name.len())], name.as_slice()].concat();
    let section = [&[length(NAMES.len())], NAMES.as_bytes(), &own].concat();
    finished.extend([&[0, length(section.len())], section.as_slice()].concat());
    finished
}

/// Of a part that takes one byte to say how long it is.
fn length(length: usize) -> u8 {
    u8::try_from(length).ok().filter(|length| *length < 0x80).expect("a short section")
}

/// A section of a component or of a module: an id, a LEB128 length and that many bytes.
struct Section<'a> {
    id: u8,
    whole: &'a [u8],
    content: &'a [u8],
}

impl<'a> Section<'a> {
    /// Section 0 is custom and begins with its name.
    fn name(&self) -> Option<&'a str> {
        let (length, rest) = self.content.split_first().filter(|_| self.id == 0)?;
        std::str::from_utf8(rest.get(..usize::from(*length))?).ok()
    }
}

/// All behind the header of 8 bytes.
fn sections(binary: &[u8]) -> Vec<Section<'_>> {
    let mut sections = Vec::new();
    let mut rest = binary.get(8..).unwrap_or_default();
    while let Some((id, body)) = rest.split_first() {
        let digits = body.iter().position(|byte| byte & 0x80 == 0).map_or(body.len(), |last| last + 1);
        let (length, _) = body.split_at(digits);
        let length = length.iter().rev().fold(0, |sum, byte| sum << 7 | usize::from(byte & 0x7f));
        let (whole, next) = rest.split_at(1 + digits + length);
        sections.push(Section { id: *id, whole, content: &whole[1 + digits..] });
        rest = next;
    }
    sections
}

/// Removes what the outer cargo set for its own build; what the user set for all of cargo stays.
fn clean(command: &mut Command) {
    const KEPT: [&str; 5] = ["CARGO_HOME", "CARGO_HTTP_", "CARGO_NET_", "CARGO_REGISTR", "CARGO_TERM_"];
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        let of_cargo = name.starts_with("CARGO") && !KEPT.iter().any(|kept| name.starts_with(kept));
        let of_rustc = name.starts_with("RUSTC") || name.starts_with("RUSTFLAGS") || name.starts_with("RUSTDOC");
        if of_cargo || of_rustc || ["TARGET", "HOST", "PROFILE", "OPT_LEVEL", "DEBUG", "OUT_DIR"].contains(&&*name) {
            command.env_remove(&*name);
        }
    }
}

/// The standard library of the target is no part of a plain Rust installation.
fn ensure_target() {
    let installed = Command::new(variable("RUSTC"))
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()
        .ok()
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .is_some_and(|path| Path::new(path.trim()).is_dir());
    if installed {
        return;
    }
    println!("cargo::warning=Adding the Rust target {TARGET}, which the component is built for.");
    let added = Command::new("rustup").args(["target", "add", TARGET]).status().map(|status| status.success());
    assert!(
        matches!(added, Ok(true)),
        "the Rust target {TARGET} is missing and could not be added: run `rustup target add {TARGET}`, or install it \
         with the package manager that Rust came from"
    );
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("cargo sets {name} for build scripts"))
}
