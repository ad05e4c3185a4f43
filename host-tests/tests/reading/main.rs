//! Mode `sobject-read` as an engine, an author and an administrator meet it: the real component against a simulated org.

// A panic is how a test fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/border.rs"]
mod border;
#[path = "../common/org.rs"]
mod org;
#[path = "../common/process.rs"]
mod process;
#[path = "../common/scripted.rs"]
mod scripted;

mod checks;
mod cli;
mod found;
mod lists;
mod people;
mod prepare;
mod shown;
mod trouble;
mod typed;
mod unfound;
