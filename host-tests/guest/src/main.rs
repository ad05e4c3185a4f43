//! `cargo run -p guest -- FOLDER [run-only]` builds a component into a target directory of its own, and prints its path.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use guest::World;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let (folder, world) = match arguments.as_slice() {
        [folder] => (folder, World::Module),
        [folder, world] if world == "run-only" => (folder, World::RunOnly),
        _ => {
            eprintln!("usage: cargo run -p guest -- FOLDER [run-only]");
            return ExitCode::from(2);
        }
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = match std::path::absolute(folder) {
        Ok(folder) => folder,
        Err(error) => return refused(&error.to_string()),
    };
    match guest::build(&root, &folder, world, |said| eprintln!("{said}")) {
        Ok(component) => {
            println!("{}", component.display());
            ExitCode::SUCCESS
        }
        Err(error) => refused(&error),
    }
}

fn refused(error: &str) -> ExitCode {
    eprintln!("{error}");
    ExitCode::FAILURE
}
