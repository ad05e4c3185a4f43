//! The way to Salesforce and back.

pub(crate) const DENIED: &str =
    "The host does not let the module reach the deployment domain. Allow the domain in the host's settings.";
pub(crate) const NO_ADDRESS: &str = "The deployment domain has no address. Check how it is spelt in \"Deployment domain\" \
    (`deploymentDomain`).";
pub(crate) const NO_CONNECTION: &str = "There is no connection to the deployment domain. Check the network, the firewall and the proxy between \
    the host and Salesforce.";
pub(crate) const NO_TLS: &str = "There is no secure connection: the certificate is not trusted. If a proxy opens TLS, let the host trust its \
    certificate, or let the connection pass unopened.";
pub(crate) const TIMEOUT: &str = "Salesforce did not answer in time. If that lasts, raise \"Time limit\" (`deadlineSeconds`), and find out \
    which triggers and flows of the org are slow.";
pub(crate) const CUT_OFF: &str = "The connection ended before the answer did. If that lasts, check the network and the proxy between the host \
    and Salesforce.";
pub(crate) const TOO_LARGE: &str =
    "The answer is larger than the module takes. Ask for fewer records, or for fewer or shorter fields.";
pub(crate) const UNREADABLE: &str =
    "The answer is none of Salesforce's REST API. Check whether a proxy or a log-in page stands in between.";
pub(crate) const FAILED: &str = "The request failed on its way. If that lasts, look at the host's log.";
