//! Writes of which it is not known whether they were carried out, and conversations that wait for them.
//!
//! A time is the host's, which knows when it began the run.

use super::list;
use crate::texts::Name;

pub(crate) fn may_be_changed(sobject: Name, fields: &[String]) -> String {
    format!(
        "The `{sobject}` in `id` may have been changed since this run began: compare there {}.",
        list(fields, "and")
    )
}
pub(crate) fn may_be_written(sobject: Name, fields: &[String]) -> String {
    format!(
        "A `{sobject}` may have been created or changed since this run began: look for it by {}.",
        list(fields, "and")
    )
}
pub(crate) fn may_be_created(sobject: Name, fields: &[String]) -> String {
    format!("A new `{sobject}` may exist, created since this run began: look for it by {}.", list(fields, "and"))
}
pub(crate) const WRITE_AGAIN_AFTER: &str = "Only if that is not there ten minutes later, write it again.";
pub(crate) const SAFE_TO_RUN_AGAIN: &str = "Running again writes it no second time.";

pub(crate) const EARLIER_LEFT_TO_PEOPLE: &str = "It is not known whether an earlier conversation about the same record was written, and only a \
    person can tell. This one was not sent: settle the earlier one, then run this one.";
pub(crate) const EARLIER_UNKNOWN: &str = "An earlier conversation may have written the same record; whether it did is not known, and Salesforce \
    may be at work on it still. This one was not sent: run it again later.";
pub(crate) const EARLIER_NOT_WRITTEN: &str = "An earlier conversation about the same record could not be written yet. Run the earlier one again, \
    then this one.";
pub(crate) const SENT_BEFORE: &str = "This conversation was sent before, and what it was to write is not there. Salesforce may be at work on it \
    still. Pass it again later, still as one in doubt.";
pub(crate) const SENT_BEFORE_BEHIND: &str = "This conversation was sent before. An earlier one about the same record is not written yet, or it is \
    not known whether it was. Run the earlier one again, then this one.";
pub(crate) const SENT_BEFORE_LEFT_TO_PEOPLE: &str = "This conversation was sent before. Whether it was written cannot be looked up, because a \
    record has no key or a file no idempotency key. Look in Salesforce for the values of its fields, and run it again only if they are not \
    there.";
pub(crate) const SENT_BEFORE_KEYS_CHANGED: &str = "This conversation was sent before. What it was to write is not there as it was sent, and \
    another conversation that was sent, too, may have changed the keys by which it is found. Look in Salesforce for the values of its fields, \
    and run it again only if they are not there.";
pub(crate) const CALL_FULL: &str =
    "What the conversations of this call hand over is more than fits into its answer. Pass fewer at a time.";
