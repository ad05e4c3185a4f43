//! Files that the author has chosen for the sample conversation. They are in memory until the server ends, and nowhere else: the page
//! and the list of runs have a reference, `{"chosenFile": "…", "name": "photo.jpg", "bytes": 1234}`.

use std::borrow::Cow;
use std::sync::Mutex;

use axum::extract::State;
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use http::StatusCode;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Asked, Problem};
use super::api::{Reply, Shared};
use crate::web::{lock, random};

/// Most bytes of a file: as base64 it fits into the variables, which is what a preview takes. Source: docs/embed.md, limits.
const MAX_BYTES: usize = 4 << 20;
/// Most bytes of all as base64, and how many; of more, the oldest go.
const MAX_KEPT: usize = 64 << 20;
const MAX_FILES: usize = 100;
/// What stands for a file in the variables of the page.
const REFERENCE: &str = "chosenFile";

/// See above.
#[derive(Default)]
pub(super) struct Files(Mutex<Vec<Chosen>>);

struct Chosen {
    id: String,
    /// As the component takes it.
    file: Value,
    length: usize,
}

/// Takes a file, and gives the reference to it.
pub(super) async fn choose(State(editor): Shared, asked: Asked) -> Reply {
    let (name, base64) = (asked.text("name")?, asked.text("base64")?);
    let media_type = asked.optional("mediaType").filter(|kind| !kind.is_empty());
    // Four characters for three bytes.
    let is_too_large = base64.len() / 4 * 3 > MAX_BYTES + 2;
    let content =
        if is_too_large { Vec::new() } else { BASE64_STANDARD.decode(base64).map_err(|_| Problem::bad("base64"))? };
    if is_too_large || content.len() > MAX_BYTES {
        return Err(Problem {
            status: StatusCode::PAYLOAD_TOO_LARGE,
            code: "file-too-large",
            message: format!("A file may have {MAX_BYTES} bytes here."),
        });
    }
    let file = json!({ "name": name, "mediaType": media_type, "base64": base64 });
    let (id, length) = (new_id()?, name.len() + media_type.map_or(0, str::len) + base64.len());
    editor.files.add(Chosen { id: id.clone(), file, length });
    Ok(Answer(json!({ REFERENCE: id, "name": name, "bytes": content.len() })))
}

/// Never that of an earlier server, whose references a tab may still have.
fn new_id() -> anyhow::Result<String> {
    Ok(BASE64_URL_SAFE_NO_PAD.encode(random::<12>()?))
}

impl Files {
    fn add(&self, chosen: Chosen) {
        let mut all = lock(&self.0);
        all.push(chosen);
        while all.len() > MAX_FILES || all.iter().map(|chosen| chosen.length).sum::<usize>() > MAX_KEPT {
            all.remove(0);
        }
    }

    /// The variables with the files in the place of their references.
    pub fn put_in<'v>(&self, variables: &'v str) -> Result<Cow<'v, str>, Problem> {
        if !variables.contains(REFERENCE) {
            return Ok(Cow::Borrowed(variables));
        }
        // What is no JSON, the component says.
        let Ok(members) = serde_json::from_str::<Map<String, Value>>(variables) else {
            return Ok(Cow::Borrowed(variables));
        };
        let all = lock(&self.0);
        let with = members.into_iter().map(|(name, value)| Ok((name, with_content(&all, value)?)));
        Ok(Cow::Owned(Value::Object(with.collect::<Result<_, Problem>>()?).to_string()))
    }

    /// Whether each file that the variables refer to is still there.
    pub fn has_all(&self, variables: &Value) -> bool {
        self.put_in(&variables.to_string()).is_ok()
    }
}

fn with_content(all: &[Chosen], value: Value) -> Result<Value, Problem> {
    if let Value::Array(items) = value {
        return items.into_iter().map(|item| with_content(all, item)).collect();
    }
    let Some(id) = value.get(REFERENCE) else { return Ok(value) };
    let chosen = all.iter().find(|chosen| *id == chosen.id);
    chosen.map(|chosen| chosen.file.clone()).ok_or(Problem {
        status: StatusCode::BAD_REQUEST,
        code: "file-gone",
        message: "A file of the sample conversation is no longer there: choose it again.".to_owned(),
    })
}
