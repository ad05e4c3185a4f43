//! Nothing that is typed is ever anything else than text, at the host's border and in the org; the core's part is in
//! `tests/core/injection/`.

mod headers;
mod requests;
