//! A request, and its body piece by piece.

use std::borrow::Cow;
use std::fmt;
use std::iter::once;

use crate::base::base64;
use crate::value::Content;

/// A request to the session's host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// HTTP method: `GET`, `POST`, `PATCH`, `PUT` or `DELETE`.
    pub method: &'static str,
    /// Path and query.
    pub path: String,
    /// What `body` is; where it is empty, no such header is sent.
    pub content_type: ContentType,
    /// Text; with a `file`, all of it but the file.
    pub body: String,
    /// Stands as base64 in front of [`Request::AFTER_FILE`]. It is encoded while it is sent: a file and its base64 are more
    /// than fits. In a form of parts it stands as it is, in front of the last boundary.
    pub file: Option<Content>,
    /// Headers of this request alone.
    pub headers: Headers,
    /// The answer is a stream that goes on: the body is what came until the time was over, or until something was heard. See
    /// [`sse::is_heard`].
    pub stream: bool,
}

/// Headers with their values, which may be secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers(pub Vec<(&'static str, String)>);

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

/// Bytes of a file that are encoded at a time: a multiple of three, or the base64 would have padding within.
const PIECE: usize = 48 << 10;

impl Request {
    /// How a body ends that has a file.
    pub const AFTER_FILE: &str = "\"}";

    /// Length of the whole body, in bytes.
    pub fn length(&self) -> usize {
        let of_file = |file: &Content| match self.content_type {
            ContentType::Parts => file.bytes().len(),
            _ => base64::encoded_length(file.bytes().len()),
        };
        self.body.len() + self.file.as_ref().map_or(0, of_file)
    }

    /// The whole body, piece by piece.
    pub fn pieces(&self) -> impl Iterator<Item = Cow<'_, [u8]>> {
        let is_parts = self.content_type == ContentType::Parts;
        let end = if is_parts { self.last_boundary() } else { Self::AFTER_FILE };
        let before = self.file.as_ref().and_then(|_| self.body.strip_suffix(end));
        let file = self.file.as_ref().filter(|_| before.is_some()).map(Content::bytes).unwrap_or_default();
        let encoded = file.chunks(PIECE).map(move |bytes| {
            if is_parts {
                return Cow::Borrowed(bytes);
            }
            let mut text = String::with_capacity(base64::encoded_length(bytes.len()));
            base64::encode(bytes, &mut text);
            Cow::Owned(text.into_bytes())
        });
        let after = before.map(|_| Cow::Borrowed(end.as_bytes()));
        once(Cow::Borrowed(before.unwrap_or(&self.body).as_bytes())).chain(encoded).chain(after)
    }

    /// The whole body as one text; of a file that is none, as much of it as is text.
    pub fn text(&self) -> Cow<'_, str> {
        match self.file {
            None => Cow::Borrowed(&self.body),
            Some(_) => {
                let bytes: Vec<u8> = self.pieces().flat_map(Cow::into_owned).collect();
                Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
            }
        }
    }

    /// Value of the `Content-Type` header. The boundary of parts is the body's first line.
    pub fn media_type(&self) -> Cow<'static, str> {
        match self.content_type {
            ContentType::Json => "application/json".into(),
            ContentType::Form => "application/x-www-form-urlencoded".into(),
            ContentType::Parts => {
                let boundary = self.body.lines().next().and_then(|line| line.strip_prefix("--")).unwrap_or_default();
                format!("multipart/form-data; boundary={boundary}").into()
            }
        }
    }

    /// The line break before it belongs to it. Source: RFC 2046, 5.1.1.
    fn last_boundary(&self) -> &str {
        let length = self.body.lines().next().map_or(0, str::len) + "\r\n--\r\n".len();
        self.body.len().checked_sub(length).and_then(|at| self.body.get(at..)).unwrap_or_default()
    }
}

/// What a body is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContentType {
    /// What the REST API takes.
    #[default]
    Json,
    /// `a=b&c=d`, as token endpoints take it.
    Form,
    /// A form of parts, one of them a file.
    Parts,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_a_part_of_the_body_and_of_its_length() {
        for size in [0, 1, 2, 3, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 2] {
            let bytes = vec![7; size];
            let mut expected = "{\"a\":\"".to_owned();
            base64::encode(&bytes, &mut expected);
            expected.push_str("\"}");
            let body = "{\"a\":\"\"}".to_owned();
            let file = Some(Content::new(bytes));
            let request = Request { method: "POST", body, file, ..Request::default() };
            assert_eq!((request.text().as_ref(), request.length()), (expected.as_str(), expected.len()), "{size}");
        }
    }

    #[test]
    fn a_file_among_parts_stands_there_as_it_is() {
        let body = "--b1\r\n\r\n{}\r\n--b1\r\n\r\n\r\n--b1--\r\n".to_owned();
        let file = Some(Content::new(b"xyz".to_vec()));
        let request = Request { method: "POST", body, file, content_type: ContentType::Parts, ..Request::default() };
        let expected = "--b1\r\n\r\n{}\r\n--b1\r\n\r\nxyz\r\n--b1--\r\n";
        assert_eq!((request.text().as_ref(), request.length()), (expected, expected.len()));
        assert_eq!(request.media_type(), "multipart/form-data; boundary=b1");
    }

    #[test]
    fn the_values_of_headers_are_not_shown() {
        let headers = Headers(vec![("authorization", "Bearer canary".to_owned())]);
        assert_eq!(format!("{:?}", Request { headers, ..Request::default() }.headers), "[\"authorization\"]");
    }
}
