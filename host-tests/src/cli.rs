//! The command line of `chat-host`. Answers go to stdout, as people's text or with `--json` as JSON; errors go to stderr.

mod connect;
mod discover;
mod files;
mod manage;
mod many;
mod simulate;
pub mod text;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::connections::{ConnectionError, Connections, Ends};
use crate::host::bindings::exports::chat_flow::salesforce::types::{Severity, Status};
use crate::host::{Egress, Finding, Host, HttpClient, Session};
use crate::{COMPONENT, demo, json as answers};

/// Runs the Salesforce module in the reference host.
///
/// Exit: 0 if the status is `done`, 1 if it is another, 2 if usage, settings or variables are wrong and nothing was sent.
#[derive(Parser)]
#[command(name = "chat-host", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Print JSON.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Plays the example conversation twice against the simulator (the default).
    Demo,
    /// The same conversation with you as the visitor.
    Chat,
    /// Runs the Salesforce simulator alone; the first line tells how to reach it.
    Simulate(simulate::Simulate),
    /// Lists what is wrong, or doubtful, in a settings file.
    Check(SettingsArg),
    /// Checks settings against the org and completes them with the org's facts; prints them.
    Prepare {
        #[command(flatten)]
        settings: SettingsArg,
        #[command(flatten)]
        org: OrgArgs,
    },
    /// Lists the org's objects, for the form.
    Objects(discover::Objects),
    /// Lists the fields of an object, for the form.
    Fields(discover::Fields),
    /// Shows what a run would do, without any request.
    Plan(Input),
    /// Makes the lookups and shows what a run would write.
    Preview {
        #[command(flatten)]
        input: Input,
        #[command(flatten)]
        org: OrgArgs,
    },
    /// Looks up, decides and writes.
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
    RunMany(many::RunMany),
    /// Connects an org: opens its log-in page, waits for the callback and stores the connection.
    Authorize(connect::Authorize),
    /// Lists, tests and removes stored connections.
    Connections(manage::Manage),
}

#[derive(Args)]
struct SettingsArg {
    /// Settings of the module, a JSON file; - reads standard input.
    #[arg(long, value_name = "FILE")]
    settings: PathBuf,
}

#[derive(Args)]
struct Input {
    #[command(flatten)]
    settings: SettingsArg,
    /// Variables of the conversation, a JSON file; - reads standard input.
    #[arg(long, value_name = "FILE")]
    variables: PathBuf,
    /// Append a line of JSON about what happened, without any value: names, codes and ids only.
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
}

#[derive(Args)]
struct OrgArgs {
    /// Send what is meant for the deployment domain to this address instead, such as http://127.0.0.1:8080
    #[arg(long, value_name = "URL")]
    route: Option<String>,
    /// Access token. Better passed in the environment: other users can see a command line.
    #[arg(
        long,
        value_name = "TOKEN",
        env = "SALESFORCE_ACCESS_TOKEN",
        hide_env_values = true,
        required_unless_present = "connection"
    )]
    token: Option<String>,
    /// A connection that `authorize` stored, instead of a token. It is renewed when that is due.
    #[arg(long, value_name = "NAME", value_parser = connect::name)]
    connection: Option<String>,
    #[command(flatten)]
    store: connect::StoreArg,
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
        Command::Chat => demo::chat().await.map(|()| End::Done),
        Command::Simulate(simulate) => simulate.run().await,
        Command::Check(SettingsArg { settings }) => check(&settings, json).await,
        Command::Prepare { settings, org } => prepare(&settings.settings, &org, json).await,
        Command::Objects(objects) => objects.run(json).await,
        Command::Fields(fields) => fields.run(json).await,
        Command::Plan(input) => plan(&input, json).await,
        Command::Preview { input, org } => preview(&input, &org, json).await,
        Command::Run { input, file, org } => run(&input, &file, &org, json).await,
        Command::RunMany(many) => many.run(json).await,
        Command::Authorize(authorize) => connect::authorize(&authorize).await,
        Command::Connections(manage) => manage::manage(&manage, json).await,
    }
}

async fn check(settings: &Path, json: bool) -> anyhow::Result<End> {
    let findings = Host::new(COMPONENT)?.check(&read(settings)?).await?;
    print(json, findings.as_slice(), answers::findings, text::checked);
    let wrong = findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if wrong { End::BadInput } else { End::Done })
}

async fn prepare(settings: &Path, org: &OrgArgs, json: bool) -> anyhow::Result<End> {
    let settings = read(settings)?;
    let host = Arc::new(Host::new(COMPONENT)?);
    let (module, settings) = (&host, settings.as_str());
    let call = |egress, session| async move { module.prepare(egress, &session, settings).await };
    match over(&host, settings, org, call).await? {
        Ok(prepared) => {
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
    let (settings, variables) = (read(&input.settings.settings)?, read(&input.variables)?);
    match Host::new(COMPONENT)?.plan(&settings, &variables).await? {
        Ok(plan) => {
            log(input, "plan", &plan.log);
            print(json, &plan, answers::plan, text::plan);
            let fails = plan.error.is_some() || plan.records.iter().any(|record| record.error.is_some());
            Ok(if fails { End::NotDone } else { End::Done })
        }
        Err(findings) => Ok(bad_input(&findings, json)),
    }
}

async fn preview(input: &Input, org: &OrgArgs, json: bool) -> anyhow::Result<End> {
    let (settings, variables) = (read(&input.settings.settings)?, read(&input.variables)?);
    let host = Arc::new(Host::new(COMPONENT)?);
    let (module, settings, variables) = (&host, settings.as_str(), variables.as_str());
    let call = |egress, session| async move { module.preview(egress, &session, settings, variables).await };
    match over(&host, settings, org, call).await? {
        Ok(preview) => {
            log(input, "preview", &preview.log);
            print(json, &preview, answers::preview, text::preview);
            Ok(ended(preview.status))
        }
        Err(findings) => Ok(bad_input(&findings, json)),
    }
}

async fn run(input: &Input, files: &[files::FileArg], org: &OrgArgs, json: bool) -> anyhow::Result<End> {
    let (settings, variables) = (read(&input.settings.settings)?, read(&input.variables)?);
    let files = files.iter().map(files::FileArg::read).collect::<anyhow::Result<Vec<_>>>()?;
    let host = Arc::new(Host::new(COMPONENT)?);
    let (module, settings, variables, files) = (&host, settings.as_str(), variables.as_str(), files.as_slice());
    let call =
        |egress, session| async move { module.run_with_files(egress, &session, settings, variables, files).await };
    match over(&host, settings, org, call).await? {
        Ok(outcome) => {
            log(input, "run", &outcome.log);
            print(json, &outcome, answers::outcome, text::outcome);
            Ok(ended(outcome.status))
        }
        Err(findings) => Ok(bad_input(&findings, json)),
    }
}

/// Appends a line to the log, if there is to be one. The answer is printed all the same.
fn log(input: &Input, call: &str, line: &str) {
    let Some(file) = &input.log else { return };
    let line = json!({ "time": Timestamp::now().to_string(), "call": call, "what": answers::document(line) });
    let written = std::fs::OpenOptions::new().create(true).append(true).open(file);
    let written = written.and_then(|mut file| writeln!(file, "{line}"));
    if let Err(error) = written {
        anstream::eprintln!("{}: {error}; nothing was logged", file.display());
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

/// Makes a call with the token of the command line, or over a stored connection.
async fn over<T: Ends, E, F: Future<Output = anyhow::Result<Result<T, E>>>>(
    host: &Arc<Host>,
    settings: &str,
    org: &OrgArgs,
    call: impl Fn(Egress, Session) -> F,
) -> anyhow::Result<Result<T, E>> {
    // Whether the name is right is the module's to say.
    let members = answers::members(settings);
    over_to(host, members.get("deploymentDomain").and_then(Value::as_str).unwrap_or_default(), org, call).await
}

/// The same to a domain.
async fn over_to<T: Ends, E, F: Future<Output = anyhow::Result<Result<T, E>>>>(
    host: &Arc<Host>,
    domain: &str,
    org: &OrgArgs,
    call: impl Fn(Egress, Session) -> F,
) -> anyhow::Result<Result<T, E>> {
    let client = http_client(org.route.as_deref())?;
    if let Some(name) = &org.connection {
        let connections = Connections::new(Arc::clone(host), org.store.open()?, client);
        return Ok(connections.call(name, call).await?);
    }
    let domain = domain.trim().to_lowercase();
    let access_token = org.token.clone().unwrap_or_default();
    let session = Session { instance_url: format!("https://{domain}"), access_token };
    call(Egress::Domain { domain, client }, session).await
}

fn http_client(route: Option<&str>) -> anyhow::Result<HttpClient> {
    let client = HttpClient::new()?;
    match route {
        Some(url) => client.routed_to(url).map_err(|error| BadUsage(format!("--route: {error:#}")).into()),
        None => Ok(client),
    }
}

fn read(file: &Path) -> anyhow::Result<String> {
    let text =
        if file == Path::new("-") { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(file) };
    text.map_err(|error| BadUsage(format!("{}: {error}", file.display())).into())
}

/// The command line or a file is not what it must be; nothing was sent.
#[derive(Debug)]
struct BadUsage(String);

impl std::fmt::Display for BadUsage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadUsage {}
