//! What the tests of the core and those of the host have in common.

// Each program uses its own part of this.
#![allow(dead_code)]

pub mod documents;
pub mod many;
pub mod people;
pub mod settings;
pub mod typed;
