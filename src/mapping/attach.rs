//! What a conversation gives beside values: files for a record, and itself as a text.

use super::{Conversation, failure};
use crate::convert::Misfit;
use crate::files::{Content, File};
use crate::finding::Finding;
use crate::outcome::RecordError;
use crate::settings::{FieldFacts, FileSource, Mapping, RecordSettings, Settings, WhenTooLong};
use crate::transcript::{FILE_NAME, NotATranscript, Transcript};
use crate::value::Scalar;
use crate::variables::{Given, GivenError};

/// A file on its way to a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Attached {
    /// JSON pointer of its row in the settings.
    pub pointer: String,
    pub variable: String,
    /// Among the files of its variable.
    pub index: usize,
    pub file: File,
}

impl Conversation<'_> {
    /// The files of one record, in the order of its rows.
    pub(super) fn files(&mut self, record: &RecordSettings) -> Result<Vec<Attached>, RecordError> {
        let mut attached = Vec::new();
        for row in &record.attachments {
            let variable = row.source.variable();
            let files = match &row.source {
                FileSource::Variable(name) => self.variables.files(name, &mut self.room_for_files),
                FileSource::Transcript(name) => {
                    let transcript = self
                        .variables
                        .json(name)
                        .map_or(Ok(None), |value| Transcript::of_variable(value, row.zone.as_ref()))
                        .map_err(|NotATranscript| failure::no_transcript(name))?;
                    let text = transcript.map(|transcript| transcript.whole().into_bytes());
                    let file = |text: Vec<u8>| {
                        self.room_for_files.take(text.len())?;
                        Ok(File { name: FILE_NAME.to_owned(), content: Content::new(text) })
                    };
                    text.into_iter().map(file).collect()
                }
            };
            let files = files.map_err(|error| failure::bad_file(variable, error))?;
            if files.is_empty() && row.must_be_there {
                return Err(failure::no_file(variable));
            }
            attached.extend(files.into_iter().enumerate().map(|(index, file)| Attached {
                pointer: row.pointer.clone(),
                variable: variable.to_owned(),
                index,
                file,
            }));
        }
        Ok(attached)
    }

    /// What the host gave and no row asks for.
    pub(super) fn note_unused_files(&mut self, settings: &Settings) {
        let rows = || settings.records.iter().flat_map(|record| &record.attachments);
        let is_used =
            |variable: &str| rows().any(|row| matches!(&row.source, FileSource::Variable(name) if name == variable));
        let unused = self.variables.host_files().iter().filter(|file| !is_used(&file.variable)).count();
        if unused > 0 {
            self.findings.push(Finding::info(
                "file-not-mapped",
                "files",
                format!("{unused} of the host's files are attached to nothing, since no mapping names their variable."),
                "Nothing, if that is meant; otherwise add a row with the source { \"file\": … }.",
            ));
        }
    }

    /// The conversation as a text that its field takes.
    pub(super) fn transcript(
        &mut self,
        variable: &str,
        mapping: &Mapping,
        facts: Option<&FieldFacts>,
    ) -> Result<Given, GivenError> {
        let Some(value) = self.variables.json(variable) else { return Ok(Given::Absent) };
        let zone = mapping.format.zone.as_ref();
        let transcript = Transcript::of_variable(value, zone).map_err(|NotATranscript| GivenError::NotATranscript)?;
        let Some(transcript) = transcript else { return Ok(Given::Blank) };
        let limit = facts.map(FieldFacts::limit).unwrap_or_default();
        // First, since a blank more counts, too.
        let (transcript, rewritten) = transcript.without_references();
        let (text, cut) = match mapping.when_too_long() {
            WhenTooLong::Cut => transcript.within(limit),
            WhenTooLong::Fail => (transcript.whole(), false),
        };
        match limit.misfit(&text) {
            None => {}
            Some(Misfit::TooManyBytes(most)) => return Err(GivenError::TooManyBytes(most)),
            Some(_) => return Err(GivenError::TooLong(limit.characters.unwrap_or(0))),
        }
        if rewritten {
            self.findings.push(Finding::info(
                "reference-rewritten",
                mapping.pointer.clone(),
                "The conversation contains `@{`, which Salesforce would replace; it was written as `@ {`.",
                "Nothing.",
            ));
        }
        if cut {
            self.findings.push(Finding::info(
                "transcript-cut",
                mapping.pointer.clone(),
                format!("The conversation was longer than `{}`, and its beginning has been left out.", mapping.field),
                "Nothing, if the end is enough; attach it as a file as well to keep all of it.",
            ));
        }
        Ok(Scalar::text(&text).map_or(Given::Blank, Given::Value))
    }
}
