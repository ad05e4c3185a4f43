//! Small letters for capitals, for comparing texts as Salesforce does.
//!
//! The standard library's table for this is 12 kB, a twentieth of the whole component. These few ranges hold the letters of
//! European languages; a capital outside them stays as it is, and then a lookup that needs it fails instead of guessing.
//! [`primary`] is the coarse comparison: what it takes for different is different to Salesforce, too.

mod primary;
mod table;

pub(crate) use primary::primary;

/// The small form of a capital letter of the Latin, Greek and Cyrillic alphabets; other characters as they are.
pub(crate) fn fold(c: char) -> char {
    let code = u32::from(c);
    let small = match code {
        0x41..=0x5A => code + 32,
        // Latin-1, without the multiplication sign.
        0xC0..=0xDE if code != 0xD7 => code + 32,
        // Latin Extended-A goes in pairs: capitals are even here, odd there.
        0x178 => 0xFF,
        0x100..=0x12F | 0x132..=0x137 | 0x14A..=0x177 => code | 1,
        0x139..=0x148 | 0x179..=0x17E => code + code % 2,
        0x391..=0x3AB if code != 0x3A2 => code + 32,
        0x400..=0x40F => code + 80,
        0x410..=0x42F => code + 32,
        _ => code,
    };
    char::from_u32(small).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn a_folded_letter_is_the_one_that_unicode_says() {
        let mut folded = 0;
        for c in '\0'..=char::MAX {
            if fold(c) != c {
                assert!(c.to_lowercase().eq([fold(c)]), "{c}");
                folded += 1;
            }
        }
        assert!(folded > 180, "{folded}");
        for text in ["ÄÖÜÀÉÎÕÑÇØÞŸ", "ŁŹŻŚĆŃĄĘŠŽČŘĎŤŇŮĽĹŐŰĞŞ", "ΑΩ", "ЖЯЁІ"] {
            assert!(text.chars().all(|c| c.to_lowercase().eq([fold(c)])), "{text}");
        }
    }
}
