//! The Model Context Protocol, revision 2026-07-28: streamable HTTP, tools only.
//!
//! That revision has no sessions and no handshake: each request says all about itself, so it fits a component that keeps no state. Three
//! requests are read by hand: the SDK's types (rmcp 3.11) build for this target too, but bring 60 crates, among them tokio and chrono.
//! Source: modelcontextprotocol.io, specification 2026-07-28, "Streamable HTTP", "Versioning and Compatibility" and "Tools".

pub mod told;

use serde_json::{Map, Value, json};

use crate::answer::Answer;
use crate::config::Published;
use crate::members::Members;

/// The only revision that is spoken.
pub const VERSION: &str = "2026-07-28";

const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;
const METHOD_NOT_FOUND: i32 = -32601;
const INVALID_PARAMS: i32 = -32602;
const INTERNAL_ERROR: i32 = -32603;
const HEADER_MISMATCH: i32 = -32020;
const UNSUPPORTED_VERSION: i32 = -32022;

/// What the headers say, which intermediaries go by. They must say what the body says.
#[derive(Default)]
pub struct Headers {
    pub origin: Option<String>,
    pub version: Option<String>,
    pub method: Option<String>,
    pub name: Option<String>,
}

/// A request that can be carried out.
#[derive(Debug)]
pub struct Asked<'a> {
    pub id: Id,
    pub method: Method<'a>,
}

#[derive(Debug)]
pub enum Method<'a> {
    Discover,
    ListTools,
    /// With the arguments as they came.
    CallTool {
        tool: &'a Published,
        arguments: String,
    },
}

/// A text or a whole number.
#[derive(Debug)]
pub struct Id(Value);

/// Reads a message. What cannot be carried out has its answer already.
pub fn read<'a>(body: &[u8], headers: &Headers, published: &'a [Published]) -> Result<Asked<'a>, Answer> {
    // No page in a browser is meant to call this, whatever its origin.
    if headers.origin.is_some() {
        return Err(error(&Value::Null, 403, INVALID_REQUEST, "Requests with an `Origin` are not taken"));
    }
    let mut message = Members::of_body(body).map_err(|problem| {
        let code = if problem.code == "not-json" { PARSE_ERROR } else { INVALID_REQUEST };
        error(&Value::Null, 400, code, &problem.detail)
    })?;
    let id = message.value("id");
    let method = message.text("method");
    let is_call = message.text("jsonrpc").is_ok_and(|version| version == "2.0");
    let params = message.object("params");
    message.leave_rest();
    let (true, Ok(method)) = (is_call, method) else {
        let expected = "A JSON-RPC 2.0 request was expected: `jsonrpc`, `id`, `method` and `params`";
        return Err(error(&Value::Null, 400, INVALID_REQUEST, expected));
    };
    let id = match id {
        // Of a client, this revision has no notification that would need more.
        None => return Err(Answer::empty(202)),
        Some(id) if id.is_string() || id.is_i64() || id.is_u64() => id,
        Some(_) => {
            return Err(error(&Value::Null, 400, INVALID_REQUEST, "`id` must be a text or a whole number"));
        }
    };
    let mut params = match params {
        Ok(Some(params)) => params,
        _ => return Err(without_meta(&id, &method)),
    };
    check_meta(&id, &method, &mut params, headers)?;
    let method = match method.as_str() {
        "server/discover" => Method::Discover,
        "tools/list" => Method::ListTools,
        "tools/call" => call(&id, &mut params, headers, published)?,
        _ => return Err(error(&id, 404, METHOD_NOT_FOUND, "There is no such method: this server has tools only")),
    };
    params.leave_rest();
    Ok(Asked { id: Id(id), method })
}

/// Version and capabilities travel with each request, and headers repeat what the body says.
fn check_meta(id: &Value, method: &str, params: &mut Members, headers: &Headers) -> Result<(), Answer> {
    let Ok(Some(mut meta)) = params.object("_meta") else { return Err(without_meta(id, method)) };
    let version = meta.text("io.modelcontextprotocol/protocolVersion");
    let has_capabilities = meta.object("io.modelcontextprotocol/clientCapabilities").is_ok_and(|it| it.is_some());
    meta.leave_rest();
    let Ok(version) = version else { return Err(without_meta(id, method)) };
    if headers.version.as_deref() != Some(version.as_str()) {
        return Err(mismatch(id, "MCP-Protocol-Version"));
    }
    if version != VERSION {
        return Err(unsupported(id, &version));
    }
    if !has_capabilities {
        let expected = "`_meta` must have `io.modelcontextprotocol/clientCapabilities`, an object";
        return Err(error(id, 400, INVALID_PARAMS, expected));
    }
    if headers.method.as_deref() != Some(method) {
        return Err(mismatch(id, "Mcp-Method"));
    }
    Ok(())
}

fn call<'a>(
    id: &Value,
    params: &mut Members,
    headers: &Headers,
    published: &'a [Published],
) -> Result<Method<'a>, Answer> {
    let name = params.text("name").map_err(|problem| error(id, 400, INVALID_PARAMS, &problem.detail))?;
    let Some(tool) = published.iter().find(|tool| tool.name == name) else {
        return Err(error(id, 400, INVALID_PARAMS, "There is no such tool: `tools/list` lists them"));
    };
    // The name of a tool that exists needs no encoding in a header.
    if headers.name.as_deref() != Some(name.as_str()) {
        return Err(mismatch(id, "Mcp-Name"));
    }
    let arguments = match params.raw("arguments") {
        None => "{}".to_owned(),
        Some(arguments) if arguments.starts_with('{') => arguments.to_owned(),
        Some(_) => return Err(error(id, 400, INVALID_PARAMS, "`arguments` must be an object")),
    };
    Ok(Method::CallTool { tool, arguments })
}

/// A client of an earlier revision begins with `initialize`, and may show this message to its user.
fn without_meta(id: &Value, method: &str) -> Answer {
    match method {
        "initialize" => unsupported(id, "initialize"),
        _ => {
            let expected = "`params._meta` must have `io.modelcontextprotocol/protocolVersion` and \
                `io.modelcontextprotocol/clientCapabilities`";
            error(id, 400, INVALID_PARAMS, expected)
        }
    }
}

fn unsupported(id: &Value, requested: &str) -> Answer {
    let requested: String = requested.chars().take(40).collect();
    let error = json!({
        "code": UNSUPPORTED_VERSION,
        "message": format!("This server speaks revision {VERSION} of the protocol, and no other"),
        "data": { "supported": [VERSION], "requested": requested },
    });
    Answer::json(400, json!({ "jsonrpc": "2.0", "id": id, "error": error }).to_string())
}

fn mismatch(id: &Value, header: &str) -> Answer {
    error(id, 400, HEADER_MISMATCH, &format!("The header `{header}` is missing, or does not say what the body says"))
}

/// Without an id where none could be read.
fn error(id: &Value, status: u16, code: i32, message: &str) -> Answer {
    let error = json!({ "code": code, "message": message });
    let answer = match id {
        Value::Null => json!({ "jsonrpc": "2.0", "error": error }),
        id => json!({ "jsonrpc": "2.0", "id": id, "error": error }),
    };
    Answer::json(status, answer.to_string())
}

impl Id {
    /// An answer that the method came to.
    pub fn result(&self, mut result: Map<String, Value>) -> Answer {
        let server = json!({ "name": "salesforce-module", "version": env!("CARGO_PKG_VERSION") });
        result.insert("resultType".to_owned(), "complete".into());
        result.insert("_meta".to_owned(), json!({ "io.modelcontextprotocol/serverInfo": server }));
        Answer::json(200, json!({ "jsonrpc": "2.0", "id": self.0, "result": result }).to_string())
    }

    /// The operator has to change something.
    pub fn internal_error(&self, message: &str) -> Answer {
        error(&self.0, 500, INTERNAL_ERROR, message)
    }
}

#[cfg(test)]
mod tests;
