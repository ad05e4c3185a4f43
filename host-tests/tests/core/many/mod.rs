//! `run-many`: what a thousand conversations cost, that each ends as if it had been alone, in order, and that nothing is ever
//! written twice.

pub mod alike;
mod doubts;
mod earlier;
mod few_requests;
mod in_order;
mod support;
mod trouble;
