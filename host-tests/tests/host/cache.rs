//! Machine code of an earlier start: it is used, and never where another user could have written it.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use host_tests::COMPONENT;
use host_tests::host::Host;

/// A component without anything in it: where its machine code is taken for the module's, no host can be made.
const EMPTY: &[u8] = b"\0asm\x0d\0\x01\0";

/// A folder of this test's own, which is gone when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("salesforce-module-cache-{name}-{}", std::process::id()));
        Self(folder)
    }

    fn starts(&self) -> bool {
        Host::cached_in(&self.0, COMPONENT).is_ok()
    }

    /// The one file in it.
    fn file(&self) -> PathBuf {
        let files: Vec<PathBuf> = self.0.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
        let [file] = files.as_slice() else { panic!("one file: {files:?}") };
        file.clone()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn mode(path: &Path) -> u32 {
    path.symlink_metadata().unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn the_machine_code_of_an_earlier_start_is_used() {
    let folder = Folder::new("used");
    assert!(folder.starts());
    let file = folder.file();
    assert_eq!((mode(&folder.0), mode(&file)), (0o700, 0o600));
    let code = fs::read(&file).unwrap();
    assert!(folder.starts() && folder.file() == file);
    // It is what is loaded, and no compiler looks at it.
    fs::write(&file, Host::precompile(EMPTY).unwrap()).unwrap();
    assert!(!folder.starts());
    // What is no machine code is made anew.
    fs::write(&file, "no machine code").unwrap();
    assert!(folder.starts());
    assert!(fs::read(folder.file()).unwrap().len() > code.len() / 2);
}

#[test]
fn what_another_user_could_have_written_is_not_used() {
    let folder = Folder::new("others");
    assert!(folder.starts());
    let file = folder.file();
    fs::write(&file, Host::precompile(EMPTY).unwrap()).unwrap();
    assert!(!folder.starts());
    set_mode(&file, 0o620);
    assert!(folder.starts());
    assert_eq!(mode(&folder.file()), 0o600);
    fs::write(&file, Host::precompile(EMPTY).unwrap()).unwrap();
    set_mode(&folder.0, 0o770);
    assert!(folder.starts());
    set_mode(&folder.0, 0o700);
    assert!(!folder.starts());
    let elsewhere = Folder::new("elsewhere");
    fs::create_dir(&elsewhere.0).unwrap();
    let target = elsewhere.0.join("code");
    fs::rename(&file, &target).unwrap();
    symlink(&target, &file).unwrap();
    assert!(folder.starts());
    assert!(file.symlink_metadata().unwrap().is_file());
}

#[test]
fn old_machine_code_goes() {
    let folder = Folder::new("old");
    fs::create_dir(&folder.0).unwrap();
    set_mode(&folder.0, 0o700);
    for old in 0..6 {
        fs::write(folder.0.join(format!("{old}.cwasm")), "old").unwrap();
    }
    fs::write(folder.0.join("notes.txt"), "not ours").unwrap();
    assert!(folder.starts());
    let names: Vec<String> =
        folder.0.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names.iter().filter(|name| name.ends_with(".cwasm")).count(), 4, "{names:?}");
    assert!(names.iter().any(|name| name.len() > 60) && names.iter().any(|name| name == "notes.txt"), "{names:?}");
}
