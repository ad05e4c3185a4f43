//! What a conversation gives beside values: files for a record, and itself as a text.

use super::{Conversation, failure};
use crate::base::{Finding, FindingCode};
use crate::report::RecordError;
use crate::salesforce::{FieldFacts, SObjectName};
use crate::settings::{Attachment, FileSource, Mapping, RecordSettings, Records};
use crate::texts::said;
use crate::value::file::File;
use crate::value::transcript::{FILE_NAME, NotATranscript, Transcript};
use crate::value::variables::GivenError;
use crate::value::{Attached, Content, Given, Misfit, Scalar, WhenTooLong};

/// A file that is wrong by itself, and without which its record is written.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    pub variable: String,
    /// Among the files of its variable.
    pub index: usize,
    /// As of [`Attached`].
    pub only_for: Vec<SObjectName>,
    pub error: RecordError,
}

/// What the file rows of a record give.
#[derive(Debug, Default, PartialEq)]
pub struct Files {
    /// In the order of the rows.
    pub attached: Vec<Attached>,
    pub left_out: Vec<LeftOut>,
    /// Why the record cannot be written, should it turn out to be one of these objects, or anything if the list is empty.
    pub unfit: Vec<(Vec<SObjectName>, RecordError)>,
}

impl Files {
    /// Why the record cannot be written as this object.
    pub fn unfit_for(&self, sobject: &SObjectName) -> Option<&RecordError> {
        self.unfit.iter().find(|(only_for, _)| sobject.is_meant_by(only_for)).map(|(_, error)| error)
    }
}

impl Conversation<'_> {
    pub(super) fn files(&mut self, record: &RecordSettings) -> Files {
        let mut files = Files::default();
        for row in record.attachments() {
            let given = self.files_of(row);
            let variable = row.source.variable();
            let only_for = || record.among(&row.only_for);
            if given.is_empty() && row.must_be_there {
                files.unfit.push((only_for(), failure::no_file(variable)));
            }
            for (index, file) in given.into_iter().enumerate() {
                let (variable, only_for) = (variable.to_owned(), only_for());
                match file {
                    Ok(file) => {
                        let pointer = row.pointer.clone();
                        files.attached.push(Attached { pointer, variable, index, only_for, file });
                    }
                    Err(error) if row.must_fit => files.unfit.push((only_for, error)),
                    Err(error) => {
                        self.findings.push(left_out(record, row, &error));
                        files.left_out.push(LeftOut { variable, index, only_for, error });
                    }
                }
            }
        }
        files
    }

    /// The files of one row, or what is wrong with each.
    fn files_of(&mut self, row: &Attachment) -> Vec<Result<File, RecordError>> {
        let room = &mut self.room_for_files;
        let bad = |error| failure::bad_file(row.source.variable(), error);
        match &row.source {
            FileSource::Variable(name) => {
                self.variables.files(name, room).into_iter().map(|file| file.map_err(bad)).collect()
            }
            FileSource::Transcript(name) => {
                let Some(value) = self.variables.json(name) else { return Vec::new() };
                let transcript = match Transcript::of_variable(value, row.zone.as_ref()) {
                    Ok(transcript) => transcript,
                    Err(NotATranscript) => return vec![Err(failure::no_transcript(name))],
                };
                let text = transcript.map(|transcript| transcript.whole().into_bytes());
                let file = |text: Vec<u8>| {
                    room.take(text.len()).map_err(bad)?;
                    Ok(File { name: FILE_NAME.to_owned(), content: Content::new(text) })
                };
                text.into_iter().map(file).collect()
            }
        }
    }

    /// What the host gave and no row asks for.
    pub(super) fn note_unused_files(&mut self, settings: &Records) {
        let rows = || settings.records.iter().flat_map(|record| record.attachments());
        let is_used =
            |variable: &str| rows().any(|row| matches!(&row.source, FileSource::Variable(name) if name == variable));
        let unused = self.variables.host_files().iter().filter(|file| !is_used(&file.variable)).count();
        if unused > 0 {
            self.findings.push(Finding::new(
                FindingCode::FileNotMapped,
                "files",
                said!(findings_files::not_mapped(unused)),
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
            self.findings.push(Finding::new(
                FindingCode::ReferenceRewritten,
                mapping.pointer.clone(),
                said!(findings_conversation::reference_rewritten()),
            ));
        }
        if cut {
            self.findings.push(Finding::new(
                FindingCode::TranscriptCut,
                mapping.pointer.clone(),
                said!(findings_conversation::transcript_cut(&mapping.field)),
            ));
        }
        Ok(Scalar::text(&text).map_or(Given::Blank, Given::Value))
    }
}

fn left_out(record: &RecordSettings, row: &Attachment, error: &RecordError) -> Finding {
    Finding::new(
        FindingCode::FileNotUploaded,
        row.pointer.clone(),
        said!(findings_files::cannot_be_attached(row.source.variable(), &record.name, &error.code)),
    )
}
