//! Lower case for the scripts that have it: the rules behind the standard library's tables, in a twentieth of their 12 KB.

/// Capitals from the first to the last, every letter or every second one, and what to add for the small letter.
///
/// Left out are letters of phonetic alphabets and of dead scripts, which stay as they are.
const ROWS: &[(u32, u32, u32, i32)] = &[
    // Latin
    (0xc0, 0xd6, 1, 32),
    (0xd8, 0xde, 1, 32),
    (0x100, 0x12e, 2, 1),
    (0x130, 0x130, 1, -199),
    (0x132, 0x136, 2, 1),
    (0x139, 0x147, 2, 1),
    (0x14a, 0x176, 2, 1),
    (0x178, 0x178, 1, -121),
    (0x179, 0x17d, 2, 1),
    (0x181, 0x181, 1, 210),
    (0x186, 0x186, 1, 206),
    (0x189, 0x18a, 1, 205),
    (0x18e, 0x18e, 1, 79),
    (0x18f, 0x18f, 1, 202),
    (0x190, 0x190, 1, 203),
    (0x198, 0x198, 1, 1),
    (0x1a0, 0x1a4, 2, 1),
    (0x1af, 0x1af, 1, 1),
    (0x1b3, 0x1b5, 2, 1),
    (0x1cd, 0x1db, 2, 1),
    (0x1de, 0x1ee, 2, 1),
    (0x1f8, 0x21e, 2, 1),
    (0x222, 0x232, 2, 1),
    (0x1e00, 0x1e94, 2, 1),
    (0x1e9e, 0x1e9e, 1, -7615),
    (0x1ea0, 0x1efe, 2, 1),
    // Greek
    (0x386, 0x386, 1, 38),
    (0x388, 0x38a, 1, 37),
    (0x38c, 0x38c, 1, 64),
    (0x38e, 0x38f, 1, 63),
    (0x391, 0x3a1, 1, 32),
    (0x3a3, 0x3ab, 1, 32),
    (0x1f08, 0x1f0f, 1, -8),
    (0x1f18, 0x1f1d, 1, -8),
    (0x1f28, 0x1f2f, 1, -8),
    (0x1f38, 0x1f3f, 1, -8),
    (0x1f48, 0x1f4d, 1, -8),
    (0x1f59, 0x1f5f, 2, -8),
    (0x1f68, 0x1f6f, 1, -8),
    // Cyrillic
    (0x400, 0x40f, 1, 80),
    (0x410, 0x42f, 1, 32),
    (0x460, 0x480, 2, 1),
    (0x48a, 0x4be, 2, 1),
    (0x4c0, 0x4c0, 1, 15),
    (0x4c1, 0x4cd, 2, 1),
    (0x4d0, 0x52e, 2, 1),
    // Armenian, Georgian
    (0x531, 0x556, 1, 48),
    (0x10a0, 0x10c5, 1, 7264),
    (0x1c90, 0x1cba, 1, -3008),
    // Kelvin, Ångström, Ohm, Roman numerals, letters in circles, full width
    (0x212a, 0x212a, 1, -8383),
    (0x212b, 0x212b, 1, -8262),
    (0x2126, 0x2126, 1, -7517),
    (0x2160, 0x216f, 1, 16),
    (0x24b6, 0x24cf, 1, 26),
    (0xff21, 0xff3a, 1, 32),
];

/// Gives the small letter of a capital; the dot of the Turkish İ is lost.
pub(crate) fn lower(letter: char) -> char {
    // Most letters of most texts: without this, walking the rows was a third of all that ranking did.
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    let code = letter as u32;
    let row = ROWS
        .iter()
        .find(|(first, last, step, _)| (*first..=*last).contains(&code) && (code - first).is_multiple_of(*step));
    row.and_then(|row| char::from_u32(code.wrapping_add_signed(row.3))).unwrap_or(letter)
}

/// Writes all of `text` in lower case.
pub fn lower_case(text: &str) -> String {
    text.chars().map(lower).collect()
}

#[cfg(test)]
mod tests {
    use super::lower;

    #[test]
    fn what_is_made_lower_is_what_the_standard_library_makes_of_it() {
        let (mut made, mut left) = (0, 0);
        for letter in char::from_u32(0).unwrap()..=char::MAX {
            let theirs = letter.to_lowercase().next().unwrap();
            if lower(letter) == letter {
                left += u32::from(theirs != letter);
            } else {
                assert_eq!(lower(letter), theirs, "{letter:?}");
                made += 1;
            }
        }
        assert!(made > 700 && left < 780, "{made} made, {left} left");
    }

    #[test]
    fn letters_of_living_alphabets_are_known() {
        for (upper, small) in ["AÉŻŐŞĞÑƠƯẾÆØÅĐÞ", "ΆΈΉΊΌΎΏΑΩ", "АЯЁЇҐЄЎҚӨ", "ԱՖ", "ᲐᲰ"].into_iter().zip([
            "aéżőşğñơưếæøåđþ",
            "άέήίόύώαω",
            "аяёїґєўқө",
            "աֆ",
            "აჰ",
        ]) {
            assert_eq!(super::lower_case(upper), small);
        }
    }
}
