//! The examples at the end of each `--help`. A test holds them against the command line.

pub const WHOLE: &str = "\
Examples:
  chat-host                            # watch an example conversation
  chat-host simulate --port 4711       # a Salesforce org in memory, for the commands below
  chat-host run --help                 # each command has examples of its own";

pub const DEMO: &str = "\
Examples:
  chat-host demo
  chat-host demo --json";

pub const CHAT: &str = "\
Examples:
  chat-host chat
  chat-host chat --web                 # the same in a page, beside what reaches Salesforce
  chat-host chat --web --agents agents.json
  chat-host chat --web --port 8080 --kept chat --domain example.my.salesforce.com \\
    --route http://127.0.0.1:4711";

pub const EDIT: &str = "\
Examples:
  chat-host edit
  chat-host edit --settings host-tests/examples/contact.json \\
    --variables host-tests/examples/variables.json
  chat-host edit --settings settings.json --connection default --language de";

pub const MANIFEST: &str = "\
Example:
  chat-host manifest > manifest.json";

pub const FORM: &str = "\
Examples:
  chat-host form sobject-write --language de > form.json
  chat-host form sobject-write --renderer json-forms --records Contact,Case";

pub const SIMULATE: &str = "\
Examples:
  chat-host simulate --port 4711
  chat-host simulate --port 4711 --seed records.json --duplicate-rule Contact.Email
  chat-host simulate --fault 2:unable-to-lock-row --fault 3+:close
  chat-host simulate --fault list";

pub const CONFORM: &str = "\
Examples:
  chat-host conform -- node hosts/node/conformance.mjs
  chat-host conform --only fault: -- ./my-driver --quiet";

pub const CHECK: &str = "\
Examples:
  chat-host check --settings host-tests/examples/contact.json
  chat-host check --settings - --json < settings.json
  chat-host check --settings settings.json --known-variables customer_email,customer_lastname";

pub const DESCRIBE: &str = "\
Examples:
  chat-host describe --settings host-tests/examples/support.json
  chat-host describe --settings prepared.json --json > tool.json";

pub const PREPARE: &str = "\
Examples:
  chat-host prepare --settings settings.json --connection default > prepared.json
  chat-host prepare --settings host-tests/examples/support.json \\
    --route http://127.0.0.1:4711 > prepared.json";

pub const OBJECTS: &str = "\
Examples:
  chat-host objects --search cont --connection default
  chat-host objects --all --limit 200 --domain example.my.salesforce.com \\
    --route http://127.0.0.1:4711";

pub const FIELDS: &str = "\
Examples:
  chat-host fields Contact --search mail --connection default
  chat-host fields Case --values 50 --domain example.my.salesforce.com \\
    --route http://127.0.0.1:4711";

pub const PLAN: &str = "\
Example:
  chat-host plan --settings host-tests/examples/support.json \\
    --variables host-tests/examples/variables.json";

pub const PREVIEW: &str = "\
Examples:
  chat-host preview --settings settings.json --variables variables.json --connection default
  chat-host preview --settings host-tests/examples/support.json \\
    --variables host-tests/examples/variables.json --route http://127.0.0.1:4711";

pub const RUN: &str = "\
Examples:
  chat-host run --settings settings.json --variables variables.json --connection default
  chat-host run --settings host-tests/examples/complaint.json \\
    --variables host-tests/examples/variables.json --file photo=picture.jpg \\
    --route http://127.0.0.1:4711
  chat-host run --settings settings.json --variables variables.json --json --log runs.jsonl";

pub const RUN_MANY: &str = "\
Examples:
  chat-host run-many --settings host-tests/examples/contact.json \\
    --input host-tests/examples/queue.jsonl --route http://127.0.0.1:4711
  chat-host run-many --settings settings.json --input queue.jsonl --results night.jsonl \\
    --connection default";

pub const AUTHORIZE: &str = "\
Examples:
  chat-host authorize --domain example.my.salesforce.com --client-id 3MVG9…
  chat-host authorize --domain example.my.salesforce.com --client-id 3MVG9… \\
    --client-credentials --name nightly";

pub const CONNECTIONS: &str = "\
Examples:
  chat-host connections
  chat-host connections test default
  chat-host connections remove default";

pub const CONNECTIONS_LIST: &str = "\
Example:
  chat-host connections list --json";

pub const CONNECTIONS_TEST: &str = "\
Example:
  chat-host connections test default";

pub const CONNECTIONS_REMOVE: &str = "\
Example:
  chat-host connections remove default";

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory, Parser};

    use super::super::Cli;

    /// The words of a line as a shell would pass them on; what it does itself, a comment or a redirection, left out.
    fn words(line: &str) -> Vec<&str> {
        line.split_whitespace().take_while(|word| !["#", ">", "<"].contains(word)).collect()
    }

    fn hold(command: &Command, path: &str) {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        // A line that is broken by clap cannot be pasted.
        assert!(help.lines().all(|line| line.chars().count() <= 100), "`{path}` has a long example");
        let help = help.replace("\\\n", "");
        let mut lines = help.lines();
        assert!(lines.next().is_some_and(|head| head.starts_with("Example")), "`{path}` has no examples");
        let examples: Vec<&str> = lines.map(str::trim_start).collect();
        assert!(!examples.is_empty(), "`{path}` has no examples");
        for example in examples {
            assert!(example.starts_with(path), "`{example}` is none of `{path}`");
            // A help that is asked for is an error of clap's, too.
            let asks_for_help = example.contains("--help");
            let read = Cli::try_parse_from(words(example));
            assert!(
                asks_for_help || read.is_ok(),
                "{example}: {}",
                read.err().map(|e| e.to_string()).unwrap_or_default()
            );
        }
        for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
            hold(command, &format!("{path} {}", command.get_name()));
        }
    }

    #[test]
    fn every_help_ends_with_examples_that_are_read() {
        hold(&Cli::command(), "chat-host");
    }
}
