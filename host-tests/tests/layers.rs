//! The order of the crate's modules: each uses those of lower layers, and no others of its own.
//!
//! What stands in `EXCEPTIONS` breaks the order today. The list may shrink and not grow.

#![allow(clippy::expect_used, clippy::panic)] // A test that fails may panic.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the lowest layer up. A room is what may be used by its own parts in any order.
const LAYERS: &[&[&[&str]]] = &[
    &[&["base"]],
    &[&["salesforce"]],
    &[&["value"]],
    // Requests out, answers in.
    &[&["wire"]],
    // What a host is told.
    &[&["report"]],
    &[&["exchange"], &["settings"]],
    // The pure core of the modes that have records.
    &[&["record"]],
    &[&["run"], &["request"], &["prepare"], &["discover"], &["oauth"]],
    &[&["many"]],
    &[&["module", "log", "manifest"]],
    &[&["component"]],
];

/// A file, and the module above it or beside it that it uses.
const EXCEPTIONS: &[(&str, &str)] = &[];

/// Layer and room of a module.
fn place(module: &str) -> Option<(usize, usize)> {
    LAYERS.iter().enumerate().find_map(|(layer, rooms)| {
        let room = rooms.iter().position(|room| room.contains(&module))?;
        Some((layer, room))
    })
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => sources(&path, found),
            false if path.extension().is_some_and(|extension| extension == "rs") => found.push(path),
            false => {}
        }
    }
}

/// The modules that a line of code names: what follows `crate::`.
fn named(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split("//").next().unwrap_or_default();
    code.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    })
}

#[test]
fn a_module_uses_lower_layers_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut left: BTreeSet<(&str, &str)> = EXCEPTIONS.iter().copied().collect();
    let mut broken = Vec::new();
    for path in &files {
        let file = path.strip_prefix(&root).expect("a file of the crate").to_str().expect("a plain name");
        let module = file.split(['/', '.']).next().expect("a name");
        if module == "lib" {
            continue;
        }
        let own = place(module).unwrap_or_else(|| panic!("src/{file}: `{module}` has no layer in `LAYERS`"));
        for (number, line) in fs::read_to_string(path).expect("a text").lines().enumerate() {
            for other in named(line).filter(|other| *other != module) {
                // Anything else is an item of the crate's root, which has none, or a group, which hides the modules in it.
                let Some(used) = place(other) else {
                    panic!("src/{file}:{}: `crate::{other}` has no layer", number + 1)
                };
                if used.0 < own.0 || used == own {
                    continue;
                }
                let exception = EXCEPTIONS.iter().find(|(of, uses)| (*of, *uses) == (file, other));
                match exception {
                    Some(known) => drop(left.remove(known)),
                    None => broken.push(format!(
                        "src/{file}:{}: `{module}` (layer {}) uses `{other}` (layer {})",
                        number + 1,
                        own.0,
                        used.0
                    )),
                }
            }
        }
    }
    assert!(broken.is_empty(), "lower layers know nothing of higher ones:\n{}", broken.join("\n"));
    assert!(left.is_empty(), "these exceptions are gone, take them out of the list: {left:#?}");
}
