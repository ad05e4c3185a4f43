//! The input of `run-many`: a conversation's variables on each line, read a line at a time.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, Take};
use std::path::Path;

use ring::digest::{Context as Digest, SHA256};
use serde_json::{Value, json};

use super::super::BadUsage;

/// Longest line: as long as the variables of one conversation can be. Source: the limits in docs/embed.md.
const MAX_LINE: usize = 1 << 20;

/// A line that is not blank.
pub struct Line {
    /// From 1, blank ones counted.
    pub number: u64,
    /// The variables, or why the line cannot be passed on.
    pub text: Result<String, Value>,
}

/// The lines of a file, as it was when it was opened: what somebody appends meanwhile is not read, and what somebody changes is
/// noticed.
pub struct Lines {
    reader: BufReader<Hashing<Take<File>>>,
    number: u64,
    survey: Survey,
}

/// What a file holds.
#[derive(Clone)]
pub struct Survey {
    /// SHA-256 of all of it, in hexadecimal.
    pub hash: String,
    /// Lines that are not blank.
    pub lines: u64,
    bytes: u64,
}

/// A reader that knows what went through it.
struct Hashing<R> {
    reader: R,
    digest: Digest,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.reader.read(buffer)?;
        self.digest.update(buffer.get(..length).unwrap_or_default());
        Ok(length)
    }
}

impl Lines {
    /// Reads all of it once, to know how long it is and to know it again.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let bad = |error: std::io::Error| BadUsage(format!("{}: {error}", path.display()));
        let file = File::open(path).map_err(bad)?;
        let again = file.try_clone().map_err(bad)?;
        let unknown = Survey { hash: String::new(), lines: 0, bytes: u64::MAX };
        let mut lines = Self::over(file, unknown);
        let mut count = 0;
        while lines.next().map_err(|error| BadUsage(format!("{}: {error}", path.display())))?.is_some() {
            count += 1;
        }
        let Hashing { reader, digest } = lines.reader.into_inner();
        let survey = Survey { hash: hex(digest), lines: count, bytes: u64::MAX - reader.limit() };
        let mut again = again;
        again.rewind().map_err(bad)?;
        Ok(Self::over(again, survey))
    }

    fn over(file: File, survey: Survey) -> Self {
        let reader = Hashing { reader: file.take(survey.bytes), digest: Digest::new(&SHA256) };
        Self { reader: BufReader::new(reader), number: 0, survey }
    }

    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    /// Whether what was read to the end is what the survey has seen.
    pub fn ends_as_surveyed(self) -> bool {
        hex(self.reader.into_inner().digest) == self.survey.hash
    }

    /// The next line that is not blank.
    pub fn next(&mut self) -> anyhow::Result<Option<Line>> {
        loop {
            let mut bytes = Vec::new();
            let limit = u64::try_from(MAX_LINE + 1)?;
            if self.reader.by_ref().take(limit).read_until(b'\n', &mut bytes)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            let number = self.number;
            let whole = bytes.last() == Some(&b'\n');
            if !whole && bytes.len() > MAX_LINE {
                skip_line(&mut self.reader)?;
                let en = (
                    format!("The line has more than {MAX_LINE} bytes."),
                    "Leave out variables that the settings do not name. A conversation with large files is for `run`.",
                );
                let de = (
                    format!("Die Zeile hat mehr als {MAX_LINE} Bytes."),
                    "Lassen Sie Variablen weg, die in den Einstellungen nicht vorkommen. Ein Gespräch mit großen Dateien ist \
                     etwas für `run`.",
                );
                return Ok(Some(Line { number, text: Err(finding("line-too-long", en, de)) }));
            }
            // With the line's end, a mistake at its end would be reported in a line 2 that does not exist.
            let length = bytes.trim_ascii_end().len();
            bytes.truncate(length);
            let text = String::from_utf8(bytes).map_err(|_| {
                finding(
                    "not-utf-8",
                    ("The line is not UTF-8.".to_owned(), "Write the file in UTF-8, without another encoding."),
                    (
                        "Die Zeile ist kein UTF-8.".to_owned(),
                        "Schreiben Sie die Datei in UTF-8, ohne andere Kodierung.",
                    ),
                )
            });
            match text {
                Ok(text) if text.trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']).is_empty() => {}
                text => return Ok(Some(Line { number, text })),
            }
        }
    }
}

/// SHA-256 of a text, in hexadecimal.
pub fn hash(text: &str) -> String {
    let mut digest = Digest::new(&SHA256);
    digest.update(text.as_bytes());
    hex(digest)
}

fn hex(digest: Digest) -> String {
    digest.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn skip_line(reader: &mut impl BufRead) -> anyhow::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        match buffer.iter().position(|&byte| byte == b'\n') {
            _ if buffer.is_empty() => return Ok(()),
            Some(at) => {
                reader.consume(at + 1);
                return Ok(());
            }
            None => {
                let length = buffer.len();
                reader.consume(length);
            }
        }
    }
}

/// In the form of the component's own findings.
fn finding(code: &str, en: (String, &str), de: (String, &str)) -> Value {
    json!({
        "severity": "error",
        "code": code,
        "path": "variables",
        "message": en.0,
        "remedy": en.1,
        "texts": {
            "en": { "message": en.0, "remedy": en.1 },
            "de": { "message": de.0, "remedy": de.1 },
        },
    })
}
