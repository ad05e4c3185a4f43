//! Every text that people read, in each language: a folder for each, `en` and `de`, with the same functions.
//!
//! `text!(errors::no_parent(field))` calls the function of that name in each language, so that one which a language lacks is an
//! error of the compiler. One more language is one more folder and its lines here and in [`Language`](crate::base::Language).
//!
//! A function takes names of fields and of settings, counts and limits. It never gets a value of the variables.

pub(crate) mod de;
pub(crate) mod en;

/// The words of a text in each language.
macro_rules! text {
    ($topic:ident :: $name:ident $(($($argument:expr),* $(,)?))?) => {
        $crate::base::Words {
            en: $crate::texts::en::$topic::$name $(($($argument),*))?.into(),
            de: $crate::texts::de::$topic::$name $(($($argument),*))?.into(),
        }
    };
}
pub(crate) use text;
