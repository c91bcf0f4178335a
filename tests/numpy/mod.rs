//! Resamples as `NumPy` draws them, so that those of others can be drawn again.

/// Rows drawn with replacement.
pub fn resamples(mut word: impl FnMut() -> u32, rows: usize, count: usize, index: Index) -> Vec<Vec<usize>> {
    (0..count).map(|_| (0..rows).map(|_| index(&mut word, rows)).collect()).collect()
}

/// How an index below a number is made of words.
pub type Index = fn(&mut dyn FnMut() -> u32, usize) -> usize;

/// That of `Generator.integers` (Lemire 2019, algorithm 5).
pub fn multiplied(word: &mut dyn FnMut() -> u32, below: usize) -> usize {
    let below = u32::try_from(below).expect("few rows");
    loop {
        let product = u64::from(word()) * u64::from(below);
        if product as u32 >= below.wrapping_neg() % below {
            return (product >> 32) as usize;
        }
    }
}

/// That of `RandomState.choice`: words are cut to as many bits as are needed until one is not too high.
pub fn masked(word: &mut dyn FnMut() -> u32, below: usize) -> usize {
    let mask = below.next_power_of_two() - 1;
    loop {
        let index = word() as usize & mask;
        if index < below {
            return index;
        }
    }
}

/// `MT19937` as `RandomState` seeds it (Matsumoto and Nishimura 1998).
pub fn mt19937(seed: u32) -> impl FnMut() -> u32 {
    const N: usize = 624;
    let mut state = [seed; N];
    for i in 1..N {
        let last = state[i - 1];
        state[i] = 1_812_433_253_u32.wrapping_mul(last ^ (last >> 30)).wrapping_add(i as u32);
    }
    let mut at = N;
    move || {
        if at == N {
            for i in 0..N {
                let joined = (state[i] & 0x8000_0000) | (state[(i + 1) % N] & 0x7fff_ffff);
                let odd = if joined & 1 == 1 { 0x9908_b0df } else { 0 };
                state[i] = state[(i + 397) % N] ^ (joined >> 1) ^ odd;
            }
            at = 0;
        }
        let mut y = state[at];
        at += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }
}

/// `PCG64` as `default_rng` seeds it (O'Neill 2014); each of its words gives two, the low one first.
pub fn pcg64(seed: u32) -> impl FnMut() -> u32 {
    const MULTIPLIER: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;
    let [high, low, sequence_high, sequence_low] = seeded(seed).map(u128::from);
    let increment = ((sequence_high << 64 | sequence_low) << 1) | 1;
    let step = move |state: u128| state.wrapping_mul(MULTIPLIER).wrapping_add(increment);
    let mut state = step(step(0).wrapping_add(high << 64 | low));
    let mut kept = None;
    move || {
        kept.take().unwrap_or_else(|| {
            state = step(state);
            let word = ((state >> 64) as u64 ^ state as u64).rotate_right((state >> 122) as u32);
            kept = Some((word >> 32) as u32);
            word as u32
        })
    }
}

/// `SeedSequence(seed).generate_state(4, uint64)`, of a seed of one word.
fn seeded(seed: u32) -> [u64; 4] {
    let mut constant = 0x43b0_d7e5_u32;
    let mut hashed = |word: u32| {
        let word = word ^ constant;
        constant = constant.wrapping_mul(0x931e_8875);
        let word = word.wrapping_mul(constant);
        word ^ (word >> 16)
    };
    let mixed = |x: u32, y: u32| {
        let word = 0xca01_f9dd_u32.wrapping_mul(x).wrapping_sub(0x4973_f715_u32.wrapping_mul(y));
        word ^ (word >> 16)
    };
    let mut pool = [seed, 0, 0, 0].map(&mut hashed);
    for from in 0..4 {
        for to in (0..4).filter(|to| *to != from) {
            pool[to] = mixed(pool[to], hashed(pool[from]));
        }
    }
    let mut constant = 0x8b51_f9dd_u32;
    let mut word = |at: usize| {
        let word = pool[at % 4] ^ constant;
        constant = constant.wrapping_mul(0x58f3_8ded);
        let word = word.wrapping_mul(constant);
        u64::from(word ^ (word >> 16))
    };
    [0, 2, 4, 6].map(|at| word(at) | word(at + 1) << 32)
}
