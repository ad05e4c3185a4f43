//! The order of the crate's modules, and of the simulator's: each uses those of lower layers, and no others of its own.
//!
//! What stands in `EXCEPTIONS` breaks the order today. The list may shrink and not grow.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the lowest layer up. A room is what may be used by its own parts in any order.
type Layers = &'static [&'static [&'static [&'static str]]];

const LAYERS: Layers = &[
    // `texts` is what people read, in each language.
    &[&["base", "texts"]],
    // What each code of an error means.
    &[&["code"]],
    &[&["salesforce"]],
    &[&["value"]],
    // Requests out, answers in.
    &[&["wire"]],
    // What a host is told.
    &[&["report"]],
    &[&["exchange"], &["settings"]],
    // The pure core of the modes that have records.
    &[&["record"]],
    &[&["run"], &["request"], &["prepare"], &["discover"], &["oauth"], &["handover"]],
    &[&["many"], &["describe"]],
    &[&["module", "log", "manifest", "audit", "form"]],
    &[&["component"]],
];

/// A file, and the module above it or beside it that it uses.
const EXCEPTIONS: &[(&str, &str)] = &[];

/// The folders of `host-tests/simulator/src`.
const OF_THE_SIMULATOR: Layers = &[
    // Messages and errors as plain data; files that describe an org; the admin's switches.
    &[&["nearest"]],
    &[&["http"], &["document"], &["settings"]],
    &[&["schema"], &["fault"]],
    &[&["oauth"], &["messaging"], &["formula"]],
    // The state, which everything below is a part of and everything above works on.
    &[&["org"]],
    &[&["soql"], &["rules"]],
    &[&["rest"], &["seed"], &["reading"], &["data"]],
    // Sockets; files.
    &[&["server"], &["start"]],
    &[&["cli"]],
];

/// Layer and room of a module.
fn place(layers: Layers, module: &str) -> Option<(usize, usize)> {
    layers.iter().enumerate().find_map(|(layer, rooms)| {
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

/// The modules that a line of code names: what follows `crate::`, or another path to their parent.
fn named<'a>(line: &'a str, parent: &str) -> impl Iterator<Item = &'a str> {
    let code = line.split("//").next().unwrap_or_default();
    code.split(parent).skip(1).map(|rest| {
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
        let own = place(LAYERS, module).unwrap_or_else(|| panic!("src/{file}: `{module}` has no layer in `LAYERS`"));
        for (number, line) in fs::read_to_string(path).expect("a text").lines().enumerate() {
            for other in named(line, "crate::").filter(|other| *other != module) {
                // Anything else is an item of the crate's root, which has none, or a group, which hides the modules in it.
                let Some(used) = place(LAYERS, other) else {
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

#[test]
fn a_folder_of_the_simulator_uses_lower_layers_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("simulator/src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut broken = Vec::new();
    for path in &files {
        let file = path.strip_prefix(&root).expect("a file of the simulator").to_str().expect("a plain name");
        let module = file.split(['/', '.']).next().expect("a name");
        // The root says what there is; its tests may use all of it.
        if ["lib", "main", "tests"].contains(&module) {
            continue;
        }
        let own = place(OF_THE_SIMULATOR, module)
            .unwrap_or_else(|| panic!("simulator/{file}: `{module}` has no layer in `OF_THE_SIMULATOR`"));
        // One step up from here is the simulator, or it is the module's own folder.
        let is_root = file.ends_with("/mod.rs") || !file.contains('/');
        let up = if is_root { "super::" } else { "super::super::" };
        for (number, line) in fs::read_to_string(path).expect("a text").lines().enumerate() {
            let place_of_line = format!("simulator/{file}:{}", number + 1);
            // `super::*` is how unit tests name the module around them.
            let relative = named(line, up).filter(|_| !line.trim().starts_with("use super::*"));
            for other in named(line, "crate::").chain(relative).filter(|other| *other != module) {
                // An item of the root and a group hide the module that they are from.
                match place(OF_THE_SIMULATOR, other) {
                    None => broken.push(format!("{place_of_line}: `{other}` has no layer")),
                    Some(used) if used.0 < own.0 => {}
                    Some(used) => broken.push(format!(
                        "{place_of_line}: `{module}` (layer {}) uses `{other}` (layer {})",
                        own.0, used.0
                    )),
                }
            }
        }
    }
    assert!(broken.is_empty(), "lower layers know nothing of higher ones:\n{}", broken.join("\n"));
}

/// A reader takes in a file as a whole. CONTRIBUTING.md asks for 2 to 10 kB.
const MAX_FILE: u64 = 20_000;

#[test]
fn no_file_is_longer_than_a_reader_takes_in() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for folder in ["src", "host-tests", "hosts/http/src", "fuzz/src", "fuzz/fuzz_targets"] {
        sources(&root.join(folder), &mut files);
    }
    let length = |file: &PathBuf| fs::metadata(file).expect("a file").len();
    let long: Vec<&PathBuf> = files.iter().filter(|file| length(file) > MAX_FILE).collect();
    assert!(
        files.len() > 500 && long.is_empty(),
        "of {} files these have more than {MAX_FILE} bytes: {long:#?}",
        files.len()
    );
}
