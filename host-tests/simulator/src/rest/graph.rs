//! `POST /composite/graph`: up to 75 graphs in one call. Each is a transaction of its own: one that fails undoes itself and no
//! other, but after too many failures the rest is not tried.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::composite::Subrequest;
use super::composite::bad;
use super::composite::carry_out;
use super::composite::halted;
use super::composite::read_all;
use super::composite::resource;
use super::composite::unrecognised;
use crate::http::{ApiError, Call, Reply};
use crate::org::Org;

/// The first version with graphs.
pub const MIN_VERSION: u32 = 50;

const MAX_GRAPHS: usize = 75;
/// In all graphs of the request.
const MAX_NODES: usize = 500;
/// Of method and object.
const MAX_KINDS: usize = 15;
/// Nodes of which each needs the one before.
const MAX_DEPTH: usize = 15;
/// Graphs that may fail before the others are left out.
const MAX_FAILURES: usize = 14;

const NOT_TRIED: &str = "The maximum number of graph failures was exceeded.";

struct Graph {
    id: String,
    nodes: Vec<Subrequest>,
}

/// Runs the graphs in their order.
pub fn run(org: &mut Org, call: &Call) -> Result<Reply, ApiError> {
    let graphs = read(call)?;
    let mut failures = 0;
    let mut answers: Vec<Value> = Vec::new();
    for Graph { id, nodes } in graphs {
        let (results, is_successful) = match failures > MAX_FAILURES {
            true => (halted(nodes, NOT_TRIED), false),
            false => carry_out(org, call, true, nodes),
        };
        failures += usize::from(!is_successful);
        answers.push(json!({
            "graphId": id,
            "graphResponse": { "compositeResponse": results },
            "isSuccessful": is_successful,
        }));
    }
    Ok(Reply::ok(json!({ "graphs": answers })))
}

/// Reads the whole request before anything runs.
fn read(call: &Call) -> Result<Vec<Graph>, ApiError> {
    let envelope = call.json_object()?;
    if let Some(unknown) = envelope.keys().find(|name| *name != "graphs") {
        return Err(unrecognised(unknown));
    }
    let list = envelope.get("graphs").and_then(Value::as_array);
    let list = list.ok_or_else(|| bad("graphs must be an array"))?;
    if list.is_empty() || list.len() > MAX_GRAPHS {
        return Err(bad(&format!("a request takes 1 to {MAX_GRAPHS} graphs")));
    }
    let mut graphs: Vec<Graph> = Vec::new();
    for graph in list {
        let graph = read_one(graph)?;
        if graphs.iter().any(|other| other.id == graph.id) {
            return Err(bad(&format!("Provided graphId '{}' is not unique", graph.id)));
        }
        graphs.push(graph);
    }
    let nodes = || graphs.iter().flat_map(|graph| &graph.nodes);
    if nodes().count() > MAX_NODES {
        return Err(bad(&format!("a request takes up to {MAX_NODES} nodes, this has {}", nodes().count())));
    }
    let kinds: BTreeSet<(&str, &str)> = nodes().map(kind).collect();
    if kinds.len() > MAX_KINDS {
        return Err(bad(&format!("a request takes up to {MAX_KINDS} different nodes, this has {}", kinds.len())));
    }
    if let Some(node) = nodes().find(|node| !is_supported(node)) {
        return Err(bad(&format!("{} {} is not supported in a graph", node.method, node.url)));
    }
    if graphs.iter().any(|graph| depth(&graph.nodes) > MAX_DEPTH) {
        return Err(bad(&format!("a graph is up to {MAX_DEPTH} nodes deep")));
    }
    Ok(graphs)
}

fn read_one(graph: &Value) -> Result<Graph, ApiError> {
    let members = graph.as_object().ok_or_else(|| bad("a graph must be an object"))?;
    let known = ["graphId", "compositeRequest"];
    if let Some(unknown) = members.keys().find(|name| !known.contains(&name.as_str())) {
        return Err(unrecognised(unknown));
    }
    let id = members.get("graphId").and_then(Value::as_str).ok_or_else(|| bad("a graph needs graphId as a string"))?;
    let nodes = members.get("compositeRequest").and_then(Value::as_array).filter(|nodes| !nodes.is_empty());
    let nodes = nodes.ok_or_else(|| bad("a graph needs compositeRequest as an array of subrequests"))?;
    // What an org makes of a member that is not documented is not known: a client must not count on it.
    if let Some(node) = nodes.iter().filter_map(Value::as_object).find(|node| node.contains_key("httpHeaders")) {
        let reference = node.get("referenceId").and_then(Value::as_str).unwrap_or_default();
        return Err(bad(&format!("httpHeaders is no member of a graph's subrequest ({reference})")));
    }
    Ok(Graph { id: id.to_owned(), nodes: read_all(nodes)? })
}

/// What follows `sobjects`, up to the query.
fn row(node: &Subrequest) -> Vec<&str> {
    let resource = resource(&node.url).unwrap_or_default();
    let path = resource.split('?').next().unwrap_or_default().trim_end_matches('/');
    path.strip_prefix("sobjects/").map(|row| row.split('/').collect()).unwrap_or_default()
}

fn kind(node: &Subrequest) -> (&str, &str) {
    (&node.method, row(node).first().copied().unwrap_or_default())
}

fn is_supported(node: &Subrequest) -> bool {
    let methods: &[&str] = match row(node).as_slice() {
        [_] => &["POST"],
        [_, _] => &["DELETE", "GET", "PATCH"],
        [_, _, _] => &["DELETE", "GET", "PATCH", "POST"],
        _ => &[],
    };
    methods.contains(&node.method.as_str())
}

/// The longest chain of nodes of which each refers to the one before.
fn depth(nodes: &[Subrequest]) -> usize {
    let mut depths: Vec<usize> = Vec::new();
    for node in nodes {
        let body = node.body.as_ref().map(Value::to_string).unwrap_or_default();
        let refers = |other: &Subrequest| {
            [&node.url, &body].iter().any(|text| {
                text.contains(&format!("@{{{}.", other.reference)) || text.contains(&format!("@{{{}[", other.reference))
            })
        };
        let above = nodes.iter().zip(&depths).filter(|(other, _)| refers(other)).map(|(_, depth)| *depth).max();
        depths.push(above.unwrap_or(0) + 1);
    }
    depths.into_iter().max().unwrap_or(0)
}
