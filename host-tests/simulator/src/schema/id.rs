//! Record ids: 15 case-sensitive characters, or 18 whose last three say which of the 15 are capitals.
//!
//! Every id is kept in its 18-character form, so that comparing two never depends on the form a client sent.

const SUFFIX_ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Marks the pod in every id of this org; two letters of mixed case, so that ids differ from their lower-case form.
const POD: &str = "Hn";

/// The 18-character form of an id, or `None` when it cannot be one (length, characters, checksum).
///
/// An 18-character id with letters in the wrong case is repaired from its suffix, as that is what the suffix is for.
pub fn to_18(text: &str) -> Option<String> {
    if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    match text.len() {
        15 => Some(format!("{text}{}", suffix(text))),
        18 => {
            let (body, given) = text.split_at_checked(15)?;
            let repaired = repair(body, given)?;
            Some(format!("{repaired}{}", given.to_ascii_uppercase()))
        }
        _ => None,
    }
}

/// Whether a path segment has the outline of an id; if not, the API takes it for a field name.
pub fn looks_like(text: &str) -> bool {
    matches!(text.len(), 15 | 18)
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// The `number`-th id of a key prefix.
pub fn numbered(prefix: &str, number: u64) -> String {
    let mut digits = [b'0'; 10];
    let mut rest = number;
    for digit in digits.iter_mut().rev() {
        *digit = BASE62.get((rest % 62) as usize).copied().unwrap_or(b'0');
        rest /= 62;
    }
    let body = format!("{prefix}{POD}{}", String::from_utf8_lossy(&digits));
    let suffix = suffix(&body);
    format!("{body}{suffix}")
}

/// The 15-character form, which some messages print.
pub fn to_15(id: &str) -> &str {
    id.get(..15).unwrap_or(id)
}

fn suffix(body: &str) -> String {
    body.as_bytes()
        .chunks(5)
        .map(|group| {
            let capitals = group.iter().enumerate().filter(|(_, byte)| byte.is_ascii_uppercase());
            let bits = capitals.fold(0usize, |bits, (position, _)| bits | 1 << position);
            char::from(SUFFIX_ALPHABET.get(bits).copied().unwrap_or(b'A'))
        })
        .collect()
}

/// Gives every letter the case that the suffix demands; a digit cannot be a capital, so a wrong suffix shows there.
fn repair(body: &str, suffix: &str) -> Option<String> {
    let mut repaired = String::with_capacity(15);
    for (group, mark) in body.as_bytes().chunks(5).zip(suffix.bytes()) {
        let bits = SUFFIX_ALPHABET.iter().position(|&known| known == mark.to_ascii_uppercase())?;
        for (position, &byte) in group.iter().enumerate() {
            let capital = bits >> position & 1 == 1;
            if capital && !byte.is_ascii_alphabetic() {
                return None;
            }
            repaired.push(char::from(if capital { byte.to_ascii_uppercase() } else { byte.to_ascii_lowercase() }));
        }
    }
    Some(repaired)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_and_eighteen_characters_name_the_same_record() {
        let id = numbered("003", 4711);
        assert_eq!(id.len(), 18);
        assert_eq!(to_18(to_15(&id)), Some(id.clone()));
        assert_eq!(to_18(&id), Some(id));
    }

    #[test]
    fn the_suffix_follows_the_published_rule() {
        assert_eq!(suffix("001D000000IqhSL"), "IAZ");
        assert_eq!(to_18("001D000000IqhSLIAZ").as_deref(), Some("001D000000IqhSLIAZ"));
    }

    #[test]
    fn an_eighteen_character_id_may_lose_its_case() {
        let id = numbered("003", 1);
        assert_eq!(to_18(&id.to_ascii_lowercase()), Some(id));
    }

    #[test]
    fn a_suffix_that_makes_a_digit_a_capital_is_refused() {
        assert_eq!(to_18("001D000000IqhSLIBZ"), None);
        assert_eq!(to_18("somethingwonky"), None);
    }
}
