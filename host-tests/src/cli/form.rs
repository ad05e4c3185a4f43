//! `form`: what an engine hands to the library that draws the form of a mode.

use clap::{Args, ValueEnum};

use super::{COMPONENT, End, answers, bad_input, text};
use crate::host::{Host, Renderer};

#[derive(Args)]
pub(super) struct Form {
    /// One of the modes that manifest lists, such as sobject-write.
    mode: String,
    /// The library that draws the form.
    #[arg(long, value_name = "RENDERER", default_value = "react-jsonschema-form")]
    renderer: Library,
    /// Names of records with a part of their own in the form, such as Contact,Case.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    records: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Library {
    ReactJsonschemaForm,
    JsonForms,
}

impl Form {
    pub(super) async fn run(&self, json: bool) -> anyhow::Result<End> {
        let renderer = match self.renderer {
            Library::ReactJsonschemaForm => Renderer::ReactJsonschemaForm,
            Library::JsonForms => Renderer::JsonForms,
        };
        let language = text::language().code();
        match Host::cached(COMPONENT)?.form(&self.mode, language, renderer, &self.records).await? {
            Ok(form) => {
                anstream::println!("{:#}", answers::form(&form));
                Ok(End::Done)
            }
            Err(findings) => Ok(bad_input(&findings, json)),
        }
    }
}
