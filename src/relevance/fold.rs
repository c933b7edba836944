//! Letters made comparable: case, accents, width and vowel marks put aside.

use super::case::lower;

/// Appends the folded form of `letter` to `word`.
///
/// A light stand-in for NFKC case folding: what matters for matching in a few hundred bytes of code instead of tables
/// of 100 KB. Letters of scripts without case or accents pass through.
pub(crate) fn fold_into(letter: char, word: &mut String) {
    match letter {
        'a'..='z' | '0'..='9' => word.push(letter),
        'A'..='Z' => word.push(letter.to_ascii_lowercase()),
        // Combining accents, Arabic vowel marks and the tatweel, joiners, soft hyphen.
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' | '\u{200c}' | '\u{200d}' | '\u{ad}' => {}
        // Full width forms.
        '\u{ff01}'..='\u{ff5e}' => {
            let plain = char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter);
            word.push(plain.to_ascii_lowercase());
        }
        _ => push_bare(lower(letter), word),
    }
}

/// Appends a lower-case letter without its accent.
fn push_bare(lower: char, word: &mut String) {
    match lower {
        '\u{300}'..='\u{36f}' => {}
        'ß' => word.push_str("ss"),
        'æ' => word.push_str("ae"),
        'œ' => word.push_str("oe"),
        _ => word.push(bare(lower)),
    }
}

/// Gives the base letter of an accented one, for Latin, Greek, Cyrillic and Arabic.
fn bare(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ'..='ặ' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' | 'ð' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' | 'ħ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ỉ' | 'ị' => 'i',
        'ĵ' => 'j',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ'..='ợ' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ŧ' | 'ț' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ'..='ự' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' | 'ỳ'..='ỹ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'ё' => 'е',
        'آ' | 'أ' | 'إ' | 'ٱ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::fold_into;

    fn fold(text: &str) -> String {
        let mut word = String::new();
        text.chars().for_each(|letter| fold_into(letter, &mut word));
        word
    }

    #[test]
    fn case_accents_and_width_do_not_matter() {
        assert_eq!(fold("Éléphant"), "elephant");
        assert_eq!(fold("e\u{301}"), "e", "a combining accent is an accent");
        assert_eq!(fold("ＡＢＣ１"), "abc1");
        assert_eq!(fold("STRASSE"), fold("Straße"));
        assert_eq!(fold("ΟΔΌΣ"), fold("οδός"));
        assert_eq!(fold("كِتَاب"), "كتاب");
    }

    #[test]
    fn letters_without_case_pass_through() {
        assert_eq!(fold("漢字हिन्दी"), "漢字हिन्दी");
    }
}
