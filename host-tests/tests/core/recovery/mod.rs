//! What a run does when something goes wrong on the way or in the org: what it repeats, what it looks for, what it leaves to
//! the host, and what it says. Natively, against the simulated org, on a clock of the test's own.

mod advice;
mod idempotency;
mod limits;
mod messages;
mod races;
mod repeats;
mod verification;
