//! The integration user.

use crate::schema::id;

/// Name and e-mail address of the integration user.
pub const USERNAME: &str = "integration@simulator.example";

/// The user whose token all clients have; the first user record of every org.
pub fn integration_user() -> String {
    id::numbered("005", 1)
}
