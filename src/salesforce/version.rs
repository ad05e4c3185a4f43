//! Versions of the REST API, and what needs which.

use std::fmt;

/// A version of the REST API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ApiVersion(pub u16);

/// What requests use and not every version has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// An upsert answers whether it created the record.
    CreatedMember,
    /// `collateSubrequests` of a composite request.
    CollateSubrequests,
    CompositeGraph,
    /// `Sforce-Duplicate-Rule-Header`.
    DuplicateRuleHeader,
    /// `updateOnly=true` of an upsert. An older version may ignore the parameter and create a record.
    UpdateOnly,
}

impl Feature {
    #[cfg(test)]
    const ALL: [Self; 5] = [
        Self::CreatedMember,
        Self::CollateSubrequests,
        Self::CompositeGraph,
        Self::DuplicateRuleHeader,
        Self::UpdateOnly,
    ];

    /// The first version whose documents have it. Source: REST API guide, Upsert by External ID, Composite, Composite Graph,
    /// Duplicate Rule Header.
    const fn since(self) -> ApiVersion {
        ApiVersion(match self {
            Self::CreatedMember => 46,
            Self::CollateSubrequests => 48,
            Self::CompositeGraph => 50,
            Self::DuplicateRuleHeader => 52,
            Self::UpdateOnly => 61,
        })
    }
}

impl ApiVersion {
    /// What settings without `apiVersion` run with. It is the newest of which recorded answers to queries, describes and
    /// upserts exist and which all orgs have offered for two years; nothing that a run needs is newer.
    pub const DEFAULT: Self = Self(62);
    /// Every version from here on has each [`Feature`] that a run uses without asking [`ApiVersion::has`]: before it, an upsert that
    /// updates has no answer.
    pub const MIN: Self = Self(46);

    /// Whether the documents of this version know the feature.
    pub const fn has(self, feature: Feature) -> bool {
        self.0 >= feature.since().0
    }

    /// Parses `"62.0"`.
    pub fn parse(text: &str) -> Option<Self> {
        let major = text.strip_suffix(".0")?;
        let digits = (2..=3).contains(&major.len()) && major.bytes().all(|b| b.is_ascii_digit());
        major.parse().ok().filter(|_| digits).map(Self)
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.0", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The code that asks; everything else must be there in each version that settings can name.
    const ASKED_FOR: [Feature; 4] =
        [Feature::CollateSubrequests, Feature::CompositeGraph, Feature::DuplicateRuleHeader, Feature::UpdateOnly];

    #[test]
    fn the_lowest_version_has_what_no_code_asks_for() {
        for feature in Feature::ALL {
            let asked_for = ASKED_FOR.contains(&feature);
            assert_eq!(ApiVersion::MIN.has(feature), !asked_for, "{feature:?}");
            assert!(ApiVersion::DEFAULT.has(feature), "{feature:?}");
        }
    }

    #[test]
    fn a_version_has_two_or_three_digits_and_a_zero() {
        assert_eq!(ApiVersion::parse("62.0"), Some(ApiVersion(62)));
        for bad in ["62", "62.1", "v62.0", "6.0", "1062.0", "-62.0", ""] {
            assert_eq!(ApiVersion::parse(bad), None, "{bad}");
        }
    }
}
