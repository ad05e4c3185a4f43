//! The forms: what the component's `form` gives to renderers, of each mode, in each language, for each renderer.
//!
//! They are checked as schemas here, with documents that they allow and those that the project has; `.ci/form` draws them in a browser.

mod random;

use std::path::Path;
use std::sync::LazyLock;

use crate::agreement::is_the_parsers_alone;
use crate::common::documents::config;
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::strategy::Union;
use salesforce_module::base::Severity;
use salesforce_module::form::{Form, Renderer};
use salesforce_module::module;
use salesforce_module::settings::Mode;
use serde_json::Value;

const RENDERERS: [Renderer; 2] = [Renderer::ReactJsonSchemaForm, Renderer::JsonForms];
fn form(mode: Mode, language: &str, renderer: Renderer) -> Form {
    Form::new(mode.name(), language, renderer, &["Contact".to_owned(), "Case".to_owned()]).expect("a form")
}

fn each(mut visit: impl FnMut(Mode, &str, Renderer, &Form)) {
    for mode in Mode::ALL {
        for language in ["en", "de"] {
            for renderer in RENDERERS {
                visit(*mode, language, renderer, &form(*mode, language, renderer));
            }
        }
    }
}

/// Every schema in a schema, with its place.
fn parts<'a>(part: &'a Value, place: &str, visit: &mut impl FnMut(&str, &'a Value)) {
    visit(place, part);
    for key in ["properties", "oneOf"] {
        match &part[key] {
            Value::Object(all) => {
                all.iter().for_each(|(name, below)| parts(below, &format!("{place}/{key}/{name}"), visit));
            }
            Value::Array(all) => {
                all.iter().enumerate().for_each(|(at, below)| parts(below, &format!("{place}/{key}/{at}"), visit));
            }
            _ => {}
        }
    }
    for key in ["items", "additionalProperties"].into_iter().filter(|key| part[*key].is_object()) {
        parts(&part[key], &format!("{place}/{key}"), visit);
    }
}

#[test]
fn a_form_is_a_flat_schema_of_draft_07() {
    each(|mode, language, renderer, form| {
        jsonschema::draft7::meta::validate(&form.schema).expect("draft-07");
        let text = form.schema.to_string();
        for absent in
            ["$ref", "$defs", "allOf", "x-de", "x-modes", "x-hidden", "x-form", "x-rows", "x-offer", "\"schema\":{"]
        {
            assert!(!text.contains(absent), "{mode:?} {language} {renderer:?} has {absent}");
        }
        for key in ["if", "then", "else", "oneOf", "anyOf", "not"] {
            assert!(form.schema.get(key).is_none(), "{mode:?} has {key} at its root");
        }
        parts(&form.schema, "", &mut |place, part| {
            let place = format!("{mode:?} {language} {renderer:?} {place}");
            // Of a value that each renderer draws it knows the type; a choice of alternatives has them in these.
            let alternatives = part["oneOf"].as_array().filter(|all| all.iter().all(|one| one["type"].is_string()));
            let is_choice_of = place.contains("/oneOf/") && (part.get("const").is_some() || part.get("enum").is_some());
            assert!(part.get("type").is_some() || alternatives.is_some() || is_choice_of, "{place}: no type");
            for one in part["oneOf"].as_array().into_iter().flatten() {
                assert!(
                    one["title"].as_str().is_some_and(|title| !title.is_empty()),
                    "{place}: a choice without a title"
                );
            }
            assert!(part.get("anyOf").is_none(), "{place}");
            if part["properties"].is_object() && !place.contains("/oneOf/") {
                let shown = part["properties"].as_object().expect("members");
                assert!(shown.values().all(|member| member["title"].is_string()), "{place}: a member without a title");
            }
        });
    });
}

#[test]
fn nothing_of_another_mode_is_in_a_form() {
    let of_write = form(Mode::SObjectWrite, "en", Renderer::JsonForms).schema.to_string();
    assert!(
        !of_write.contains("\"target\":{")
            && !of_write.contains("\"whenNoneMatch\":{")
            && !of_write.contains("\"allowWrites\":{")
    );
    let of_read = form(Mode::SObjectRead, "en", Renderer::JsonForms).schema.to_string();
    assert!(
        !of_read.contains("\"overwrite\":{")
            && !of_read.contains("\"duplicateRule\":{")
            && !of_read.contains("\"record\":{")
    );
    let of_request = form(Mode::ApiRequest, "en", Renderer::JsonForms).schema;
    let keys: Vec<&String> = of_request["properties"].as_object().expect("members").keys().collect();
    let expected = [
        "allowWrites",
        "body",
        "deadlineSeconds",
        "deploymentDomain",
        "description",
        "method",
        "mode",
        "path",
        "query",
        "store",
        "title",
    ];
    assert_eq!(keys, expected);
}

#[test]
fn a_row_shows_four_settings_at_first() {
    let of_react = form(Mode::SObjectWrite, "en", Renderer::ReactJsonSchemaForm).ui_schema;
    let row = &of_react["mappings"]["items"];
    assert_eq!(row["ui:order"].as_array().expect("an order")[..4], ["source", "object", "field", "useToFindExisting"]);
    assert_eq!(row["ui:options"]["advanced"].as_array().expect("the others").len(), 10);
    let of_json_forms = form(Mode::SObjectWrite, "de", Renderer::JsonForms).ui_schema;
    let first = &of_json_forms["elements"][0]["elements"];
    let rows = first.as_array().expect("controls").last().expect("the rows");
    let shown = &rows["options"]["detail"]["elements"];
    assert_eq!(shown[0]["elements"].as_array().expect("controls").len(), 4);
    assert_eq!(shown[1]["label"], "Weitere Einstellungen");
    assert_eq!(shown[1]["elements"].as_array().expect("controls").len(), 10);
}

/// Each control of JSON Forms stands at a part of the schema, and each part that it can draw has one.
#[test]
fn every_setting_has_its_place() {
    fn scopes(element: &Value, root: &str, found: &mut Vec<String>) {
        if let Some(scope) = element["scope"].as_str() {
            found.push(format!("{root}{}", scope.trim_start_matches('#')));
        }
        for below in element["elements"].as_array().into_iter().flatten() {
            scopes(below, root, found);
        }
        if let Some(scope) = element["scope"].as_str() {
            scopes(&element["options"]["detail"], &format!("{root}{}/items", scope.trim_start_matches('#')), found);
        }
    }
    each(|mode, _, renderer, form| {
        if renderer == Renderer::JsonForms {
            let mut found = Vec::new();
            scopes(&form.ui_schema, "", &mut found);
            for scope in &found {
                assert!(form.schema.pointer(scope).is_some(), "{mode:?} has no {scope}");
            }
            let mut drawn = 0;
            parts(&form.schema, "", &mut |place, part| {
                let is_member = place.rsplit('/').nth(1) == Some("properties") && !place.contains("/oneOf/");
                let is_map = part["type"] == "object" && part.get("oneOf").is_none();
                if is_member && !is_map && !place.contains("additionalProperties") && place != "/properties/mode" {
                    assert!(found.iter().any(|scope| scope == place), "{mode:?} does not draw {place}");
                    drawn += 1;
                }
            });
            assert!(drawn >= 8, "{drawn}");
        }
    });
}

/// Both renderers' forms allow the same documents.
#[test]
fn what_the_scenarios_have_can_be_entered() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut seen = [0; 3];
    let schemas = Mode::ALL.iter().map(|mode| RENDERERS.map(|renderer| form(*mode, "en", renderer).schema));
    let schemas: Vec<_> =
        schemas.map(|both| both.map(|schema| jsonschema::draft7::new(&schema).expect("a schema"))).collect();
    for entry in std::fs::read_dir(folder).expect("scenarios") {
        let path = entry.expect("an entry").path().join("settings.json");
        let mut settings: Value =
            serde_json::from_str(&std::fs::read_to_string(&path).expect("settings")).expect("JSON");
        settings.as_object_mut().expect("members").remove("schema");
        let mode = Mode::ALL.iter().position(|mode| settings["mode"] == mode.name()).expect("a mode");
        for schema in &schemas[mode] {
            if let Err(error) = schema.validate(&settings) {
                panic!("{}: {}: {error}", path.display(), error.instance_path);
            }
        }
        seen[mode] += 1;
    }
    assert!(seen.iter().all(|seen| *seen >= 4), "{seen:?}");
}

#[test]
fn a_mode_and_a_language_that_there_are_not_are_findings() {
    let findings = Form::new("sobject-writes", "fr", Renderer::JsonForms, &[]).expect_err("neither");
    let said: Vec<_> = findings.iter().map(|finding| (finding.path.as_str(), finding.code.word())).collect();
    assert_eq!(said, [("mode", "unknown-value"), ("language", "unknown-value")]);
    let half_typed = ["Con tact".to_owned(), String::new()];
    let form = Form::new("sobject-write", "en", Renderer::JsonForms, &half_typed).expect("a form");
    assert!(form.schema["properties"]["objects"].get("properties").is_none());
}

/// A form of each mode for each renderer, and documents made after them.
static FORMS: LazyLock<Vec<(Value, Validator)>> = LazyLock::new(|| {
    let mut forms = Vec::new();
    each(|_, language, _, form| {
        // Both languages have the same rules.
        if language == "en" {
            let allowed = jsonschema::draft7::new(&form.schema).expect("a schema");
            forms.push((form.schema.clone(), allowed));
        }
    });
    forms
});

fn filled_in() -> impl Strategy<Value = (usize, Value)> {
    let of_each = FORMS.iter().enumerate().map(|(at, (schema, _))| (Just(at), random::document(schema)));
    Union::new(of_each)
}

proptest! {
    // Each form gets its share. Documents are small, and need not be shrunk for minutes.
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, max_global_rejects: 100_000, ..config(600 * FORMS.len() as u32) })]

    /// What the strict schema accepts, and what the rules between several places allow, `check` finds well formed.
    #[test]
    fn what_a_form_allows_has_the_shape_of_settings((at, document) in filled_in()) {
        prop_assume!(FORMS[at].1.is_valid(&document));
        for finding in module::check(&document.to_string()) {
            let is_of_shape = finding.severity == Severity::Error && !is_the_parsers_alone(&finding);
            prop_assert!(!is_of_shape, "{finding:?}\n{document:#}");
        }
    }
}
