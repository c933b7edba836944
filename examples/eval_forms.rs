//! Prints what the lossless forms save on the files of a folder and the folders in it: tokens as they are, compact, in our
//! form, and whether each comes back and none became dearer.
//!
//! `cargo run --release --example eval_forms -- FOLDER [--dense] [--indent] [--quiet] [--ending rs,md] [--out FOLDER]`:
//! `--indent` takes `.json` files indented by two spaces anew, `--quiet` prints only the files with which something is
//! wrong and the total, `--out` keeps what was written.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a tool for the terminal, whose failures may end it"
)]

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    native::run();
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::collections::BTreeMap;
    use std::path::{Path, PathBuf};

    use tiktoken_rs::CoreBPE;
    use trimtab::content::{Event, JsonReader, segment};
    use trimtab::forms::{Ask, restore, write};
    use trimtab::tokenizer::CountTokens;

    struct Reference(CoreBPE);

    impl CountTokens for Reference {
        fn count(&self, text: &str) -> usize {
            self.0.encode_ordinary(text).len()
        }
    }

    struct Options {
        dense: bool,
        indent: bool,
        quiet: bool,
        endings: Vec<String>,
        out: Option<PathBuf>,
    }

    pub(super) fn run() {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let after = |name: &str| arguments.iter().skip_while(|argument| *argument != name).nth(1);
        let has = |name: &str| arguments.iter().any(|argument| argument == name);
        let Some(folder) = arguments.first().map(PathBuf::from).filter(|folder| folder.is_dir()) else {
            println!("skipped: name a folder of files to write");
            return;
        };
        let options = Options {
            dense: has("--dense"),
            indent: has("--indent"),
            quiet: has("--quiet"),
            endings: after("--ending").map_or(Vec::new(), |list| list.split(',').map(str::to_owned).collect()),
            out: after("--out").map(PathBuf::from),
        };
        let tokens = Reference(tiktoken_rs::o200k_base().expect("the vocabulary is built in"));
        let mut total = [0; 3];
        let (mut count, mut milliseconds) = (0, 0.0);
        for file in files(&folder, &options) {
            let Ok(text) = std::fs::read_to_string(&file) else { continue };
            let (figures, took) = measure(&file, &text, &tokens, &options);
            total.iter_mut().zip(figures).for_each(|(sum, figure)| *sum += figure);
            count += 1;
            milliseconds += took;
        }
        report(&format!("total of {count} files"), total, &format!("{milliseconds:.0} ms"));
    }

    fn files(folder: &Path, options: &Options) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() && !path.is_symlink() {
                found.extend(files(&path, options));
            } else if options.endings.is_empty()
                || path.extension().is_some_and(|ending| options.endings.iter().any(|wanted| **wanted == *ending))
            {
                found.push(path);
            }
        }
        found.sort();
        found
    }

    fn measure(file: &Path, text: &str, tokens: &Reference, options: &Options) -> ([usize; 3], f64) {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (source, compact) = sources(file, text, options);
        let begun = now();
        let segments = segment(&source);
        let ask = Ask { all_stays: true, dense: options.dense, ..Ask::default() };
        let written = write(&source, &segments, ask, tokens);
        let took = now() - begun;
        let back = restore(&written.text);
        let exact = back.as_deref() == Ok(source.as_str());
        let figures = [tokens.count(&source), tokens.count(&compact), tokens.count(&written.text)];
        let dearer = figures[2] > figures[0].min(figures[1]);
        if !exact || dearer {
            println!("{}: {}", file.display(), if exact { "DEARER" } else { "BROKEN" });
            tell_difference(&source, &back);
        }
        if let Some(folder) = &options.out {
            std::fs::write(folder.join(&name), &written.text).expect("the output folder is writable");
        }
        if !options.quiet || dearer {
            let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
            for segment in &segments {
                *kinds.entry(segment.kind.as_str()).or_default() += segment.span.len();
            }
            report(&name, figures, &format!("{} {took:.0} ms {kinds:?}", if exact { "exact" } else { "BROKEN" }));
        }
        (figures, took)
    }

    fn tell_difference(source: &str, back: &Result<String, trimtab::Error>) {
        match back {
            Err(error) => println!("  {error}"),
            Ok(back) => {
                let lines = source.split('\n').zip(back.split('\n')).enumerate().find(|(_, (one, two))| one != two);
                println!("  {lines:?}");
            }
        }
    }

    fn sources(file: &Path, text: &str, options: &Options) -> (String, String) {
        if !options.indent || file.extension().is_none_or(|extension| extension != "json") {
            return (text.to_owned(), text.to_owned());
        }
        let lines = text.trim().split('\n').collect::<Vec<_>>().join(",");
        let whole = layout(text, None).map_or_else(|| format!("[{lines}]"), |_| text.to_owned());
        (layout(&whole, Some("  ")).expect("JSON or JSON lines"), layout(&whole, None).expect("JSON"))
    }

    /// Lays a document out anew, its lexemes kept: indented, or without any space.
    fn layout(text: &str, indent: Option<&str>) -> Option<String> {
        let start = text.len() - text.trim_start().len();
        let (mut reader, mut out) = (JsonReader::new(text, start), String::new());
        let (mut open, mut fresh, mut keyed) = (Vec::new(), true, false);
        loop {
            let event = reader.next_event();
            match event {
                Event::End => return text.get(reader.position()..)?.trim().is_empty().then_some(out),
                Event::Invalid => return None,
                _ => {}
            }
            let close = if event == Event::Close { open.pop() } else { None };
            let breaks = if close.is_some() { !fresh } else { !keyed && !open.is_empty() };
            out.push_str(if breaks && !fresh && close.is_none() { "," } else { "" });
            if let Some(indent) = indent.filter(|_| breaks) {
                out.push('\n');
                out.push_str(&indent.repeat(open.len()));
            }
            (fresh, keyed) = (matches!(event, Event::OpenMap | Event::OpenList), matches!(event, Event::Key(_)));
            match event {
                Event::OpenMap | Event::OpenList => {
                    open.push(if event == Event::OpenMap { '}' } else { ']' });
                    out.push(if event == Event::OpenMap { '{' } else { '[' });
                }
                Event::Key(key) => out.push_str(&format!("\"{key}\":{}", if indent.is_some() { " " } else { "" })),
                Event::Text(text) => out.push_str(&format!("\"{text}\"")),
                Event::Bare(lexeme) => out.push_str(lexeme),
                _ => out.extend(close),
            }
        }
    }

    fn report(name: &str, [source, compact, ours]: [usize; 3], note: &str) {
        let less = |than: usize| 100.0 * (1.0 - ours as f64 / than.max(1) as f64);
        println!(
            "{name:.50}: {source} as is, {compact} compact, {ours} ours: {:.1}% / {:.1}% less {note}",
            less(source),
            less(compact)
        );
    }

    #[allow(clippy::disallowed_methods, reason = "an example runs where there is a clock")]
    fn now() -> f64 {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map(|since| since.as_secs_f64() * 1000.0)
            .unwrap_or_default()
    }
}
