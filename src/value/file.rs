//! Files of a conversation: what a visitor sends along, and what of it can be attached to a record.
//!
//! A file is a name and content, checked before anything is sent: a name is one that every disk takes and no path, content is
//! there, and neither is larger than what fits the guest's memory beside the request that carries it. The name is the
//! visitor's, so no error repeats it.

use std::fmt::{self, Write as _};
use std::rc::Rc;

use md5::{Digest, Md5};
use serde_json::{Map, Value};

use crate::base::{Words, base64};
use crate::code::Code;
use crate::salesforce::SObjectName;
use crate::texts::text;

/// Most files that one run attaches: each is a request, and a visitor waits.
pub const MAX_FILES: usize = 10;
/// Most bytes that the files of a run have together, and so the largest file. Beside them the rest of a run fits the 32 MiB of
/// an instance. Salesforce takes files of up to 28 MB in this form. Source: REST API guide, Insert or Update Blob Data.
pub const MAX_FILES_BYTES: usize = 16 << 20;
/// Longest name, in characters as Salesforce counts them. Source: object reference, ContentVersion.PathOnClient.
pub(crate) const MAX_NAME_LENGTH: usize = 500;
/// Longest name without its extension. Source: object reference, ContentVersion.Title.
pub(crate) const MAX_TITLE_LENGTH: usize = 255;
/// Longest media type. Source: RFC 6838, 4.2, twice 127 and the slash.
pub(crate) const MAX_MEDIA_TYPE_LENGTH: usize = 255;

const MEMBERS: [&str; 3] = ["name", "mediaType", "base64"];

/// A file that can be attached.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// Never a path.
    pub name: String,
    pub content: Content,
}

/// Bytes of a file. Several records can have the same.
#[derive(Clone, PartialEq, Eq)]
pub struct Content(Rc<Vec<u8>>);

/// A file as the host hands it over.
#[derive(Clone, Debug, PartialEq)]
pub struct HostFile {
    /// The variable that a mapping names it by.
    pub variable: String,
    /// The visitor's, so no error repeats it. It is checked before anything is sent.
    pub name: String,
    /// Such as `image/jpeg`. Only its form is looked at: Salesforce tells the type by the name's extension.
    pub media_type: Option<String>,
    /// None of a file that the host did not hand over because it is too large.
    pub content: Option<Content>,
}

/// A file on its way to a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Attached {
    /// JSON pointer of its row in the settings.
    pub pointer: String,
    /// The chat variable that holds it.
    pub variable: String,
    /// Among the files of its variable.
    pub index: usize,
    /// What the record must turn out to be one of; empty, if it may be anything.
    pub only_for: Vec<SObjectName>,
    /// Its name and content, within what a run takes.
    pub file: File,
}

/// What may still be attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    files: usize,
    bytes: usize,
}

/// Why a variable holds no file that can be attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileError {
    /// Neither a file nor a list of files.
    Form,
    Name,
    MediaType,
    Base64,
    Empty,
    TooLarge,
    /// With the others.
    TooLargeTogether,
    TooMany,
}

impl Attached {
    /// Whether a record that turned out to be of this object gets the file.
    pub fn is_for(&self, sobject: &SObjectName) -> bool {
        sobject.is_meant_by(&self.only_for)
    }
}

impl Default for Room {
    fn default() -> Self {
        Self { files: MAX_FILES, bytes: MAX_FILES_BYTES }
    }
}

impl Room {
    /// Takes up the room for one file.
    pub fn take(&mut self, bytes: usize) -> Result<(), FileError> {
        if bytes > MAX_FILES_BYTES {
            return Err(FileError::TooLarge);
        }
        let files = self.files.checked_sub(1).ok_or(FileError::TooMany)?;
        let bytes = self.bytes.checked_sub(bytes).ok_or(FileError::TooLargeTogether)?;
        *self = Self { files, bytes };
        Ok(())
    }
}

impl File {
    /// The files that a variable holds, or what is wrong with each; none if it is blank. Behind the last one that there is
    /// room for stands one error for all others.
    pub fn of_variable(value: &Value, room: &mut Room) -> Vec<Result<Self, FileError>> {
        match value {
            Value::Null => Vec::new(),
            Value::String(text) if text.trim().is_empty() => Vec::new(),
            Value::Array(files) => up_to_too_many(files.iter().map(|file| Self::of_value(file, room))),
            file => vec![Self::of_value(file, room)],
        }
    }

    /// The same of files that the host gave.
    pub fn of_hosts<'a>(files: impl Iterator<Item = &'a HostFile>, room: &mut Room) -> Vec<Result<Self, FileError>> {
        up_to_too_many(files.map(|file| Self::of_host(file, room)))
    }

    fn of_host(file: &HostFile, room: &mut Room) -> Result<Self, FileError> {
        let content = file.content.as_ref().ok_or(FileError::TooLarge)?;
        if content.bytes().is_empty() {
            return Err(FileError::Empty);
        }
        media_type(file.media_type.as_deref())?;
        let name = name(&file.name)?;
        room.take(content.bytes().len())?;
        Ok(Self { name, content: content.clone() })
    }

    fn of_value(file: &Value, room: &mut Room) -> Result<Self, FileError> {
        Self::of_object(file.as_object().ok_or(FileError::Form)?, room)
    }

    fn of_object(file: &Map<String, Value>, room: &mut Room) -> Result<Self, FileError> {
        if file.keys().any(|key| !MEMBERS.contains(&key.as_str())) {
            return Err(FileError::Form);
        }
        let text = |member| match file.get(member) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.as_str())),
            Some(_) => Err(FileError::Form),
        };
        let base64 = text("base64")?.ok_or(FileError::Form)?;
        media_type(text("mediaType")?)?;
        let name = name(text("name")?.ok_or(FileError::Form)?)?;
        // Before it is there, so that what does not fit never is.
        let mut left = *room;
        left.take(base64::decoded_length(base64))?;
        let content = base64::decode(base64).ok_or(FileError::Base64)?;
        if content.is_empty() {
            return Err(FileError::Empty);
        }
        *room = left;
        Ok(Self { name, content: Content::new(content) })
    }

    /// The name without its extension.
    pub fn title(&self) -> &str {
        title(&self.name)
    }
}

fn up_to_too_many(files: impl Iterator<Item = Result<File, FileError>>) -> Vec<Result<File, FileError>> {
    let mut all = Vec::new();
    for file in files {
        let ends = file == Err(FileError::TooMany);
        all.push(file);
        if ends {
            break;
        }
    }
    all
}

impl Content {
    /// Takes the bytes as they are; how many a run takes is up to the caller.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Rc::new(bytes))
    }

    /// As they are sent, before base64.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// In hexadecimal digits.
    pub fn md5(&self) -> String {
        let mut text = String::with_capacity(32);
        for byte in Md5::digest(self.bytes()) {
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

/// Neither logs nor failed tests want millions of bytes.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

fn title(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((title, extension)) if !title.trim().is_empty() && !extension.is_empty() => title,
        _ => name,
    }
}

/// A name without white space at its ends, which Salesforce would not store.
fn name(name: &str) -> Result<String, FileError> {
    let name = name.trim();
    let length = |text: &str| text.encode_utf16().count();
    // The last ones turn the direction of writing, so that "exe.gpj" reads as "jpg.exe".
    let is_bad = |c: char| {
        c.is_control()
            || matches!(c, '/' | '\\' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
    };
    let is_name = !name.trim_matches('.').is_empty() && !name.contains(is_bad);
    let fits = length(name) <= MAX_NAME_LENGTH && length(title(name)) <= MAX_TITLE_LENGTH;
    if is_name && fits { Ok(name.to_owned()) } else { Err(FileError::Name) }
}

/// Salesforce tells a file's type by its name; a media type that is none says that something else is wrong.
fn media_type(text: Option<&str>) -> Result<(), FileError> {
    let Some(text) = text else { return Ok(()) };
    let is_token =
        |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b));
    // What follows the semicolon is a parameter, such as a character set.
    let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
    let is_type = essence.trim_end().split_once('/').is_some_and(|(kind, sub)| is_token(kind) && is_token(sub));
    let is_plain = parameters.bytes().all(|b| b == b' ' || b.is_ascii_graphic());
    if is_type && is_plain && text.len() <= MAX_MEDIA_TYPE_LENGTH { Ok(()) } else { Err(FileError::MediaType) }
}

impl FileError {
    pub(crate) fn code(self) -> Code {
        match self {
            Self::TooLarge | Self::TooLargeTogether => Code::FileTooLarge,
            Self::TooMany => Code::TooManyFiles,
            Self::Form | Self::Name | Self::MediaType | Self::Base64 | Self::Empty => Code::BadFile,
        }
    }

    /// What `variable` must hold.
    pub(crate) fn words(self, variable: &str) -> Words {
        const MEBIBYTES: usize = MAX_FILES_BYTES >> 20;
        match self {
            Self::Form => text!(files::form(&variable)),
            Self::Name => text!(files::name(&variable, MAX_TITLE_LENGTH)),
            Self::MediaType => text!(files::media_type(&variable)),
            Self::Base64 => text!(files::base64(&variable)),
            Self::Empty => text!(files::empty(&variable)),
            Self::TooLarge => text!(files::too_large(&variable, MEBIBYTES)),
            Self::TooLargeTogether => text!(files::too_large_together(&variable, MEBIBYTES)),
            Self::TooMany => text!(files::too_many(&variable, MAX_FILES)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn files(value: &Value) -> Result<Vec<File>, FileError> {
        File::of_variable(value, &mut Room::default()).into_iter().collect()
    }

    fn named(name: &str) -> Result<Vec<File>, FileError> {
        files(&json!({ "name": name, "base64": "eA==" }))
    }

    #[test]
    fn a_variable_holds_a_file_or_a_list_of_files_or_is_blank() {
        let photo = json!({ "name": " photo.jpg ", "mediaType": "image/jpeg", "base64": "eHl6" });
        let [file] = files(&photo).unwrap().try_into().unwrap();
        assert_eq!((file.name.as_str(), file.title(), file.content.bytes()), ("photo.jpg", "photo", &b"xyz"[..]));
        assert_eq!(files(&json!([photo, photo])).unwrap().len(), 2);
        for blank in [json!(null), json!(" "), json!([])] {
            assert_eq!(files(&blank), Ok(Vec::new()), "{blank}");
        }
    }

    #[test]
    fn what_is_no_file_is_told_apart() {
        for (value, error) in [
            (json!(1), FileError::Form),
            (json!("https://example.com/photo.jpg"), FileError::Form),
            (json!({ "name": "a", "base64": "eA==", "size": 1 }), FileError::Form),
            (json!({ "name": "a" }), FileError::Form),
            (json!({ "base64": "eA==" }), FileError::Form),
            (json!({ "name": 1, "base64": "eA==" }), FileError::Form),
            (json!([null]), FileError::Form),
            (json!([[{ "name": "a", "base64": "eA==" }]]), FileError::Form),
            (json!({ "name": "a", "base64": "" }), FileError::Empty),
            (json!({ "name": "a", "base64": "eA" }), FileError::Base64),
            (json!({ "name": "a", "base64": "data:image/png;base64,eA==" }), FileError::Base64),
            (json!({ "name": "a", "mediaType": "jpeg", "base64": "eA==" }), FileError::MediaType),
            (json!({ "name": "a", "mediaType": "image/jp\neg", "base64": "eA==" }), FileError::MediaType),
        ] {
            assert_eq!(files(&value), Err(error), "{value}");
        }
        assert!(files(&json!({ "name": "a", "mediaType": "text/plain; charset=utf-8", "base64": "eA==" })).is_ok());
        assert!(files(&json!({ "name": "a", "mediaType": null, "base64": "eA==" })).is_ok());
    }

    #[test]
    fn a_name_is_no_path_and_has_no_control_character() {
        for good in ["a", ".gitignore", "a\"b'.txt", "Rechnung Nr. 7.pdf", "..a", "写真.jpg", "@{a}.txt"] {
            assert!(named(good).is_ok(), "{good}");
        }
        for bad in ["", " ", ".", "..", "../a", "a/b", "a\\b", "a\nb", "a\0", "a\u{202e}gpj.exe", "a\u{7f}"] {
            assert_eq!(named(bad), Err(FileError::Name), "{bad:?}");
        }
    }

    #[test]
    fn a_name_fits_path_and_title() {
        assert!(named(&"x".repeat(MAX_TITLE_LENGTH)).is_ok());
        assert_eq!(named(&"x".repeat(MAX_TITLE_LENGTH + 1)), Err(FileError::Name));
        assert!(named(&format!("{}.{}", "x".repeat(255), "y".repeat(244))).is_ok());
        assert_eq!(named(&format!("{}.{}", "x".repeat(255), "y".repeat(245))), Err(FileError::Name));
        // As Java counts: two for what lies beyond the basic plane.
        assert_eq!(named(&"😀".repeat(128)), Err(FileError::Name));
    }

    #[test]
    fn a_file_has_a_title_without_its_extension() {
        for (name, expected) in [("a.b.txt", "a.b"), (".gitignore", ".gitignore"), ("a.", "a."), ("a", "a")] {
            assert_eq!(title(name), expected);
        }
    }

    #[test]
    fn there_is_room_for_so_many_files_and_bytes() {
        let mut room = Room::default();
        assert_eq!(room.take(MAX_FILES_BYTES + 1), Err(FileError::TooLarge));
        assert_eq!(room.take(MAX_FILES_BYTES - 1), Ok(()));
        assert_eq!(room.take(2), Err(FileError::TooLargeTogether));
        // What is refused takes up no room.
        assert_eq!(room.take(1), Ok(()));
        let mut room = Room::default();
        let taken: Vec<_> = (0..=MAX_FILES).map(|_| room.take(1)).collect();
        assert_eq!(taken.iter().filter(|taken| taken.is_ok()).count(), MAX_FILES);
        assert_eq!(taken.last(), Some(&Err(FileError::TooMany)));
    }

    #[test]
    fn no_error_repeats_what_the_visitor_gave() {
        for value in [json!("canary"), json!({ "name": "canary/", "base64": "eA==" }), json!({ "canary": 1 })] {
            let error = files(&value).unwrap_err();
            assert!(!format!("{error:?} {:?}", error.words("photo")).contains("canary"));
        }
    }
}
