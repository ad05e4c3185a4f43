//! Machine code that an earlier start has made, in the user's cache folder.
//!
//! Machine code is run as it is, so it is taken only from a file that belongs to this user and that no other could have written,
//! in a folder of which the same is true. Its name is a hash of the component, of the versions of wasmtime and its compiler, and of
//! the settings of the engine; wasmtime itself looks whether it is for this processor. Whatever is not so, is as if it were not
//! there: the component is compiled, which is slower and never wrong.

use std::fs::{DirBuilder, Metadata, OpenOptions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{anyhow, ensure};
use ring::digest::{Context, SHA256};
use rustix::fs::OFlags;
use wasmtime::Engine;
use wasmtime::component::Component;

const ENDING: &str = "cwasm";
/// It names the version of each crate that has a part in the machine code. wasmtime itself tells only its major version apart, and
/// after an update that repairs the compiler nothing is to be used that was made before.
const VERSIONS: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock"));
/// Files that stay when another one is written: the component of each build and each version of wasmtime has its own.
const MAX_FILES: usize = 4;

/// From the folder, or compiled and put there. That it cannot be kept is no error.
pub(super) fn component(engine: &Engine, folder: &Path, component: &[u8]) -> anyhow::Result<Component> {
    let file = folder.join(name(engine, component));
    if let Ok(loaded) = load(engine, folder, &file) {
        return Ok(loaded);
    }
    let code = engine.precompile_component(component).map_err(|error| anyhow!(error))?;
    if store(folder, &file, &code).is_ok() {
        remove_old(folder, &file);
    }
    deserialize(engine, &code)
}

/// Where the machine code of this user's components is kept, if there is such a place.
pub(super) fn folder() -> Option<PathBuf> {
    dirs::cache_dir().filter(|folder| folder.is_absolute()).map(|folder| folder.join("salesforce-module"))
}

fn name(engine: &Engine, component: &[u8]) -> String {
    let mut settings = DefaultHasher::new();
    engine.precompile_compatibility_hash().hash(&mut settings);
    let mut all = Context::new(&SHA256);
    all.update(&settings.finish().to_le_bytes());
    all.update(&component.len().to_le_bytes());
    all.update(component);
    all.update(VERSIONS);
    let hash = all.finish().as_ref().iter().fold(String::new(), |hash, byte| hash + &format!("{byte:02x}"));
    format!("{hash}.{ENDING}")
}

fn load(engine: &Engine, folder: &Path, file: &Path) -> anyhow::Result<Component> {
    ensure!(is_private(&folder.symlink_metadata()?), "{} can be changed by others", folder.display());
    let mut file = OpenOptions::new().read(true).custom_flags(flags(OFlags::NOFOLLOW)).open(file)?;
    // Of the file that was opened, whatever is called so by now.
    let told = file.metadata()?;
    ensure!(told.is_file() && is_private(&told), "a file that others can change");
    let mut code = Vec::with_capacity(usize::try_from(told.len())?);
    file.read_to_end(&mut code)?;
    deserialize(engine, &code)
}

#[allow(unsafe_code)]
fn deserialize(engine: &Engine, code: &[u8]) -> anyhow::Result<Component> {
    // SAFETY: this user's process has made it, just now or as a file that no other user could write.
    unsafe { Component::deserialize(engine, code) }.map_err(|error| anyhow!(error))
}

/// It is ours, and only we can do anything with it.
fn is_private(told: &Metadata) -> bool {
    told.uid() == rustix::process::geteuid().as_raw() && told.mode() & 0o077 == 0
}

fn flags(flags: OFlags) -> i32 {
    flags.bits().cast_signed()
}

/// Written beside it and renamed: a start at the same time sees all of it or nothing.
fn store(folder: &Path, file: &Path, code: &[u8]) -> anyhow::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    ensure!(is_private(&folder.symlink_metadata()?), "{} can be changed by others", folder.display());
    let new = file.with_extension(format!("{}.new", std::process::id()));
    let write = || -> anyhow::Result<()> {
        let mut written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
        written.write_all(code)?;
        written.sync_all()?;
        Ok(std::fs::rename(&new, file)?)
    };
    write().inspect_err(|_| drop(std::fs::remove_file(&new)))
}

/// What a crash has left goes too. That one cannot be removed, is the next start's to try again.
fn remove_old(folder: &Path, kept: &Path) {
    let Ok(entries) = folder.read_dir() else { return };
    let written = |path: &Path| path.metadata().and_then(|told| told.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path != kept).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == ENDING || ending == "new"));
    files.sort_by_key(|path| std::cmp::Reverse(written(path)));
    for old in files.iter().skip(MAX_FILES - 1) {
        drop(std::fs::remove_file(old));
    }
}
