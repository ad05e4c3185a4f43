//! `lookIn` against a simulated org, through the real component; the core's part is in `tests/core/people/`.

mod bounds;
mod example;
mod prepare;
mod prepared;
