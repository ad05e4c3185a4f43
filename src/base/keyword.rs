//! Enums whose variants have one word each in the settings, written once.

/// An enum whose variants the settings name, in the order in which an error lists them.
pub(crate) trait Keyword: Copy + 'static {
    const WORDS: &'static [&'static str];
    const VARIANTS: &'static [Self];

    /// The variant that the word names.
    fn of_word(word: &str) -> Option<Self> {
        let at = Self::WORDS.iter().position(|known| *known == word)?;
        Self::VARIANTS.get(at).copied()
    }
}

/// Declares an enum with the word of each variant: gives it [`Keyword`] and `word()`.
macro_rules! words {
    ($(#[$of_enum:meta])* $visibility:vis enum $name:ident { $($(#[$of_variant:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$of_enum])*
        $visibility enum $name { $($(#[$of_variant])* $variant,)+ }

        impl $crate::base::keyword::Keyword for $name {
            const WORDS: &'static [&'static str] = &[$($word),+];
            const VARIANTS: &'static [Self] = &[$(Self::$variant),+];
        }

        impl $name {
            /// As the settings name it.
            #[allow(dead_code)]
            pub(crate) const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}

pub(crate) use words;
