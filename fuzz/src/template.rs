//! Whatever is written as a template: it is read as it was meant, and what is typed for its variables stays text.

use salesforce_module::value::{Given, Joint, Part, Scalar, Template, Variables};
use serde_json::{Map, Value};

use super::{parts, text};

/// The first part of the input is the template, the others what is typed for its variables.
pub fn template(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let mut parts = parts(text);
    let written = parts.next().unwrap_or_default();
    let Ok(template) = Template::parse(written) else { return };
    let names: Vec<&str> = template.variables().collect();
    assert!(!names.is_empty() && names.iter().all(|name| !name.is_empty() && name.trim() == *name), "{names:?}");
    assert!(!names.iter().any(|name| name.contains(['{', '}'])), "{names:?}");
    assert_eq!(Template::parse(&rewritten(&template)), Ok(template.clone()));
    let typed: Vec<&str> = parts.collect();
    let mut variables = Map::new();
    for (index, name) in names.iter().enumerate() {
        let value = typed.get(index % typed.len().max(1)).copied().unwrap_or_default();
        variables.entry(*name).or_insert_with(|| value.into());
    }
    let expected: String = template
        .parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => text.as_str(),
            Part::Variable(name) => variables[name].as_str().unwrap_or_default().trim(),
        })
        .collect();
    let any = names.iter().any(|name| !variables[*name].as_str().unwrap_or_default().trim().is_empty());
    let given = Variables::parse(&Value::Object(variables).to_string()).expect("an object").render(
        &template,
        false,
        Joint::Prose,
    );
    let expected = if any { Given::Value(Scalar::Text(expected.trim().to_owned())) } else { Given::Blank };
    assert_eq!(given, Ok(expected));
}

fn rewritten(template: &Template) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.replace('{', "{{").replace('}', "}}"),
        Part::Variable(name) => format!("{{{name}}}"),
    };
    template.parts.iter().map(part).collect()
}
