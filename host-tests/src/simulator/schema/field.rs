//! One field: its type and the properties that describe prints and writes obey.

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
            Kind::Reference { .. } => "reference",
        }
    }

    /// Longest text in characters; 0 for what is not text.
    pub fn length(&self) -> usize {
        match self {
            Kind::Id | Kind::Reference { .. } => 18,
            Kind::Text { length } | Kind::TextArea { length } | Kind::Picklist { length, .. } => *length,
            Kind::Email => 80,
            Kind::Phone => 40,
            Kind::Url | Kind::Combobox { .. } => 255,
            Kind::MultiPicklist { .. } => 4099,
            Kind::Double { .. } | Kind::Currency { .. } | Kind::Percent { .. } => 0,
            Kind::Boolean | Kind::Int | Kind::Date | Kind::DateTime | Kind::Time | Kind::Base64 => 0,
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
    /// The value that a new record gets, for picklists.
    pub default: Option<&'static str>,
    /// Picklist values whose label is another text; describe shows it, writes do not know it.
    pub labels: &'static [(&'static str, &'static str)],
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
            labels: &[],
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
        (self.defaulted_on_create, self.default) = (true, Some(value));
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
        self.labels = labels;
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

    /// The name that reaches the parent in SOQL and in a nested body.
    pub fn relationship(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Reference { relationship, .. } => Some(relationship),
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

    /// What people see for a picklist value.
    pub fn label_of(&self, value: &'static str) -> &'static str {
        self.labels.iter().find(|(known, _)| *known == value).map_or(value, |(_, label)| label)
    }

    /// Whether the field may stand in `/sobjects/X/<Field>/<value>`.
    pub fn is_key(&self) -> bool {
        self.external_id || self.id_lookup
    }
}
