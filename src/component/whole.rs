//! The interface `salesforce-module`: WIT on one side, the core on the other.

use super::exports::chat_flow::salesforce::salesforce_module::{
    AttachedFile, Conversation, EarlierConversation, FieldQuery, FieldsAnswer, Finding, Guest, ManyOutcome,
    ModuleManifest, ObjectQuery, ObjectsAnswer, Outcome, Prepared, Renderer, RunPlan, RunPreview,
    Session as WitSession, SettingsForm, Tool,
};
use super::http::WasiHttp;
use super::{Component, convert, discover, drive, run};
use crate::audit::{self, Audit};
use crate::many;
use crate::module::{self, Session};
use crate::report::RunKind;

impl Guest for Component {
    fn manifest() -> ModuleManifest {
        convert::manifest()
    }

    fn form(
        mode: String,
        language: String,
        renderer: Renderer,
        records: Vec<String>,
    ) -> Result<SettingsForm, Vec<Finding>> {
        let renderer = convert::renderer(renderer);
        crate::form::Form::new(&mode, &language, renderer, &records)
            .map(|form| convert::form(&form))
            .map_err(convert::findings)
    }

    fn check(settings: String, known_variables: Option<Vec<String>>) -> Vec<Finding> {
        convert::findings(match known_variables {
            Some(known) => module::check_in_flow(&settings, &known),
            None => module::check(&settings),
        })
    }

    fn describe(settings: String) -> Result<Tool, Vec<Finding>> {
        module::describe(&settings).map(convert::tool).map_err(convert::findings)
    }

    fn prepare(session: WitSession, settings: String) -> Result<Prepared, Vec<Finding>> {
        let access = Session { instance_url: &session.instance_url, access_token: &session.access_token };
        let (prepare, domain) = module::prepare(&access, &settings).map_err(convert::findings)?;
        Ok(convert::prepared(prepare.drive(&mut WasiHttp::new(&domain, Some(&session.access_token)))))
    }

    fn objects(session: WitSession, query: ObjectQuery) -> Result<ObjectsAnswer, Vec<Finding>> {
        discover::objects(&session, &query)
    }

    fn fields(session: WitSession, query: FieldQuery) -> Result<FieldsAnswer, Vec<Finding>> {
        discover::fields(&session, &query)
    }

    fn plan(settings: String, variables: String, correlation: Option<String>) -> Result<RunPlan, Vec<Finding>> {
        let (plan, domain) = module::plan_with_domain(&settings, &variables).map_err(convert::findings)?;
        let audit = Audit::new(&domain, &settings, correlation).map_err(convert::findings)?;
        Ok(convert::plan(plan, &audit))
    }

    fn preview(
        session: WitSession,
        settings: String,
        variables: String,
        correlation: Option<String>,
    ) -> Result<RunPreview, Vec<Finding>> {
        let (ending, audit) = drive(&session, settings, variables, Vec::new(), correlation, RunKind::Preview)?;
        Ok(convert::preview(ending.into_preview(), &audit))
    }

    fn run(
        session: WitSession,
        settings: String,
        variables: String,
        correlation: Option<String>,
    ) -> Result<Outcome, Vec<Finding>> {
        run(&session, settings, variables, Vec::new(), correlation)
    }

    fn run_with_files(
        session: WitSession,
        settings: String,
        variables: String,
        files: Vec<AttachedFile>,
        correlation: Option<String>,
    ) -> Result<Outcome, Vec<Finding>> {
        run(&session, settings, variables, files, correlation)
    }

    fn run_many(
        session: WitSession,
        settings: String,
        conversations: Vec<Conversation>,
        earlier: Vec<EarlierConversation>,
    ) -> Result<ManyOutcome, Vec<Finding>> {
        let mut correlations = Vec::with_capacity(conversations.len());
        let conversation = |Conversation { variables, in_doubt_for, correlation }| {
            correlations.push(correlation);
            many::Conversation { variables, in_doubt_for }
        };
        let conversations = conversations.into_iter().map(conversation).collect();
        let of_earlier = |EarlierConversation { variables, in_doubt_for, records }| many::Earlier {
            variables,
            in_doubt_for,
            records,
        };
        let earlier: Vec<many::Earlier> = earlier.into_iter().map(of_earlier).collect();
        let access = Session { instance_url: &session.instance_url, access_token: &session.access_token };
        let (many, domain) =
            module::start_many(&access, &settings, conversations, &earlier).map_err(convert::findings)?;
        audit::check_each(&correlations).map_err(convert::findings)?;
        let audit = Audit::new(&domain, &settings, None).map_err(convert::findings)?;
        let mut http = WasiHttp::new(&domain, Some(&session.access_token));
        let ending = many.drive(&mut http);
        Ok(convert::many_outcome(ending, correlations, &audit.took(http.elapsed())))
    }
}
