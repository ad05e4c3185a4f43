//! Several conversations in one call of `run-many`, and every fault at each of its requests: each conversation's outcome is what
//! the org holds of it, and what is run again as it says leads to what is there when nothing goes wrong.

mod batches;
mod cell;
mod rules;

pub use batches::Batch;
pub use cell::Cell;
