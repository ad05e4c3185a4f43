//! Percent-encoding, read back: WHATWG URL, "application/x-www-form-urlencoded parsing".

/// The text behind `%XX` and `+`; `None` if it was not encoded properly.
pub fn decode(encoded: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            b'+' => b' ',
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'*' => byte,
            _ => return None,
        });
    }
    String::from_utf8(bytes).ok()
}

/// The members of a form.
pub fn members(form: &str) -> Option<Vec<(String, String)>> {
    let member = |member: &str| {
        let (name, value) = member.split_once('=')?;
        Some((decode(name)?, decode(value)?))
    };
    form.split('&').map(member).collect()
}
