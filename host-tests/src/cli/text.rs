//! Answers as people read them.

pub mod discovery;

use std::sync::OnceLock;

use anstream::{eprintln, println};
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use serde_json::Value;

use crate::host::bindings::exports::chat_flow::salesforce::types::{
    Approach, HttpRequest, Lookup, NoneMatches, PlannedFile, PlannedRecord, RecordError, Severity, Status,
};
use crate::host::{Finding, Outcome, Prepared, RunPlan, RunPreview, Tool};
use crate::json;

const BOLD: Style = Style::new().bold();
const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();

/// A language in which the module says what it finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// English
    #[default]
    En,
    /// German
    De,
}

impl Language {
    /// BCP 47.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }
}

/// One process is one command, so that one language is enough.
static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// The answer of `check`.
pub fn checked(findings: &[Finding]) {
    if findings.is_empty() {
        println!("{GOOD}No findings.{GOOD:#}");
    }
    for finding in findings {
        println!("{}", line(finding));
    }
}

/// The answer of `describe`.
pub fn tool(tool: &Tool) {
    println!("{BOLD}{}{BOLD:#}  {}", tool.name, tool.description);
    let variables = json::document(&tool.variables);
    let required = |name: &str| {
        variables["required"].as_array().is_some_and(|names| names.iter().any(|required| required == name))
    };
    println!("takes");
    for (name, schema) in variables["properties"].as_object().into_iter().flatten() {
        let mark = if required(name) { "  (required)" } else { "" };
        println!("  {name}: {}{mark}", schema["description"].as_str().unwrap_or_default());
    }
    let results = json::document(&tool.results);
    let mut results = results["properties"].as_object().into_iter().flatten().peekable();
    if results.peek().is_some() {
        println!("gives back");
    }
    for (name, schema) in results {
        println!("  {name}: {}", schema["description"].as_str().unwrap_or_default());
    }
    for example in &tool.examples {
        println!("for example  {example}");
    }
}

/// Why nothing was sent.
pub fn refused(findings: &[Finding]) {
    for finding in findings {
        eprintln!("{}", line(finding));
    }
    eprintln!("Nothing was sent.");
}

/// The answer of `plan`, of settings that read or write.
pub fn plan(plan: &RunPlan, reads: bool) {
    println!("{BOLD}{}{BOLD:#}", requests(plan));
    for lookup in &plan.lookups {
        println!("  {}", self::lookup(lookup));
    }
    for record in &plan.records {
        println!("  {}", intent(record, reads));
        for field in &record.fields {
            println!("    {} = {}{}", field.field, field.value, if field.key { "  (key)" } else { "" });
        }
        for link in &record.links {
            println!("    {} = id of {}", link.field, link.record);
        }
        for field in &record.read_back {
            println!("    read {field}");
        }
        failure(record.error.as_ref());
    }
    if let Some(request) = &plan.request {
        would_send(request);
    }
    failure(plan.error.as_ref());
    files(&plan.files);
    remarks(&plan.findings);
}

/// What is looked up, and how.
pub fn lookup(lookup: &Lookup) -> String {
    format!("look up {} by  {}", lookup.records.join(", "), lookup.soql)
}

/// What may become of a record, and what it is where its name does not say so.
pub fn intent(record: &PlannedRecord, reads: bool) -> String {
    let verb = match (record.approach, record.when_none_matches) {
        (Approach::LookUp, _) if reads => "read",
        (Approach::LookUp | Approach::UpsertByKey, NoneMatches::Create) => "update or create",
        (Approach::LookUp | Approach::UpsertByKey, _) => "update if found",
        (Approach::UpdateById, _) => "update",
        (Approach::Create, _) => "create",
        (Approach::Skip, _) => "skip",
        (Approach::Fail, _) => "fail",
    };
    let sobject = if record.look_in.is_empty() { record.sobject.clone() } else { record.look_in.join(", else ") };
    let sobject = if sobject == record.name { String::new() } else { format!(" ({sobject})") };
    format!("{verb} {}{sobject}", record.name)
}

/// What `prepare` has to say beside the document, which has stdout for itself.
pub fn prepared(prepared: &Prepared) {
    for finding in &prepared.findings {
        eprintln!("{}", line(finding));
    }
    let plural = if prepared.requests == 1 { "" } else { "s" };
    match prepared.settings {
        Some(_) => eprintln!("Prepared with {} request{plural}.", prepared.requests),
        None => eprintln!("Not prepared: {}, {} request{plural}.", json::status(prepared.status), prepared.requests),
    }
    if let Some(seconds) = prepared.retry_after_seconds {
        eprintln!("Ask again after {seconds} seconds.");
    }
}

/// How many requests a plan needs.
pub fn requests(plan: &RunPlan) -> String {
    match (plan.requests_at_least, plan.requests_at_most) {
        (1, 1) => "1 request".to_owned(),
        (least, most) if least == most => format!("{most} requests"),
        (least, most) => format!("{least} to {most} requests"),
    }
}

/// The answer of `preview`.
pub fn preview(preview: &RunPreview) {
    head(preview.status, preview.requests);
    for record in &preview.records {
        println!("  {} {}{}", json::decision(record.decision), record.name, id(record.id.as_deref()));
        candidates(&record.candidates);
        failure(record.error.as_ref());
    }
    for request in &preview.writes {
        would_send(request);
    }
    failure(preview.error.as_ref());
    files(&preview.files);
    remarks(&preview.findings);
}

fn would_send(request: &HttpRequest) {
    println!("would send {} {}", request.method, request.path);
    if !request.body.is_empty() {
        println!("{:#}", json::document(&request.body));
    }
}

fn files(files: &[PlannedFile]) {
    for file in files {
        println!("  then attach {} ({} bytes, from {}) to {}", file.name, file.size, file.variable, file.record);
    }
}

/// The answer of `run`.
pub fn outcome(outcome: &Outcome) {
    head(outcome.status, outcome.requests);
    for record in &outcome.records {
        println!("  {} {}{}", json::result(record.result), record.name, id(record.id.as_deref()));
        candidates(&record.candidates);
        failure(record.error.as_ref());
    }
    if let Some(response) = &outcome.response {
        if let Some(status) = response.http_status {
            println!("  HTTP {status}");
        }
        failure(response.error.as_ref());
    }
    for file in &outcome.files {
        let (result, id) = (json::file_result(file.result), id(file.id.as_deref()));
        println!("  {result} file {} from {}, for {}{id}", file.index + 1, file.variable, file.record);
        failure(file.error.as_ref());
    }
    for (name, value) in json::members(&outcome.variables) {
        println!("  {name} = {value}");
    }
    if let Some(seconds) = outcome.retry_after_seconds {
        println!("  run again after {seconds} seconds");
    }
    remarks(&outcome.findings);
}

/// An id behind what it is the id of.
pub fn id(id: Option<&str>) -> String {
    id.map(|id| format!(" {id}")).unwrap_or_default()
}

fn head(status: Status, requests: u32) {
    let style = if status == Status::Done { GOOD } else { BAD };
    let plural = if requests == 1 { "" } else { "s" };
    println!("{style}{}{style:#}, {requests} request{plural}", json::status(status));
}

fn candidates(ids: &[String]) {
    if !ids.is_empty() {
        println!("    candidates: {}", ids.join(", "));
    }
}

fn failure(error: Option<&RecordError>) {
    if let Some(error) = error {
        println!("    {}: {}", error.code, of_error(error));
    }
}

/// What an error says to the administrator, in the language of the command line.
pub fn of_error(error: &RecordError) -> &str {
    if language() == Language::En {
        return &error.message;
    }
    let texts = error.texts.iter().find(|texts| texts.language == language().code());
    texts.map_or(&error.message, |texts| &texts.administrator)
}

/// What a finding says, in the language of the command line: what is wrong, and what to do about it.
pub fn of_finding(finding: &Finding) -> (&str, &str) {
    of_finding_in(finding, language())
}

/// The same in this language.
pub fn of_finding_in(finding: &Finding, language: Language) -> (&str, &str) {
    let texts = finding.texts.iter().find(|texts| texts.language == language.code());
    texts.map_or((&finding.message, &finding.remedy), |texts| (&texts.message, &texts.remedy))
}

/// The message of a finding that is JSON already.
pub fn message_of_json(finding: &Value) -> Option<&str> {
    finding["texts"][language().code()]["message"].as_str()
}

/// Speaks this language from now on. The first call counts.
pub fn speak(language: Language) {
    LANGUAGE.get_or_init(|| language);
}

pub(crate) fn language() -> Language {
    LANGUAGE.get().copied().unwrap_or_default()
}

fn remarks(findings: &[Finding]) {
    for finding in findings {
        println!("{}", line(finding));
    }
}

fn line(finding: &Finding) -> String {
    let style = match finding.severity {
        Severity::Error => BAD,
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Info => BOLD,
    };
    let place = if finding.path.is_empty() { String::new() } else { format!(" at {}", finding.path) };
    let severity = json::severity(finding.severity);
    let (message, remedy) = of_finding(finding);
    format!("{style}{severity}{style:#}{place} [{}]: {message} {remedy}", finding.code)
}
