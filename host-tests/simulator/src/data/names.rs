//! Names of objects and fields in the file, which the schema of the org must have, too.

use std::collections::BTreeMap;

use crate::org::Org;

/// What was looked up already: a schema compares names in any case, one after the other.
#[derive(Default)]
pub struct KeptNames {
    sobjects: BTreeMap<String, Known>,
}

struct Known {
    name: &'static str,
    fields: BTreeMap<String, &'static str>,
}

impl KeptNames {
    pub fn sobject(&mut self, org: &Org, name: &str) -> Result<&'static str, String> {
        self.known(org, name).map(|known| known.name)
    }

    pub fn field(&mut self, org: &Org, sobject: &str, field: &str) -> Result<&'static str, String> {
        let known = self.known(org, sobject)?;
        if let Some(name) = known.fields.get(field) {
            return Ok(name);
        }
        let fields = org.schema.existing(sobject).into_iter().flat_map(|sobject| &sobject.fields);
        let found = fields.map(|field| field.name).find(|name| *name == field);
        let name = found.ok_or_else(|| missing(&format!("field {sobject}.{field}")))?;
        known.fields.insert(field.to_owned(), name);
        Ok(name)
    }

    fn known(&mut self, org: &Org, name: &str) -> Result<&mut Known, String> {
        if !self.sobjects.contains_key(name) {
            let sobject = org.schema.existing(name).ok_or_else(|| missing(&format!("object {name}")))?;
            self.sobjects.insert(name.to_owned(), Known { name: sobject.name, fields: BTreeMap::new() });
        }
        self.sobjects.get_mut(name).ok_or_else(|| missing(name))
    }
}

fn missing(what: &str) -> String {
    format!("the org has no {what}; start it with the --describe and --org that the file was written with")
}
