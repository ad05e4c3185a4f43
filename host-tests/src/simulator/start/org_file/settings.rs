//! The switches.

use jiff::SignedDuration;

use crate::simulator::document::{BadFile, Node};
use crate::simulator::org::Org;

pub const MEMBERS: &[&str] = &[
    "personAccounts",
    "stateAndCountryPicklists",
    "entityEncoding",
    "apiEnabled",
    "apiAccessControl",
    "caseAssignmentRule",
    "slowCommitMilliseconds",
    "sessionTimeoutSeconds",
    "pkceRequired",
    "confidential",
    "refreshTokenRotation",
];

pub fn apply(org: &mut Org, node: &Node<'_>) -> Result<(), BadFile> {
    node.only(MEMBERS)?;
    let settings = &mut org.settings;
    for (member, switch) in [
        ("personAccounts", &mut settings.person_accounts),
        ("stateAndCountryPicklists", &mut settings.state_and_country_picklists),
        ("entityEncoding", &mut settings.entity_encoding),
        ("apiEnabled", &mut settings.api_enabled),
        ("apiAccessControl", &mut settings.api_access_control),
        ("caseAssignmentRule", &mut settings.case_assignment_rule),
        ("pkceRequired", &mut settings.pkce_required),
        ("confidential", &mut settings.confidential),
        ("refreshTokenRotation", &mut settings.refresh_token_rotation),
    ] {
        *switch = node.flag(member, *switch)?;
    }
    if let Some(milliseconds) = node.get("slowCommitMilliseconds")? {
        settings.slow_commit = std::time::Duration::from_millis(length(&milliseconds)?);
    }
    if let Some(seconds) = node.get("sessionTimeoutSeconds")? {
        let seconds = i64::try_from(length(&seconds)?).unwrap_or(i64::MAX);
        settings.session_timeout = Some(SignedDuration::from_secs(seconds));
    }
    org.follow_settings();
    Ok(())
}

/// Up to an hour or a day is more than anybody waits.
fn length(node: &Node<'_>) -> Result<u64, BadFile> {
    const LONGEST: usize = 86_400_000;
    let count = node.count()?;
    let fits = u64::try_from(count).ok().filter(|_| count <= LONGEST);
    fits.ok_or_else(|| node.problem(format!("expected a number up to {LONGEST}")))
}
