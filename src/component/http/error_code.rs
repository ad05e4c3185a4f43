//! What went wrong, by the host's word for it.
//!
//! The word never decides whether a request may be written again. Hosts use one word for different things: preview2-shim
//! answers `connection-timeout` whenever it aborts a fetch, also long after the request was carried out; a host that repeats
//! or redirects a request by itself names only what its last attempt met; one that maps the kinds of its I/O errors cannot
//! tell a connection that was never made from one that was lost. Whether a request can have been carried out is known from
//! what the module itself has handed over, see [`super::Exchange`].

use wasip2::http::types::ErrorCode;

use crate::wire::TransportErrorKind as Kind;

/// Without an arm for the rest: a code that a later version adds does not compile before its meaning is decided.
pub(super) fn kind(code: &ErrorCode) -> Kind {
    match code {
        // Rules of the host. The answer is the same the next time.
        ErrorCode::HttpRequestDenied | ErrorCode::DestinationIpProhibited => Kind::Denied,
        ErrorCode::DnsTimeout | ErrorCode::DnsError(_) | ErrorCode::DestinationNotFound => Kind::Dns,
        ErrorCode::DestinationUnavailable
        | ErrorCode::DestinationIpUnroutable
        | ErrorCode::ConnectionRefused
        | ErrorCode::ConnectionLimitReached => Kind::Connect,
        // A certificate is not trusted a second later either; a handshake that failed otherwise may succeed.
        ErrorCode::TlsCertificateError => Kind::Certificate,
        ErrorCode::TlsProtocolError | ErrorCode::TlsAlertReceived(_) => Kind::Tls,
        ErrorCode::ConnectionTimeout
        | ErrorCode::ConnectionReadTimeout
        | ErrorCode::ConnectionWriteTimeout
        | ErrorCode::HttpResponseTimeout => Kind::Timeout,
        ErrorCode::ConnectionTerminated | ErrorCode::HttpResponseIncomplete => Kind::CutOff,
        ErrorCode::HttpResponseBodySize(_)
        | ErrorCode::HttpResponseHeaderSectionSize(_)
        | ErrorCode::HttpResponseHeaderSize(_)
        | ErrorCode::HttpResponseTrailerSectionSize(_)
        | ErrorCode::HttpResponseTrailerSize(_) => Kind::TooLarge,
        // Among these are what Node's shim makes of a reset connection (`HTTP-protocol-error`) and of an untrusted certificate
        // (`internal-error`), and what wasmtime makes of any error of its HTTP library.
        ErrorCode::HttpProtocolError
        | ErrorCode::InternalError(_)
        | ErrorCode::ConfigurationError
        | ErrorCode::LoopDetected
        | ErrorCode::HttpUpgradeFailed
        | ErrorCode::HttpResponseTransferCoding(_)
        | ErrorCode::HttpResponseContentCoding(_)
        | ErrorCode::HttpRequestLengthRequired
        | ErrorCode::HttpRequestBodySize(_)
        | ErrorCode::HttpRequestMethodInvalid
        | ErrorCode::HttpRequestUriInvalid
        | ErrorCode::HttpRequestUriTooLong
        | ErrorCode::HttpRequestHeaderSectionSize(_)
        | ErrorCode::HttpRequestHeaderSize(_)
        | ErrorCode::HttpRequestTrailerSectionSize(_)
        | ErrorCode::HttpRequestTrailerSize(_) => Kind::Other,
    }
}
