//! The commands of the pages are run as they stand there, by a shell, and print what the page shows.
//!
//! - A block `sh` is a script; the next block, if it is `text`, is what it prints. `…` there stands for anything.
//! - `cargo run -- …` runs the built `chat-host`. Other commands of cargo are noted and not run; the list of them is below.
//! - `cargo run -- simulate …` is the other terminal: the simulator runs from then on, until the page starts another one. Its port is
//!   another one than the page says, and `'…'` becomes its access token.
//! - A comment `<!-- not run: reason -->` before a block says why it cannot run here; `<!-- not compared: … -->` does so for an output.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::thread;

use serde_json::Value;

use crate::docs::output::fits;
use crate::docs::page::{Block, Page, root};
use crate::process::Folder;

/// Blocks that need a person or a real org.
const NOT_RUN: [&str; 1] = ["not run: a person logs in to a real org"];
const NOT_COMPARED: [&str; 1] = ["not compared: the answer to the command above"];
/// What builds is not run within a test, in the order of the alphabet.
const OTHER_COMMANDS_OF_CARGO: [&str; 3] = [
    "build --release --target wasm32-unknown-unknown",
    "rustc --release --target wasm32-unknown-unknown --package salesforce-module --lib --crate-type cdylib",
    "test --workspace",
];
const RUN_BY_CI: [&str; 2] = [OTHER_COMMANDS_OF_CARGO[0], OTHER_COMMANDS_OF_CARGO[2]];
const CI: &str = include_str!("../../../../.ci/run");

/// The first commands that a stranger types.
const FIRST: &str = "```sh
cargo run                 # plays a conversation: component, host and a Salesforce simulator in one process
cargo test --workspace    # all tests
```";

/// `cargo`, as far as a page uses it.
const CARGO: &str = r#"
exec 2>&1
cargo() {
    if [ "$1" != run ]; then echo "$*" >>"$OTHER_COMMANDS"; return; fi
    shift
    if [ "$1" = -- ]; then shift; fi
    "$CHAT_HOST" "$@"
}
"#;
const PORT_OF_PAGES: &str = "4711";

#[derive(Default)]
struct Seen {
    failed: Vec<String>,
    not_run: Vec<String>,
    not_compared: Vec<String>,
    other_commands: Vec<String>,
    run: usize,
}

#[test]
fn each_command_prints_what_its_page_shows() {
    let seen = Mutex::new(Seen::default());
    // A page has a folder and a simulator of its own.
    thread::scope(|scope| {
        for page in Page::all() {
            let seen = &seen;
            scope.spawn(move || Terminal::new(&page).follow(&page, seen));
        }
    });
    let mut seen = seen.into_inner().expect("no thread has panicked");
    assert!(seen.failed.is_empty(), "{}", seen.failed.join("\n"));
    assert_eq!(seen.not_run, NOT_RUN);
    assert_eq!(seen.not_compared, NOT_COMPARED);
    seen.other_commands.sort();
    assert_eq!(seen.other_commands, OTHER_COMMANDS_OF_CARGO);
    assert!(seen.run >= 15, "of all pages only {} blocks were run", seen.run);
    for command in RUN_BY_CI {
        assert!(CI.contains(&format!("step cargo {command}\n")), "`.ci/run` does not run `cargo {command}`");
    }
}

#[test]
fn the_readme_begins_with_the_two_commands() {
    assert!(Page::load("README.md").text.contains(FIRST));
}

#[test]
fn the_page_of_chat_host_has_all_of_its_commands() {
    let help = Command::new(env!("CARGO_BIN_EXE_chat-host")).arg("--help").output().expect("chat-host starts").stdout;
    let help = String::from_utf8(help).expect("UTF-8");
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // A long description goes on in further lines, which begin further right.
    let names =
        listed.filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' '))?.split(' ').next());
    let mut listed: Vec<&str> = names.collect();
    let table = Page::load("docs/chat-host.md").table("commands");
    let mut shown: Vec<String> = table.iter().flat_map(|row| crate::docs::page::code_spans(&row[0])).collect();
    listed.sort_unstable();
    shown.sort_unstable();
    assert_eq!(shown, listed);
}

/// A folder like a clone, and the simulator that runs in another terminal.
struct Terminal {
    folder: Folder,
    simulator: Option<Simulator>,
    /// Lines `export …` of earlier blocks: a terminal keeps them.
    exports: String,
}

impl Terminal {
    fn new(page: &Page) -> Self {
        let folder = Folder::new();
        let examples = folder.0.join("host-tests/examples");
        fs::create_dir_all(&examples).expect("a folder");
        for entry in fs::read_dir(root().join("host-tests/examples")).expect("the examples") {
            let path = entry.expect("an entry").path();
            // A run by hand may have left its results there.
            let name = path.file_name().expect("a name");
            if !name.to_string_lossy().contains("results") {
                fs::copy(&path, examples.join(name)).unwrap_or_else(|error| panic!("{}: {error}", page.path));
            }
        }
        Self { folder, simulator: None, exports: String::new() }
    }

    fn follow(mut self, page: &Page, seen: &Mutex<Seen>) {
        let blocks = page.blocks();
        for (index, block) in blocks.iter().enumerate() {
            let place = format!("{}:{}", page.path, block.line);
            let before = index.checked_sub(1).map(|index| &blocks[index]);
            let is_output = before.is_some_and(|before| before.info == "sh");
            let note = block.note.clone().unwrap_or_default();
            let mut failed = None;
            match block.info.as_str() {
                "sh" if note.starts_with("not run: ") => seen.lock().expect("a lock").not_run.push(note),
                "sh" => failed = self.run(block, blocks.get(index + 1)),
                "text" if note.starts_with("not compared: ") => seen.lock().expect("a lock").not_compared.push(note),
                "text" if !is_output => failed = Some("no command prints this".to_owned()),
                _ => continue,
            }
            let mut seen = seen.lock().expect("a lock");
            seen.run += usize::from(block.info == "sh");
            seen.failed.extend(failed.map(|why| format!("{place}: {why}")));
        }
        let other = fs::read_to_string(self.folder.0.join("other")).unwrap_or_default();
        let mut seen = seen.lock().expect("a lock");
        seen.other_commands.extend(other.lines().map(str::to_owned));
    }

    /// What is wrong with a block, or with the output that follows it.
    fn run(&mut self, block: &Block, next: Option<&Block>) -> Option<String> {
        let shown = next.filter(|next| next.info == "text" && next.note.is_none());
        let (printed, ended_well) = match block.text.strip_prefix("cargo run -- simulate ") {
            Some(arguments) => {
                let simulator = Simulator::start(arguments.split_whitespace());
                let ready = simulator.ready.to_string();
                self.simulator = Some(simulator);
                (ready, true)
            }
            None => self.shell(&block.text),
        };
        match shown {
            Some(shown) if fits(&shown.text, &printed) => None,
            Some(shown) => Some(format!("\n-- the page shows --\n{}\n-- printed was --\n{printed}", shown.text)),
            None if ended_well => None,
            None => Some(format!("fails and shows nothing; printed was\n{printed}")),
        }
    }

    fn shell(&mut self, script: &str) -> (String, bool) {
        let script = match &self.simulator {
            Some(simulator) => simulator.addressed(script),
            None => script.to_owned(),
        };
        let folder = &self.folder.0;
        let output = Command::new("sh")
            .args(["-c", &format!("{CARGO}{}{script}", self.exports)])
            .current_dir(folder)
            .env("CHAT_HOST", env!("CARGO_BIN_EXE_chat-host"))
            .env("OTHER_COMMANDS", folder.join("other"))
            .env("SALESFORCE_CONNECTIONS", folder.join("connections"))
            .env("NO_COLOR", "1")
            .env_remove("SALESFORCE_ACCESS_TOKEN")
            .env_remove("SALESFORCE_CLIENT_SECRET")
            .stdin(Stdio::null())
            .output()
            .expect("a shell");
        for line in script.lines().filter(|line| line.starts_with("export ")) {
            self.exports.push_str(line);
            self.exports.push('\n');
        }
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        let printed = match &self.simulator {
            Some(simulator) => printed.replace(&format!(":{}", simulator.port), &format!(":{PORT_OF_PAGES}")),
            None => printed,
        };
        (printed, output.status.success())
    }
}

struct Simulator {
    child: Child,
    // Kept open: the program may still print.
    _stdout: BufReader<ChildStdout>,
    ready: Value,
    port: String,
}

impl Simulator {
    fn start<'a>(arguments: impl Iterator<Item = &'a str>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chat-host"));
        command.arg("simulate").args(arguments.map(|argument| if argument == PORT_OF_PAGES { "0" } else { argument }));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("chat-host starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a first line");
        let ready: Value = serde_json::from_str(&line).expect("the first line is JSON");
        let url = ready["url"].as_str().expect("a url");
        let port = url.rsplit(':').next().expect("a port").to_owned();
        Self { child, _stdout: stdout, ready, port }
    }

    /// The script for this simulator, as a reader would adapt it.
    fn addressed(&self, script: &str) -> String {
        let token = self.ready["accessToken"].as_str().expect("a token");
        let script = script.replace(&format!(":{PORT_OF_PAGES}"), &format!(":{}", self.port));
        script.replace("SALESFORCE_ACCESS_TOKEN='…'", &format!("SALESFORCE_ACCESS_TOKEN='{token}'"))
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        // It runs until it is stopped, and may have stopped by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn a_page_that_shows_something_else_fails() {
    let page = |text: &str| Page { path: "page.md".to_owned(), text: text.to_owned() };
    for (text, fails) in [
        ("```sh\necho one\n```\n\n```text\none\n```\n", false),
        ("```sh\necho one\n```\n\n```text\ntwo\n```\n", true),
        ("```sh\nfalse\n```\n", true),
        ("```text\nno command\n```\n", true),
    ] {
        let seen = Mutex::new(Seen::default());
        let page = page(text);
        Terminal::new(&page).follow(&page, &seen);
        assert_eq!(!seen.into_inner().expect("no panic").failed.is_empty(), fails, "{text}");
    }
}
