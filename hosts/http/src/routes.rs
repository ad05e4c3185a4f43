//! What is called, by method and path.

use crate::problem::Problem;

/// What a path leads to. All but the last two need a bearer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Route {
    Module(Function),
    Mcp,
    /// Of the hand-over that [`name_of`] its path.
    Events,
    OpenApi,
    Health,
}

/// A function of the module.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Function {
    Run,
    Plan,
    Check,
    Form,
    Preview,
    Prepare,
    Describe,
    RunMany,
    Objects,
    Fields,
    Manifest,
    PrepareHandover,
    StartHandover,
    SendMessage,
    ReceiveEvents,
    EndHandover,
}

const GET: &str = "GET";
const POST: &str = "POST";

/// The one path with a name in it.
const EVENTS: &str = "/handover/{name}/events";

/// Each path has one method.
const ROUTES: [(&str, &str, Route); 20] = [
    (POST, "/run", Route::Module(Function::Run)),
    (POST, "/plan", Route::Module(Function::Plan)),
    (POST, "/check", Route::Module(Function::Check)),
    (POST, "/form", Route::Module(Function::Form)),
    (POST, "/preview", Route::Module(Function::Preview)),
    (POST, "/prepare", Route::Module(Function::Prepare)),
    (POST, "/describe", Route::Module(Function::Describe)),
    (POST, "/run-many", Route::Module(Function::RunMany)),
    (POST, "/objects", Route::Module(Function::Objects)),
    (POST, "/fields", Route::Module(Function::Fields)),
    (GET, "/manifest", Route::Module(Function::Manifest)),
    (POST, "/handover/prepare", Route::Module(Function::PrepareHandover)),
    (POST, "/handover/start", Route::Module(Function::StartHandover)),
    (POST, "/handover/send", Route::Module(Function::SendMessage)),
    (POST, "/handover/receive", Route::Module(Function::ReceiveEvents)),
    (POST, "/handover/end", Route::Module(Function::EndHandover)),
    (GET, EVENTS, Route::Events),
    (POST, "/mcp", Route::Mcp),
    (GET, "/openapi.json", Route::OpenApi),
    (GET, "/health", Route::Health),
];

/// The route of a request; a query counts for nothing.
pub fn find(method: &str, path_with_query: &str) -> Result<Route, Problem> {
    let path = path_with_query.split('?').next().unwrap_or_default();
    let known_as = if name_of(path).is_some() { EVENTS } else { path };
    let Some((expected, _, route)) = ROUTES.iter().find(|(_, known, _)| *known == known_as) else {
        let known = ROUTES.map(|(method, path, _)| format!("{method} {path}")).join(", ");
        return Err(Problem::new(404, "no-such-path", format!("There is no such path. There are: {known}.")));
    };
    if method != *expected {
        let detail = format!("{known_as} takes the method {expected}.");
        return Err(Problem::new(405, "method-not-allowed", detail).with_header("allow", *expected));
    }
    Ok(*route)
}

/// The hand-over whose events a path names.
pub fn name_of(path_with_query: &str) -> Option<&str> {
    let path = path_with_query.split('?').next()?;
    let name = path.strip_prefix("/handover/")?.strip_suffix("/events")?;
    Some(name).filter(|name| !name.is_empty() && !name.contains('/'))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn a_query_counts_for_nothing() {
        assert_eq!(find("GET", "/health?x=1"), Ok(Route::Health));
        assert_eq!(find("GET", "/handover/support/events?x=1"), Ok(Route::Events));
        assert_eq!(name_of("/handover/support/events?x=1"), Some("support"));
    }

    #[test]
    fn an_unknown_path_and_a_wrong_method_are_told_apart() {
        for path in ["/runs", "/handover//events", "/handover/a/b/events", "/handover/events"] {
            assert_eq!(find("POST", path).unwrap_err().status, 404, "{path}");
        }
        assert_eq!(find("POST", "/handover/support/events").unwrap_err().status, 405);
        let problem = find("GET", "/run").unwrap_err();
        assert_eq!((problem.status, problem.header), (405, Some(("allow", "POST".to_owned()))));
    }

    #[test]
    fn the_openapi_document_has_every_route_and_no_other() {
        let document: serde_json::Value = serde_json::from_str(crate::OPENAPI).unwrap();
        let mut documented: Vec<(String, String)> = document["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, methods)| {
                methods.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone()))
            })
            .collect();
        let mut routes = ROUTES.map(|(method, path, _)| (method.to_owned(), path.to_owned()));
        documented.sort();
        routes.sort();
        assert_eq!(documented, routes);
    }
}
