use handcrank::generator;

struct Numbers(u32);

#[generator]
impl Numbers {
    fn get(&self) -> u32 {
        self.0
    }
}

fn main() {}
