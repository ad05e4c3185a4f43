//! Replays the corpus of the fuzz targets natively: what fuzzing once found stays found, without a fuzzer.
//!
//! The targets' own checks are compiled in here, see `fuzz/src/lib.rs`.

use std::collections::BTreeSet;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

#[path = "../../../fuzz/src/lib.rs"]
pub mod checks;

/// What is larger hides what it is about, and makes each fuzzer slower.
const MAX_BYTES: u64 = 4 << 10;
/// So many that a person can know them.
const MAX_FILES: usize = 100;

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz")
}

/// What is in a folder, in order.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries
}

/// Names of what is in a folder, without their endings.
fn names(folder: &str) -> BTreeSet<String> {
    let stem = |path: PathBuf| path.file_stem().expect("a name").to_string_lossy().into_owned();
    entries(&fuzz().join(folder)).into_iter().map(stem).collect()
}

#[test]
fn every_file_of_the_corpus_keeps_the_rules_of_its_target() {
    let (mut files, mut broken) = (0, Vec::new());
    for (name, target) in checks::TARGETS {
        for path in entries(&fuzz().join("corpus").join(name)) {
            let data = std::fs::read(&path).expect("a file");
            files += 1;
            if catch_unwind(|| target(&data)).is_err() {
                broken.push(path);
            }
        }
    }
    println!("{files} files replayed");
    assert!(broken.is_empty(), "see the panics above, of {broken:#?}");
}

#[test]
fn every_target_has_a_corpus_and_a_program_and_every_corpus_a_target() {
    let targets: BTreeSet<String> = checks::TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names("corpus"), targets);
    assert_eq!(names("fuzz_targets"), targets);
    for target in &targets {
        let program = std::fs::read_to_string(fuzz().join("fuzz_targets").join(format!("{target}.rs")));
        assert!(program.expect("a file").contains(&format!("checks::{target}(")), "{target} runs another check");
    }
}

#[test]
fn a_corpus_is_small_enough_to_be_read() {
    for (name, _) in checks::TARGETS {
        let files = entries(&fuzz().join("corpus").join(name));
        assert!((1..=MAX_FILES).contains(&files.len()), "{name} has {} files", files.len());
        for path in files {
            let length = path.metadata().expect("a file").len();
            assert!(length <= MAX_BYTES, "{} has {length} bytes", path.display());
        }
    }
}
