//! Dates of HTTP headers.

use jiff::Timestamp;

/// `Sun, 22 Nov 2026 20:00:00 GMT`, for HTTP headers.
pub fn http_date(timestamp: Timestamp) -> String {
    timestamp.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Reads that form.
pub fn of_http_date(text: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text.trim()).ok()
}
