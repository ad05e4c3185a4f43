//! Text with chat variables in it: `"{first} {last}"`; `{{` and `}}` stand for the brackets themselves.

/// A parsed template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// In order. Two texts never follow each other.
    pub parts: Vec<Part>,
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The author's own, with `{{` and `}}` already undone.
    Text(String),
    /// Name of a chat variable, without white space at its ends.
    Variable(String),
}

/// What is wrong with a template, for its finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateError {
    /// `{` without its `}`, or one inside the other.
    OpenBracket,
    /// `}` without its `{`.
    CloseBracket,
    /// `{}`.
    EmptyName,
    /// No variable at all: that is a constant.
    NoVariable,
}

impl Template {
    /// A template with a variable in it.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let template = Self::parse_any(text)?;
        if template.has_variables() { Ok(template) } else { Err(TemplateError::NoVariable) }
    }

    /// The same with or without variables.
    pub fn parse_any(text: &str) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '{' | '}' if chars.peek() == Some(&c) => {
                    chars.next();
                    literal.push(c);
                }
                '}' => return Err(TemplateError::CloseBracket),
                '{' => {
                    let name = variable_name(&mut chars)?;
                    if !literal.is_empty() {
                        parts.push(Part::Text(std::mem::take(&mut literal)));
                    }
                    parts.push(Part::Variable(name));
                }
                _ => literal.push(c),
            }
        }
        if !literal.is_empty() {
            parts.push(Part::Text(literal));
        }
        Ok(Self { parts })
    }

    pub(crate) fn has_variables(&self) -> bool {
        self.variables().next().is_some()
    }

    /// Names of its variables in the order of the text; one that stands twice comes twice.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Variable(name) => Some(name.as_str()),
            Part::Text(_) => None,
        })
    }
}

/// Reads up to the closing bracket.
fn variable_name(chars: &mut impl Iterator<Item = char>) -> Result<String, TemplateError> {
    let mut name = String::new();
    for c in chars {
        match c {
            '}' => {
                let name = name.trim();
                return if name.is_empty() { Err(TemplateError::EmptyName) } else { Ok(name.to_owned()) };
            }
            '{' => return Err(TemplateError::OpenBracket),
            _ => name.push(c),
        }
    }
    Err(TemplateError::OpenBracket)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_text_and_variables() {
        let template = Template::parse("Hi {first} { last }: {{x}}").unwrap();
        let expected = [
            Part::Text("Hi ".into()),
            Part::Variable("first".into()),
            Part::Text(" ".into()),
            Part::Variable("last".into()),
            Part::Text(": {x}".into()),
        ];
        assert_eq!(template.parts, expected);
    }

    #[test]
    fn brackets_must_match() {
        for (text, error) in [
            ("{first", TemplateError::OpenBracket),
            ("{fi{rst}", TemplateError::OpenBracket),
            ("first}", TemplateError::CloseBracket),
            ("{ }", TemplateError::EmptyName),
            ("{{first}}", TemplateError::NoVariable),
            ("", TemplateError::NoVariable),
        ] {
            assert_eq!(Template::parse(text), Err(error), "{text}");
        }
    }
}
