//! What the module says of itself, and its forms.

use super::wit;
use crate::base::text;
use crate::describe::Tool;
use crate::form::{Form, Renderer};
use crate::manifest;
use crate::settings::Mode;

pub(crate) fn manifest() -> wit::ModuleManifest {
    wit::ModuleManifest {
        name: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        modes: Mode::ALL.iter().map(|mode| mode.name().to_owned()).collect(),
        settings_schema: manifest::SETTINGS_SCHEMA.to_owned(),
    }
}

pub(crate) fn renderer(renderer: wit::Renderer) -> Renderer {
    match renderer {
        wit::Renderer::ReactJsonschemaForm => Renderer::ReactJsonSchemaForm,
        wit::Renderer::JsonForms => Renderer::JsonForms,
    }
}

pub(crate) fn form(form: &Form) -> wit::SettingsForm {
    wit::SettingsForm { schema: text(&form.schema), ui_schema: text(&form.ui_schema), data: text(&form.data) }
}

pub(crate) fn tool(tool: Tool) -> wit::Tool {
    wit::Tool {
        name: tool.name,
        title: tool.title,
        description: tool.description,
        variables: text(&tool.variables),
        results: text(&tool.results),
        examples: tool.examples.iter().map(text).collect(),
    }
}
