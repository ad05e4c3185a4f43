//! Access tokens: of guests, of verified visitors, and those that continue one.

use serde_json::{Value, json};

use super::body;
use super::deployment::Deployment;
use super::refusal::Refusal;
use super::token::{Token, identity};
use super::turn::{Answer, Turn, json_answer};
use crate::document::Node;
use crate::http::Request;
use crate::schema::id;

const MEMBERS: &[&str] = &["orgId", "esDeveloperName", "capabilitiesVersion", "platform", "deviceId", "context"];
const OF_A_VERIFIED: &[&str] = &["authorizationType", "customerIdentityToken"];

/// The id of the org.
fn org_id() -> String {
    id::numbered("00D", 1)
}

/// Whether a text is the org's id, with 15 or 18 characters.
pub fn is_org_id(text: &str) -> bool {
    matches!(text.len(), 15 | 18) && id::to_18(text).is_some_and(|id| id == org_id())
}

impl Turn<'_> {
    pub fn access_token(&mut self, request: &Request, verified: bool) -> Answer {
        let json = body::json(request)?;
        let node = Node::new(body::BODY, &json);
        let own: &[&str] = if verified { OF_A_VERIFIED } else { &[] };
        node.only(&[MEMBERS, own].concat())?;
        let deployment = deployment(&node)?;
        let identity = match verified {
            true => {
                node.need("authorizationType", "\"JWT\"")?.word(&["JWT"])?;
                let text = node.need("customerIdentityToken", "a JWT")?.text()?;
                // One that is refused makes a guest, and the answer is 200 all the same.
                identity(text, self.now).filter(|_| deployment.verified && self.switches.identities_valid)
            }
            false => None,
        };
        let lifetime = match identity {
            Some(_) => self.switches.verified_token_lifetime,
            None => self.switches.guest_token_lifetime,
        };
        let subject = match identity {
            Some((keyset, subject)) => format!("v2/iamessage/AUTH/{keyset}/uid:{subject}"),
            None => self.state.tokens.next_guest(),
        };
        let lifetime = i64::try_from(lifetime.as_millis()).unwrap_or(i64::MAX / 4);
        let token = Token { subject: subject.clone(), deployment, lifetime, expires: self.now + lifetime };
        let text = self.state.tokens.issue(token, self.switches.tokens_per_minute, self.now)?;
        let mut answer = self.token_answer(text, &subject);
        let context = json!({
            "deviceId": node.optional_text("deviceId")?.map_or_else(|| self.next_id(), str::to_owned),
            "endUser": { "appType": "iamessage", "role": "EndUser", "subject": subject },
            "configuration": deployment.configuration(self.switches.max_file_bytes, self.now),
        });
        if let Some(members) = answer.as_object_mut() {
            members.insert("context".into(), context);
        }
        json_answer(200, answer)
    }

    pub fn continuation(&mut self, token: &Token) -> Answer {
        let text = self.state.tokens.renew(token, self.switches.tokens_per_minute, self.now)?;
        json_answer(200, self.token_answer(text, &token.subject))
    }

    /// `lastEventId` is the newest event there is, and not the newest that the client has seen.
    fn token_answer(&self, text: String, subject: &str) -> Value {
        let last = self.state.events.get(subject).and_then(|events| events.last()).map_or(0, |event| event.id);
        json!({ "accessToken": text, "lastEventId": last.to_string() })
    }
}

fn deployment(node: &Node<'_>) -> Result<&'static Deployment, Refusal> {
    if !is_org_id(node.need("orgId", "the organization id")?.text()?) {
        return Err(Refusal::bad("The orgId is none, or of another org."));
    }
    let version = node.need("capabilitiesVersion", "a text such as \"1\"")?.text()?;
    if version.is_empty() || !version.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::bad("The capabilitiesVersion must be a number as text."));
    }
    node.need("platform", "\"Web\"")?.word(&["Web", "iOS", "Android"])?;
    if let Some(context) = node.get("context")? {
        context.only(&["appName", "clientVersion"])?;
        for (_, member) in context.members()? {
            member.text()?;
        }
    }
    let name = node.need("esDeveloperName", "the name of the deployment")?.text()?;
    Deployment::of(name).filter(|deployment| deployment.published).ok_or_else(|| {
        Refusal::bad("There is no published deployment of the type Custom Client with this esDeveloperName.")
    })
}
