//! How long a text is to Salesforce: in characters, and for some fields in bytes as well.
//!
//! Neither count is certain. A character beyond the basic plane may count once or twice. Where bytes count, HTML entities do:
//! `&` is the five bytes of `&amp;`; which other characters are entities is not documented. So a text that is cut fits in every
//! way of counting, and a text that is refused fits in none. Source: Salesforce help 000382141.

use crate::salesforce::FieldFacts;
use crate::value::Misfit;

/// What a field has room for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextLimit {
    /// `None` where it does not apply, or is not known.
    pub characters: Option<usize>,
    pub bytes: Option<usize>,
}

impl FieldFacts {
    /// What a text of the field has room for.
    pub fn limit(&self) -> TextLimit {
        TextLimit { characters: self.length, bytes: self.byte_length }
    }
}

impl TextLimit {
    /// Why a text does not fit, whichever way its length is counted.
    pub fn misfit(self, text: &str) -> Option<Misfit> {
        let is_beyond = |most: Option<usize>, length: usize| most.filter(|most| length > *most);
        let bytes: usize = text.chars().map(|c| if c == '&' { entity(c) } else { c.len_utf8() }).sum();
        let too_long = is_beyond(self.characters, text.chars().count()).map(Misfit::TooLong);
        too_long.or_else(|| is_beyond(self.bytes, bytes).map(Misfit::TooManyBytes))
    }

    /// What a text is refused with of which no part fits.
    pub fn narrowest(self) -> Misfit {
        match self.bytes {
            Some(most) => Misfit::TooManyBytes(most),
            None => Misfit::TooLong(self.characters.unwrap_or(0)),
        }
    }

    /// Whether a text fits in every way of counting.
    pub fn holds(self, text: &str) -> bool {
        self.less(text).is_some()
    }

    /// The room that a text leaves; `None` if it does not fit in every way of counting.
    pub fn less(self, text: &str) -> Option<Self> {
        text.chars().try_fold(self, Self::less_one)
    }

    fn less_one(self, c: char) -> Option<Self> {
        let left = |most: Option<usize>, length| match most {
            Some(most) => most.checked_sub(length).map(Some),
            None => Some(None),
        };
        Some(Self { characters: left(self.characters, c.len_utf16())?, bytes: left(self.bytes, entity(c))? })
    }

    /// Whether one more character fits, asked of each in turn.
    fn fits(self) -> impl FnMut(&(usize, char)) -> bool {
        let mut room = self;
        move |(_, c)| match room.less_one(*c) {
            Some(left) => {
                room = left;
                true
            }
            None => false,
        }
    }

    /// The longest beginning that fits, without half of what people see as one character.
    pub fn start(self, text: &str) -> &str {
        let end = text.char_indices().take_while(self.fits()).last().map_or(0, |(at, c)| at + c.len_utf8());
        let kept = text.get(..end).unwrap_or_default();
        // Back to before the character that the cut went through.
        let is_between = |(at, _): &(usize, char)| is_boundary(text, *at);
        let at = match is_boundary(text, end) {
            true => end,
            false => kept.char_indices().rev().find(is_between).map_or(end, |(at, _)| at),
        };
        kept.get(..at).filter(|kept| !kept.is_empty()).unwrap_or(kept)
    }

    /// The longest end that fits, the same way.
    pub fn end(self, text: &str) -> &str {
        let begin = text.char_indices().rev().take_while(self.fits()).last().map_or(text.len(), |(at, _)| at);
        let kept = text.get(begin..).unwrap_or_default();
        let between = kept.char_indices().map(|(at, _)| begin + at).find(|at| is_boundary(text, *at));
        between.and_then(|at| text.get(at..)).unwrap_or(kept)
    }
}

/// Bytes of a character, if it stands for itself or as an HTML entity, whichever are more.
fn entity(c: char) -> usize {
    match c {
        '&' | '\'' => 5,
        '<' | '>' => 4,
        '"' => 6,
        c => c.len_utf8(),
    }
}

/// Whether what people see as one character ends at this place of a text.
fn is_boundary(text: &str, at: usize) -> bool {
    const JOINER: char = '\u{200d}';
    let after = text.get(at..).and_then(|after| after.chars().next());
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before != Some(JOINER) && !after.is_some_and(|c| c == JOINER || continues(c))
}

/// Marks that belong to the character before them, as Latin, Japanese and emoji have them. Source: Unicode blocks of
/// combining marks, variation selectors, skin tones and tags.
fn continues(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(most: usize) -> TextLimit {
        TextLimit { characters: None, bytes: Some(most) }
    }

    #[test]
    fn bytes_and_entities_count_where_the_field_says_so() {
        for (text, length) in
            [("abc", 3), ("äöü", 6), ("東京", 6), ("😀", 4), ("a & b", 9), ("<b>", 9), ("\"", 6), ("it's", 8)]
        {
            assert!(bytes(length).holds(text) && !bytes(length - 1).holds(text), "{text}");
        }
        let limit = TextLimit { characters: Some(3), bytes: Some(8) };
        assert!(limit.holds("äbc") && !limit.holds("abcd") && !limit.holds("東京都") && !limit.holds("😀😀"));
    }

    #[test]
    fn what_is_refused_fits_in_no_way_of_counting() {
        assert_eq!(bytes(4).misfit("😀"), None);
        assert_eq!(bytes(4).misfit("&"), Some(Misfit::TooManyBytes(4)));
        assert_eq!(bytes(4).misfit("''''"), None);
        assert_eq!(bytes(4).misfit("äöü"), Some(Misfit::TooManyBytes(4)));
        let limit = TextLimit { characters: Some(2), bytes: Some(8) };
        assert_eq!(limit.misfit("abc"), Some(Misfit::TooLong(2)));
        assert_eq!(TextLimit::default().misfit(&"x".repeat(1_000_000)), None);
    }

    #[test]
    fn no_character_is_cut_in_half() {
        for (text, most, start, end) in [
            ("äöü", 5, "äö", "öü"),
            ("東京都", 7, "東京", "京都"),
            ("a&b", 5, "a", "b"),
            // A letter and its accent, a kana and its mark, a waving hand and its colour, a family.
            ("xe\u{301}", 3, "x", "e\u{301}"),
            ("かか\u{3099}", 8, "か", "か\u{3099}"),
            ("👋👋🏽", 8, "👋", "👋🏽"),
            ("a👩\u{200d}👧b", 9, "a", "b"),
        ] {
            assert_eq!((bytes(most).start(text), bytes(most).end(text)), (start, end), "{text}");
        }
        // Of nothing but marks a part is better than nothing.
        let marks = "\u{301}".repeat(10);
        assert_eq!(bytes(5).start(&marks), "\u{301}\u{301}");
    }
}
