//! Builds the component as it is released: `salesforce_module.wasm`, the same bytes wherever it is built.
//!
//! A cargo inside cargo: it gets a target directory of its own, or the two would wait for each other's lock, and an
//! environment without the outer cargo's settings, or they would be applied to the wrong target.

mod finished;

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";

/// What the component is built from, seen from the repository's root.
pub const INPUTS: [&str; 6] = ["src", "wit", "build.rs", "Cargo.toml", "Cargo.lock", ".cargo/config.toml"];

/// Which of the worlds in `wit/` a component is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum World {
    /// All functions.
    Module,
    /// Those that a conversation needs.
    RunOnly,
}

impl World {
    fn file_name(self) -> &'static str {
        match self {
            Self::Module => "salesforce_module.wasm",
            Self::RunOnly => "salesforce_module_run_only.wasm",
        }
    }

    fn features(self) -> &'static [&'static str] {
        match self {
            Self::Module => &[],
            Self::RunOnly => &["--features", "run-only"],
        }
    }
}

/// Builds the component of the repository at `root` into `target_dir`, which is its world's own, and gives its path. `say` gets what takes a
/// while.
///
/// The error says what to do.
pub fn build(root: &Path, target_dir: &Path, world: World, say: impl Fn(&str)) -> Result<PathBuf, String> {
    ensure_target(say)?;
    // As a cdylib alone: beside an rlib, cargo leaves link-time optimisation out, a quarter of the size.
    let mut cargo = Command::new(program("CARGO", "cargo"));
    cargo
        .current_dir(root)
        .args(["rustc", "--package", "salesforce-module", "--lib", "--crate-type", "cdylib", "--release", "--locked"])
        .args(world.features())
        .args(["--target", TARGET, "--target-dir"])
        .arg(target_dir);
    clean(&mut cargo);
    cargo.arg("--config").arg(format!("target.{TARGET}.rustflags = {:?}", remapped()));
    let done = cargo.status().map(|status| status.success());
    if !matches!(done, Ok(true)) {
        return Err(format!("the component does not build for {TARGET}: see cargo's messages above"));
    }
    let linked = target_dir.join(TARGET).join("release").join("salesforce_module.wasm");
    let component = target_dir.join(world.file_name());
    let written = fs::read(&linked).and_then(|bytes| fs::write(&component, finished::finished(&bytes)));
    written.map_err(|error| format!("{}: {error}", component.display()))?;
    Ok(component)
}

/// Flags by which panics name a dependency's file as `serde_json-1.0.1/src/de.rs`, wherever cargo keeps it: else the component would hold the
/// paths of the machine that built it, and be another one on each.
fn remapped() -> Vec<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo"))).unwrap_or_default();
    let registries = fs::read_dir(home.join("registry").join("src")).into_iter().flatten().flatten();
    let mut flags: Vec<String> =
        registries.map(|registry| format!("--remap-path-prefix={}/=", registry.path().display())).collect();
    // The order in which a folder is read is not the same everywhere.
    flags.sort();
    flags
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
fn ensure_target(say: impl Fn(&str)) -> Result<(), String> {
    let installed = Command::new(program("RUSTC", "rustc"))
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()
        .ok()
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .is_some_and(|path| Path::new(path.trim()).is_dir());
    if installed {
        return Ok(());
    }
    say(&format!("Adding the Rust target {TARGET}, which the component is built for."));
    match Command::new("rustup").args(["target", "add", TARGET]).status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err(format!(
            "the Rust target {TARGET} is missing and could not be added: run `rustup target add {TARGET}`, or install it \
             with the package manager that Rust came from"
        )),
    }
}

/// Cargo says which one it is, and which compiler it takes.
fn program(variable: &str, otherwise: &str) -> OsString {
    env::var_os(variable).unwrap_or_else(|| otherwise.into())
}
