//! The same without a sandbox: the module's code in this process, over the reference host's own connections. What an operation costs more
//! in the host is what the sandbox costs.

use anyhow::{anyhow, bail};
use bytes::Bytes;
use host_tests::host::Egress;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http_body_util::{BodyExt, Full};
use salesforce_module::audit::Audit;
use salesforce_module::base::text;
use salesforce_module::exchange::{Moment, Step, Waiting};
use salesforce_module::module::{self, Session};
use salesforce_module::report::RunKind;
use salesforce_module::settings::Work;
use salesforce_module::{log, wire};
use wasmtime_wasi_http::{Error, WasiHttpHooks};

/// One conversation; answers with its requests.
pub(crate) async fn run(
    mut egress: Egress,
    session: &Session<'_>,
    settings: &str,
    variables: &str,
) -> anyhow::Result<u32> {
    let found = |findings| anyhow!("{findings:?}");
    let (started, domain) = module::start(session, settings, variables, RunKind::Write).map_err(found)?;
    let audit = Audit::new(&domain, settings, None).map_err(found)?;
    let Work::Write(run) = started else { bail!("the settings write nothing") };
    let mut step = run.start();
    let ending = loop {
        step = match step {
            Step::Send(_, waiting) => {
                let answer = send(&mut egress, session, &waiting.request()).await?;
                waiting.answer(Ok(answer), Moment::default())
            }
            Step::Done(ending) => break Work::Write(*ending),
        }
    };
    let audit = audit.wrote(&ending.written_fields());
    let outcome = ending.into_outcome();
    std::hint::black_box(text(&audit.note(log::outcome(&outcome))));
    let Work::Write(outcome) = outcome else { bail!("{outcome:?}") };
    Ok(outcome.requests)
}

async fn send(egress: &mut Egress, session: &Session<'_>, request: &wire::Request) -> anyhow::Result<wire::Response> {
    let body = Full::new(Bytes::from(request.body.clone())).map_err(|never| match never {}).boxed_unsync();
    let request = http::Request::builder()
        .method(request.method)
        .uri(format!("{}{}", session.instance_url, request.path))
        .header(AUTHORIZATION, format!("Bearer {}", session.access_token))
        .header(CONTENT_TYPE, request.media_type().as_ref())
        .header(ACCEPT, "application/json")
        .body(body)?;
    let sent = Box::into_pin(egress.send_request(request, None, Box::new(async { Ok(()) }))).await;
    let failed = |error: Error| anyhow!("{error:?}");
    let (response, _) = sent.map_err(failed)?;
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.map_err(failed)?.to_bytes().to_vec();
    Ok(wire::Response { status, retry_after: None, limit_info: None, body })
}
