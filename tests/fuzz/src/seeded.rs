//! The bytes that decide about a case.

/// As many bytes as a mutation uses, from a seed: `SplitMix64`.
#[must_use]
pub fn bytes(seed: u64, case: u64) -> Vec<u8> {
    const WORDS: usize = 64;
    let mut state = seed ^ case.wrapping_mul(0xd134_2543_de82_ef95);
    let mut word = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    word();
    (0..WORDS).flat_map(|_| word().to_le_bytes()).collect()
}
