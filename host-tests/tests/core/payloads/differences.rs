//! Where the simulator's answers may have another shape than real ones, and why.

use crate::payloads::catalogue::Kind;
use crate::payloads::shape::Difference;

/// Which way an answer differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Real answers have more.
    Missing,
    /// The simulator's have more.
    Extra,
    /// The types are others.
    Type,
}

/// Kinds, the way, the places (a trailing `*` stands for the rest), the reason.
pub const ALLOWED: &[(&[Kind], Way, &[&str], &str)] = &[
    (
        &[Kind::Describe, Kind::DescribeGlobal, Kind::Basic],
        Way::Missing,
        &["/urls/*", "/sobjects[]/urls/*", "/objectDescribe/urls/*"],
        "addresses of layouts, views and actions: pages for people, which no client of records asks for",
    ),
    (
        &[Kind::Describe, Kind::DescribeInComposite],
        Way::Type,
        &[
            "/fields[]/calculatedFormula",
            "/fields[]/compoundFieldName",
            "/fields[]/controllerName",
            "/fields[]/defaultValueFormula",
            "/fields[]/extraTypeInfo",
            "/fields[]/inlineHelpText",
            "/fields[]/picklistValues[]/validFor",
            "/compositeResponse[]/body/fields[]/compoundFieldName",
            "/compositeResponse[]/body/fields[]/extraTypeInfo",
        ],
        "null in most fields of a real org too: no field here is a formula, a part of an address or of a name, dependent \
         on another, or explained",
    ),
    (
        &[Kind::DescribeGlobal],
        Way::Type,
        &["/sobjects[]/associateEntityType", "/sobjects[]/associateParentEntity"],
        "null but for histories, feeds and shares, which the org has none of",
    ),
    (
        &[Kind::DescribeInComposite],
        Way::Extra,
        &["/compositeResponse[]/body/urls/*"],
        "these recordings are shortened: the whole describes have the addresses",
    ),
    (
        &[Kind::DescribeInComposite],
        Way::Type,
        &["/compositeResponse[]/body/fields[]/defaultValue"],
        "the fields that a shortened recording kept have no tick box among them, whose default is false; the whole \
         describes have",
    ),
    (
        &[Kind::Composite, Kind::DescribeInComposite],
        Way::Missing,
        &["/compositeResponse[]/httpHeaders/ETag"],
        "the documents promise it for accounts only, and nothing here compares it",
    ),
    (
        &[Kind::Composite],
        Way::Missing,
        &["/compositeResponse[]/body/warnings"],
        "seen once, empty, in version 41 and for a managed package",
    ),
    (
        &[Kind::Composite],
        Way::Extra,
        &["/compositeResponse[]/body/attributes"],
        "no recording reads a record in a composite request; read alone, records have it",
    ),
    (
        &[Kind::Tokens],
        Way::Extra,
        &["/scope", "/token_type"],
        "the fixture is of 2011; the documents of today name both",
    ),
    (
        &[Kind::UserInfo],
        Way::Missing,
        &[
            "/address",
            "/is_salesforce_integration_user",
            "/nickname",
            "/photos",
            "/picture",
            "/profile",
            "/updated_at",
            "/urls/*",
            "/utcOffset",
            "/zoneinfo",
        ],
        "the person behind the session: clients look at the ids",
    ),
    (
        &[Kind::Identity],
        Way::Missing,
        &[
            "/addr_*",
            "/is_app_installed",
            "/is_lightning_login_user",
            "/last_modified_date",
            "/mobile_phone*",
            "/nick_name",
            "/photos",
            "/status",
            "/timezone",
            "/urls/*",
            "/utcOffset",
        ],
        "the person behind the session: clients look at the ids",
    ),
    (
        &[Kind::Limits],
        Way::Missing,
        &["[]/*"],
        "the shares of single apps in a limit, by the apps' names: the org has no such apps",
    ),
];

/// Which row of the table allows it, and which of its places.
pub fn allowing(kind: Kind, difference: &Difference) -> Option<(usize, usize)> {
    let (way, path) = match difference {
        Difference::Missing(path) => (Way::Missing, path),
        Difference::Extra(path) => (Way::Extra, path),
        Difference::Type(path, _, _) => (Way::Type, path),
    };
    let fits = |place: &str| match place.strip_suffix('*') {
        Some(start) => path.starts_with(start),
        None => path == place,
    };
    let rows = ALLOWED.iter().enumerate().filter(|(_, row)| row.0.contains(&kind) && row.1 == way);
    rows.filter_map(|(row, (_, _, places, _))| Some((row, places.iter().position(|place| fits(place))?))).next()
}
