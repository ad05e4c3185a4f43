//! The sources as text: which strings and constants they have. Modules may move; what they say must not be forgotten.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::docs::page::root;

/// The code of a folder or file, without tests and comments.
pub fn code(path: &str) -> String {
    let mut code = String::new();
    collect(&root().join(path), &mut code);
    code
}

fn collect(path: &Path, code: &mut String) {
    if path.is_dir() {
        let mut entries: Vec<_> =
            fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        entries.sort();
        return entries.iter().filter(|path| !path.ends_with("tests")).for_each(|path| collect(path, code));
    }
    if path.extension().is_none_or(|extension| extension != "rs") || path.ends_with("tests.rs") {
        return;
    }
    let text = fs::read_to_string(path).expect("a text");
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        code.push_str(line);
        code.push('\n');
    }
}

/// The plain strings of the code. One that has an escape or a line break is left out: it is a sentence.
pub fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in code.lines() {
        let mut parts = line.split('"');
        parts.next();
        while let (Some(inside), Some(_)) = (parts.next(), parts.next()) {
            found.push(inside.to_owned());
        }
    }
    found
}

/// The integer constants with their values, `MAX_FILES` and 10. Two of one name are two entries.
pub fn constants(code: &str) -> BTreeSet<(String, u64)> {
    code.lines().filter_map(constant).collect()
}

fn constant(line: &str) -> Option<(String, u64)> {
    let (_, declared) = line.split_once("const ")?;
    let (name, rest) = declared.split_once(": ")?;
    let (_, value) = rest.split_once(" = ")?;
    let value = value.split(';').next()?.replace('_', "");
    let value = value.strip_prefix("Duration::fromsecs(").and_then(|value| value.strip_suffix(')')).unwrap_or(&value);
    let number = match value.split_once(" << ") {
        Some((base, shift)) => base.parse::<u64>().ok()? << shift.parse::<u32>().ok()?,
        None => value.parse().ok()?,
    };
    Some((name.to_owned(), number))
}
