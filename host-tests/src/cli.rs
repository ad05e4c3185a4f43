//! The command line of `chat-host`. Answers go to stdout, as people's text or with `--json` as JSON; errors go to stderr.

mod chat;
mod conform;
mod connect;
mod discover;
mod edit;
mod examples;
mod files;
mod form;
mod log;
mod manage;
pub(crate) mod many;
pub(crate) mod org;
pub mod text;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use serde_json::Value;

use crate::connections::ConnectionError;
use crate::host::bindings::exports::chat_flow::salesforce::types::{Severity, Status};
use crate::host::{Finding, Host};
use crate::simulator::cli::{BadUsage, Simulate};
use crate::{COMPONENT, demo, json as answers};
use log::LogArg;
use org::{OrgArgs, over};

/// Runs the Salesforce module in the reference host.
///
/// Exit: 0 if the status is `done`, 1 if it is another, 2 if usage, settings or variables are wrong and nothing was sent.
#[derive(Parser)]
#[command(name = "chat-host", version, max_term_width = 100, after_help = examples::WHOLE)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Print JSON.
    #[arg(long, global = true)]
    json: bool,
    /// Language of findings and errors. JSON has them in each.
    #[arg(long, global = true, value_name = "LANGUAGE", default_value = "en")]
    language: text::Language,
}

#[derive(Subcommand)]
enum Command {
    /// Plays the example conversation twice against the simulator (the default).
    #[command(after_help = examples::DEMO)]
    Demo,
    /// The same conversation with you as the visitor.
    #[command(after_help = examples::CHAT)]
    Chat(chat::Chat),
    /// Runs the Salesforce simulator alone; the first line tells how to reach it.
    #[command(after_help = examples::SIMULATE)]
    Simulate(Simulate),
    /// Opens the editor: a page on which settings are filled in and tried out, with the simulator or an org.
    #[command(after_help = examples::EDIT)]
    Edit(edit::Edit),
    /// Prints what the module says of itself: name, version, modes and the JSON Schema of its settings.
    #[command(after_help = examples::MANIFEST)]
    Manifest,
    /// Prints the form of a mode for a library that draws forms: JSON Schema, UI schema and what a new form begins with.
    #[command(after_help = examples::FORM)]
    Form(form::Form),
    /// Lists what is wrong, or doubtful, in a settings file.
    #[command(after_help = examples::CHECK)]
    Check(Check),
    /// Shows what a run takes and gives back: a tool with the JSON Schema of its variables.
    #[command(after_help = examples::DESCRIBE)]
    Describe(SettingsArg),
    /// Checks settings against the org and completes them with the org's facts; prints them.
    #[command(after_help = examples::PREPARE)]
    Prepare {
        #[command(flatten)]
        settings: SettingsArg,
        #[command(flatten)]
        log: LogArg,
        #[command(flatten)]
        org: OrgArgs,
    },
    /// Lists the org's objects, for the form.
    #[command(after_help = examples::OBJECTS)]
    Objects(discover::Objects),
    /// Lists the fields of an object, for the form.
    #[command(after_help = examples::FIELDS)]
    Fields(discover::Fields),
    /// Shows what a run would do, without any request.
    #[command(after_help = examples::PLAN)]
    Plan(Input),
    /// Makes the lookups and shows what a run would write.
    #[command(after_help = examples::PREVIEW)]
    Preview {
        #[command(flatten)]
        input: Input,
        #[command(flatten)]
        org: OrgArgs,
    },
    /// Looks up, decides and writes.
    #[command(after_help = examples::RUN)]
    Run {
        #[command(flatten)]
        input: Input,
        /// A file of the visitor's, for the variable of a mapping's source { "file": … }. May be given several times.
        #[arg(long, value_name = "VARIABLE=FILE", value_parser = files::file)]
        file: Vec<files::FileArg>,
        #[command(flatten)]
        org: OrgArgs,
    },
    /// Runs a file of conversations with few requests; begun again, it goes on where it ended.
    #[command(after_help = examples::RUN_MANY)]
    RunMany(many::RunMany),
    /// Checks a host in any language: starts it as a driver, and compares what it does with the reference host.
    #[command(after_help = examples::CONFORM)]
    Conform(conform::Conform),
    /// Connects an org: opens its log-in page, waits for the callback and stores the connection.
    #[command(after_help = examples::AUTHORIZE)]
    Authorize(connect::Authorize),
    /// Lists, tests and removes stored connections.
    #[command(after_help = examples::CONNECTIONS)]
    Connections(manage::Manage),
}

#[derive(Args)]
struct SettingsArg {
    /// Settings of the module, a JSON file; - reads standard input.
    #[arg(long, value_name = "FILE")]
    settings: PathBuf,
}

#[derive(Args)]
struct Check {
    #[command(flatten)]
    settings: SettingsArg,
    /// All variables that the flow can pass; a mapped variable that is not among them is an error.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    known_variables: Option<Vec<String>>,
    /// The same as a JSON file with one conversation's variables, of which the names count.
    #[arg(long, value_name = "FILE", conflicts_with = "known_variables")]
    variables: Option<PathBuf>,
}

impl Check {
    /// The variables of the flow, where they are given.
    fn known(&self) -> anyhow::Result<Option<Vec<String>>> {
        let Some(file) = &self.variables else { return Ok(self.known_variables.clone()) };
        let stdin = Path::new("-");
        if self.settings.settings == stdin && file == stdin {
            return Err(BadUsage("Only one of --settings and --variables can read standard input.".to_owned()).into());
        }
        match answers::document(&read(file)?) {
            Value::Object(variables) => Ok(Some(variables.into_iter().map(|(name, _)| name).collect())),
            _ => Err(BadUsage(format!("{} is no JSON object with variables", file.display())).into()),
        }
    }
}

#[derive(Args)]
struct Input {
    #[command(flatten)]
    settings: SettingsArg,
    /// Variables of the conversation, a JSON file; - reads standard input.
    #[arg(long, value_name = "FILE")]
    variables: PathBuf,
    /// Your own name of the conversation and its step, such as conversation-4711/step-3: it stands in the log and in the outcome.
    #[arg(long, value_name = "TEXT")]
    correlation: Option<String>,
    #[command(flatten)]
    log: LogArg,
}

impl Input {
    /// Settings and variables.
    fn read(&self) -> anyhow::Result<(String, String)> {
        let stdin = Path::new("-");
        if self.settings.settings == stdin && self.variables == stdin {
            return Err(BadUsage("Only one of --settings and --variables can read standard input.".to_owned()).into());
        }
        Ok((read(&self.settings.settings)?, read(&self.variables)?))
    }
}

/// What a command ended with.
enum End {
    Done,
    NotDone,
    BadInput,
}

/// Reads the command line and carries it out.
pub async fn main() -> ExitCode {
    let cli = Cli::parse();
    let json = cli.json;
    text::speak(cli.language);
    match carry_out(cli.command.unwrap_or(Command::Demo), json).await {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::NotDone) => ExitCode::from(1),
        Ok(End::BadInput) => ExitCode::from(2),
        Err(error) => {
            anstream::eprintln!("error: {error:#}");
            if let (true, Some(ConnectionError::Refused(error))) = (json, error.downcast_ref()) {
                anstream::println!("{:#}", connect::not_renewed(error));
            }
            let unknown = matches!(error.downcast_ref(), Some(ConnectionError::NotConnected(_)));
            ExitCode::from(if unknown || error.is::<BadUsage>() { 2 } else { 1 })
        }
    }
}

async fn carry_out(command: Command, json: bool) -> anyhow::Result<End> {
    match command {
        Command::Demo => Ok(if demo::demo(json).await? { End::Done } else { End::NotDone }),
        Command::Chat(chat) => chat.run().await,
        Command::Edit(edit) => edit.run().await,
        Command::Simulate(simulate) => simulate.run(next_commands).await.map(|()| End::Done),
        Command::Check(arguments) => check(&arguments, json).await,
        Command::Describe(SettingsArg { settings }) => describe(&settings, json).await,
        Command::Manifest => manifest().await,
        Command::Form(form) => form.run(json).await,
        Command::Prepare { settings, log, org } => prepare(&settings.settings, &log, &org, json).await,
        Command::Objects(objects) => objects.run(json).await,
        Command::Fields(fields) => fields.run(json).await,
        Command::Plan(input) => plan(&input, json).await,
        Command::Preview { input, org } => preview(&input, &org, json).await,
        Command::Run { input, file, org } => run(&input, &file, &org, json).await,
        Command::RunMany(many) => many.run(json).await,
        Command::Conform(conform) => conform.run(json).await,
        Command::Authorize(authorize) => connect::authorize(&authorize).await,
        Command::Connections(manage) => manage::manage(&manage, json).await,
    }
}

async fn check(arguments: &Check, json: bool) -> anyhow::Result<End> {
    let settings = read(&arguments.settings.settings)?;
    let host = Host::cached(COMPONENT)?;
    let findings = match arguments.known()? {
        Some(known) => host.check_in_flow(&settings, &known).await?,
        None => host.check(&settings).await?,
    };
    print(json, findings.as_slice(), answers::findings, text::checked);
    let wrong = findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if wrong { End::BadInput } else { End::Done })
}

async fn describe(settings: &Path, json: bool) -> anyhow::Result<End> {
    match Host::cached(COMPONENT)?.describe(&read(settings)?).await? {
        Ok(tool) => {
            print(json, &tool, answers::tool, text::tool);
            Ok(End::Done)
        }
        Err(findings) => Ok(bad_input(&findings, json)),
    }
}

async fn manifest() -> anyhow::Result<End> {
    anstream::println!("{:#}", answers::manifest(&Host::cached(COMPONENT)?.manifest().await?));
    Ok(End::Done)
}

async fn prepare(settings: &Path, log: &LogArg, org: &OrgArgs, json: bool) -> anyhow::Result<End> {
    org.require()?;
    let settings = read(settings)?;
    let host = Arc::new(Host::cached(COMPONENT)?);
    let (module, settings) = (&host, settings.as_str());
    let call = |egress, session| async move { module.prepare(egress, &session, settings).await };
    match over(&host, settings, org, call).await? {
        Ok(prepared) => {
            log.note("prepare", answers::prepared_for_log(&prepared));
            match &prepared.settings {
                // The document itself: it is meant for a file.
                Some(settings) => anstream::println!("{}", settings.trim_end()),
                None if json => anstream::println!("{:#}", answers::unprepared(&prepared)),
                None => {}
            }
            text::prepared(&prepared);
            Ok(ended(prepared.status))
        }
        Err(findings) => Ok(bad_input(&findings, json)),
    }
}

async fn plan(input: &Input, json: bool) -> anyhow::Result<End> {
    let (settings, variables) = input.read()?;
    match Host::cached(COMPONENT)?.plan_correlated(&settings, &variables, input.correlation.as_deref()).await? {
        Ok(plan) => {
            input.log.note("plan", answers::document(&plan.log));
            let reads = answers::members(&settings).get("mode").is_some_and(|mode| mode == "sobject-read");
            print(json, &plan, answers::plan, |plan| text::plan(plan, reads));
            let fails = plan.error.is_some() || plan.records.iter().any(|record| record.error.is_some());
            Ok(if fails { End::NotDone } else { End::Done })
        }
        Err(findings) => Ok(bad_input(&findings, json)),
    }
}

async fn preview(input: &Input, org: &OrgArgs, json: bool) -> anyhow::Result<End> {
    org.require()?;
    let (settings, variables) = input.read()?;
    let host = Arc::new(Host::cached(COMPONENT)?);
    let (module, settings, variables) = (&host, settings.as_str(), variables.as_str());
    let correlation = input.correlation.as_deref();
    let call = |egress, session| async move {
        module.preview_correlated(egress, &session, settings, variables, correlation).await
    };
    match over(&host, settings, org, call).await? {
        Ok(preview) => {
            input.log.note("preview", answers::document(&preview.log));
            print(json, &preview, answers::preview, text::preview);
            Ok(ended(preview.status))
        }
        Err(findings) => Ok(bad_input(&findings, json)),
    }
}

async fn run(input: &Input, files: &[files::FileArg], org: &OrgArgs, json: bool) -> anyhow::Result<End> {
    org.require()?;
    let (settings, variables) = input.read()?;
    let files = files.iter().map(files::FileArg::read).collect::<anyhow::Result<Vec<_>>>()?;
    let host = Arc::new(Host::cached(COMPONENT)?);
    let (module, settings, variables, files) = (&host, settings.as_str(), variables.as_str(), files.as_slice());
    let correlation = input.correlation.as_deref();
    let call = |egress, session| async move {
        module.run_with_files(egress, &session, settings, variables, files, correlation).await
    };
    match over(&host, settings, org, call).await? {
        Ok(outcome) => {
            input.log.note("run", answers::document(&outcome.log));
            print(json, &outcome, answers::outcome, text::outcome);
            Ok(ended(outcome.status))
        }
        Err(findings) => Ok(bad_input(&findings, json)),
    }
}

/// A program reads JSON, a person text.
fn print<T: ?Sized>(json: bool, answer: &T, as_json: impl Fn(&T) -> Value, as_text: impl Fn(&T)) {
    if json {
        anstream::println!("{:#}", as_json(answer));
    } else {
        as_text(answer);
    }
}

fn ended(status: Status) -> End {
    if status == Status::Done { End::Done } else { End::NotDone }
}

/// Nothing was sent. A program reads the findings on stdout, a person on stderr.
fn bad_input(findings: &[Finding], json: bool) -> End {
    if json {
        anstream::println!("{:#}", answers::findings(findings));
    }
    text::refused(findings);
    End::BadInput
}

/// What to do with a simulator that has started.
fn next_commands(url: &str, token: &str) {
    anstream::eprintln!("Paste this into another terminal, and give the commands there --route {url}");
    anstream::eprintln!("  export SALESFORCE_ACCESS_TOKEN='{token}'");
}

fn read(file: &Path) -> anyhow::Result<String> {
    let text =
        if file == Path::new("-") { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(file) };
    text.map_err(|error| BadUsage(format!("cannot read {}: {error}", file.display())).into())
}
