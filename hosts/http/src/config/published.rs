//! Settings documents that the environment has: tools of language models, and hand-overs whose events are asked for by name.

use super::{Environment, Misconfigured, Tenant, listed};

/// A settings document and its name.
#[derive(Debug)]
pub struct Published {
    pub name: String,
    pub settings: String,
}

impl Published {
    /// A list such as `FRONT_TOOLS=contact,case` names them, `FRONT_SETTINGS_CONTACT` and `FRONT_SETTINGS_CASE` hold them.
    pub(super) fn read(environment: Environment, tenant: &Tenant, list: &str) -> Result<Vec<Self>, Misconfigured> {
        let list = tenant.variable(list);
        let names: Vec<&str> = environment.get(&list).map(listed).into_iter().flatten().collect();
        let mut published: Vec<Self> = Vec::with_capacity(names.len());
        for name in names {
            let is_name = name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            let is_new = published.iter().all(|other| !other.name.eq_ignore_ascii_case(name));
            if !is_name || !is_new {
                let expected = "names of letters, digits and `_`, each once, separated by commas";
                return Err(Misconfigured::new(list, expected));
            }
            let variable = format!("{}_{}", tenant.variable("FRONT_SETTINGS"), name.to_ascii_uppercase());
            let Some(settings) = environment.get(&variable) else {
                return Err(Misconfigured::new(variable, "the settings document that is named after it"));
            };
            published.push(Self { name: name.to_owned(), settings: settings.to_owned() });
        }
        Ok(published)
    }
}
