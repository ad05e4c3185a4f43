//! Ids that the client chooses: the same input gives the same id, so that what is done twice is done once.
//!
//! Salesforce takes a UUID of version 4 in small letters and checks its shape. Source: messaging API guide, Create Conversation;
//! the report of a client that was refused over the variant digit.

use crate::base::fingerprint::Fingerprint;

/// Hexadecimal digits between the dashes.
const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];

/// A UUID of these texts, in this order.
pub fn uuid(texts: &[&str]) -> String {
    let mut fingerprint = Fingerprint::default();
    for text in texts {
        fingerprint.add(text.as_bytes());
        // No text of ours holds it, so that two lists of texts are never one.
        fingerprint.add(b"\0");
    }
    let hex = fingerprint.hex();
    let mut digits = hex.chars();
    let mut id = String::with_capacity(36);
    for (group, length) in GROUPS.into_iter().enumerate() {
        if group > 0 {
            id.push('-');
        }
        for at in 0..length {
            let digit = digits.next().unwrap_or('0');
            id.push(match (group, at) {
                (2, 0) => '4',
                (3, 0) => variant(digit),
                _ => digit,
            });
        }
    }
    id
}

/// The two highest bits are 10. Source: RFC 9562, 4.1.
fn variant(digit: char) -> char {
    match digit.to_digit(16).unwrap_or(0) % 4 {
        0 => '8',
        1 => '9',
        2 => 'a',
        _ => 'b',
    }
}

/// As much of an identifier as tells it from others of the same seconds.
pub(super) fn short(identifier: &str) -> String {
    let mut fingerprint = Fingerprint::default();
    fingerprint.add(identifier.as_bytes());
    let mut hex = fingerprint.hex();
    hex.truncate(12);
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_uuid_of_version_4_and_follows_from_its_texts() {
        for texts in [["a", "b"], ["ab", ""], ["", "ab"], ["conversation-4711", "step-3"]] {
            let id = uuid(&texts);
            let groups: Vec<usize> = id.split('-').map(str::len).collect();
            assert_eq!(groups, GROUPS, "{id}");
            assert!(id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f' | b'-')), "{id}");
            assert_eq!(id.as_bytes()[14], b'4', "{id}");
            assert!(b"89ab".contains(&id.as_bytes()[19]), "{id}");
            assert_eq!(id, uuid(&texts));
        }
        assert_ne!(uuid(&["a", "b"]), uuid(&["ab", ""]));
    }
}
