//! Repeatable chance: the same seed gives the same throws.
//!
//! Faults are injected by probability, and a failed test has to be repeatable from the seed that it
//! printed. So this is a plain `SplitMix64` (Steele, Lea, Flood: "Fast splittable pseudorandom
//! number generators", 2014). It only decides which call fails; no secret comes from it.

use std::sync::Mutex;

/// Seeded dice, shared by all requests to one captured service.
#[derive(Debug)]
pub struct Dice {
    state: Mutex<u64>,
}

impl Dice {
    /// Dice whose throws follow from `seed` alone.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self {
            state: Mutex::new(seed),
        }
    }

    /// Starts the sequence of `seed` from its beginning.
    pub fn reseed(&self, seed: u64) {
        *self.lock() = seed;
    }

    /// True with the given probability, a share from 0 to 1. A share of 0 (or less) does not throw,
    /// so that a disabled fault does not move the sequence of the others.
    pub fn throw(&self, probability: f64) -> bool {
        if probability <= 0.0 {
            return false;
        }
        self.share() < probability
    }

    /// The next share in `0.0..1.0`.
    fn share(&self) -> f64 {
        // 32 bits are enough for a share and convert without loss.
        let high = u32::try_from(self.next() >> 32).expect("a shift by 32 leaves 32 bits");
        f64::from(high) / (f64::from(u32::MAX) + 1.0)
    }

    fn next(&self) -> u64 {
        let mut state = self.lock();
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = *state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, u64> {
        self.state
            .lock()
            .expect("no code panics while it holds the dice")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same_dice() {
        let throws = |seed| {
            let dice = Dice::seeded(seed);
            (0..64).map(|_| dice.throw(0.5)).collect::<Vec<_>>()
        };
        assert_eq!(throws(7), throws(7));
        assert_ne!(throws(7), throws(8));
    }

    #[test]
    fn the_sequence_is_that_of_the_published_generator() {
        let dice = Dice::seeded(1_234_567);
        assert_eq!(dice.next(), 6_457_827_717_110_365_317);
        assert_eq!(dice.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn a_share_of_throws_is_near_its_probability() {
        let dice = Dice::seeded(2);
        let thrown = (0..10_000).filter(|_| dice.throw(0.3)).count();
        assert!((2_850..3_150).contains(&thrown), "{thrown}");
    }

    #[test]
    fn zero_never_throws_and_one_always_does() {
        let dice = Dice::seeded(1);
        assert!((0..1_000).all(|_| !dice.throw(0.0)));
        assert!((0..1_000).all(|_| dice.throw(1.0)));
    }
}
