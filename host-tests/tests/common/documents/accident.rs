//! What goes wrong in a settings document.

use super::*;

pub(super) fn with_accidents(settings: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let several = prop_oneof![2 => Just(0_usize), 5 => Just(1), 1 => 2..5_usize];
    let accidents = several.prop_flat_map(|count| vec((any::<Index>(), accident()), count));
    (settings, accidents)
        .prop_map(|(mut settings, accidents)| {
            for (place, accident) in accidents {
                let mut count = 0;
                visit(&mut settings, &mut |_| count += 1);
                let mut left = place.index(count);
                visit(&mut settings, &mut |value| {
                    if left == 0 {
                        accident.befall(value);
                    }
                    left = left.wrapping_sub(1);
                });
            }
            settings
        })
        .boxed()
}

/// Calls `act` once for every value, those below first.
fn visit(value: &mut Value, act: &mut impl FnMut(&mut Value)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| visit(item, act)),
        Value::Object(members) => members.values_mut().for_each(|member| visit(member, act)),
        _ => {}
    }
    act(value);
}

/// What goes wrong at one place of a document.
#[derive(Clone, Debug)]
enum Accident {
    Becomes(Value),
    /// In a list.
    Wrapped,
    /// A member or an item is gone.
    Loses(Index),
    /// A member has another name.
    Renames(Index, String),
    Gains(String, Value),
    /// An item stands there twice.
    Repeats(Index),
}

fn accident() -> BoxedStrategy<Accident> {
    let becomes = prop_oneof![
        4 => select(listed(TEXTS)).prop_map(Value::from),
        3 => select(listed(CHOICES)).prop_map(Value::from),
        3 => json(),
    ];
    prop_oneof![
        6 => becomes.prop_map(Accident::Becomes),
        1 => Just(Accident::Wrapped),
        2 => any::<Index>().prop_map(Accident::Loses),
        2 => (any::<Index>(), key()).prop_map(|(at, key)| Accident::Renames(at, key)),
        3 => (key(), json()).prop_map(|(key, value)| Accident::Gains(key, value)),
        1 => any::<Index>().prop_map(Accident::Repeats),
    ]
    .boxed()
}

impl Accident {
    fn befall(&self, value: &mut Value) {
        match (self, value) {
            (Self::Becomes(other), value) => *value = other.clone(),
            (Self::Wrapped, value) => *value = json!([value.take()]),
            (Self::Loses(at), Value::Array(items)) if !items.is_empty() => drop(items.remove(at.index(items.len()))),
            (Self::Loses(at), Value::Object(members)) if !members.is_empty() => {
                drop(members.remove(&key_at(members, *at)))
            }
            (Self::Renames(at, name), Value::Object(members)) if !members.is_empty() => {
                let value = members.remove(&key_at(members, *at)).unwrap_or_default();
                members.insert(name.clone(), value);
            }
            (Self::Gains(name, member), Value::Object(members)) => drop(members.insert(name.clone(), member.clone())),
            (Self::Gains(_, item), Value::Array(items)) => items.push(item.clone()),
            (Self::Repeats(at), Value::Array(items)) if !items.is_empty() => {
                items.push(items[at.index(items.len())].clone());
            }
            // There is nothing to lose here.
            _ => {}
        }
    }
}

fn key_at(members: &Map<String, Value>, at: Index) -> String {
    members.keys().nth(at.index(members.len())).cloned().unwrap_or_default()
}
