//! The sandbox holds: whatever crosses the border of the component is answered by a value, every bound is an error and no
//! trap, and a call that does trap, or computes for too long, harms no other.

mod bounds;
mod bounds_of_answers;
mod bounds_of_reads;
mod bounds_of_values;
mod crowd;
mod error_codes;
mod traps;
mod values;
