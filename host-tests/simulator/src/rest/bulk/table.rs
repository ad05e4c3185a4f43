//! CSV, as jobs take it and answer it.

use super::job::MEDIA_TYPE;
use crate::http::Reply;
use crate::org::{Job, Rows};

/// Reads an upload; the message if it is no table.
pub fn read(content: &[u8], delimiter: u8) -> Result<Rows, String> {
    // Spreadsheets write a byte order mark.
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(content);
    let fault = |error: csv::Error| match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, pos } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            format!("InvalidBatch : line {line} has {len} columns, the header has {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "InvalidBatch : the content is not UTF-8".to_owned(),
        _ => "InvalidBatch : Failed to parse CSV".to_owned(),
    };
    let head = reader.headers().map_err(fault)?.iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| Ok(row?.iter().map(str::to_owned).collect()));
    let rows = rows.collect::<Result<_, csv::Error>>().map_err(fault)?;
    Ok(Rows { head, rows })
}

/// A table as an answer, with every value quoted as an org does it.
pub fn answer<'a>(job: &Job, head: &'a [String], rows: impl IntoIterator<Item = &'a Vec<String>>) -> Reply {
    let end = if job.crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(job.delimiter)
        .terminator(end)
        .quote_style(csv::QuoteStyle::Always)
        .flexible(true)
        .from_writer(Vec::new());
    for row in std::iter::once(head).chain(rows.into_iter().map(Vec::as_slice)) {
        // What is written to memory arrives.
        drop(writer.write_record(row));
    }
    Reply::raw(MEDIA_TYPE, writer.into_inner().unwrap_or_default())
}
