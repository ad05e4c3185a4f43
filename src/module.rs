//! The module's functions on plain text and plain types: what `wit/` exports, without WASI.

use crate::base::{Finding, FindingCode, Said};
use crate::describe::Tool;
use crate::discover::query::Query;
use crate::discover::{Asked, Discover};
use crate::exchange::Transport;
use crate::handover::Handover;
use crate::many::{self, Many};
use crate::prepare::Preparation;
use crate::record;
use crate::report::{self, Act, RequestTarget, RunKind};
use crate::request::{self, Call};
use crate::run::{self, Run};
use crate::salesforce::Domain;
use crate::settings::{Accepted, Document, HandoverSettings, Settings, Work};
use crate::texts::said;
use crate::value::{HostFile, Variables};

/// Salesforce's access tokens have about 120 characters, as JWTs up to 2,000; its request headers end at 16,384 bytes.
const MAX_TOKEN_LENGTH: usize = 8_192;

/// Access to one org.
pub struct Session<'a> {
    /// Such as `https://example.my.salesforce.com`. Its host must be the settings' deployment domain.
    pub instance_url: &'a str,
    /// Only its form is looked at.
    pub access_token: &'a str,
}

/// What a run would do.
pub type Plan = Work<record::Plan, request::Plan>;
/// A run that is ready to go.
pub type Started = Work<Box<Run>, Box<Call>>;
/// How a run ended.
pub type Ending = Work<run::Ending, request::Ending>;
/// The answer of a run.
pub type Outcome = Work<report::Outcome, report::RequestOutcome>;
/// The answer of a preview. Of a request it is the plan.
pub type Preview = Work<report::Preview, request::Plan>;

/// Every finding of a settings document.
pub fn check(settings: &str) -> Vec<Finding> {
    Settings::check(settings)
}

/// The same for a flow that has these variables, and no others.
pub fn check_in_flow(settings: &str, known_variables: &[String]) -> Vec<Finding> {
    Settings::check_in_flow(settings, known_variables)
}

/// What a run takes and gives back.
pub fn describe(settings: &str) -> Result<Tool, Vec<Finding>> {
    Ok(match Document::parse(settings)?.document {
        Document::Settings(settings) => crate::describe::describe(&settings),
        Document::Handover(settings) => crate::describe::describe_handover(&settings),
    })
}

/// What a run would do.
pub fn plan(settings: &str, variables: &str) -> Result<Plan, Vec<Finding>> {
    plan_with_domain(settings, variables).map(|(plan, _)| plan)
}

/// What a run would do, and the org that it would do it in.
pub fn plan_with_domain(settings: &str, variables: &str) -> Result<(Plan, Domain), Vec<Finding>> {
    let Accepted { document, findings } = Document::parse(settings)?;
    let variables = Variables::parse(variables)?;
    let settings = match document {
        Document::Settings(settings) => settings,
        Document::Handover(settings) => return Ok(plan_of_handover(settings, findings, &variables)),
    };
    let of_records = |records| record::plan(&records, record::evaluate(&records, &variables));
    let mut plan: Plan = settings.work.map(of_records, |request| request::plan(&request, &variables));
    match &mut plan {
        Work::Write(plan) | Work::Read(plan) => {
            plan.findings.splice(0..0, findings);
            plan.findings.extend(plan.records.iter().flat_map(|record| record.findings.iter().cloned()));
        }
        Work::Request(plan) => {
            plan.findings.splice(0..0, findings);
        }
    }
    Ok((plan, settings.domain))
}

/// Of a hand-over: the request that opens the chat.
fn plan_of_handover(settings: HandoverSettings, findings: Vec<Finding>, variables: &Variables) -> (Plan, Domain) {
    let handover = Handover::new(settings, findings);
    let domain = handover.domain().clone();
    let (planned, findings) = handover.plan(variables);
    let sends = planned.as_ref().map_or(0, |(_, sends)| *sends);
    let rendered = planned.map(|(request, _)| request);
    let path = rendered.as_ref().map(|request| request.path.clone()).unwrap_or_default();
    let target = RequestTarget { method: "POST", path, act: Act::Open };
    (Work::Request(request::Plan { target, rendered, findings, sends }), domain)
}

/// A preparation that is ready to go, and the host that its requests go to.
pub fn prepare(session: &Session, settings: &str) -> Result<(Preparation, Domain), Vec<Finding>> {
    let (parsed, _) = Settings::parse_unprepared(settings)?;
    let domain = session_domain(session.instance_url, &parsed.domain)?;
    check_token(session.access_token)?;
    Ok((Preparation::new(settings, parsed), domain))
}

/// A discovery that is ready to go, and the host that its requests go to.
pub fn discover(session: &Session, asked: &Asked) -> Result<(Discover, Domain), Vec<Finding>> {
    let query = Query::new(asked)?;
    let domain = session_domain(session.instance_url, &query.domain)?;
    check_token(session.access_token)?;
    Ok((Discover::new(query), domain))
}

/// A run that is ready to go, and the host that its requests go to.
pub fn start(
    session: &Session,
    settings: &str,
    variables: &str,
    kind: RunKind,
) -> Result<(Started, Domain), Vec<Finding>> {
    start_with_files(session, settings, variables.to_owned(), Vec::new(), kind)
}

/// The same with files that the host has read itself. Takes the variables, to be rid of them as soon as they are read: files in
/// them are megabytes.
pub fn start_with_files(
    session: &Session,
    settings: &str,
    variables: String,
    files: Vec<HostFile>,
    kind: RunKind,
) -> Result<(Started, Domain), Vec<Finding>> {
    let (settings, _) = Settings::parse(settings)?;
    let parsed = Variables::parse(&variables)?.with_files(files);
    drop(variables);
    let domain = session_domain(session.instance_url, &settings.domain)?;
    check_token(session.access_token)?;
    let deadline = settings.deadline_seconds;
    let started = settings.work.map(
        |records| Box::new(Run::new(&records, deadline, &parsed, kind)),
        |request| Box::new(Call::new(request, deadline, &parsed, kind)),
    );
    Ok((started, domain))
}

/// Many runs that are ready to go, and the host that their requests go to.
pub fn start_many(
    session: &Session,
    settings: &str,
    conversations: Vec<many::Conversation>,
    earlier: &[many::Earlier],
) -> Result<(Many, Domain), Vec<Finding>> {
    let (settings, _) = Settings::parse(settings)?;
    let mode = settings.work.mode();
    let Work::Write(records) = settings.work else {
        return Err(vec![Finding::new(
            FindingCode::NotForMany,
            "/mode",
            said!(findings_call::one_at_a_time(mode.word())),
        )]);
    };
    many::check(&records, &conversations, earlier)?;
    let domain = session_domain(session.instance_url, &settings.domain)?;
    check_token(session.access_token)?;
    Ok((Many::new(records, conversations, earlier), domain))
}

impl Plan {
    /// SHA-256 of all that decides what a run sends, in hexadecimal.
    pub fn hash(&self) -> String {
        match self {
            Self::Write(plan) | Self::Read(plan) => record::hash(plan),
            Self::Request(plan) => plan.hash(),
        }
    }
}

impl Started {
    /// Carries it out.
    pub fn drive(self, transport: &mut impl Transport) -> Ending {
        let reads = matches!(self, Self::Read(_));
        match self {
            Self::Write(run) | Self::Read(run) => {
                let ending = run.drive(transport);
                if reads { Work::Read(ending) } else { Work::Write(ending) }
            }
            Self::Request(call) => Work::Request(call.drive(transport)),
        }
    }
}

impl Ending {
    /// Names of the fields that were written to each record, or may have been.
    pub fn written_fields(&self) -> Vec<&[String]> {
        match self {
            Self::Write(ending) | Self::Read(ending) => ending.written_fields(),
            Self::Request(_) => Vec::new(),
        }
    }

    /// The answer of a run.
    pub fn into_outcome(self) -> Outcome {
        self.map(run::Ending::into_outcome, request::Ending::into_outcome)
    }

    /// The answer of a preview.
    pub fn into_preview(self) -> Preview {
        self.map(run::Ending::into_preview, request::Ending::into_preview)
    }
}

/// A token goes to the org that the settings name, or nowhere: data of one org must not end in another.
fn session_domain(instance_url: &str, configured: &Domain) -> Result<Domain, Vec<Finding>> {
    const PATH: &str = "session/instance-url";
    match Domain::parse_instance_url(instance_url) {
        Ok(domain) if domain == *configured => Ok(domain),
        Ok(domain) => Err(bad_session(PATH, said!(findings_call::session_of_another_org(&domain, configured)))),
        Err(_) => Err(bad_session(PATH, said!(findings_call::bad_instance_url()))),
    }
}

/// A token is one header value: anything else would be another header, or none. Source: RFC 6750, `b64token`.
fn check_token(token: &str) -> Result<(), Vec<Finding>> {
    if !token.is_empty() && token.len() <= MAX_TOKEN_LENGTH && token.bytes().all(|b| b.is_ascii_graphic()) {
        return Ok(());
    }
    Err(bad_session("session/access-token", said!(findings_call::bad_access_token(MAX_TOKEN_LENGTH))))
}

fn bad_session(path: &'static str, said: Said) -> Vec<Finding> {
    vec![Finding::new(FindingCode::BadSession, path, said)]
}
