//! Light stemming: endings put aside so that `released` meets `release`.
//!
//! Precision is not the aim: both sides of a match are stemmed alike, and a wrong merge costs less than a missed one.

/// Endings of Latin-script words, longest first, with the fewest letters that must be left.
const LATIN: &[(&str, usize)] = &[
    ("aciones", 3),
    ("amiento", 4),
    ("imiento", 4),
    ("ations", 4),
    ("mente", 4),
    ("acion", 3),
    ("ation", 4),
    ("iones", 4),
    ("ments", 4),
    ("ingly", 4),
    ("ieron", 4),
    ("ando", 4),
    ("iendo", 4),
    ("aron", 4),
    ("ados", 4),
    ("adas", 4),
    ("idos", 4),
    ("idas", 4),
    ("ment", 4),
    ("ness", 4),
    ("ions", 4),
    ("ies", 3),
    ("ing", 3),
    ("ion", 4),
    ("ado", 4),
    ("ada", 4),
    ("ido", 4),
    ("ida", 4),
    ("ers", 4),
    ("ors", 4),
    ("ed", 3),
    ("er", 4),
    ("or", 4),
    ("ly", 4),
    ("en", 5),
    ("es", 3),
    ("os", 3),
    ("as", 3),
    ("s", 3),
];

/// Letters that Cyrillic words end in by case, number and gender.
const CYRILLIC_ENDINGS: &str = "аеиоуыэюяьйхмві";

/// Syllables that Korean puts behind a noun.
const KOREAN_PARTICLES: &str = "은는이가을를에의로와과도만서";

/// Finds the part of a folded word that stays the same in its other forms.
pub(crate) fn stem(word: &str) -> &str {
    let Some(first) = word.chars().next() else { return word };
    match first {
        'a'..='z' => latin(word),
        'а'..='ӿ' => trimmed(word, CYRILLIC_ENDINGS, 3, 4),
        'α'..='ω' => trimmed(word, "αεηιουωσν", 2, 4),
        'ا'..='ي' => arabic(word),
        '\u{900}'..='\u{97f}' => trimmed(word, "ािीुूेैोौंँ", 2, 2),
        '\u{ac00}'..='\u{d7af}' => trimmed(word, KOREAN_PARTICLES, 2, 2),
        _ => word,
    }
}

fn latin(word: &str) -> &str {
    if word.len() < 4 || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        return word;
    }
    let last = word.as_bytes().last();
    let bare = LATIN
        .iter()
        .filter(|(ending, _)| ending.as_bytes().last() == last)
        .find_map(|(ending, left)| word.strip_suffix(ending).filter(|rest| rest.chars().count() >= *left))
        .unwrap_or(word);
    let bare = undoubled(bare);
    // `release`, `released`; `country`, `countries`; `niño`, `niña`.
    match bare.strip_suffix(['a', 'e', 'i', 'o', 'y']) {
        Some(rest) if rest.len() >= 3 => rest,
        _ => bare,
    }
}

/// Takes the second of two last consonants: `running` and `run` meet, `call` stays.
fn undoubled(word: &str) -> &str {
    let mut last = word.bytes().rev();
    let (Some(end), Some(before)) = (last.next(), last.next()) else { return word };
    let doubled = end == before && word.len() > 3 && b"bdgmnprt".contains(&end);
    if doubled { word.get(..word.len() - 1).unwrap_or(word) } else { word }
}

fn arabic(word: &str) -> &str {
    let long = |rest: &&str| rest.chars().count() >= 3;
    let bare = ["وال", "بال", "كال", "فال", "لل", "ال"]
        .iter()
        .find_map(|article| word.strip_prefix(article).filter(long))
        .unwrap_or(word);
    ["ات", "ون", "ين", "ان", "ها", "ه", "ي"]
        .iter()
        .find_map(|ending| bare.strip_suffix(ending).filter(long))
        .unwrap_or(bare)
}

/// Drops up to `most` last letters found in `endings`, leaving at least `least`.
fn trimmed<'a>(word: &'a str, endings: &str, most: usize, least: usize) -> &'a str {
    let mut rest = word;
    let spare = word.chars().count().saturating_sub(least);
    for _ in 0..most.min(spare) {
        match rest.char_indices().next_back() {
            Some((at, letter)) if endings.contains(letter) => rest = rest.get(..at).unwrap_or(rest),
            _ => break,
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::stem;

    fn meet(words: &[&str]) {
        for pair in words.windows(2) {
            assert_eq!(stem(pair[0]), stem(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn forms_of_one_word_meet() {
        meet(&["release", "releases", "released", "releasing"]);
        meet(&["country", "countries"]);
        meet(&["direct", "directed", "director", "directors", "direction"]);
        meet(&["run", "running"]);
        meet(&["captura", "capturas"]);
        meet(&["нобелевская", "нобелевской"]);
        meet(&["كتاب", "الكتاب"]);
        meet(&["학교", "학교에서", "학교는"]);
    }

    #[test]
    fn short_words_stay() {
        for word in ["gas", "the", "bus", "is", "class", "", "漢"] {
            assert_eq!(stem(word), word);
        }
    }
}
