//! What comes in and goes out, as plain data: messages, calls that are understood, replies and errors. Nothing here knows an org.

mod call;
mod date;
pub mod entities;
mod error;
mod message;
mod response;
pub mod uri;

pub use call::{Body, Call, Options, Reply, VERSIONS, check_media_type, split_path};
pub use error::ApiError;
pub use message::{Exchange, Request, Response};
pub use response::{html, plain};
