//! `manifest`: what the module says of itself, and the forms of its modes.

use clap::{Args, ValueEnum};

use super::{COMPONENT, End, answers, bad_input, text};
use crate::host::{Host, Renderer};

#[derive(Args)]
pub(super) struct Manifest {
    /// Print the form of this mode instead, such as sobject-write: JSON Schema, UI schema and first content.
    #[arg(long, value_name = "MODE")]
    form: Option<String>,
    /// The library that draws the form.
    #[arg(long, value_name = "RENDERER", default_value = "react-jsonschema-form", requires = "form")]
    renderer: Library,
    /// Names of records with a part of their own in the form, such as Contact,Case.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', requires = "form")]
    records: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Library {
    ReactJsonschemaForm,
    JsonForms,
}

impl Manifest {
    pub(super) async fn run(&self, json: bool) -> anyhow::Result<End> {
        let host = Host::new(COMPONENT)?;
        let Some(mode) = &self.form else {
            anstream::println!("{:#}", answers::manifest(&host.manifest().await?));
            return Ok(End::Done);
        };
        let renderer = match self.renderer {
            Library::ReactJsonschemaForm => Renderer::ReactJsonschemaForm,
            Library::JsonForms => Renderer::JsonForms,
        };
        match host.form(mode, text::language().code(), renderer, &self.records).await? {
            Ok(form) => {
                anstream::println!("{:#}", answers::form(&form));
                Ok(End::Done)
            }
            Err(findings) => Ok(bad_input(&findings, json)),
        }
    }
}
