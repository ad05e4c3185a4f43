//! What is left of a text where case, accents, width and the like are ignored: its key for the coarsest collation.
//!
//! Two texts whose keys differ are different to every collation that Salesforce may use, so that one conversation need not
//! wait for the other. Two with the same key may be the same or not; Salesforce has to be asked. The key says more than
//! Salesforce ignores - `Müller` and `Muller` have one key - because waiting in vain costs only time.

use super::table::{IGNORED, RARE, RUNS, SEVERAL};

/// How a run of characters is replaced.
#[derive(Clone, Copy)]
pub(super) enum Run {
    /// All of them by the same character.
    Same,
    /// Each by the one at the same distance from the first.
    Shift,
    /// Every second one by its successor, which stays: capitals and small letters by turns.
    Pairs,
}

/// The key of a text; `None` if it holds a character of which the table does not tell what it is the same as, so that the text
/// may be the same as any other. Source: Unicode Standard, Default Case Folding; UAX 15, NFKD.
pub(crate) fn primary(text: &str) -> Option<String> {
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        push(&mut key, c)?;
    }
    Some(key)
}

fn push(key: &mut String, c: char) -> Option<()> {
    let code = u32::from(c);
    // Most texts have no others.
    if let 0x20..=0x7E = code {
        key.push(c.to_ascii_lowercase());
        return Some(());
    }
    if let 0xAC00..=0xD7A3 = code {
        hangul(key, code - 0xAC00);
        return Some(());
    }
    // Tags and selectors of variants of the character before.
    if let 0xE0000..=0xE0FFF = code {
        return Some(());
    }
    if holds(RARE, code) {
        return None;
    }
    let Ok(short) = u16::try_from(code) else {
        key.push(c);
        return Some(());
    };
    if holds(IGNORED, short) {
        return Some(());
    }
    // None of these stands in both, and the long list is searched from its begin.
    match single(short) {
        Some(one) => key.push(one),
        None => match SEVERAL.split(' ').find_map(|entry| entry.strip_prefix(c)) {
            Some(several) => key.push_str(several),
            None => key.push(c),
        },
    }
    Some(())
}

/// A syllable is the same as its letters. Source: Unicode Standard, Conjoining Jamo Behavior.
fn hangul(key: &mut String, syllable: u32) {
    let (vowels, ends) = (21, 28);
    let letters = [0x1100 + syllable / (vowels * ends), 0x1161 + syllable / ends % vowels, 0x11A7 + syllable % ends];
    let has_end = !syllable.is_multiple_of(ends);
    key.extend(letters.into_iter().take(if has_end { 3 } else { 2 }).filter_map(char::from_u32));
}

fn single(code: u16) -> Option<char> {
    let at = RUNS.partition_point(|(first, ..)| *first <= code).checked_sub(1)?;
    let &(first, length, run, becomes) = RUNS.get(at)?;
    let distance = code - first;
    if distance >= u16::from(length) {
        return None;
    }
    let becomes = match run {
        Run::Same => becomes,
        Run::Shift => becomes + distance,
        Run::Pairs if distance.is_multiple_of(2) => code + 1,
        Run::Pairs => code,
    };
    char::from_u32(u32::from(becomes))
}

fn holds<T: Copy + PartialOrd>(ranges: &[(T, T)], code: T) -> bool {
    let at = ranges.partition_point(|(first, _)| *first <= code);
    at.checked_sub(1).and_then(|at| ranges.get(at)).is_some_and(|(_, last)| code <= *last)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;

    use super::primary;

    /// What the crates say: full case folding and compatibility decomposition, as often as it changes anything, without marks.
    fn folded(text: &str) -> String {
        let mut text = text.to_owned();
        loop {
            let once: String = caseless::default_case_fold_str(&text.nfkd().collect::<String>()).nfkd().collect();
            if once == text {
                return text.chars().filter(|c| !is_combining_mark(*c)).collect();
            }
            text = once;
        }
    }

    #[test]
    fn what_unicode_takes_for_the_same_has_the_same_key() {
        let (mut known, mut folds) = (0, 0);
        // Beyond these, nothing is assigned but tags.
        for c in '\0'..='\u{32FFF}' {
            let text = c.to_string();
            let Some(key) = primary(&text) else { continue };
            known += 1;
            folds += u32::from(key != text);
            let forms = [folded(&text), c.to_uppercase().collect(), c.to_lowercase().collect(), text.nfc().collect()];
            for form in forms.iter().chain([&text.nfd().collect(), &text.nfkc().collect()]) {
                // What is rare has no key and is the same as everything.
                if let Some(other) = primary(form) {
                    assert_eq!(other, key, "{c} U+{:04X}: {form}", u32::from(c));
                }
            }
        }
        assert!(known > 100_000 && folds > 12_000, "{known} {folds}");
    }

    #[test]
    fn what_becomes_one_letter_does_not_become_several() {
        let first = |entry: &str| entry.chars().next().and_then(|c| u16::try_from(u32::from(c)).ok());
        let codes: Vec<u16> = super::SEVERAL.split(' ').filter_map(first).collect();
        assert!(codes.len() > 100, "{}", codes.len());
        assert!(codes.iter().all(|code| super::single(*code).is_none()));
    }

    #[test]
    fn what_a_collation_may_ignore_is_ignored() {
        let same = [
            ["Straße", "STRASSE"],
            ["k-100", "\u{212A}-100"],
            ["Müller", "mu\u{308}ller"],
            ["ﬁnal", "FINAL"],
            ["Ｋim", "kim"],
            ["İstanbul", "ISTANBUL"],
            ["Łódź", "lodz"],
            ["Œuvre", "oeuvre"],
            ["ǅ", "DŽ"],
            ["Ștefan", "ştefan"],
            ["カタカナ", "かたかな"],
            ["ｶﾀ", "カタ"],
            ["ガ", "か"],
            ["한글", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}"],
            ["مُحَمَّد", "محمد"],
            ["שָׁלוֹם", "שלום"],
            ["ΣΊΣΥΦΟΣ", "σίσυφος"],
            ["a\u{200B}b", "ab"],
            ["a\u{A0}b", "a b"],
            ["❤\u{FE0F}", "❤"],
            ["²", "2"],
            ["ſ", "S"],
            ["μ", "µ"],
        ];
        for [one, other] in same {
            assert!(primary(one).is_some_and(|key| Some(key) == primary(other)), "{one} {other}");
        }
    }

    /// Else each would wait for the others.
    #[test]
    fn different_texts_have_different_keys() {
        let texts = [
            "Weiß",
            "Weis",
            "Groß",
            "東京",
            "京都",
            "大阪",
            "北京",
            "محمد",
            "أحمد",
            "علي",
            "😀",
            "😁",
            "🎉",
            "한글",
            "한국",
            "Иванов",
            "Петров",
            "Αθήνα",
            "Σπάρτη",
            "かな",
            "がく",
            "สมชาย",
            "สมหญิง",
            "अमित",
            "शर्मा",
            "דוד",
            "משה",
            "Ørsted",
            "Åse",
            "12",
            "13",
            "a-b",
            "a_b",
            "ab",
            "a b",
            "K-100",
            "Գարիկ",
            "Արամ",
            "გიორგი",
            "ნინო",
            "𠮷",
            "𠮶",
        ];
        let keys: BTreeSet<String> = texts.iter().filter_map(|text| primary(text)).collect();
        assert_eq!(keys.len(), texts.len());
        assert!(keys.iter().all(|key| !key.is_empty()));
    }

    #[test]
    fn of_rare_letters_nothing_is_said() {
        for text in ["㈱", "ﷺ", "𝐀nna", "Ⅷ", "ᏣᎳᎩ", "\u{FA10}"] {
            assert_eq!(primary(text), None, "{text}");
        }
    }
}
