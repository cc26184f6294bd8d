use handcrank::machine;

fn main() {
    'outer: for n in 0..3 {
        let _ = machine!([n] -> impl Iterator<Item = u8> {
            yield n;
            if n > 1 {
                break 'outer;
            }
            continue;
        });
    }
}
