//! One field: its type and the properties that describe prints and writes obey.

use std::sync::Arc;

use serde_json::Value;

/// The type of a field with what belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Id,
    Text {
        length: usize,
    },
    TextArea {
        length: usize,
    },
    Email,
    Phone,
    Url,
    Picklist {
        values: &'static [&'static str],
        length: usize,
    },
    MultiPicklist {
        values: &'static [&'static str],
    },
    /// Any text, with values to choose from.
    Combobox {
        values: &'static [&'static str],
    },
    Boolean,
    Int,
    Double {
        precision: u32,
        scale: u32,
    },
    Currency {
        precision: u32,
        scale: u32,
    },
    Percent {
        precision: u32,
        scale: u32,
    },
    Date,
    DateTime,
    Time,
    /// Binary content, which reads back as an address.
    Base64,
    /// Text that is stored encrypted and reads back as it is to a user who may see it.
    Encrypted {
        length: usize,
    },
    /// The parts of an address as one object, which only the parts write.
    Address,
    /// Latitude and longitude as one object, which only the parts write.
    Location,
    /// A type of describe without values here, by its name.
    Other(&'static str),
    Reference {
        to: &'static [&'static str],
        relationship: &'static str,
    },
}

impl Kind {
    /// The `type` of describe, which error messages name too.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Id => "id",
            Kind::Text { .. } => "string",
            Kind::TextArea { .. } => "textarea",
            Kind::Email => "email",
            Kind::Phone => "phone",
            Kind::Url => "url",
            Kind::Picklist { .. } => "picklist",
            Kind::MultiPicklist { .. } => "multipicklist",
            Kind::Combobox { .. } => "combobox",
            Kind::Boolean => "boolean",
            Kind::Int => "int",
            Kind::Double { .. } => "double",
            Kind::Currency { .. } => "currency",
            Kind::Percent { .. } => "percent",
            Kind::Date => "date",
            Kind::DateTime => "datetime",
            Kind::Time => "time",
            Kind::Base64 => "base64",
            Kind::Encrypted { .. } => "encryptedstring",
            Kind::Address => "address",
            Kind::Location => "location",
            Kind::Other(name) => name,
            Kind::Reference { .. } => "reference",
        }
    }

    /// Longest text in characters; 0 for what is not text.
    pub fn length(&self) -> usize {
        match self {
            Kind::Id | Kind::Reference { .. } => 18,
            Kind::Text { length } | Kind::TextArea { length } => *length,
            Kind::Picklist { length, .. } | Kind::Encrypted { length } => *length,
            Kind::Email => 80,
            Kind::Phone => 40,
            Kind::Url | Kind::Combobox { .. } => 255,
            Kind::MultiPicklist { .. } => 4099,
            Kind::Double { .. } | Kind::Currency { .. } | Kind::Percent { .. } => 0,
            Kind::Boolean | Kind::Int | Kind::Date | Kind::DateTime | Kind::Time | Kind::Base64 => 0,
            Kind::Address | Kind::Location | Kind::Other(_) => 0,
        }
    }

    /// Whether values are text, so that `''` means null and SOQL wants quotes.
    pub fn is_text(&self) -> bool {
        self.length() > 0
    }

    pub fn is_number(&self) -> bool {
        *self == Kind::Int || self.decimals().is_some()
    }

    /// Precision and scale of a number with decimals.
    pub fn decimals(&self) -> Option<(u32, u32)> {
        match *self {
            Kind::Double { precision, scale }
            | Kind::Currency { precision, scale }
            | Kind::Percent { precision, scale } => Some((precision, scale)),
            _ => None,
        }
    }

    /// Whether it is made of other fields.
    pub fn is_compound(&self) -> bool {
        matches!(self, Kind::Address | Kind::Location)
    }

    /// The values of a picklist, inactive ones included.
    pub fn values(&self) -> &'static [&'static str] {
        match self {
            Kind::Picklist { values, .. } | Kind::MultiPicklist { values } | Kind::Combobox { values } => values,
            _ => &[],
        }
    }
}

/// One field of an object.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: &'static str,
    pub label: &'static str,
    pub kind: Kind,
    pub createable: bool,
    pub updateable: bool,
    pub nillable: bool,
    pub defaulted_on_create: bool,
    /// The value that a new record gets.
    pub default: Option<Value>,
    /// A new record gets the day or the moment of its creation.
    pub defaults_to_now: bool,
    /// Picklist values whose label is another text; describe shows it, writes do not know it.
    pub labels: Vec<(&'static str, &'static str)>,
    /// Picklist values that old records may hold and new ones should not.
    pub inactive: &'static [&'static str],
    pub filterable: bool,
    pub sortable: bool,
    pub unique: bool,
    pub external_id: bool,
    pub id_lookup: bool,
    pub case_sensitive: bool,
    pub restricted: bool,
    /// Its length is in bytes, and HTML entities count as what they are written as.
    pub in_bytes: bool,
    pub auto_number: bool,
    /// A lookup whose record goes with the record that it points to.
    pub cascades: bool,
    pub name_field: bool,
    pub custom: bool,
    pub hidden: bool,
    /// Longest text, where it is not what the type says.
    pub longest: Option<usize>,
    /// Longest whole number, where it is not what the type says.
    pub digits: Option<u32>,
    /// The compound field that this is a part of.
    pub compound: Option<&'static str>,
    pub dependency: Option<Dependency>,
    /// What the parent calls the records whose lookup this is, as a subquery names them.
    pub children: Option<&'static str>,
    /// The field as the describe that it comes from has it, in JSON.
    pub document: Option<Arc<str>>,
}

/// Which values of a picklist go with which values of another field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// A picklist or a checkbox.
    pub controller: &'static str,
    /// For each value of the dependent list a bit for each value of the controlling one, the first value highest.
    pub valid_for: Vec<Vec<u8>>,
}

impl Dependency {
    /// Whether the value at one place is for the controlling value at the other.
    pub fn allows(&self, value: usize, controlling: usize) -> bool {
        let byte = self.valid_for.get(value).and_then(|bits| bits.get(controlling / 8));
        byte.is_some_and(|byte| byte & (0x80 >> (controlling % 8)) != 0)
    }
}

impl Field {
    /// A writable, optional, filterable field.
    pub fn new(name: &'static str, label: &'static str, kind: Kind) -> Field {
        let long = matches!(kind, Kind::TextArea { length } if length > 255) || kind == Kind::Base64;
        let boolean = kind == Kind::Boolean;
        let multi = matches!(kind, Kind::MultiPicklist { .. });
        Field {
            name,
            label,
            createable: true,
            updateable: true,
            nillable: !boolean,
            defaulted_on_create: boolean,
            default: None,
            defaults_to_now: false,
            labels: Vec::new(),
            inactive: &[],
            filterable: !long,
            sortable: !long && !multi,
            unique: false,
            external_id: false,
            id_lookup: kind == Kind::Id,
            case_sensitive: false,
            restricted: false,
            in_bytes: false,
            auto_number: false,
            cascades: false,
            name_field: false,
            custom: name.ends_with("__c"),
            hidden: false,
            longest: None,
            digits: None,
            compound: None,
            dependency: None,
            children: None,
            document: None,
            kind,
        }
    }

    pub fn text(name: &'static str, label: &'static str, length: usize) -> Field {
        Field::new(name, label, Kind::Text { length })
    }

    pub fn area(name: &'static str, label: &'static str, length: usize) -> Field {
        Field::new(name, label, Kind::TextArea { length })
    }

    pub fn picklist(name: &'static str, label: &'static str, values: &'static [&'static str]) -> Field {
        Field::new(name, label, Kind::Picklist { values, length: 255 })
    }

    pub fn lookup(
        name: &'static str,
        label: &'static str,
        to: &'static [&'static str],
        relationship: &'static str,
    ) -> Field {
        Field::new(name, label, Kind::Reference { to, relationship })
    }

    /// Not nillable and without a default: a create must bring it.
    pub fn required(mut self) -> Field {
        self.nillable = false;
        self
    }

    pub fn read_only(mut self) -> Field {
        (self.createable, self.updateable) = (false, false);
        self
    }

    /// Set by the system on create, never null.
    pub fn defaulted(mut self) -> Field {
        (self.defaulted_on_create, self.nillable) = (true, false);
        self
    }

    pub fn with_default(mut self, value: &'static str) -> Field {
        (self.defaulted_on_create, self.default) = (true, Some(value.into()));
        self
    }

    /// A custom external id: legal as a key, and in the answer of describe `idLookup` too.
    pub fn external_id(mut self) -> Field {
        (self.external_id, self.id_lookup) = (true, true);
        self
    }

    pub fn unique(mut self) -> Field {
        self.unique = true;
        self
    }

    pub fn case_sensitive(mut self) -> Field {
        self.case_sensitive = true;
        self
    }

    /// A standard field that is legal as a key without being an external id.
    pub fn id_lookup(mut self) -> Field {
        self.id_lookup = true;
        self
    }

    pub fn restricted(mut self) -> Field {
        self.restricted = true;
        self
    }

    pub fn in_bytes(mut self) -> Field {
        self.in_bytes = true;
        self
    }

    pub fn labelled(mut self, labels: &'static [(&'static str, &'static str)]) -> Field {
        self.labels = labels.to_vec();
        self
    }

    pub fn with_inactive(mut self, values: &'static [&'static str]) -> Field {
        self.inactive = values;
        self
    }

    pub fn cascading(mut self) -> Field {
        self.cascades = true;
        self
    }

    pub fn auto_number(mut self) -> Field {
        self.auto_number = true;
        self.read_only().defaulted()
    }

    pub fn naming(mut self) -> Field {
        self.name_field = true;
        self
    }

    /// Longest text in characters.
    pub fn length(&self) -> usize {
        self.longest.unwrap_or(self.kind.length())
    }

    /// Most digits of a whole number.
    pub fn int_digits(&self) -> u32 {
        self.digits.unwrap_or(super::convert::INT_DIGITS)
    }

    /// The name that reaches the parent in SOQL and in a nested body.
    pub fn relationship(&self) -> Option<&'static str> {
        match self.kind {
            // A few lookups have none.
            Kind::Reference { relationship, .. } => Some(relationship).filter(|name| !name.is_empty()),
            _ => None,
        }
    }

    /// The objects that a lookup may point to.
    pub fn references(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Reference { to, .. } => to,
            _ => &[],
        }
    }

    /// The values of a picklist with their labels. A value may be there twice, with labels that differ.
    pub fn entries(&self) -> impl Iterator<Item = (&'static str, &'static str)> + '_ {
        let values = self.kind.values();
        let aligned = self.labels.len() == values.len();
        values.iter().enumerate().map(move |(place, value)| match self.labels.get(place).filter(|_| aligned) {
            Some((_, label)) => (*value, *label),
            None => (*value, self.labels.iter().find(|(known, _)| known == value).map_or(*value, |(_, label)| *label)),
        })
    }

    /// Whether the field may stand in `/sobjects/X/<Field>/<value>`.
    pub fn is_key(&self) -> bool {
        self.external_id || self.id_lookup
    }
}
