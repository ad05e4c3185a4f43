//! Rules of an org file: validation, duplicates, assignment, and what happens on save.

use super::{field_of, object};
use crate::simulator::document::{BadFile, Node, meant};
use crate::simulator::formula::Formula;
use crate::simulator::org::{Assignment, Check, OnSave, Org, Refusal};
use crate::simulator::schema::{SObject, convert};

pub const OF_A_VALIDATION_RULE: &[&str] = &["object", "name", "active", "condition", "message", "field"];
pub const OF_A_DUPLICATE_RULE: &[&str] = &["field", "matching", "allowSave"];
pub const OF_AN_ASSIGNMENT_RULE: &[&str] = &["object", "name", "condition", "queue"];
pub const OF_A_TRIGGER: &[&str] = &["object", "on", "condition", "set", "refuse"];
pub const OF_A_REFUSAL: &[&str] = &["message", "field"];

/// Objects with assignment rules. Source: REST API guide, Assignment Rule Header.
const ASSIGNED: &[&str] = &["Account", "Case", "Lead"];

pub fn apply(org: &mut Org, root: &Node<'_>) -> Result<(), BadFile> {
    for rule in root.list("validationRules")? {
        rule.only(OF_A_VALIDATION_RULE)?;
        let sobject = object_of(org, &rule)?;
        let condition = condition(&rule, sobject)?.ok_or_else(|| missing_condition(&rule))?;
        let check = Check {
            sobject: sobject.name,
            name: rule.need("name", "the rule's API name")?.text()?.to_owned(),
            condition,
            refusal: refusal(&rule, sobject)?,
        };
        if rule.flag("active", true)? {
            org.rules.checks.push(check);
        }
    }
    for rule in root.list("duplicateRules")? {
        duplicate_rule(org, &rule)?;
    }
    for rule in root.list("assignmentRules")? {
        assignment_rule(org, &rule)?;
    }
    for rule in root.list("onSave")? {
        let trigger = on_save(org, &rule)?;
        org.rules.on_save.push(trigger);
    }
    Ok(())
}

fn object_of<'a>(org: &'a Org, rule: &Node<'_>) -> Result<&'a SObject, BadFile> {
    let name = rule.need("object", "the object's API name")?;
    object(org, &name, name.text()?)
}

fn condition(rule: &Node<'_>, sobject: &SObject) -> Result<Option<Formula>, BadFile> {
    let Some(given) = rule.get("condition")? else { return Ok(None) };
    Formula::read(given.text()?, sobject).map(Some).map_err(|problem| given.problem(problem))
}

fn missing_condition(rule: &Node<'_>) -> BadFile {
    rule.problem("expected the member \"condition\", a formula that is true of what is refused; it is not there")
}

fn refusal(node: &Node<'_>, sobject: &SObject) -> Result<Refusal, BadFile> {
    let message = node.need("message", "what people are told")?.text()?.to_owned();
    let field = node.get("field")?.map(|field| field_of(sobject, &field, field.text()?)).transpose()?;
    Ok(Refusal { message, field })
}

fn duplicate_rule(org: &mut Org, rule: &Node<'_>) -> Result<(), BadFile> {
    rule.only(OF_A_DUPLICATE_RULE)?;
    let place = |org: &Org, node: &Node<'_>| -> Result<(&'static str, &'static str), BadFile> {
        let text = node.text()?;
        let (name, field) =
            text.split_once('.').ok_or_else(|| node.problem(format!("expected Object.Field, got \"{text}\"")))?;
        let sobject = object(org, node, name)?;
        Ok((sobject.name, field_of(sobject, node, field)?))
    };
    let own = place(org, &rule.need("field", "the field whose values must differ, as Object.Field")?)?;
    let matching = rule.list("matching")?.iter().map(|node| place(org, node)).collect::<Result<Vec<_>, _>>()?;
    let matching = if matching.is_empty() { vec![own] } else { matching };
    let allow_save = rule.flag("allowSave", false)?;
    match org.add_cross_duplicate_rule(own.0, own.1, &matching, allow_save) {
        true => Ok(()),
        false => Err(rule.problem("names a field that the API user cannot see")),
    }
}

fn assignment_rule(org: &mut Org, rule: &Node<'_>) -> Result<(), BadFile> {
    rule.only(OF_AN_ASSIGNMENT_RULE)?;
    let node = rule.need("object", "Account, Case or Lead")?;
    let sobject = node.word(ASSIGNED)?;
    let condition = condition(rule, object(org, &node, sobject)?)?;
    let name = rule.need("name", "the rule's name")?.text()?;
    let queue = rule.need("queue", "the queue that gets the records")?;
    let text = queue.text()?;
    let queues = org.queues();
    let found = queues.iter().find(|(known, _)| known.eq_ignore_ascii_case(text));
    let (_, queue_id) = found.ok_or_else(|| {
        let names = queues.iter().map(|(name, _)| name.as_str());
        queue.problem(format!("there is no queue \"{text}\"; \"queues\" adds one{}", meant(text, names)))
    })?;
    let assignment = Assignment { sobject, condition, queue: queue_id.clone() };
    org.add_assignment(name, assignment);
    Ok(())
}

fn on_save(org: &Org, rule: &Node<'_>) -> Result<OnSave, BadFile> {
    rule.only(OF_A_TRIGGER)?;
    let sobject = object_of(org, rule)?;
    let mut trigger = OnSave {
        sobject: sobject.name,
        on_create: true,
        on_update: true,
        condition: condition(rule, sobject)?,
        set: Vec::new(),
        refusal: None,
    };
    if let Some(on) = rule.get("on")? {
        (trigger.on_create, trigger.on_update) = (false, false);
        for word in on.items()? {
            match word.word(&["create", "update"])? {
                "create" => trigger.on_create = true,
                _ => trigger.on_update = true,
            }
        }
    }
    for (name, given) in rule.get("set")?.map_or(Ok(Vec::new()), |set| set.members())? {
        let name = field_of(sobject, &given, name)?;
        let Some(field) = sobject.fields.iter().find(|field| field.name == name) else { continue };
        let value = convert::value(field, given.value())
            .map_err(|error| given.problem(format!("expected a value of this field: {}", error.message)))?;
        trigger.set.push((name, value));
    }
    trigger.refusal =
        rule.get("refuse")?.map(|node| node.only(OF_A_REFUSAL).and_then(|()| refusal(&node, sobject))).transpose()?;
    match (trigger.set.is_empty(), &trigger.refusal) {
        (true, None) => Err(rule.problem("expected \"set\" or \"refuse\"")),
        _ => Ok(trigger),
    }
}
