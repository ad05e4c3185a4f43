//! Quoted text: its escapes, and the pattern language of LIKE.
//!
//! Any backslash that the manual does not list is an error. A client that forgets to escape a visitor's backslash must
//! fail here as it would fail on the real platform.

/// A piece of a LIKE pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LikePart {
    Character(char),
    /// `_`
    One,
    /// `%`
    Any,
}

/// Decodes the escapes of a quoted text; the error is the offending sequence.
pub fn decode(raw: &str) -> Result<String, String> {
    let mut decoded = String::with_capacity(raw.len());
    let mut rest = raw.chars();
    while let Some(character) = rest.next() {
        decoded.push(if character == '\\' { escape(&mut rest)? } else { character });
    }
    Ok(decoded)
}

/// Decodes a LIKE pattern, where `\%` and `\_` are legal too.
pub fn pattern(raw: &str) -> Result<Vec<LikePart>, String> {
    let mut parts = Vec::new();
    let mut rest = raw.chars();
    while let Some(character) = rest.next() {
        parts.push(match character {
            '%' => LikePart::Any,
            '_' => LikePart::One,
            '\\' if rest.as_str().starts_with(['%', '_']) => rest.next().map_or(LikePart::One, LikePart::Character),
            '\\' => LikePart::Character(escape(&mut rest)?),
            other => LikePart::Character(other),
        });
    }
    Ok(parts)
}

/// Whether a text matches a pattern, without case.
pub fn matches(parts: &[LikePart], text: &str) -> bool {
    let text: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    // `reachable[i]`: the parts read so far can match the first `i` characters.
    let mut reachable = vec![false; text.len() + 1];
    if let Some(start) = reachable.first_mut() {
        *start = true;
    }
    for part in parts {
        let mut next = vec![false; text.len() + 1];
        let mut before = false;
        for (position, slot) in next.iter_mut().enumerate() {
            let here = reachable.get(position).copied().unwrap_or(false);
            let previous = position.checked_sub(1);
            let stepped = previous.and_then(|position| reachable.get(position)).copied().unwrap_or(false);
            let character = previous.and_then(|position| text.get(position));
            *slot = match part {
                LikePart::Any => here || before,
                LikePart::One => stepped,
                LikePart::Character(wanted) => stepped && character.is_some_and(|c| wanted.to_lowercase().eq([*c])),
            };
            before = *slot;
        }
        reachable = next;
    }
    reachable.last().copied().unwrap_or(false)
}

fn escape(rest: &mut std::str::Chars<'_>) -> Result<char, String> {
    let Some(marker) = rest.next() else {
        return Err("\\".into());
    };
    match marker {
        'n' | 'N' => Ok('\n'),
        'r' | 'R' => Ok('\r'),
        't' | 'T' => Ok('\t'),
        'b' | 'B' => Ok('\u{8}'),
        'f' | 'F' => Ok('\u{c}'),
        '"' | '\'' | '\\' => Ok(marker),
        'u' => {
            let digits: String = rest.by_ref().take(4).collect();
            let code = u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 4);
            code.and_then(char::from_u32).ok_or_else(|| format!("\\u{digits}"))
        }
        other => Err(format!("\\{other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(pattern_text: &str, text: &str) -> bool {
        pattern(pattern_text).is_ok_and(|parts| matches(&parts, text))
    }

    #[test]
    fn the_listed_escapes_are_read_and_no_others() {
        assert_eq!(decode(r#"a\'b\\c\"d\n\u00e9"#).as_deref(), Ok("a'b\\c\"d\né"));
        for bad in [r"\d", r"\_", r"\%", r"\", r"\u12", r"\é"] {
            assert!(decode(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn like_knows_its_wildcards_and_how_to_escape_them() {
        assert!(like("ac%", "Acme"));
        assert!(like("%m_", "ACME"));
        assert!(!like("ac", "acme"));
        assert!(like(r"50\%", "50%"));
        assert!(!like(r"50\%", "500"));
        assert!(like("%", ""));
        assert!(pattern(r"\d").is_err());
    }
}
