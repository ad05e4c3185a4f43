//! The objects of a described org: what the folder says, and around it the platform's own objects that every org has.

use std::collections::BTreeSet;

use super::{Described, DescribedObject};
use crate::simulator::schema::text::{keep, keep_all};
use crate::simulator::schema::{Field, Kind, SObject, children, custom};

/// Puts the described objects in place of the platform's own, which come first, and leaves the samples out.
pub fn objects(platform: Vec<SObject>, described: &Described) -> Vec<SObject> {
    let mut objects: Vec<SObject> = platform.into_iter().filter(|object| is_there(object, described)).collect();
    for DescribedObject { sobject, .. } in &described.objects {
        match objects.iter_mut().find(|object| object.name.eq_ignore_ascii_case(sobject.name)) {
            Some(place) => *place = sobject.clone(),
            None => objects.retain(|object| object.prefix != sobject.prefix),
        }
    }
    append(&mut objects, described);
    relate(&mut objects, described);
    children::name(&mut objects);
    objects
}

/// Of the platform's own business objects those are there that the global describe lists.
fn is_there(object: &SObject, described: &Described) -> bool {
    let listed = |all: &Vec<String>| all.iter().any(|name| name.eq_ignore_ascii_case(object.name));
    !object.writable || described.all.as_ref().is_none_or(listed)
}

/// Adds the objects that the platform does not have, parents before children. Where they go round in circles, a lookup that
/// a create must bring counts more than one that may stay empty.
fn append(objects: &mut Vec<SObject>, described: &Described) {
    let is_new = |sobject: &&SObject| !objects.iter().any(|object| object.name == sobject.name);
    let mut waiting: Vec<&SObject> = described.objects.iter().map(|object| &object.sobject).filter(is_new).collect();
    let mut names: BTreeSet<&'static str> = waiting.iter().map(|object| object.name).collect();
    while !waiting.is_empty() {
        let has_parents = |object: &SObject, names: &BTreeSet<&'static str>, needed: bool| {
            let lookups = object.fields.iter().filter(|field| !needed || !field.nillable);
            let mut parents = lookups.flat_map(|field| field.references()).filter(|name| **name != object.name);
            parents.any(|name| names.contains(name))
        };
        let place = |needed| waiting.iter().position(|object| !has_parents(object, &names, needed));
        let next = waiting.remove(place(false).or_else(|| place(true)).unwrap_or(0));
        names.remove(next.name);
        objects.push(next.clone());
    }
}

/// Lookups of the platform's own objects point to what is there; what pointed to a sample points to the org's own custom
/// objects. And lookups get the names that the parents' describes have for them.
fn relate(objects: &mut [SObject], described: &Described) {
    let names: Vec<&'static str> = objects.iter().map(|object| object.name).collect();
    let own: Vec<&'static str> = objects.iter().filter(|object| object.custom).map(|object| object.name).collect();
    for object in objects.iter_mut().filter(|object| object.document.is_none()) {
        for field in &mut object.fields {
            let Kind::Reference { to, .. } = &mut field.kind else { continue };
            let samples = to.iter().any(|name| custom::is_sample(name));
            let known = to.iter().copied().filter(|name| names.contains(name));
            *to = keep_all(known.chain(own.iter().copied().filter(|_| samples)));
        }
        object.fields.retain(|field| !matches!(field.kind, Kind::Reference { to: [], .. }));
    }
    for (child, lookup, name) in described.objects.iter().flat_map(|object| &object.children) {
        let object = objects.iter_mut().find(|object| object.name.eq_ignore_ascii_case(child));
        let is_lookup = |field: &&mut Field| field.name.eq_ignore_ascii_case(lookup);
        if let Some(field) = object.and_then(|object| object.fields.iter_mut().find(is_lookup)) {
            field.children = Some(keep(name));
        }
    }
}
