use handcrank::generator;

#[generator]
async fn number(mut list: Vec<u32>) -> usize {
    let first = &list[0];
    std::future::ready(()).await;
    list.push(1);
    *first as usize
}

fn main() {}
