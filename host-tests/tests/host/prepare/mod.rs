//! `prepare` as an author and an administrator use it: the real component, and `chat-host`, against a simulated org.

mod answers;
mod cli;
mod companions;
mod constants;
mod document;
mod drift;
mod fields;
mod keys_and_links;
mod objects;
mod requests;
mod upserts;
mod validation_rules;
