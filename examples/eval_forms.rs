//! Prints what the lossless forms save on a folder of files: tokens as they are, compact, in our form, and whether
//! each comes back.
//!
//! `cargo run --release --example eval_forms -- FOLDER` takes `.json` files re-indented by two spaces, and every other
//! file as it is.

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
    use trimtab::content::segment;
    use trimtab::forms::{restore, write};
    use trimtab::tokenizer::CountTokens;

    struct Reference(CoreBPE);

    impl CountTokens for Reference {
        fn count(&self, text: &str) -> usize {
            self.0.encode_ordinary(text).len()
        }
    }

    pub(super) fn run() {
        let Some(folder) = std::env::args().nth(1).map(PathBuf::from).filter(|folder| folder.is_dir()) else {
            println!("skipped: name a folder of files to write");
            return;
        };
        let tokens = Reference(tiktoken_rs::o200k_base().expect("the vocabulary is built in"));
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(folder).expect("the folder is readable").flatten().map(|entry| entry.path()).collect();
        files.sort();
        let mut total = [0; 3];
        for file in files {
            let Ok(text) = std::fs::read_to_string(&file) else { continue };
            for (sum, figure) in total.iter_mut().zip(measure(&file, &text, &tokens)) {
                *sum += figure;
            }
        }
        report("total", total, "");
    }

    fn measure(file: &Path, text: &str, tokens: &Reference) -> [usize; 3] {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (source, compact) = sources(file, text);
        let begun = now();
        let segments = segment(&source);
        let segmented = now();
        let written = write(&source, &segments, tokens);
        let done = now();
        let exact = restore(&written.text).as_deref() == Ok(source.as_str());
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for segment in &segments {
            *kinds.entry(segment.kind.as_str()).or_default() += segment.span.len();
        }
        if let Some(folder) = std::env::args().nth(2) {
            std::fs::write(Path::new(&folder).join(&name), &written.text).expect("the output folder is writable");
        }
        let figures = [tokens.count(&source), tokens.count(&compact), tokens.count(&written.text)];
        let (a, b) = (segmented - begun, done - segmented);
        report(&name, figures, &format!("{} | segment {a:.0} ms, write {b:.0} ms {kinds:?}", if exact { "exact" } else { "BROKEN" }));
        figures
    }

    fn sources(file: &Path, text: &str) -> (String, String) {
        if file.extension().is_none_or(|extension| extension != "json") {
            return (text.to_owned(), text.to_owned());
        }
        let value: Indented = match serde_json::from_str(text) {
            Ok(value) => Indented(value),
            Err(_) => Indented(
                serde_json::from_str(&format!("[{}]", text.trim().replace('\n', ","))).expect("JSON or JSON lines"),
            ),
        };
        (serde_json::to_string_pretty(&value.0).expect("a value"), serde_json::to_string(&value.0).expect("a value"))
    }

    /// A document that is laid out anew; key order is serde_json's, which changes no count by much.
    struct Indented(serde_json::Value);

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
