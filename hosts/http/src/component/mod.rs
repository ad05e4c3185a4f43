//! The shell: a request comes in, the module carries it out, an answer goes back.

pub(crate) mod bindings;
mod call;
mod handover;
mod http;
mod tools;

use wasip2::cli::environment::get_environment;
use wasip2::exports::http::incoming_handler::Guest;
use wasip2::http::types::{IncomingRequest, ResponseOutparam};

use crate::answer::Answer;
use crate::config::{Config, Misconfigured, Tenant};
use crate::problem::Problem;
use crate::routes::{self, Function, Route};
use crate::{OPENAPI, access, asked, handover as chats};
use http::Incoming;

struct Front;

wasip2::http::proxy::export!(Front);

impl Guest for Front {
    fn handle(request: IncomingRequest, response: ResponseOutparam) {
        let request = Incoming::new(request);
        match routes::find(&request.method(), &request.path()) {
            Ok(Route::Events) => match events(&request) {
                Ok((settings, chat)) => handover::events(response, &settings, &chat),
                Err(problem) => http::respond(response, &problem.into()),
            },
            route => {
                let answer = route.and_then(|route| answer(route, &request)).unwrap_or_else(Answer::from);
                http::respond(response, &answer);
            }
        }
    }
}

fn config() -> Result<Config, Problem> {
    Config::read(&get_environment()).map_err(|error: Misconfigured| error.problem())
}

/// Settings and chat of the events that are asked for.
fn events(request: &Incoming) -> Result<(String, String), Problem> {
    let (config, path) = (config()?, request.path());
    let name = routes::name_of(&path).unwrap_or_default();
    let (published, chat) = chats::events(caller(&config, request)?, name, request.header(chats::CHAT))?;
    Ok((published.settings.clone(), chat))
}

fn answer(route: Route, request: &Incoming) -> Result<Answer, Problem> {
    match route {
        Route::OpenApi => Ok(Answer::json(200, OPENAPI)),
        Route::Health => config().map(|_| Answer::json(200, r#"{"status":"ok"}"#)),
        Route::Module(function) => {
            let config = config()?;
            let tenant = caller(&config, request)?;
            carry_out(function, tenant, request, || request.body(config.max_body_bytes))
        }
        Route::Mcp => {
            let config = config()?;
            let tenant = caller(&config, request)?;
            let token = request.header(access::ACCESS_TOKEN);
            Ok(tools::answer(tenant, &request.of_mcp(), token, &request.body(config.max_body_bytes)?))
        }
        // Answered as it comes, by the one who called this.
        Route::Events => Err(Problem::bad_request("Events are a stream.")),
    }
}

fn caller<'a>(config: &'a Config, request: &Incoming) -> Result<&'a Tenant, Problem> {
    config.tenant(request.header("authorization").as_deref())
}

fn carry_out(
    function: Function,
    tenant: &Tenant,
    request: &Incoming,
    body: impl Fn() -> Result<Vec<u8>, Problem>,
) -> Result<Answer, Problem> {
    let session = |domain: Option<String>, settings: &str| {
        let token = request.header(access::ACCESS_TOKEN);
        access::access(tenant, domain, settings, token).map(call::session)
    };
    Ok(match function {
        Function::Run => {
            let (conversation, domain) = asked::conversation(&body()?)?;
            call::run(&session(domain, &conversation.settings)?, &conversation)
        }
        Function::Preview => {
            let (conversation, domain) = asked::conversation(&body()?)?;
            call::preview(&session(domain, &conversation.settings)?, &conversation)
        }
        Function::RunMany => {
            let (many, domain) = asked::many(&body()?)?;
            call::run_many(&session(domain, &many.settings)?, many)
        }
        Function::Prepare => {
            let (settings, domain) = asked::prepare(&body()?)?;
            call::prepare(&session(domain, &settings)?, &settings)
        }
        Function::Objects => {
            let query = asked::objects(&body()?)?;
            call::objects(&session(Some(query.deployment_domain.clone()), "")?, query)
        }
        Function::Fields => {
            let query = asked::fields(&body()?)?;
            call::fields(&session(Some(query.deployment_domain.clone()), "")?, query)
        }
        Function::PrepareHandover => {
            let settings = asked::settings(&body()?)?;
            chats::may_reach(tenant, &settings)?;
            handover::prepare(&settings)
        }
        Function::StartHandover => {
            let start = chats::start(&body()?)?;
            chats::may_reach(tenant, &start.settings)?;
            handover::start(&start)
        }
        Function::SendMessage => {
            let send = chats::send(&body()?)?;
            chats::may_reach(tenant, &send.settings)?;
            handover::send(send)
        }
        Function::ReceiveEvents => {
            let chat = chats::receive(&body()?)?;
            chats::may_reach(tenant, &chat.settings)?;
            handover::receive(&chat)
        }
        Function::EndHandover => {
            let chat = chats::end(&body()?)?;
            chats::may_reach(tenant, &chat.settings)?;
            handover::end(&chat)
        }
        Function::Plan => call::plan(&asked::plan(&body()?)?),
        Function::Check => call::check(&asked::check(&body()?)?),
        Function::Form => call::form(&asked::form(&body()?)?),
        Function::Describe => call::describe(&asked::settings(&body()?)?),
        Function::Manifest => call::manifest(),
    })
}
