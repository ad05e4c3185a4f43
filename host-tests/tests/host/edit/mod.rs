//! `chat-host edit`: to whom its page is given, and what its calls answer. `.ci/edit/run` is the page itself, in a browser.

pub(crate) mod browser;
mod calls;
mod chosen;
mod command;
mod door;
mod files;
mod log_in;
mod org;
mod remedies;
mod runs;
