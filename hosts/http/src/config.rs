//! What the front is told by its environment: who may call it, for which orgs, and how much it takes.
//!
//! Variables of the environment, because every platform has them: `wasi:config` is a draft, and hosts link drafts by their exact version
//! only. The front is not open by mistake: without a bearer and a list of domains it answers nothing but its health.

mod published;

use subtle::{Choice, ConstantTimeEq};

use crate::problem::Problem;
pub use published::Published;

/// What a body may have, unless configured: settings of 1 MiB and variables of 6 MiB, as texts in JSON.
const BODY_BYTES: usize = 10 << 20;
/// What a body may be configured to have at most. The front's memory holds it twice.
const MAX_BODY_BYTES: usize = 64 << 20;
/// Shorter ones can be guessed.
const MIN_BEARER: usize = 16;

/// The configuration of one front.
#[derive(Debug)]
pub struct Config {
    tenants: Vec<Tenant>,
    pub max_body_bytes: usize,
}

/// A caller, and what is allowed to it.
#[derive(Debug)]
pub struct Tenant {
    /// The empty text where there is one tenant only.
    name: String,
    /// Several while one is being replaced.
    bearers: Vec<Secret>,
    /// In lower case.
    domains: Vec<String>,
    access_token: Option<Secret>,
    published: Vec<Published>,
    handovers: Vec<Published>,
}

/// A text that no output may hold.
pub struct Secret(String);

/// A variable that is not what it must be.
#[derive(Debug, PartialEq)]
pub struct Misconfigured {
    pub variable: String,
    pub expected: &'static str,
}

/// The variables of the environment.
#[derive(Clone, Copy)]
struct Environment<'a>(&'a [(String, String)]);

impl Config {
    pub fn read(environment: &[(String, String)]) -> Result<Self, Misconfigured> {
        let environment = Environment(environment);
        let tenants = match environment.get("FRONT_TENANTS") {
            None => vec![Tenant::read(environment, "")?],
            Some(names) => listed(names).map(|name| Tenant::named(environment, name)).collect::<Result<_, _>>()?,
        };
        if tenants.is_empty() {
            return Err(Misconfigured::new("FRONT_TENANTS", "a list of names, separated by commas"));
        }
        let config = Self { tenants, max_body_bytes: max_body_bytes(environment)? };
        match config.ambiguous() {
            Some(tenant) => {
                Err(Misconfigured::new(tenant.variable("FRONT_TOKEN"), "a bearer that no other tenant has"))
            }
            None => Ok(config),
        }
    }

    /// The caller that a header `Authorization` names. Takes as long for each bearer of the same length.
    pub fn tenant(&self, authorization: Option<&str>) -> Result<&Tenant, Problem> {
        let presented = authorization.and_then(|header| {
            let (scheme, bearer) = header.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then_some(bearer.trim())
        });
        let presented = presented.ok_or_else(|| unauthorized("The header `Authorization: Bearer …` is missing."))?;
        let mut found = None;
        for tenant in &self.tenants {
            if bool::from(tenant.has(presented)) {
                found = Some(tenant);
            }
        }
        found.ok_or_else(|| unauthorized("The bearer is none of this front's (`FRONT_TOKEN`)."))
    }

    /// A tenant with a bearer that an earlier one has.
    fn ambiguous(&self) -> Option<&Tenant> {
        let mut known = Vec::new();
        self.tenants.iter().find(|tenant| {
            let is_known = tenant.bearers.iter().any(|bearer| known.contains(&bearer.reveal()));
            known.extend(tenant.bearers.iter().map(Secret::reveal));
            is_known
        })
    }
}

impl Tenant {
    fn named(environment: Environment, name: &str) -> Result<Self, Misconfigured> {
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !is_name {
            return Err(Misconfigured::new("FRONT_TENANTS", "names of letters, digits and `_`, separated by commas"));
        }
        Self::read(environment, name)
    }

    fn read(environment: Environment, name: &str) -> Result<Self, Misconfigured> {
        let mut tenant = Self {
            name: name.to_owned(),
            bearers: Vec::new(),
            domains: Vec::new(),
            access_token: None,
            published: Vec::new(),
            handovers: Vec::new(),
        };
        let bearers = environment.get(&tenant.variable("FRONT_TOKEN")).unwrap_or_default();
        tenant.bearers = bearers.split_whitespace().map(|bearer| Secret(bearer.to_owned())).collect();
        if tenant.bearers.is_empty() || tenant.bearers.iter().any(|bearer| bearer.reveal().len() < MIN_BEARER) {
            let expected = "a bearer of 16 characters at least; two, separated by a blank, while one is being replaced";
            return Err(Misconfigured::new(tenant.variable("FRONT_TOKEN"), expected));
        }
        let domains = environment.get(&tenant.variable("FRONT_DOMAINS")).unwrap_or_default();
        tenant.domains = listed(domains).map(str::to_ascii_lowercase).collect();
        if tenant.domains.is_empty() {
            let expected = "the deployment domains that may be written to, such as `example.my.salesforce.com`, separated by commas";
            return Err(Misconfigured::new(tenant.variable("FRONT_DOMAINS"), expected));
        }
        let access_token = environment.get(&tenant.variable("SALESFORCE_ACCESS_TOKEN"));
        tenant.access_token = access_token.map(|token| Secret(token.to_owned()));
        if tenant.access_token.is_some() && tenant.domains.len() > 1 {
            // A token belongs to one org, and is shown to no other.
            let expected = "no value, as there are several domains: the callers pass `X-Salesforce-Access-Token`";
            return Err(Misconfigured::new(tenant.variable("SALESFORCE_ACCESS_TOKEN"), expected));
        }
        tenant.published = Published::read(environment, &tenant, "FRONT_TOOLS")?;
        tenant.handovers = Published::read(environment, &tenant, "FRONT_HANDOVERS")?;
        Ok(tenant)
    }

    /// Every bearer is compared, whichever it is.
    fn has(&self, presented: &str) -> Choice {
        let each = self.bearers.iter().map(|bearer| bearer.reveal().as_bytes().ct_eq(presented.as_bytes()));
        each.fold(Choice::from(0), |any, equal| any | equal)
    }

    pub fn allows(&self, domain: &str) -> bool {
        self.domains.iter().any(|allowed| allowed.eq_ignore_ascii_case(domain))
    }

    /// The org's token, where the platform has it.
    pub fn access_token(&self) -> Option<&str> {
        self.access_token.as_ref().map(Secret::reveal)
    }

    /// The settings documents that are tools.
    pub fn published(&self) -> &[Published] {
        &self.published
    }

    /// The settings documents whose chats have events.
    pub fn handovers(&self) -> &[Published] {
        &self.handovers
    }

    /// A variable of this tenant's: `FRONT_TOKEN_ACME`.
    fn variable(&self, name: &str) -> String {
        match self.name.as_str() {
            "" => name.to_owned(),
            tenant => format!("{name}_{}", tenant.to_ascii_uppercase()),
        }
    }
}

impl Secret {
    fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

impl Misconfigured {
    fn new(variable: impl Into<String>, expected: &'static str) -> Self {
        Self { variable: variable.into(), expected }
    }

    /// For the operator, who asks `/health` or reads any answer.
    pub fn problem(&self) -> Problem {
        let Self { variable, expected } = self;
        let detail = format!("The variable `{variable}` of the front's environment must be {expected}.");
        Problem::new(503, "misconfigured", detail)
    }
}

impl<'a> Environment<'a> {
    /// An empty value is none: manifests cannot always leave one out.
    fn get(self, name: &str) -> Option<&'a str> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }
}

fn max_body_bytes(environment: Environment) -> Result<usize, Misconfigured> {
    const VARIABLE: &str = "FRONT_MAX_BODY_BYTES";
    let Some(bytes) = environment.get(VARIABLE) else { return Ok(BODY_BYTES) };
    match bytes.parse() {
        Ok(bytes) if (1..=MAX_BODY_BYTES).contains(&bytes) => Ok(bytes),
        _ => Err(Misconfigured::new(VARIABLE, "a number of bytes up to 67108864")),
    }
}

fn listed(names: &str) -> impl Iterator<Item = &str> {
    names.split(',').map(str::trim).filter(|name| !name.is_empty())
}

fn unauthorized(detail: &str) -> Problem {
    Problem::new(401, "unauthorized", detail).with_header("www-authenticate", "Bearer")
}

#[cfg(test)]
mod tests;
