//! Random numbers for jitter and client tokens, drawn from a seed the edge gives once.

/// A small generator (xoroshiro128++), deterministic so that a simulated history can be replayed.
///
/// Not for secrets; the seed comes from `crypto.getRandomValues`, so tokens of two widgets differ.
#[derive(Clone, Debug)]
pub struct Dice([u64; 2]);

impl Dice {
    /// A generator from 128 random bits.
    #[must_use]
    pub fn new(seed: [u64; 2]) -> Self {
        // The all-zero state would stay zero for ever.
        Self(if seed == [0, 0] { [0x9e37_79b9_7f4a_7c15, 1] } else { seed })
    }

    /// The next 64 bits.
    pub fn roll(&mut self) -> u64 {
        let [s0, mut s1] = self.0;
        let result = s0.wrapping_add(s1).rotate_left(17).wrapping_add(s0);
        s1 ^= s0;
        self.0 = [s0.rotate_left(49) ^ s1 ^ (s1 << 21), s1.rotate_left(28)];
        result
    }

    /// A whole number from 0 to `most`, both included.
    pub fn up_to(&mut self, most: u64) -> u64 {
        match most.checked_add(1) {
            Some(n) => self.roll() % n,
            None => self.roll(),
        }
    }

    /// A new client token: 32 hexadecimal digits (Connect takes up to 500 characters).
    pub fn token(&mut self) -> String {
        let mut text = String::with_capacity(32);
        for _ in 0..2 {
            let bits = self.roll();
            for shift in (0..16).rev() {
                let digit = u32::try_from((bits >> (shift * 4)) & 0xf).unwrap_or(0);
                text.push(char::from_digit(digit, 16).unwrap_or('0'));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_have_32_digits() {
        let mut dice = Dice::new([0, 0]);
        let (a, b) = (dice.token(), dice.token());
        assert_ne!(a, b);
        assert_eq!(a.len(), 32);
        assert!(a.chars().all(|c| c.is_ascii_hexdigit()));
    }

    #[test]
    fn draws_stay_inside_their_bound() {
        let mut dice = Dice::new([1, 2]);
        assert!((0..1_000).all(|_| dice.up_to(7) <= 7));
        assert_eq!(dice.up_to(0), 0);
    }
}
