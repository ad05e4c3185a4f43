//! The admin's switches. They can be changed at any time, and hold from the next request on.

use std::time::Duration;

use jiff::SignedDuration;

/// The address of a fresh org.
const INSTANCE_URL: &str = "https://example.my.salesforce.com";

/// What an admin can switch, with the defaults of a fresh org and, for OAuth, of an app under the rules of 2026.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether the API user has "View All Data", without which an upsert by a non-unique key is refused. On.
    pub view_all_data: bool,
    /// Whether an active assignment rule moves cases to a queue on create **and** update. On.
    pub case_assignment_rule: bool,
    /// Whether accounts can be persons, which gives Account and Contact further fields. Off.
    pub person_accounts: bool,
    /// Whether the API user has "View Setup and Configuration", without which nobody reads validation rules. On.
    pub view_setup: bool,
    /// Whether states and countries are picklists, which gives addresses a code beside each. Off.
    pub state_and_country_picklists: bool,
    /// Whether the org's API Access Control refuses the app, however fresh its session is. Off.
    pub api_access_control: bool,
    /// Whether edition and profile have the API, without which every session gets 403. On.
    pub api_enabled: bool,
    /// How long after its arrival a request is carried out that meets a [fault of this kind](super::fault::What::Later), if the
    /// org is not told to settle before. The org has no clock: it takes effect with the next request. 10 seconds.
    pub late_by: SignedDuration,
    /// How long the server holds back the answer to what is written. None.
    pub slow_commit: Duration,
    /// Whether texts in composite answers and those of graphs have HTML entities, unless `X-Chatter-Entity-Encoding: false`
    /// is sent with the request. Off.
    pub entity_encoding: bool,

    /// Callback URLs of the app, compared byte by byte, beside `http://localhost` and `http://127.0.0.1` of any port
    /// and path, which are always allowed. None.
    pub callbacks: Vec<String>,
    /// Whether the app demands a PKCE challenge at authorize. One that is sent is checked in any case. On.
    pub pkce_required: bool,
    /// Whether the app demands its secret for codes and refresh tokens too; a wrong one is refused in any case. On.
    pub confidential: bool,
    /// Whether each refresh gives a new refresh token and ends the old one, whose reuse ends the whole grant. On.
    pub refresh_token_rotation: bool,
    /// How long after its use a rotated refresh token is answered "already being processed" instead of ending the
    /// grant, as happens to requests that overlap. None: reuse always counts as theft.
    pub refresh_overlap: Option<SignedDuration>,
    /// How long a refresh token may stay unused. None: for ever; apps of vendors have 30 days since 2026.
    pub refresh_idle: Option<SignedDuration>,
    /// Grants that a user can give one app; one more silently ends the oldest refresh token. 5.
    pub grants_per_user: usize,
    /// How long an access token lives after its last use; real orgs have two hours. None: until it is ended.
    pub session_timeout: Option<SignedDuration>,
    /// What token answers name as API base; a hostile or a Lightning host can be put here.
    pub instance_url: String,
    /// Whether a refresh answer names the API base too. On.
    pub instance_url_in_refresh: bool,
    /// Whether assertions count as well signed while no public key is registered. On.
    pub assertions_valid: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            view_all_data: true,
            case_assignment_rule: true,
            person_accounts: false,
            view_setup: true,
            state_and_country_picklists: false,
            api_access_control: false,
            api_enabled: true,
            late_by: SignedDuration::from_secs(10),
            slow_commit: Duration::ZERO,
            entity_encoding: false,
            callbacks: Vec::new(),
            pkce_required: true,
            confidential: true,
            refresh_token_rotation: true,
            refresh_overlap: None,
            refresh_idle: None,
            grants_per_user: 5,
            session_timeout: None,
            instance_url: INSTANCE_URL.into(),
            instance_url_in_refresh: true,
            assertions_valid: true,
        }
    }
}
