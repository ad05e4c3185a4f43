//! `"mode": "api-request"`: its settings, and what a run does when something goes wrong. What needs an org or the sandbox is in
//! `tests/host/requests/`.

mod documents;
mod trouble;

use crate::common::settings::{request, write};
