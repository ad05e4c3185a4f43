//! What a page points to is there.

use std::fs;
use std::path::{Path, PathBuf};

use crate::docs::page::{Page, code_spans, root};

/// Folders whose texts may name a page, and folders that a page may name.
const FOLDERS: [&str; 6] = ["src/", "wit/", "host-tests/", "fuzz/", ".ci/", "docs/"];

#[test]
fn each_link_leads_somewhere() {
    let mut broken = Vec::new();
    for page in Page::all().into_iter().chain([Page::load("CONTRIBUTING.md"), Page::load("CHANGELOG.md")]) {
        let folder = Path::new(&page.path).parent().expect("a folder");
        for (line, text) in page.prose() {
            for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                if !target.starts_with("https://") && !resolves(folder, &page.path, target) {
                    broken.push(format!("{}:{line}: {target}", page.path));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// `modes.md#reading`, `#reading`, `../CONTRIBUTING.md`.
fn resolves(folder: &Path, own: &str, target: &str) -> bool {
    let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
    let path = if file.is_empty() { PathBuf::from(own) } else { folder.join(file) };
    if !root().join(&path).exists() {
        return false;
    }
    anchor.is_empty() || Page::load(path.to_str().expect("a plain path")).anchors().iter().any(|known| known == anchor)
}

#[test]
fn each_path_that_a_page_names_exists() {
    let mut missing = Vec::new();
    for page in Page::all().into_iter().chain([Page::load("CONTRIBUTING.md")]) {
        for (line, text) in page.prose() {
            for path in code_spans(text) {
                let is_path = FOLDERS.iter().any(|folder| path.starts_with(folder)) && !path.contains([' ', '*', '…']);
                if is_path && !root().join(&path).exists() {
                    missing.push(format!("{}:{line}: {path}", page.path));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn each_page_that_a_source_names_exists() {
    let mut files = Vec::new();
    for folder in ["src", "wit", "host-tests/src", "host-tests/tests", "host-tests/examples", ".ci/run"] {
        collect(&root().join(folder), &mut files);
    }
    let mut broken = Vec::new();
    let mut named = 0;
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        for (at, _) in text.match_indices(concat!("docs", "/")) {
            let end = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '#'));
            let target = text[at..].split(end).next().unwrap_or_default().trim_end_matches(['.', '#']);
            let is_page = target.contains(".md");
            named += usize::from(is_page);
            // This test writes links down to compare them.
            if is_page && !target.ends_with("nowhere.md") && !resolves(Path::new(""), "", target) {
                broken.push(format!("{}: {target}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(named > 0, "the sources name pages, and none was seen");
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    match fs::read_dir(path) {
        Ok(entries) => entries.for_each(|entry| collect(&entry.expect("an entry").path(), files)),
        Err(_) => files.push(path.to_owned()),
    }
}

#[test]
fn a_link_to_no_page_or_no_heading_is_seen() {
    let docs = Path::new("docs");
    assert!(resolves(docs, "docs/modes.md", "#reading") && resolves(docs, "docs/modes.md", "../README.md#try-it"));
    for broken in ["#no-such-heading", "nowhere.md", "settings.md#reading", "README.md"] {
        assert!(!resolves(docs, "docs/modes.md", broken), "{broken}");
    }
}
