//! Random numbers that depend on nothing but what they are for.
//!
//! Philox is a bijection of a counter under a key: number `i` of draw `d` under a seed is a function
//! of `(seed, d, i)`. So a draw is the same whichever worker makes it, in any order, and two draws
//! never share a stream. It is integer arithmetic of fixed width, the same on every machine.

/// Ten rounds of Philox 4x32: 128 random bits for a counter under a key.
///
/// # Example
/// ```
/// use isoflop::num::rng::philox;
/// assert_eq!(philox([0; 4], [0; 2]), [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
/// ```
///
/// # Source
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011); the
/// constants and known answers are those of their library Random123.
#[inline]
pub fn philox(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let ([mut a, mut b, mut c, mut d], [mut left, mut right]) = (counter, key);
    for _ in 0..10 {
        let (first, second) = (u64::from(a) * 0xd251_1f53, u64::from(c) * 0xcd9e_8d57);
        (a, b) = (high(second) ^ b ^ left, second as u32);
        (c, d) = (high(first) ^ d ^ right, first as u32);
        (left, right) = (left.wrapping_add(0x9e37_79b9), right.wrapping_add(0xbb67_ae85));
    }
    [a, b, c, d]
}

/// The random numbers of one draw under a seed.
///
/// # Example
/// ```
/// use isoflop::num::rng::Stream;
/// let mut stream = Stream::new(7, 0);
/// let row = stream.index(240);
/// assert!(row < 240);
/// assert_eq!(row, Stream::new(7, 0).index(240));
/// ```
#[derive(Clone, Debug)]
pub struct Stream {
    seed: u64,
    draw: u64,
    block: u64,
    spare: Option<u64>,
}

impl Stream {
    /// The stream of draw `draw` under `seed`, from its first number.
    pub fn new(seed: u64, draw: u64) -> Self {
        Self { seed, draw, block: 0, spare: None }
    }

    /// The next 64 random bits.
    #[inline]
    pub fn word(&mut self) -> u64 {
        if let Some(word) = self.spare.take() {
            return word;
        }
        let [a, b, c, d] = philox(
            [low(self.block), high(self.block), low(self.draw), high(self.draw)],
            [low(self.seed), high(self.seed)],
        );
        self.block = self.block.wrapping_add(1);
        self.spare = Some(join(c, d));
        join(a, b)
    }

    /// A whole number from 0 to `n - 1`, by the upper half of a 128-bit product: its probabilities
    /// differ from `1 / n` by less than `2^-64`. Of `n = 0` it is 0.
    #[inline]
    pub fn index(&mut self, n: usize) -> usize {
        high_product(self.word(), n as u64) as usize
    }

    /// A number from 0 up to but not 1, a multiple of `2^-53`.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        unit(self.word())
    }
}

/// The first 53 bits as a number from 0 up to but not 1.
#[inline]
pub(super) fn unit(word: u64) -> f64 {
    (word >> 11) as f64 * (0.5 * f64::EPSILON)
}

/// The upper half of a 128-bit product. Where the second factor is short two 64-bit products give it,
/// without the library call that wasm makes of the full one.
#[inline]
fn high_product(a: u64, b: u64) -> u64 {
    if u32::try_from(b).is_ok() {
        ((a >> 32) * b + ((u64::from(low(a)) * b) >> 32)) >> 32
    } else {
        ((u128::from(a) * u128::from(b)) >> 64) as u64
    }
}

#[inline]
fn low(word: u64) -> u32 {
    word as u32
}

#[inline]
fn high(word: u64) -> u32 {
    (word >> 32) as u32
}

#[inline]
fn join(low: u32, high: u32) -> u64 {
    u64::from(low) | u64::from(high) << 32
}
