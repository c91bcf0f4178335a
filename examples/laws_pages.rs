//! Writes the Laws pages, the Fit page and the Frontier page as documents: `laws_pages FOLDER` reads the names of the site's files, one
//! `pages name address` a line, from standard input, and writes below FOLDER. The build calls it
//! (`scripts/post-build.mjs`), and it prints what it wrote, one file a line.

use std::error::Error;
use std::io::{self, Read as _};
use std::path::Path;
use std::{env, fs};

use isoflop::web::documents::{self, Files};

fn main() -> Result<(), Box<dyn Error>> {
    let site = env::args().nth(1).ok_or("expected the folder of the site")?;
    let mut names = String::new();
    io::stdin().read_to_string(&mut names)?;
    let laws = documents::all(&files(&names, "laws"))?;
    let others = [documents::fit(&files(&names, "fit")), documents::frontier(&files(&names, "frontier"))];
    for document in laws.into_iter().chain(others) {
        let folder = Path::new(&site).join(&document.folder);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("index.html"), &document.page)?;
        println!("{}index.html", document.folder);
    }
    Ok(())
}

fn files(names: &str, pages: &str) -> Files {
    let of = |wanted: &str| {
        let lines = names.lines().filter_map(|line| line.strip_prefix(pages)?.trim_start().split_once(' '));
        lines.filter(|(name, _)| *name == wanted).map(|(_, address)| address.to_owned()).collect::<Vec<_>>()
    };
    let one = |wanted: &str| of(wanted).into_iter().next().unwrap_or_default();
    Files { styles: of("style"), script: one("script"), program: one("program"), worker: one("worker") }
}
