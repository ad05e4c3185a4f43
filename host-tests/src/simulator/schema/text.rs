//! Names and labels that come with a file, kept as long as the process.
//!
//! The schema's own names are `&'static str`, which makes them keys of every record at the price of a pointer. Each text is
//! kept once, so what stays is bounded by the different texts of all files, not by how often an org is made of them.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

static TEXTS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
static LISTS: Mutex<BTreeSet<&'static [&'static str]>> = Mutex::new(BTreeSet::new());

/// The kept copy of a text.
pub fn keep(text: &str) -> &'static str {
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    match texts.get(text) {
        Some(kept) => kept,
        None => {
            let kept: &'static str = Box::leak(text.into());
            texts.insert(kept);
            kept
        }
    }
}

/// The kept copy of a list of texts.
pub fn keep_all<'a>(texts: impl IntoIterator<Item = &'a str>) -> &'static [&'static str] {
    let list: Vec<&'static str> = texts.into_iter().map(keep).collect();
    let mut lists = LISTS.lock().unwrap_or_else(PoisonError::into_inner);
    match lists.get(list.as_slice()) {
        Some(kept) => kept,
        None => {
            let kept: &'static [&'static str] = Box::leak(list.into_boxed_slice());
            lists.insert(kept);
            kept
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_kept_once() {
        assert!(std::ptr::eq(keep("Berg__c"), keep(&["Berg", "__c"].concat())));
        assert!(std::ptr::eq(keep_all(["a", "b"]), keep_all(["a", "b"])));
    }
}
