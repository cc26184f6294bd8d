//! The commonest keys, counted in bounded memory.

use std::{cmp::Reverse, collections::BTreeMap};

/// Counts keys with a bounded number of counters, by the algorithm of Misra and Gries ("Finding
/// repeated elements", Science of Computer Programming 2, 1982): a key without a counter, when all
/// are taken, lowers each by one, and a counter at zero is free again.
///
/// A count is never too high, and too low by [`lowered`](Self::lowered) at most. This is at most
/// the number of keys divided by the number of counters, and zero while there is a counter for
/// every key.
#[derive(Clone, Debug)]
pub struct KeyCounts {
    // A hash table would grow now and then, by chance.
    counts: BTreeMap<String, u64>,
    capacity: usize,
    lowered: u64,
    too_long: u64,
}

impl KeyCounts {
    /// A longer key, in bytes, is not counted: it could fill the memory by itself.
    pub const LONGEST: usize = 256;

    /// No keys yet, and `capacity` counters.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self {
            counts: BTreeMap::new(),
            capacity,
            lowered: 0,
            too_long: 0,
        }
    }

    /// Counts `key`. Over many keys this takes constant time on average: lowering takes away what
    /// as many earlier calls added.
    pub fn add(&mut self, key: &str) {
        if key.len() > Self::LONGEST {
            self.too_long += 1;
        } else if let Some(count) = self.counts.get_mut(key) {
            *count += 1;
        } else if self.counts.len() < self.capacity {
            self.counts.insert(key.to_owned(), 1);
        } else {
            self.lowered += 1;
            self.counts.retain(|_, count| {
                *count -= 1;
                *count > 0
            });
        }
    }

    /// The `most` commonest keys and their counts, the commonest first, then in the order of their
    /// bytes.
    #[must_use]
    pub fn commonest(&self, most: usize) -> Vec<(&str, u64)> {
        let mut keys: Vec<_> = self
            .counts
            .iter()
            .map(|(key, &count)| (key.as_str(), count))
            .collect();
        keys.sort_unstable_by_key(|&(key, count)| (Reverse(count), key));
        keys.truncate(most);
        keys
    }

    /// By how much a count may be too low. Zero: all are exact.
    #[must_use]
    pub fn lowered(&self) -> u64 {
        self.lowered
    }

    /// How many keys were [too long](Self::LONGEST) to be counted.
    #[must_use]
    pub fn too_long(&self) -> u64 {
        self.too_long
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn counts_are_as_wrong_as_they_say() {
        for capacity in [1, 2, 10, 100] {
            let mut counts = KeyCounts::new(capacity);
            let mut exact = HashMap::<_, u64>::new();
            for turn in 0..5000 {
                // Some keys are far commoner than others.
                let key = (turn * turn % (1 + turn % 64)).to_string();
                counts.add(&key);
                *exact.entry(key).or_default() += 1;
            }
            let commonest = counts.commonest(usize::MAX);
            assert!(commonest.len() <= capacity);
            assert!(counts.lowered() <= 5000 / (capacity as u64 + 1));
            assert_eq!(counts.lowered() == 0, exact.len() <= capacity);
            let found: HashMap<_, _> = commonest.into_iter().collect();
            for (key, count) in exact {
                let found = found.get(&*key).copied().unwrap_or(0);
                assert!((found..=found + counts.lowered()).contains(&count));
            }
        }
    }

    #[test]
    fn equals_are_in_order_and_long_keys_are_left_out() {
        let mut counts = KeyCounts::new(9);
        let long = "k".repeat(KeyCounts::LONGEST + 1);
        for key in ["b", "a", "c", "c", &long, &long[1..]] {
            counts.add(key);
        }
        assert_eq!(counts.commonest(3), [("c", 2), ("a", 1), ("b", 1)]);
        assert_eq!(counts.too_long(), 1);
    }
}
