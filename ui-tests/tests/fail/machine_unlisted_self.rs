use handcrank::machine;

struct Shelf(Vec<String>);

impl Shelf {
    fn titles(&self) -> impl Iterator<Item = String> {
        machine!([] -> impl Iterator<Item = String> {
            let mut i = 0;
            while i < self.0.len() {
                yield self.0[i].clone();
                i += 1;
            }
        })
    }
}

fn main() {}
