//! Nothing that is typed is ever anything else than text: not a condition of a query, not a segment of a path, not a header,
//! not a member of a JSON body, not a reference to another part of a request.
//!
//! Each property runs the module with a text that means something somewhere, and reads what was sent with readers that share
//! nothing with the writers. What is typed arrives as it was typed, or it was refused before anything was sent; and what is
//! sent around it is the same as for a harmless text.

mod authors;
mod references;
mod requests;
mod sent;
mod stored;
mod values;
