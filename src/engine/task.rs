//! What an application calls its tasks says whether they go over a whole content or for an answer in it.

/// How words begin that name work on every sentence or line there is.
const OVER_ALL: [&str; 12] = [
    "audit",
    "compar",
    "convert",
    "edit",
    "extract",
    "format",
    "migrat",
    "proofread",
    "refactor",
    "review",
    "rewrit",
    "translat",
];

/// Whether a task, by its name, goes over all of a content: `code-review`, `translateDocs`.
pub(super) fn goes_over_all(task: &str) -> bool {
    words(task).iter().any(|word| OVER_ALL.iter().any(|opening| word.starts_with(opening)))
}

/// The words of a name in lower case, however it joins them. Letters beyond ASCII stay as they are: no opening has any, and
/// their tables are 10 KB.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() || (lower && letter.is_ascii_uppercase()) {
            words.push(String::new());
        }
        lower = letter.is_ascii_lowercase();
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.push(letter.to_ascii_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::goes_over_all;

    #[test]
    fn a_task_is_known_by_its_words() {
        for task in ["translate", "code-review", "translateDocs", "Contract Extraction", "legal_audit"] {
            assert!(goes_over_all(task), "{task}");
        }
        for task in ["", "support", "preview", "summary", "qa", "credit-line"] {
            assert!(!goes_over_all(task), "{task}");
        }
    }
}
