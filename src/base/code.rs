//! The code of each finding: its word, and how much it matters.

use std::fmt;

use super::finding::Severity;

macro_rules! codes {
    ($($(#[$of:meta])* $variant:ident = $word:literal, $severity:ident;)+) => {
        /// What a finding is about. A word stays the same for ever.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum FindingCode { $($(#[$of])* $variant,)+ }

        impl FindingCode {
            /// All of them, those of settings first.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// As hosts get it, in kebab-case.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// How much it matters. A place where it matters less says so, see [`Finding::only`](super::Finding::only).
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    // Of settings.
    /// The document is no JSON, or longer or deeper than the limits.
    InvalidJson = "invalid-json", Error;
    /// There is no such setting here.
    UnknownKey = "unknown-key", Error;
    /// A setting is missing.
    MissingKey = "missing-key", Error;
    /// A value is of another type.
    WrongType = "wrong-type", Error;
    /// A value is none of the possible ones.
    UnknownValue = "unknown-value", Error;
    /// A number, or the length of a list, is too small or too large.
    OutOfRange = "out-of-range", Error;
    /// There are more findings; the others are left out. About a conversation among many it is an info.
    TooManyFindings = "too-many-findings", Error;
    /// `deploymentDomain` is not the My Domain host of an org.
    BadDomain = "bad-domain", Error;
    /// The version of the REST API is not one that the module knows.
    BadApiVersion = "bad-api-version", Error;
    /// A text cannot be the API name of what it should name.
    BadName = "bad-name", Error;
    /// There are no mappings.
    EmptyMappings = "empty-mappings", Error;
    /// There are more mappings than the module takes.
    TooManyMappings = "too-many-mappings", Error;
    /// There are more records than one request takes.
    TooManyRecords = "too-many-records", Error;
    /// There are more lookups than one request takes.
    TooManyLookups = "too-many-lookups", Error;
    /// A source is blank, or there is not exactly one.
    BadSource = "bad-source", Error;
    /// A text with variables cannot be read.
    BadTemplate = "bad-template", Error;
    /// `format` does not fit the value, or its field.
    BadFormat = "bad-format", Error;
    /// A setting does not fit a row that attaches a file, or one that does not.
    BadFile = "bad-file", Error;
    /// A list names one SObject twice.
    ListedTwice = "listed-twice", Error;
    /// A field, or a value, cannot find a record.
    BadKey = "bad-key", Error;
    /// A constant would find the same record in every conversation. As the only key it is a warning.
    ConstantKey = "constant-key", Error;
    /// `matchKeys` names what is no key, a key is in none of its groups, or something stands there twice.
    BadMatchKeys = "bad-match-keys", Error;
    /// A new record does not get the values that it is found by.
    NewRecordWithoutKey = "new-record-without-key", Warning;
    /// A value cannot be added to this field.
    BadOverwrite = "bad-overwrite", Error;
    /// A platform event is only created.
    EventOnlyCreated = "event-only-created", Error;
    /// `onlyUpdateExisting` has nothing to find a record by.
    OnlyUpdateWithoutKey = "only-update-without-key", Error;
    /// A record's `Id` cannot be written.
    IdNotWritable = "id-not-writable", Error;
    /// Two mappings write one field.
    DuplicateField = "duplicate-field", Error;
    /// Two values go to one variable.
    DuplicateVariable = "duplicate-variable", Error;
    /// No mapping names this record.
    UnknownRecord = "unknown-record", Error;
    /// The name of a record is spelt in two ways.
    TwoSpellings = "two-spellings", Error;
    /// A link stands where it cannot, or to a record that the field does not take.
    BadLink = "bad-link", Error;
    /// Links form a circle.
    LinkCycle = "link-cycle", Error;
    /// `lookIn` does not fit what else is said of the record.
    BadLookIn = "bad-look-in", Error;
    /// `onlyFor` names an SObject that the row cannot be about.
    BadOnlyFor = "bad-only-for", Error;
    /// An SObject of `lookIn` has no key.
    LookInWithoutKey = "look-in-without-key", Error;
    /// The preset does not fit the record.
    BadPreset = "bad-preset", Error;
    /// A value of the preset does not fit its field, and was left out.
    ValueLeftOut = "value-left-out", Warning;
    /// The SObject has no assignment rules.
    NoAssignmentRules = "no-assignment-rules", Warning;
    /// A file alone writes no record.
    FileAlone = "file-alone", Error;
    /// Another record of the module would be written twice.
    IdempotencyPartial = "idempotency-partial", Warning;
    /// Two records would get the same idempotency key.
    IdempotencyShared = "idempotency-shared", Error;
    /// An idempotency key changes nothing.
    IdempotencyUnused = "idempotency-unused", Warning;
    /// A constant text contains `@{`, which Salesforce would replace.
    ReferenceInValue = "reference-in-value", Error;
    /// A setting changes nothing where it stands.
    NoEffect = "no-effect", Warning;
    /// A setting is for what is written, and the module reads.
    NotInRead = "not-in-read", Error;
    /// A setting is for what is read, and the module writes.
    NotInWrite = "not-in-write", Error;
    /// A row both finds a record and reads a field.
    BadRow = "bad-row", Error;
    /// Nothing says which record is to be read.
    NoKey = "no-key", Error;
    /// Nothing says what is to be read.
    NothingToRead = "nothing-to-read", Error;
    /// `list` does not fit `whenSeveralMatch`.
    BadList = "bad-list", Error;
    /// A full answer would hold too many values.
    TooMuchToRead = "too-much-to-read", Error;
    /// The path of an API request cannot be sent.
    BadPath = "bad-path", Error;
    /// The path of an API request leads where this mode does not go.
    PathOutside = "path-outside", Error;
    /// A parameter of an API request cannot be sent.
    BadParameter = "bad-parameter", Error;
    /// A SOQL query of an API request is wrong.
    BadQuery = "bad-query", Error;
    /// A key of `store` is no JSON pointer.
    BadPointer = "bad-pointer", Error;
    /// Of two parts of the answer one holds the other.
    OverlappingPointers = "overlapping-pointers", Error;
    /// A variable of an API request stands where its value could change what the request does.
    MisplacedVariable = "misplaced-variable", Error;
    /// A variable stands in SOQL outside of a text.
    UnquotedVariable = "unquoted-variable", Error;
    /// The method of an API request has no body.
    BodyNotAllowed = "body-not-allowed", Error;
    /// The method of an API request needs `allowWrites`.
    WritesNotAllowed = "writes-not-allowed", Error;
    /// The settings' mode is carried out by another function.
    NotForMode = "not-for-mode", Error;
    /// There are too many parameters, or variables, of an API request.
    TooManyEntries = "too-many-entries", Error;
    // What is well formed and probably not meant: see `Smell`.
    /// The variable's name does not fit the field.
    MismatchedSource = "mismatched-source", Warning;
    /// A key that the visitor may leave out. As the only key it is an info.
    KeyMayBeBlank = "key-may-be-blank", Warning;
    /// One variable fills two fields that should differ.
    LookAlikeFields = "look-alike-fields", Warning;
    /// A new chat would change an old Case.
    CaseKey = "case-key", Warning;
    /// A key alone decides that several records may share.
    WeakKey = "weak-key", Warning;
    /// The org has a list for this state or country.
    StateOrCountryText = "state-or-country-text", Warning;
    /// The flow does not have the variable.
    UnknownVariable = "unknown-variable", Error;
    /// The flow did not pass the variable. Where no record is found by it, it is an info.
    AbsentVariable = "absent-variable", Warning;
    // Of prepared settings, and of the org.
    /// The org has no such SObject, or does not show it to the integration user.
    UnknownObject = "unknown-object", Error;
    /// The same of a field or a relationship.
    UnknownField = "unknown-field", Error;
    /// The SObject has no such record type.
    UnknownRecordType = "unknown-record-type", Error;
    /// The SObject has no such assignment rule.
    UnknownAssignmentRule = "unknown-assignment-rule", Error;
    /// The integration user may not do this.
    NoPermission = "no-permission", Error;
    /// The integration user may not fill this field.
    ReadOnlyField = "read-only-field", Error;
    /// The org demands the field of every new record. That it cannot be emptied is a warning.
    RequiredField = "required-field", Error;
    /// A constant does not fit its field.
    ConstantDoesNotFit = "constant-does-not-fit", Error;
    /// A constant is new to an open picklist.
    ConstantNotInPicklist = "constant-not-in-picklist", Warning;
    /// The field's type cannot be used this way.
    UnsupportedType = "unsupported-type", Error;
    /// The SObject cannot be searched.
    NotQueryable = "not-queryable", Error;
    /// The field is no external id, or not a unique one.
    NotAnExternalId = "not-an-external-id", Error;
    /// Behind the relationship there are several SObjects.
    PolymorphicRelationship = "polymorphic-relationship", Error;
    /// An SObject of `lookIn` lacks the field.
    FieldNotOfAll = "field-not-of-all", Error;
    /// The org attaches no files to the SObject.
    FileNotAttachable = "file-not-attachable", Error;
    /// The org has Person Accounts, whose Contact cannot be written by itself.
    PersonAccounts = "person-accounts", Warning;
    /// An Account gets the names of a company and of a person.
    TwoNames = "two-names", Warning;
    /// The org has several currencies, and no mapping says which.
    CurrencyNotGiven = "currency-not-given", Info;
    /// No assignment rule is active.
    NoActiveAssignmentRule = "no-active-assignment-rule", Info;
    /// The integration user may not fill a field of the preset.
    PresetFieldLeftOut = "preset-field-left-out", Info;
    /// The org does not show its validation rules.
    ValidationRulesUnread = "validation-rules-unread", Info;
    /// The deployment of a hand-over could not be asked, or is not published.
    DeploymentUnavailable = "deployment-unavailable", Error;
    /// The deployment's form has no such field.
    UnknownAttribute = "unknown-attribute", Error;
    /// The form demands a field that no mapping fills.
    RequiredAttribute = "required-attribute", Error;
    /// Visitors of the deployment cannot send files.
    FilesOff = "files-off", Info;
    /// The facts of the org say nothing about a record type. About a field it is a warning.
    NotPrepared = "not-prepared", Error;
    /// The facts of the org are not those that `prepare` wrote.
    SchemaEdited = "schema-edited", Warning;
    /// The org has changed, or unprepared settings do not fit it.
    PrepareAgain = "prepare-again", Warning;
    /// The org could not be asked.
    OrgNotDescribed = "org-not-described", Error;
    /// The org takes no more requests for now.
    RequestLimit = "request-limit", Error;
    // Of a call.
    /// The variables are no JSON object, or too large.
    BadVariables = "bad-variables", Error;
    /// The session is of another org, or its address or token is not one.
    BadSession = "bad-session", Error;
    /// What a host gives to know a call by is no line of text.
    BadCorrelation = "bad-correlation", Error;
    /// The state of a chat is none, or is another chat's.
    BadChat = "bad-chat", Error;
    /// A message of a chat cannot be sent as it is.
    BadMessage = "bad-message", Error;
    /// There are too many conversations for one call.
    TooManyConversations = "too-many-conversations", Error;
    /// The mode runs one conversation at a time.
    NotForMany = "not-for-many", Error;
    /// A search text is too long.
    TooLong = "too-long", Error;
    /// The access token was refused.
    SessionExpired = "session-expired", Error;
    /// A key has no value and is not used.
    KeyWithoutValue = "key-without-value", Warning;
    /// An SObject of `lookIn` was not searched.
    NotLookedIn = "not-looked-in", Warning;
    /// The conversation gave no value for a record. That it had only links is an info.
    NothingToWrite = "nothing-to-write", Warning;
    /// No existing record matches.
    NoMatch = "no-match", Info;
    /// The Contact of a converted Lead is used.
    LeadConverted = "lead-converted", Info;
    /// The record that a duplicate rule named is used.
    DuplicateAdopted = "duplicate-adopted", Info;
    /// A value is new to an open picklist.
    NewPicklistValue = "new-picklist-value", Info;
    /// A value was cut.
    ValueCut = "value-cut", Warning;
    /// The beginning of a conversation was left out.
    TranscriptCut = "transcript-cut", Info;
    /// A conversation contained `@{`.
    ReferenceRewritten = "reference-rewritten", Info;
    /// A file is not, or perhaps not, at its record.
    FileNotUploaded = "file-not-uploaded", Warning;
    /// This step has attached the file before.
    FileAlreadyThere = "file-already-there", Info;
    /// No mapping names a file of the host.
    FileNotMapped = "file-not-mapped", Info;
    /// The step has written the record before.
    AlreadyWritten = "already-written", Info;
    /// An answer was lost, and the records were found.
    AnswerVerified = "answer-verified", Info;
    /// Another conversation created the same record.
    Doubled = "doubled", Warning;
    /// This could not be looked up.
    DoublesNotChecked = "doubles-not-checked", Info;
    /// More records match than the list holds.
    ListCut = "list-cut", Info;
    /// The chat is open without the conversation so far.
    TranscriptNotSent = "transcript-not-sent", Warning;
    /// The answer of an API request has nothing there.
    PointerWithoutValue = "pointer-without-value", Warning;
}

impl fmt::Display for FindingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl PartialEq<&str> for FindingCode {
    fn eq(&self, word: &&str) -> bool {
        self.word() == *word
    }
}
