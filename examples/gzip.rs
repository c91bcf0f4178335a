//! Packs what it is given with gzip, as small as Zopfli can: the program in the document of cards (`scripts/post-build.mjs`).

use std::io::{self, Read, Write};

fn main() -> io::Result<()> {
    let (mut given, mut packed) = (Vec::new(), Vec::new());
    io::stdin().read_to_end(&mut given)?;
    zopfli::compress(zopfli::Options::default(), zopfli::Format::Gzip, &*given, &mut packed)?;
    io::stdout().write_all(&packed)
}
