//! The kinds of text that tokenizers get wrong, one function each.

use super::classes;
use super::random::Random;

/// What the kinds draw from, made once.
pub(crate) struct Stock {
    samples: Vec<Vec<char>>,
    digits: Vec<Vec<char>>,
}

impl Stock {
    pub(crate) fn new() -> Self {
        Self { samples: classes::samples(), digits: classes::digits() }
    }
}

/// Appends a text of one kind, as UTF-16, since that is what JavaScript holds.
pub(crate) type Kind = fn(&Stock, &mut Random, &mut Vec<u16>);

/// All kinds.
pub(crate) const KINDS: &[Kind] = &[
    categories,
    contractions,
    digits,
    whitespace,
    line_ends,
    surrogates,
    controls,
    marks,
    right_to_left,
    emoji,
    specials,
    runs,
    any_scalar,
    cases,
    punctuation,
    syllables,
    words,
];

const SPACES: &[char] = &[
    ' ', ' ', ' ', '\t', '\n', '\r', '\u{b}', '\u{c}', '\u{1c}', '\u{1f}', '\u{85}', '\u{a0}', '\u{1680}', '\u{180e}',
    '\u{2000}', '\u{2007}', '\u{200a}', '\u{200b}', '\u{2028}', '\u{2029}', '\u{202f}', '\u{205f}', '\u{2060}',
    '\u{3000}', '\u{feff}',
];
const LINE_ENDS: &[&str] = &["\n", "\r\n", "\r", "\n\r", "\u{85}", "\u{2028}", "\u{2029}", "\u{b}", "\u{c}"];
const APOSTROPHES: &[&str] = &["'", "'", "'", "’", "‘", "ʼ", "＇", "''", "`"];
const ENDINGS: &[&str] = &[
    "s",
    "S",
    "ſ",
    "t",
    "T",
    "d",
    "D",
    "m",
    "M",
    "re",
    "Re",
    "rE",
    "RE",
    "ve",
    "VE",
    "vE",
    "ll",
    "LL",
    "lL",
    "Ll",
    "l",
    "r",
    "v",
    "K",
    "k",
    "İ",
    "ı",
    "ß",
    "ẞ",
    "st",
    "ﬆ",
    "sa",
    "tT",
    "dé",
    "lll",
    "s'",
    "re's",
    "\u{73}\u{301}",
];
const STEMS: &[&str] = &[
    "",
    "I",
    "don",
    "we",
    "O",
    "y'all",
    "X1",
    "é",
    "ſ",
    "K",
    "9",
    " ",
    "\n",
    "Можно",
    "東",
    "ǅ",
    "a\u{301}",
    "_",
    ".",
];
const SPECIALS: &[&str] = &[
    "<|endoftext|>",
    "<|endofprompt|>",
    "<|fim_prefix|>",
    "<|fim_middle|>",
    "<|fim_suffix|>",
    "<|startoftext|>",
    "<|return|>",
    "<|constrain|>",
    "<|channel|>",
    "<|start|>",
    "<|end|>",
    "<|message|>",
    "<|call|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|im_sep|>",
    "<|reserved_200001|>",
    "<|reserved_201087|>",
    "<|",
    "|>",
    "<",
    "|",
    ">",
    "endoftext",
    "<|endoftext",
    "|endoftext|>",
    "<|ENDOFTEXT|>",
    "<| endoftext |>",
    "<<|endoftext|>>",
    "<s>",
    "</s>",
    "[INST]",
];
const EMOJI: &[&str] = &[
    "👩",
    "👨",
    "👧",
    "👦",
    "❤",
    "\u{200d}",
    "\u{200d}",
    "\u{fe0f}",
    "\u{fe0e}",
    "🏽",
    "🏿",
    "🇩",
    "🇪",
    "🇺",
    "☺",
    "1",
    "#",
    "\u{20e3}",
    "🏴",
    "\u{e0067}",
    "\u{e007f}",
    "🚀",
    "♂",
    "⚕",
    "👍",
    "🫠",
    "🪿",
    "🫨",
    "©",
    "™",
];
const RIGHT_TO_LEFT: &[&str] = &[
    "שלום",
    "עולם",
    "ש\u{5c1}\u{5b8}",
    "״",
    "׳",
    "مرحبا",
    "العالم",
    "لا",
    "م\u{651}\u{64e}",
    "،",
    "؟",
    "ـ",
    "پ",
    "ی",
    "\u{200e}",
    "\u{200f}",
    "\u{202b}",
    "\u{202e}",
    "\u{202c}",
    "\u{2067}",
    "\u{2069}",
    "\u{61c}",
    "١٢٣",
    "۴۵",
    " ",
    "abc",
    "ܫܠܡ",
    "ދިވެހި",
    "߁߂",
    "\u{fdfa}",
    "\u{fe8e}",
];
const BASES: &[char] =
    &['a', 'A', 'é', 'ß', '漢', 'あ', 'ا', 'א', 'क', 'ก', 'ﷺ', '1', '½', ' ', '\n', '.', '👍', '가', 'ᄀ'];
const CASES: &[char] = &[
    'a', 'z', 'A', 'Z', 'ß', 'É', 'é', 'ǅ', 'ǈ', 'ǋ', 'ᾼ', 'Ω', 'ω', 'ς', 'Д', 'д', 'Ա', 'ա', 'Ⴀ', 'ა', 'Ა', 'Ꭰ', 'ꭰ',
    'ʰ', 'ˇ', 'ª', 'º', 'ᵃ', 'あ', 'ｱ', 'Ａ', 'ａ', '𝐀', '𝐚', '𐐀', '𐐨', '中', 'ก', '\u{301}', '\u{903}', '\'', 's',
    ' ',
];
const PUNCTUATION: &[&str] = &[
    "!", "?", ".", ",", ";", ":", "/", "//", "///", "\\", "(", ")", "[", "]", "{", "}", "<", ">", "=", "==", "=>",
    "->", "*", "**", "#", "##", "_", "__", "-", "--", "`", "```", "~", "^", "|", "&&", "+", "%", "$", "€", "…", "—",
    "「", "」", "、", "。", "¡", "¿", "\n", "\r\n", "\r", " ", "  ", "\t", "a", "Z", "1", "’", "\"", "'",
];
const SYLLABLES: &[&str] = &[
    "a",
    "e",
    "in",
    "re",
    "th",
    "er",
    "on",
    "an",
    "tion",
    "ing",
    "al",
    "le",
    "st",
    "un",
    "com",
    "ly",
    "ment",
    "S",
    "T",
    "Co",
    "xx",
    "zq",
    "q",
    "о",
    "ст",
    "на",
    "ени",
    "ει",
    "ος",
    "ال",
    "ها",
    "の",
    "する",
    "的",
    "在",
    "不",
    "다",
    "에서",
    "ção",
    "ung",
    "sch",
    "ée",
    "ł",
    "ů",
    "0",
    "00",
    "ா",
    "ம",
    "ിക",
    "การ",
    "ความ",
];
const WORDS: &[&str] = &[
    "the",
    " of",
    " and",
    "Hello",
    " world",
    " CamelCaseName",
    " snake_case_name",
    " kebab-case",
    " HTTPServer2",
    " 3.14159",
    " 1,000,000",
    " x86_64",
    " don't",
    " naïve",
    " façade",
    " Straße",
    " привет",
    " мир",
    "你好",
    "世界",
    "こんにちは",
    "안녕하세요",
    " สวัสดี",
    " नमस्ते",
    " مرحبا",
    " שלום",
    "\n",
    "\n\n",
    "\r\n\r\n",
    "\t",
    "    ",
    ".",
    ",",
    "?!",
    "...",
    " (",
    ")",
    " {",
    "}",
    ";\n",
    " => ",
    "https://example.org/a?b=c&d=%20#e",
    " foo@example.org",
    " €12",
    " 50%",
    "\u{feff}",
];

fn push(text: &mut Vec<u16>, part: &str) {
    text.extend(part.encode_utf16());
}

fn push_char(text: &mut Vec<u16>, part: char) {
    text.extend_from_slice(part.encode_utf16(&mut [0; 2]));
}

/// A few of `parts`, in any order.
fn some_of(parts: &[&str], most: usize, random: &mut Random, text: &mut Vec<u16>) {
    for _ in 0..1 + random.below(most) {
        push(text, random.pick(parts));
    }
}

fn categories(stock: &Stock, random: &mut Random, text: &mut Vec<u16>) {
    for _ in 0..2 + random.below(9) {
        let class = &stock.samples[random.below(stock.samples.len())];
        for _ in 0..1 + random.below(2) {
            push_char(text, random.char(class));
        }
    }
}

fn contractions(_: &Stock, random: &mut Random, text: &mut Vec<u16>) {
    for _ in 0..1 + random.below(5) {
        push(text, random.pick(STEMS));
        push(text, random.pick(APOSTROPHES));
        push(text, random.pick(ENDINGS));
    }
    push(text, random.pick(STEMS));
}

fn digits(stock: &Stock, random: &mut Random, text: &mut Vec<u16>) {
    for _ in 0..1 + random.below(4) {
        let script = &stock.digits[random.below(stock.digits.len())];
        for _ in 0..1 + random.below(8) {
            push_char(text, random.char(script));
        }
        push(text, random.pick(&["", "", ".", ",", " ", "a", "½", "ⅷ", "²", "一", "\n", "-", "e"]));
    }
}

fn whitespace(_: &Stock, random: &mut Random, text: &mut Vec<u16>) {
    for _ in 0..1 + random.below(5) {
        for _ in 0..1 + random.below(6) {
            push_char(text, random.char(SPACES));
        }
        push(text, random.pick(&["", "a", "A", "1", "!", "漢", "\u{301}", "'s", "\n"]));
    }
}

fn line_ends(_: &Stock, random: &mut Random, text: &mut Vec<u16>) {
    for _ in 0..1 + random.below(8) {
        push(text, random.pick(&["", " ", "  ", "\t", "x", ";", "}", "//", "1", "。"]));
        some_of(LINE_ENDS, 3, random, text);
    }
}

/// Units of surrogate pairs, alone, in the wrong order, and at times as a pair.
fn surrogates(_: &Stock, random: &mut Random, text: &mut Vec<u16>) {
    for _ in 0..1 + random.below(8) {
        let low = random.chance(50);
        let offset = u16::try_from(random.below(0x400)).expect("below 0x400");
        text.push(if low { 0xdc00 } else { 0xd800 } + offset);
        push(text, random.pick(&["", "", "", "a", " ", "\u{fffd}", "1", "é", "\n", "漢", "👍"]));
    }
}

fn controls(_: &Stock, random: &mut Random, text: &mut Vec<u16>) {
    for _ in 0..1 + random.below(12) {
        text.push(u16::try_from(random.below(0xa1)).expect("below 0xa1"));
        push(text, random.pick(&["", "", "\0", "\u{7f}", "\u{ad}", "a"]));
    }
}

fn marks(stock: &Stock, random: &mut Random, text: &mut Vec<u16>) {
    for _ in 0..1 + random.below(6) {
        push_char(text, random.char(BASES));
        // Mn, Mc and Me stand at 5, 6 and 7 in the list of classes.
        for _ in 0..random.below(5) {
            let class = &stock.samples[5 + random.below(3)];
            push_char(text, random.char(class));
        }
    }
}

fn right_to_left(_: &Stock, random: &mut Random, text: &mut Vec<u16>) {
    some_of(RIGHT_TO_LEFT, 12, random, text);
}

fn emoji(_: &Stock, random: &mut Random, text: &mut Vec<u16>) {
    some_of(EMOJI, 14, random, text);
}

fn specials(_: &Stock, random: &mut Random, text: &mut Vec<u16>) {
    for _ in 0..1 + random.below(4) {
        push(text, random.pick(SPECIALS));
        push(text, random.pick(&["", "", " ", "\n", "user", "1", "é", "<"]));
    }
}

/// One short unit many times over: merging must not depend on what stands far away.
fn runs(stock: &Stock, random: &mut Random, text: &mut Vec<u16>) {
    let mut unit = Vec::new();
    match random.below(4) {
        0 => push_char(&mut unit, random.char(SPACES)),
        1 => categories(stock, random, &mut unit),
        2 => some_of(SYLLABLES, 3, random, &mut unit),
        _ => push(&mut unit, random.pick(PUNCTUATION)),
    }
    let most = [40, 300, 2_000][random.below(3)];
    for _ in 0..1 + random.below(most) / unit.len() {
        text.extend_from_slice(&unit);
    }
    push(text, random.pick(&["", " ", "x", "\n", "1"]));
}

/// Any character at all: unassigned, private, noncharacters.
fn any_scalar(_: &Stock, random: &mut Random, text: &mut Vec<u16>) {
    for _ in 0..1 + random.below(10) {
        let plane = [0, 0, 0, 1, 1, 2, 3, 14, 15, 16][random.below(10)];
        let offset = if random.chance(10) { 0xfff0 + random.below(16) } else { random.below(0x1_0000) };
        let value = u32::try_from(plane * 0x1_0000 + offset).expect("below 0x110000");
        push_char(text, char::from_u32(value).unwrap_or('\u{fdd0}'));
    }
}

fn cases(_: &Stock, random: &mut Random, text: &mut Vec<u16>) {
    for _ in 0..2 + random.below(14) {
        push_char(text, random.char(CASES));
    }
}

fn punctuation(_: &Stock, random: &mut Random, text: &mut Vec<u16>) {
    some_of(PUNCTUATION, 12, random, text);
}

fn syllables(_: &Stock, random: &mut Random, text: &mut Vec<u16>) {
    some_of(SYLLABLES, 24, random, text);
}

fn words(_: &Stock, random: &mut Random, text: &mut Vec<u16>) {
    some_of(WORDS, 20, random, text);
}
