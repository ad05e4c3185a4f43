//! The shell: a request comes in, the module carries it out, an answer goes back.

pub(crate) mod bindings;
mod call;
mod http;
mod tools;

use wasip2::cli::environment::get_environment;
use wasip2::exports::http::incoming_handler::Guest;
use wasip2::http::types::{IncomingRequest, ResponseOutparam};

use crate::answer::Answer;
use crate::config::{Config, Misconfigured, Tenant};
use crate::problem::Problem;
use crate::routes::{self, Route};
use crate::{OPENAPI, access, asked};
use http::Incoming;

struct Front;

wasip2::http::proxy::export!(Front);

impl Guest for Front {
    fn handle(request: IncomingRequest, response: ResponseOutparam) {
        let answer = answer(Incoming::new(request)).unwrap_or_else(Answer::from);
        http::respond(response, &answer);
    }
}

fn answer(request: Incoming) -> Result<Answer, Problem> {
    let route = routes::find(&request.method(), &request.path())?;
    if route == Route::OpenApi {
        return Ok(Answer::json(200, OPENAPI));
    }
    let config = Config::read(&get_environment()).map_err(|error: Misconfigured| error.problem())?;
    if route == Route::Health {
        return Ok(Answer::json(200, r#"{"status":"ok"}"#));
    }
    let tenant = config.tenant(request.header("authorization").as_deref())?;
    if route == Route::Manifest {
        return Ok(call::manifest());
    }
    let token = request.header(access::ACCESS_TOKEN);
    if route == Route::Mcp {
        let headers = request.of_mcp();
        return Ok(tools::answer(tenant, &headers, token, &request.body(config.max_body_bytes)?));
    }
    carry_out(route, tenant, token, &request.body(config.max_body_bytes)?)
}

fn carry_out(route: Route, tenant: &Tenant, token: Option<String>, body: &[u8]) -> Result<Answer, Problem> {
    let access =
        |domain: Option<String>, settings: &str| access::access(tenant, domain, settings, token).map(call::session);
    Ok(match route {
        Route::Run => {
            let (conversation, domain) = asked::conversation(body)?;
            call::run(&access(domain, &conversation.settings)?, &conversation)
        }
        Route::Preview => {
            let (conversation, domain) = asked::conversation(body)?;
            call::preview(&access(domain, &conversation.settings)?, &conversation)
        }
        Route::RunMany => {
            let (many, domain) = asked::many(body)?;
            call::run_many(&access(domain, &many.settings)?, many)
        }
        Route::Prepare => {
            let (settings, domain) = asked::prepare(body)?;
            call::prepare(&access(domain, &settings)?, &settings)
        }
        Route::Objects => {
            let query = asked::objects(body)?;
            call::objects(&access(Some(query.deployment_domain.clone()), "")?, query)
        }
        Route::Fields => {
            let query = asked::fields(body)?;
            call::fields(&access(Some(query.deployment_domain.clone()), "")?, query)
        }
        Route::Plan => call::plan(&asked::plan(body)?),
        Route::Check => call::check(&asked::check(body)?),
        Route::Describe => call::describe(&asked::settings(body)?),
        Route::Manifest => call::manifest(),
        Route::Mcp | Route::OpenApi | Route::Health => Answer::empty(404),
    })
}
