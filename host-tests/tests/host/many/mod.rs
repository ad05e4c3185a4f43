//! `run-many` in the sandbox and from the command line; the core's part is in `tests/core/many/`.

mod cli;
mod sandbox;
