//! Files and transcripts: the real component against a simulated org. What the visitor sends is attached to a record that is
//! there, once; and what becomes of it changes nothing of what is said of the records.

mod attach;
mod bad_files;
mod bounds;
mod bytes;
mod forms;
mod names;
mod people;
mod prepare;
mod repeats;
mod support;
mod transcripts;
mod trouble;
