//! Mode `sobject-read` as an engine, an author and an administrator meet it: the real component against a simulated org.

mod checks;
mod cli;
mod found;
mod lists;
mod people;
mod prepare;
mod shown;
mod trouble;
mod typed;
mod unfound;
