//! The interface in `wit/`: it reads well in other languages, and does not change without a new version.
//!
//! `BLESS=1 cargo test -p host-tests --test core interface::` writes the frozen copy of a version that is not released yet.

use std::fs;
use std::path::{Path, PathBuf};

const FILES: [&str; 5] = ["handover.wit", "module.wit", "oauth.wit", "run-only.wit", "types.wit"];

/// Types of the web and of TypeScript: a type of the same name hides them where an engine imports it.
const OF_THE_WEB: [&str; 15] = [
    "blob", "date", "document", "error", "event", "file", "headers", "map", "promise", "record", "request", "response",
    "set", "symbol", "url",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(folder: &Path) -> Vec<String> {
    FILES.map(|name| fs::read_to_string(folder.join(name)).unwrap_or_default()).to_vec()
}

/// Without comments, whose words may change, and white space.
fn shape(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The version of the package.
fn version(texts: &[String]) -> String {
    let named =
        texts.iter().flat_map(|text| text.lines()).find_map(|line| line.strip_prefix("package chat-flow:salesforce@"));
    named.expect("a package").trim_end_matches(';').to_owned()
}

fn is_released(version: &str) -> bool {
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).expect("a change log");
    !changelog.lines().any(|line| line == format!("## {version} - unreleased"))
}

#[test]
fn the_interface_does_not_change_without_a_new_version() {
    let now = read(&root().join("wit"));
    let version = version(&now);
    assert_eq!(version, env!("CARGO_PKG_VERSION"), "package and component have one version");
    let folder = root().join("wit/released").join(&version);
    if std::env::var_os("BLESS").is_some() && !is_released(&version) {
        fs::create_dir_all(&folder).expect("a folder");
        for (name, text) in FILES.iter().zip(&now) {
            fs::write(folder.join(name), text).expect("a file");
        }
    }
    for ((name, now), frozen) in FILES.iter().zip(&now).zip(read(&folder)) {
        assert_eq!(
            shape(now),
            shape(&frozen),
            "wit/{name} is not what wit/released/{version}/ holds: give the package a new version, or, as long as \
             CHANGELOG.md calls {version} unreleased, write the copy anew with BLESS=1"
        );
    }
    // Each version that was ever released is kept, as it said of itself.
    for folder in fs::read_dir(root().join("wit/released")).expect("a folder") {
        let folder = folder.expect("an entry").path();
        assert!(folder.ends_with(self::version(&read(&folder))), "{}", folder.display());
    }
}

/// Of generated bindings: one name for each type, none that hides another, and numbers that JSON carries everywhere.
#[test]
fn the_interface_reads_well_in_other_languages() {
    let mut types = 0;
    for line in read(&root().join("wit")).iter().flat_map(|text| shape(text)) {
        assert!(!line.contains(" as "), "an alias: {line}");
        let words: Vec<&str> = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').collect();
        assert!(!words.iter().any(|word| ["u64", "s64", "f32", "f64"].contains(word)), "not for JSON: {line}");
        if let ["record" | "enum" | "variant" | "flags" | "type" | "resource", name, ..] = words.as_slice() {
            assert!(!OF_THE_WEB.contains(name), "the web has one: {line}");
            types += 1;
        }
    }
    assert!(types > 40, "{types}");
}
