//! `POST /composite/graph`: several composite requests as one. Of each graph all operations are carried out or none, whatever becomes
//! of the others. Source: REST API guide, Composite Graph and Composite Graph Limits.

use serde_json::Value;

use super::composite::answered_as;
use super::record::{Answered, AutoAssign, Headers, Operation};
use super::{Failed, Request, Response, Subrequest};
use crate::base::json::object;
use crate::base::text;
use crate::code::Code;
use crate::salesforce::{ApiVersion, SObjectName};

/// Graphs of one request.
const MAX_GRAPHS: usize = 75;
/// Operations of one request, in all its graphs.
const MAX_NODES: usize = 500;
/// Pairs of method and SObject in one request.
const MAX_KINDS: usize = 15;
/// Operations of which each refers to the one before.
const MAX_DEPTH: usize = 15;

/// A graph, under a number that is unique in the request.
pub(crate) type Graph<'a> = (usize, &'a [Operation]);

/// What became of a graph.
pub(crate) enum Ended {
    Answered(Vec<Answered>),
    /// It does not say.
    Unreadable,
    /// Nothing of it was tried, because too many others failed.
    Untried,
}

/// Whether a graph says all that these operations say: its members are documented as `method`, `url`, `body` and `referenceId`,
/// so that a header might go unheeded. Source: REST API guide, Composite Graph.
pub(crate) fn takes(operations: &[Operation]) -> bool {
    let says_default = |Headers { auto_assign, allows_duplicates }: &Headers| {
        matches!(auto_assign, None | Some(AutoAssign::Active)) && !allows_duplicates
    };
    operations.iter().all(|operation| says_default(&operation.headers)) && depth(operations) <= MAX_DEPTH
}

/// The longest chain of operations of which each refers to the one before.
fn depth(operations: &[Operation]) -> usize {
    let mut depths: Vec<(&str, usize)> = Vec::new();
    for operation in operations {
        let above = depths.iter().filter(|(known, _)| operation.refers_to(known)).map(|(_, depth)| *depth).max();
        depths.push((&operation.reference, above.unwrap_or_default() + 1));
    }
    depths.into_iter().map(|(_, depth)| depth).max().unwrap_or_default()
}

/// How much one request takes.
#[derive(Default)]
pub(crate) struct Room<'a> {
    graphs: usize,
    nodes: usize,
    kinds: Vec<(&'static str, &'a SObjectName)>,
}

impl<'a> Room<'a> {
    /// Takes room for one more graph; false if there is none.
    pub(crate) fn take(&mut self, operations: &'a [Operation]) -> bool {
        let mut kinds = self.kinds.clone();
        for kind in operations.iter().map(|operation| (operation.method(), &operation.sobject)) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let nodes = self.nodes + operations.len();
        if self.graphs == MAX_GRAPHS || nodes > MAX_NODES || kinds.len() > MAX_KINDS {
            return false;
        }
        *self = Self { graphs: self.graphs + 1, nodes, kinds };
        true
    }
}

pub(crate) fn request(version: ApiVersion, graphs: &[Graph]) -> Request {
    let graph = |&(number, operations): &Graph| {
        let subrequest = |operation: &Operation| {
            let subrequest = operation.subrequest(version, &prefix(number));
            Subrequest { headers: Headers::default().json(), ..subrequest }.json()
        };
        let subrequests = operations.iter().map(subrequest).collect();
        object([("graphId", id(number).into()), ("compositeRequest", Value::Array(subrequests))])
    };
    let body = text(&object([("graphs", Value::Array(graphs.iter().map(graph).collect()))]));
    let path = format!("/services/data/v{version}/composite/graph");
    Request { method: "POST", path, body, ..Request::default() }
}

/// What became of each of the graphs.
pub(crate) fn answered(graphs: &[Graph], response: &Response) -> Vec<Ended> {
    let mut json = response.json().unwrap_or_default();
    let mut answers = match json.get_mut("graphs").map(Value::take) {
        Some(Value::Array(answers)) => answers,
        _ => Vec::new(),
    };
    let mut answer_to = |number: usize| {
        let id = id(number);
        let is_it = |answer: &Value| answer.get("graphId").and_then(Value::as_str) == Some(&id);
        answers.iter().position(is_it).map(|at| answers.swap_remove(at))
    };
    let ends: Vec<End> = graphs.iter().map(|graph| End::of(graph, answer_to(graph.0))).collect();
    // Beyond fourteen failures Salesforce leaves the rest undone. Where none has failed, that is not why.
    let some_failed = ends.iter().any(|end| matches!(end, End::Failed(_)));
    let ended = |end| match end {
        End::Halted(_) if some_failed => Ended::Untried,
        End::Written(answered) | End::Failed(Some(answered)) | End::Halted(answered) => Ended::Answered(answered),
        End::Failed(None) | End::Unreadable => Ended::Unreadable,
    };
    ends.into_iter().map(ended).collect()
}

/// What the answer says of one graph.
enum End {
    Written(Vec<Answered>),
    /// Nothing of it was carried out. The answer may not say why.
    Failed(Option<Vec<Answered>>),
    /// Nothing in it was tried.
    Halted(Vec<Answered>),
    Unreadable,
}

impl End {
    fn of((number, operations): &Graph, answer: Option<Value>) -> Self {
        let Some(mut answer) = answer else { return Self::Unreadable };
        let is_successful = answer.get("isSuccessful").and_then(Value::as_bool);
        let body = answer.get_mut("graphResponse").map(Value::take).unwrap_or_default();
        let refused = |answered: &Answered| matches!(answered, Err(Failed::Refused(_)));
        let halted = |answered: &Answered| matches!(answered, Err(Failed::Refused(error)) if error.code == Code::ProcessingHalted);
        match (is_successful, answered_as(operations, &prefix(*number), body)) {
            (Some(true), Some(answered)) if !answered.iter().any(refused) => Self::Written(answered),
            (Some(false), Some(answered)) if answered.iter().all(halted) => Self::Halted(answered),
            (Some(false), Some(answered)) if answered.iter().any(refused) => Self::Failed(Some(answered)),
            (Some(false), None) => Self::Failed(None),
            // It contradicts itself.
            _ => Self::Unreadable,
        }
    }
}

fn id(number: usize) -> String {
    format!("g{number}")
}

/// In front of the references of one graph: nothing says that they may be the same in another.
fn prefix(number: usize) -> String {
    format!("g{number}_")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::salesforce::FieldName;
    use crate::wire::record::{Action, Body, Success, Target};

    fn create(reference: &str, needs: Option<&str>) -> Operation {
        let mut body = Body::default();
        body.set(&FieldName::parse("LastName").unwrap(), "@{x.id} is typed".into());
        needs.into_iter().for_each(|other| body.link(&FieldName::parse("ContactId").unwrap(), other.to_owned()));
        let (sobject, headers) = (SObjectName::parse("Contact").unwrap(), Headers::default());
        Operation { reference: reference.to_owned(), sobject, headers, action: Action::Create(body) }
    }

    fn chain(length: usize) -> Vec<Operation> {
        (0..length).map(|n| create(&format!("r{n}"), n.checked_sub(1).map(|n| format!("r{n}")).as_deref())).collect()
    }

    #[test]
    fn a_chain_may_be_as_long_as_salesforce_takes_it() {
        assert!(takes(&chain(MAX_DEPTH)) && !takes(&chain(MAX_DEPTH + 1)));
        let beside: Vec<Operation> = (0..=MAX_DEPTH).map(|n| create(&format!("r{n}"), None)).collect();
        assert!(takes(&beside));
    }

    #[test]
    fn what_a_header_says_and_a_graph_would_not_goes_by_itself() {
        let with = |headers| takes(&[Operation { headers, ..create("a", None) }]);
        let assign = |auto_assign| Headers { auto_assign: Some(auto_assign), allows_duplicates: false };
        assert!(with(Headers::default()) && with(assign(AutoAssign::Active)));
        assert!(!with(assign(AutoAssign::Off)) && !with(Headers { auto_assign: None, allows_duplicates: true }));
    }

    #[test]
    fn references_are_renamed_and_typed_texts_are_not() {
        let read =
            Action::Read { record: Target::Written("b".into()), fields: vec![FieldName::parse("Name").unwrap()] };
        let operations = [create("a", None), create("b", Some("a")), Operation { action: read, ..create("c", None) }];
        let request = request(ApiVersion(62), &[(7, &operations)]);
        let body: Value = serde_json::from_str(&request.body).unwrap();
        let sent = |at: usize| &body["graphs"][0]["compositeRequest"][at];
        assert_eq!(body["graphs"][0]["graphId"], "g7");
        assert_eq!(sent(1)["referenceId"], "g7_b");
        assert_eq!(sent(1)["body"], json!({ "ContactId": "@{g7_a.id}", "LastName": "@{x.id} is typed" }));
        assert_eq!(sent(2)["url"], "/services/data/v62.0/sobjects/Contact/@{g7_b.id}?fields=Name");
    }

    /// One graph of one create under each number, and what is answered to it.
    fn ends(answers: &[Value]) -> Vec<&'static str> {
        let operations = [create("a", None)];
        let graphs: Vec<Graph> = (0..answers.len()).map(|number| (number, &operations[..])).collect();
        let body = json!({ "graphs": answers }).to_string().into_bytes();
        let ended = answered(&graphs, &Response { status: 200, body, ..Response::default() });
        let word = |ended: &Ended| match ended {
            Ended::Answered(all) => match &all[..] {
                [Ok(Success::Written(_))] => "written",
                [Err(Failed::Refused(_))] => "refused",
                _ => "odd",
            },
            Ended::Unreadable => "unreadable",
            Ended::Untried => "untried",
        };
        ended.iter().map(word).collect()
    }

    fn graph(number: usize, is_successful: bool, status: u16, body: &Value) -> Value {
        let part = json!({ "referenceId": format!("g{number}_a"), "httpStatusCode": status, "body": body });
        json!({
            "graphId": format!("g{number}"), "isSuccessful": is_successful,
            "graphResponse": { "compositeResponse": [part] },
        })
    }

    #[test]
    fn what_was_halted_beside_a_failure_was_not_tried() {
        let written = |number| graph(number, true, 201, &json!({ "id": "003000000000001AAA", "success": true }));
        let refused = |number, code: &str| graph(number, false, 400, &json!([{ "errorCode": code, "message": "" }]));
        let halted = |number| refused(number, "PROCESSING_HALTED");
        assert_eq!(ends(&[written(0), refused(1, "X"), halted(2)]), ["written", "refused", "untried"]);
        assert_eq!(ends(&[halted(0), written(1)]), ["refused", "written"]);
        // In any order, and each only under its own number.
        assert_eq!(ends(&[written(1), written(0)]), ["written", "written"]);
        assert_eq!(ends(&[written(1), refused(5, "X")]), ["unreadable", "written"]);
    }

    #[test]
    fn a_graph_that_contradicts_itself_is_not_read() {
        let success = json!({ "id": "003000000000001AAA", "success": true });
        assert_eq!(ends(&[graph(0, false, 201, &success)]), ["unreadable"]);
        assert_eq!(ends(&[graph(0, true, 400, &json!([{ "errorCode": "X" }]))]), ["unreadable"]);
        assert_eq!(ends(&[json!({ "graphId": "g0", "isSuccessful": false })]), ["unreadable"]);
        assert_eq!(ends(&[graph(0, true, 700, &json!(null))]), ["unreadable"]);
    }
}
