//! The sandbox holds: whatever crosses the border of the component is answered by a value, every bound is an error and no
//! trap, and a call that does trap, or computes for too long, harms no other.

// A panic is how a test fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/border.rs"]
mod border;
#[path = "../common/documents.rs"]
#[allow(dead_code)]
mod documents;
#[path = "../common/org.rs"]
mod org;

mod bounds;
mod bounds_of_answers;
mod bounds_of_reads;
mod bounds_of_values;
mod crowd;
mod error_codes;
mod traps;
mod values;
