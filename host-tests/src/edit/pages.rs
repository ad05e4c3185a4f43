//! The page itself, with what `npm run build` made of `host-tests/editor/src`.

use axum::Router;

use crate::web::file;

const PAGE: &str = include_str!("../../editor/src/index.html");
const SCRIPT: &str = include_str!("../../editor/dist/editor.js");
const STYLE: &str = include_str!("../../editor/dist/editor.css");

pub(super) fn routes() -> Router {
    Router::new()
        .route("/", file("text/html; charset=utf-8", PAGE))
        .route("/editor.js", file("text/javascript; charset=utf-8", SCRIPT))
        .route("/editor.css", file("text/css; charset=utf-8", STYLE))
}
