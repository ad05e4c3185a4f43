//! Tokens of a formula, each with its place for the complaint.

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// Fields, functions, TRUE, FALSE, NULL.
    Word(String),
    Text(String),
    Number(String),
    Symbol(&'static str),
}

const SYMBOLS: &[&str] = &["<>", "!=", "<=", ">=", "==", "&&", "||", "=", "<", ">", "(", ")", ",", "&", "!"];

/// Splits a formula; each token with its place, in characters from 1.
pub fn tokens(text: &str) -> Result<Vec<(Token, usize)>, String> {
    let characters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut place = 0;
    let take = |start: usize, wanted: &dyn Fn(char) -> bool| -> String {
        characters.iter().skip(start).copied().take_while(|&c| wanted(c)).collect()
    };
    while let Some(&first) = characters.get(place) {
        let start = place + 1;
        let (token, length) = match first {
            _ if first.is_whitespace() => {
                place += 1;
                continue;
            }
            '"' | '\'' => {
                let content = take(start, &|c| c != first);
                let length = content.chars().count();
                if characters.get(start + length) != Some(&first) {
                    return Err(format!("the text that begins at {start} does not end"));
                }
                (Token::Text(content), length + 2)
            }
            _ if first.is_ascii_alphabetic() => {
                let word = take(place, &|c| c.is_ascii_alphanumeric() || c == '_' || c == '.' || c == '$');
                let length = word.chars().count();
                (Token::Word(word), length)
            }
            _ if first.is_ascii_digit() || first == '-' || first == '.' => {
                let number = take(start, &|c| c.is_ascii_digit() || c == '.');
                let length = number.chars().count() + 1;
                (Token::Number(format!("{first}{number}")), length)
            }
            _ => {
                let rest = take(place, &|c| !c.is_alphanumeric() && !c.is_whitespace());
                let symbol = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol));
                let symbol = symbol.ok_or_else(|| format!("'{first}' at {start} is not known"))?;
                (Token::Symbol(symbol), symbol.len())
            }
        };
        tokens.push((token, start));
        place += length;
    }
    Ok(tokens)
}
