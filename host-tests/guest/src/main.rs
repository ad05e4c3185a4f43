//! `cargo run -p guest -- FOLDER` builds the component into a target directory of its own, and prints its path.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("usage: cargo run -p guest -- FOLDER");
        return ExitCode::from(2);
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = match std::path::absolute(folder) {
        Ok(folder) => folder,
        Err(error) => return refused(&error.to_string()),
    };
    match guest::build(&root, &folder, |said| eprintln!("{said}")) {
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
