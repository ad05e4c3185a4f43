//! Writes of several records each as composite graphs: each conversation is one, and all or none of its records are written,
//! whatever becomes of the others. Source: REST API guide, Composite Graph and Composite Graph Limits.

use serde_json::Value;

use super::answer::{Share, answer_of};
use crate::base::json::{map, object};
use crate::base::text;
use crate::report::Code;
use crate::salesforce::ApiVersion;
use crate::wire::{ContentType, Request, Response};

/// Graphs of one request.
const MAX_GRAPHS: usize = 75;
/// Subrequests of one request, in all its graphs.
const MAX_NODES: usize = 500;
/// Pairs of method and SObject in one request.
const MAX_KINDS: usize = 15;
/// Subrequests of which each refers to the one before.
const MAX_DEPTH: usize = 15;
/// What a request without this header means, too. Source: REST API guide, Sforce-Auto-Assign.
const DEFAULT_HEADER: (&str, &str) = ("Sforce-Auto-Assign", "TRUE");
const HEADERS: &str = "httpHeaders";

/// Graphs while they are gathered.
pub(super) struct Gathering {
    graphs: Vec<Value>,
    members: Vec<usize>,
    nodes: usize,
    kinds: Vec<(String, String)>,
}

/// Graphs that were sent together, each for the conversation of this index.
pub(super) struct Gathered {
    members: Vec<usize>,
}

/// Whether a graph says all that these subrequests say: its members are documented as `method`, `url`, `body` and `referenceId`,
/// so that a header might go unheeded. Source: REST API guide, Composite Graph.
pub(super) fn takes(subrequests: &[Value]) -> bool {
    let is_default = |(name, value): (&String, &Value)| {
        (name.as_str(), value.as_str()) == (DEFAULT_HEADER.0, Some(DEFAULT_HEADER.1))
    };
    let has_default = |subrequest: &Value| match subrequest.get(HEADERS) {
        Some(Value::Object(headers)) => headers.iter().all(is_default),
        _ => true,
    };
    subrequests.iter().all(has_default) && depth(subrequests) <= MAX_DEPTH
}

/// The longest chain of subrequests of which each refers to the one before.
fn depth(subrequests: &[Value]) -> usize {
    let mut known: Vec<(String, usize)> = Vec::new();
    for subrequest in subrequests {
        let content = text(subrequest);
        let above = known.iter().filter(|(reference, _)| content.contains(reference)).map(|(_, depth)| *depth).max();
        let reference = subrequest.get("referenceId").and_then(Value::as_str).unwrap_or_default();
        known.push((format!("@{{{reference}."), above.unwrap_or_default() + 1));
    }
    known.into_iter().map(|(_, depth)| depth).max().unwrap_or_default()
}

impl Gathering {
    pub(super) fn new() -> Self {
        Self { graphs: Vec::new(), members: Vec::new(), nodes: 0, kinds: Vec::new() }
    }

    /// Adds the subrequests of a conversation's write; false if there is no room for them.
    pub(super) fn add(&mut self, index: usize, subrequests: &[Value]) -> bool {
        let mut kinds = self.kinds.clone();
        for kind in subrequests.iter().map(kind) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let nodes = self.nodes + subrequests.len();
        if self.graphs.len() == MAX_GRAPHS || nodes > MAX_NODES || kinds.len() > MAX_KINDS {
            return false;
        }
        let prefix = prefix(index);
        let renamed = subrequests.iter().map(|subrequest| rename(subrequest, &prefix)).collect();
        self.graphs
            .push(object([("graphId", format!("g{index}").into()), ("compositeRequest", Value::Array(renamed))]));
        self.members.push(index);
        (self.nodes, self.kinds) = (nodes, kinds);
        true
    }

    pub(super) fn finish(self, version: ApiVersion) -> (Request, Gathered) {
        let body = text(&object([("graphs", Value::Array(self.graphs))]));
        let path = format!("/services/data/v{version}/composite/graph");
        let request = Request { method: "POST", path, content_type: ContentType::Json, body, file: None };
        (request, Gathered { members: self.members })
    }
}

impl Gathered {
    /// What each conversation is told.
    pub(super) fn split(self, response: &Response) -> Vec<(usize, Share)> {
        let mut json = response.json().unwrap_or_default();
        let mut graphs = match json.get_mut("graphs").map(Value::take) {
            Some(Value::Array(graphs)) => graphs,
            _ => Vec::new(),
        };
        let mut graph_of = |index: usize| {
            let id = format!("g{index}");
            let is_it = |graph: &Value| graph.get("graphId").and_then(Value::as_str) == Some(&id);
            graphs.iter().position(is_it).map(|at| graphs.swap_remove(at))
        };
        let ends: Vec<(usize, End)> =
            self.members.iter().map(|&index| (index, End::of(graph_of(index), index))).collect();
        // Beyond fourteen failures Salesforce leaves the rest undone. Where none has failed, that is not why.
        let some_failed = ends.iter().any(|(_, end)| matches!(end, End::Failed(_)));
        let share = |(index, end)| match end {
            End::Written(answers) | End::Failed(answers) => (index, Share::Answer(answer_of(response, answers))),
            End::Halted(_) if some_failed => (index, Share::Again),
            End::Halted(answers) => (index, Share::Answer(answer_of(response, answers))),
            End::Unreadable => (index, Share::unreadable(response)),
        };
        ends.into_iter().map(share).collect()
    }
}

/// What became of one graph.
enum End {
    Written(Vec<Value>),
    Failed(Vec<Value>),
    /// Nothing in it was tried.
    Halted(Vec<Value>),
    Unreadable,
}

impl End {
    fn of(graph: Option<Value>, index: usize) -> Self {
        let Some(mut graph) = graph else { return Self::Unreadable };
        let is_successful = graph.get("isSuccessful").and_then(Value::as_bool);
        let rows = graph.pointer_mut("/graphResponse/compositeResponse").map(Value::take);
        let (Some(is_successful), Some(Value::Array(mut rows))) = (is_successful, rows) else {
            return Self::Unreadable;
        };
        let prefix = prefix(index);
        for row in &mut rows {
            let name = row.get("referenceId").and_then(Value::as_str).and_then(|name| name.strip_prefix(&prefix));
            let Some(name) = name.map(str::to_owned) else { return Self::Unreadable };
            if let Some(reference) = row.get_mut("referenceId") {
                *reference = name.into();
            }
        }
        let failed =
            |row: &Value| !row.get("httpStatusCode").and_then(Value::as_u64).is_some_and(|s| (200..300).contains(&s));
        let halted = |row: &Value| {
            row.pointer("/body/0/errorCode").and_then(Value::as_str) == Some(Code::ProcessingHalted.as_str())
        };
        match (is_successful, rows.iter().any(failed)) {
            (true, false) => Self::Written(rows),
            (false, true) if rows.iter().all(halted) => Self::Halted(rows),
            (false, true) => Self::Failed(rows),
            // It contradicts itself.
            _ => Self::Unreadable,
        }
    }
}

/// In front of the references of one graph: nothing says that they may be the same in another.
fn prefix(index: usize) -> String {
    format!("g{index}_")
}

fn rename(subrequest: &Value, prefix: &str) -> Value {
    match subrequest {
        Value::Object(members) => {
            let renamed = members.iter().filter(|(name, _)| *name != HEADERS).map(|(name, value)| {
                let value = match value {
                    Value::String(id) if name == "referenceId" => format!("{prefix}{id}").into(),
                    value => refer(value, prefix),
                };
                (name.clone(), value)
            });
            Value::Object(map(renamed))
        }
        other => other.clone(),
    }
}

/// Whatever a visitor typed holds no `@{`, or it would have been refused: each one is a reference.
fn refer(value: &Value, prefix: &str) -> Value {
    match value {
        Value::String(text) => text.replace("@{", &format!("@{{{prefix}")).into(),
        Value::Array(items) => Value::Array(items.iter().map(|item| refer(item, prefix)).collect()),
        Value::Object(members) => {
            Value::Object(map(members.iter().map(|(name, value)| (name.clone(), refer(value, prefix)))))
        }
        other => other.clone(),
    }
}

/// Method and SObject of a subrequest.
fn kind(subrequest: &Value) -> (String, String) {
    let member = |name| subrequest.get(name).and_then(Value::as_str).unwrap_or_default();
    let sobject = member("url").split_once("/sobjects/").map_or("", |(_, resource)| resource);
    let sobject = sobject.split(['/', '?']).next().unwrap_or_default();
    (member("method").to_owned(), sobject.to_owned())
}
