//! Ids that clients choose, and those that the messaging host makes.

/// Whether a text is a UUID of version 4 as the API wants it: lower case, with the digit of its variant.
pub fn is_v4(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            14 => byte == b'4',
            19 => matches!(byte, b'8' | b'9' | b'a' | b'b'),
            _ => byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'),
        })
}

/// The `number`-th id of the messaging host.
pub fn numbered(number: u64) -> String {
    format!("5f0e0000-0000-4000-8000-{number:012x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn form_case_version_and_variant_are_checked() {
        assert!(is_v4(&numbered(u64::from(u32::MAX))));
        assert!(is_v4("3f0c5d1e-8a4b-4c6d-9e2f-0123456789ab"));
        for bad in [
            "",
            "3f0c5d1e8a4b4c6d9e2f0123456789ab",
            "3F0C5D1E-8A4B-4C6D-9E2F-0123456789AB",
            "3f0c5d1e-8a4b-1c6d-9e2f-0123456789ab",
            "3f0c5d1e-8a4b-4c6d-7e2f-0123456789ab",
            "3f0c5d1e-8a4b-4c6d-9e2f-0123456789ag",
            "3f0c5d1e-8a4b-4c6d-9e2f-0123456789a",
            "{3f0c5d1e-8a4b-4c6d-9e2f-0123456789}",
        ] {
            assert!(!is_v4(bad), "{bad}");
        }
    }
}
