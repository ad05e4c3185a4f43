//! Published settings as tools of a language model.

use super::call;
use super::http;
use crate::access;
use crate::answer::Answer;
use crate::config::{Published, Tenant};
use crate::mcp::told::{self, Told};
use crate::mcp::{self, Asked, Headers, Method};
use crate::shared::json;

pub(super) fn answer(tenant: &Tenant, headers: &Headers, token: Option<String>, body: &[u8]) -> Answer {
    let Asked { id, method } = match mcp::read(body, headers, tenant.published()) {
        Ok(asked) => asked,
        Err(refused) => return refused,
    };
    match method {
        Method::Discover => id.result(told::discovery()),
        Method::ListTools => {
            match tenant.published().iter().map(tool).collect::<Result<Vec<_>, _>>() {
                Ok(tools) => id.result(told::tools(&tools)),
                // One tool less would be noticed by nothing but a conversation that goes wrong.
                Err(name) => id.internal_error(&format!("The settings of the tool `{name}` cannot run")),
            }
        }
        Method::CallTool { tool, arguments } => id.result(called(tenant, token, tool, &arguments)),
    }
}

/// The tool, or the name of the settings that are none.
fn tool(published: &Published) -> Result<Told, &str> {
    match call::described(&published.settings) {
        Ok(described) => Ok(told::tool(&published.name, &described)),
        Err(found) => {
            http::log(&told::findings_for_log(&published.name, &json::findings(&found)));
            Err(&published.name)
        }
    }
}

fn called(tenant: &Tenant, token: Option<String>, tool: &Published, arguments: &str) -> Told {
    let session = match access::access(tenant, None, &tool.settings, token) {
        Ok(access) => call::session(access),
        Err(problem) => {
            http::log(&problem.document());
            return told::failed(
                "Nothing was sent: the tool has no access to Salesforce. Its operator finds the reason in the log.",
            );
        }
    };
    match call::outcome(&session, &tool.settings, arguments, None) {
        Ok(outcome) => told::outcome(&outcome),
        Err(found) => {
            let findings = json::findings(&found);
            http::log(&told::findings_for_log(&tool.name, &findings));
            told::findings(&findings)
        }
    }
}
