//! What of the visitor's files goes into an instance of 32 MiB.

use std::borrow::Cow;

use super::AttachedFile;

/// Most bytes of files and variables that one run is given. Source: the WIT, `attached-file`.
pub const MAX_HANDED_OVER: u64 = 16 << 20;

/// The files, without the content of those that there is no room for: the module says so of each, and runs.
pub fn handed_over(files: &[AttachedFile], variables: usize) -> Cow<'_, [AttachedFile]> {
    let length = |bytes: usize| u64::try_from(bytes).unwrap_or(u64::MAX);
    let mut left = MAX_HANDED_OVER.saturating_sub(length(variables));
    let mut fits = |file: &AttachedFile| {
        let content = length(file.content.as_ref().map_or(0, Vec::len));
        let fits = content <= left;
        if fits {
            left -= content;
        }
        fits
    };
    let fit: Vec<bool> = files.iter().map(&mut fits).collect();
    if fit.iter().all(|fits| *fits) {
        return Cow::Borrowed(files);
    }
    let bare = |file: &AttachedFile| AttachedFile {
        variable: file.variable.clone(),
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        content: None,
    };
    Cow::Owned(files.iter().zip(fit).map(|(file, fits)| if fits { file.clone() } else { bare(file) }).collect())
}
