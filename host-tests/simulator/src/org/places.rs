//! Where each record is, by its id: small, as there is one entry for each record of the org, and a copy in each snapshot.

use std::collections::BTreeMap;

/// Characters of an id; a shorter one is filled up.
const LENGTH: usize = 18;

type Key = [u8; LENGTH];

/// The object and the place in its table.
#[derive(Clone, Debug, Default)]
pub struct PlacesById {
    sobjects: Vec<&'static str>,
    /// The number of the object, and the place.
    places: BTreeMap<Key, (u16, u32)>,
}

impl PlacesById {
    pub fn get(&self, id: &str) -> Option<(&'static str, usize)> {
        let (sobject, place) = self.places.get(&key(id)?)?;
        Some((*self.sobjects.get(usize::from(*sobject))?, *place as usize))
    }

    pub fn contains(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    pub fn insert(&mut self, id: &str, sobject: &'static str, place: usize) {
        let number = self.sobjects.iter().position(|known| *known == sobject).unwrap_or_else(|| {
            self.sobjects.push(sobject);
            self.sobjects.len() - 1
        });
        if let (Some(key), Ok(number), Ok(place)) = (key(id), u16::try_from(number), u32::try_from(place)) {
            self.places.insert(key, (number, place));
        }
    }

    pub fn remove(&mut self, id: &str) -> Option<usize> {
        let (_, place) = self.places.remove(&key(id)?)?;
        Some(place as usize)
    }
}

/// No record has a longer id.
fn key(id: &str) -> Option<Key> {
    let mut key = [0; LENGTH];
    key.get_mut(..id.len())?.copy_from_slice(id.as_bytes());
    Some(key)
}
