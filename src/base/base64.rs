//! Base64 as RFC 4648, 4 has it: padded, one spelling for each content, nothing else between.
//!
//! Both directions allocate once, and exactly what they need: a file of some megabytes stands in little memory.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PAD: u8 = b'=';

/// Bytes that this many characters are, if they are base64.
pub(crate) fn decoded_length(text: &str) -> usize {
    let padding = text.bytes().rev().take(2).take_while(|&b| b == PAD).count();
    (text.len().div_ceil(4) * 3).saturating_sub(padding)
}

/// Characters for this many bytes.
pub(crate) fn encoded_length(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}

/// The bytes; `None` if `text` is anything but base64.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let (groups, rest) = text.as_bytes().as_chunks::<4>();
    if !rest.is_empty() {
        return None;
    }
    let mut bytes = Vec::with_capacity(decoded_length(text));
    let last = groups.len().saturating_sub(1);
    for (index, &[a, b, c, d]) in groups.iter().enumerate() {
        let length = match (c, d) {
            (PAD, PAD) if index == last => 1,
            (_, PAD) if index == last => 2,
            _ => 3,
        };
        let sextet = |byte, at: usize| if at > length { Some(0) } else { value(byte) };
        let bits = sextet(a, 0)? << 18 | sextet(b, 1)? << 12 | sextet(c, 2)? << 6 | sextet(d, 3)?;
        let [_, group @ ..] = bits.to_be_bytes();
        let (used, unused) = group.split_at_checked(length)?;
        // Bits that no byte takes would be a second spelling.
        if unused.iter().any(|&byte| byte != 0) {
            return None;
        }
        bytes.extend_from_slice(used);
    }
    Some(bytes)
}

/// Writes the bytes behind what `text` holds.
pub(crate) fn encode(bytes: &[u8], text: &mut String) {
    let (groups, rest) = bytes.as_chunks::<3>();
    for &[a, b, c] in groups {
        push(text, [a, b, c], 4);
    }
    match rest {
        [a] => push(text, [*a, 0, 0], 2),
        [a, b] => push(text, [*a, *b, 0], 3),
        _ => {}
    }
}

fn push(text: &mut String, [a, b, c]: [u8; 3], length: usize) {
    let bits = u32::from_be_bytes([0, a, b, c]);
    for at in 0..4 {
        let sextet = usize::try_from(bits >> (18 - 6 * at) & 63).unwrap_or_default();
        let character = ALPHABET.get(sextet).filter(|_| at < length).unwrap_or(&PAD);
        text.push(char::from(*character));
    }
}

fn value(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(bytes: &[u8]) -> String {
        let mut text = String::new();
        encode(bytes, &mut text);
        text
    }

    /// Source: RFC 4648, 10.
    #[test]
    fn the_test_vectors_of_the_rfc_hold() {
        for (text, base64) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encoded(text.as_bytes()), base64);
            assert_eq!(decode(base64).as_deref(), Some(text.as_bytes()));
            assert_eq!((decoded_length(base64), encoded_length(text.len())), (text.len(), base64.len()));
        }
    }

    #[test]
    fn every_byte_comes_back_at_every_place() {
        let all: Vec<u8> = (0..=255).chain((0..=255).rev()).collect();
        for from in 0..3 {
            for to in 500..=512 {
                let part = &all[from..to];
                assert_eq!(decode(&encoded(part)).as_deref(), Some(part));
            }
        }
    }

    #[test]
    fn there_is_one_spelling_and_nothing_between() {
        for bad in [
            "Zg", "Zg=", "Zg===", "Z===", "====", "Zh==", "Zm9=", "Zm8=Zm8=", "Zg==Zg==", "Zm 9v", "Zm9v\n", "Zm-_",
            "Zm9v====", "Zé==", "Z=g=", "=m9v", "Zm=v",
        ] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}
