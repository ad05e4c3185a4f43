//! The module's functions on plain text and plain types: what `wit/` exports, without WASI.

use crate::base::{Finding, FindingCode, Said};
use crate::discover::query::Query;
use crate::discover::{Asked, Discover};
use crate::exchange::Transport;
use crate::many::{self, Many};
use crate::prepare::Prepare;
use crate::record::{Plan, evaluate};
use crate::report::RunKind;
use crate::request::{self, Call};
use crate::run::{Ending, Run};
use crate::salesforce::Domain;
use crate::settings::{Mode, Settings};
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

/// What the settings' mode does with a conversation.
#[derive(Debug, PartialEq)]
pub enum Work {
    /// Modes `sobject-write` and `sobject-read`.
    Records(Box<Run>),
    /// Mode `api-request`.
    Request(Box<Call>),
}

/// Every finding of a settings document.
pub fn check(settings: &str) -> Vec<Finding> {
    Settings::check(settings)
}

/// What a run would do.
pub fn plan(settings: &str, variables: &str) -> Result<Plan, Vec<Finding>> {
    let (settings, findings) = Settings::parse(settings)?;
    let variables = Variables::parse(variables)?;
    let mut plan = match &settings.request {
        Some(request) => request::plan(request, &variables),
        None => {
            let evaluation = evaluate(&settings, &variables);
            crate::record::plan(&settings, evaluation)
        }
    };
    plan.findings.splice(0..0, findings);
    plan.findings.extend(plan.records.iter().flat_map(|record| record.findings.iter().cloned()));
    Ok(plan)
}

/// A preparation that is ready to go, and the host that its requests go to.
pub fn prepare(session: &Session, settings: &str) -> Result<(Prepare, Domain), Vec<Finding>> {
    let (parsed, _) = Settings::parse_unprepared(settings)?;
    let domain = session_domain(session.instance_url, &parsed.domain)?;
    check_token(session.access_token)?;
    Ok((Prepare::new(settings, parsed), domain))
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
) -> Result<(Work, Domain), Vec<Finding>> {
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
) -> Result<(Work, Domain), Vec<Finding>> {
    let (settings, _) = Settings::parse(settings)?;
    let parsed = Variables::parse(&variables)?.with_files(files);
    drop(variables);
    let domain = session_domain(session.instance_url, &settings.domain)?;
    check_token(session.access_token)?;
    let work = match Call::new(&settings, &parsed, kind) {
        Some(call) => Work::Request(Box::new(call)),
        None => Work::Records(Box::new(Run::new(&settings, &parsed, kind))),
    };
    Ok((work, domain))
}

/// Many runs that are ready to go, and the host that their requests go to.
pub fn start_many(
    session: &Session,
    settings: &str,
    conversations: Vec<many::Conversation>,
    earlier: &[many::Earlier],
) -> Result<(Many, Domain), Vec<Finding>> {
    let (settings, _) = Settings::parse(settings)?;
    if settings.mode != Mode::SObjectWrite {
        return Err(vec![Finding::new(
            FindingCode::NotForMany,
            "/mode",
            said!(findings_call::one_at_a_time(settings.mode.word())),
        )]);
    }
    many::check(&settings, &conversations, earlier)?;
    let domain = session_domain(session.instance_url, &settings.domain)?;
    check_token(session.access_token)?;
    Ok((Many::new(settings, conversations, earlier), domain))
}

impl Work {
    /// Carries it out.
    pub fn drive(self, transport: &mut impl Transport) -> Ending {
        match self {
            Self::Records(run) => run.drive(transport),
            Self::Request(call) => {
                let request::Ending { outcome, writes, hash } = call.drive(transport);
                Ending::of_call(outcome, writes, hash)
            }
        }
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
