//! Words that carry grammar instead of meaning, and words that only ask.
//!
//! Frequencies in one prompt can't tell `who` from a name: both are rare there.

use std::sync::OnceLock;

use super::terms::hash_of;

/// One list per language; adding a language is one line.
const LISTS: &[&str] = &[
    // English
    "a an the and or but nor so if then than as of in on at by for from with without about into onto over under between \
     among through during before after above below up down out off again to is am are was were be been being do does did \
     done doing has have had having will would shall should can could may might must i you he she it we they me him her \
     us them my your his its our their mine yours this that these those here there who whom whose which what when where \
     why how not no yes all any both each few more most other some such only own same too very just also s t d ll re ve \
     m many much long old another way kind type sort discuss discussed discussing discussion mention mentioned think thought thoughts called name give gives tell please describe explain summarize say said know known",
    // Spanish
    "el la los las un una unos unas y o u e de del al a en por para con sin sobre entre que cual cuales quien quienes \
     cuando donde como cuanto cuanta cuantos cuantas porque si no se su sus le les lo me te nos mi tu es son era eran fue \
     fueron ser sido ha han habia haber hay este esta estos estas ese esa esos esas aquel ya mas muy tambien pero",
    // French
    "le la les un une des du de et ou mais donc que qui quoi dont où quand comment combien quel quelle quels quelles \
     pourquoi est sont était été être a ont avait avoir il elle ils elles on nous vous je tu ce cette ces se sa son ses \
     leur leurs dans sur sous par pour avec sans ne pas plus aussi l d c j n s qu au aux en y",
    // German
    "der die das den dem des ein eine einer eines einem einen und oder aber wenn dass weil als wie was wer wem wen wann wo \
     warum wieso welche welcher welches wieviel viele ist sind war waren sein gewesen hat haben hatte wird werden wurde \
     wurden ich du er sie es wir ihr sich in im an am auf aus bei mit nach von vom zu zum zur über unter für durch nicht \
     auch nur noch",
    // Portuguese, Italian, Dutch
    "os as um uma uns umas do da dos das no na nos nas em ao aos pelo pela com sem mas quem qual quais quando onde quanto \
     quantos quantas foi foram são seu sua seus suas isto isso não",
    "il lo gli i un uno di da dal dalla del della dei delle nel nella in con su per tra fra che chi cosa quando dove come \
     quanto quanti quante quale quali perché è sono era erano stato ha hanno non si suo sua loro",
    "de het een en of maar dat die dit deze wie wat waar wanneer hoe hoeveel welke welk waarom is zijn was waren werd \
     wordt heeft hebben had van in op aan met voor naar bij uit over door niet ook er",
    // Russian
    "и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по ее мне было вот от меня еще нет о из \
     ему когда где кто какой какая какие каком сколько почему который это был была были для до или при",
    // Ukrainian, Polish, Czech
    "і в у не що він на я з як та але до це за від по про чи який яка яке які коли де хто скільки чому був була було були є",
    "i w z na do że się nie jest to jak o od po za przez dla ale czy co kto gdzie kiedy ile jaki jaka jakie który która które \
     był była było były są ma jego jej ich",
    "a v ve na se je to že s z do o za pro po jak ale co kdo kde kdy kolik jaký jaká jaké který která které byl byla bylo byly",
    // Romanian, Swedish, Indonesian
    "și de la în pe cu din că nu este a fost sunt au al ale lui ei lor să pentru mai prin ce cine care unde când cum cât câți \
     câte câtă un niște",
    "och att det som en ett är av för på med den till var har inte om han hon de vad vem vilken vilket vilka när hur många",
    "yang dan di ke dari untuk dengan pada adalah ini itu tidak akan oleh dalam apa siapa kapan mana berapa bagaimana mengapa",
    // Turkish, Vietnamese, Arabic, Hindi, Greek
    "ve bir bu şu ne kim kimin nedir hangisi nerede nasıl kaç hangi neden niçin için ile mi mı mu mü da de değil olarak olan",
    "là và của có cho các những một được trong với đã ai gì nào khi đâu sao bao nhiêu như thế này đó không",
    "في من على إلى عن مع هذا هذه ذلك التي الذي ما ماذا من متى أين كيف كم لماذا هل أي هو هي كان كانت و أن لا",
    "का के की को में से पर है हैं था थे थी और या यह वह कौन क्या कब कहाँ कैसे कितने कितना कितनी क्यों किस किसने ने एक नहीं भी",
    "ο η το οι τα του της των τον την και ή να με σε από για που ποιος ποια ποιο ποιοι πότε πού πώς πόσο πόσα γιατί είναι \
     ήταν δεν θα τι στο στη στην στον",
];

/// Characters and pairs of scripts without spaces that only ask or bind.
const UNSPACED: &[&str] = &[
    "的", "了", "是", "在", "有", "和", "与", "或", "也", "都", "就", "不", "这", "那", "个", "什", "么", "什么", "谁",
    "哪", "哪里", "哪个", "何", "何时", "多少", "几", "为什", "如何", "怎", "怎么", "吗", "呢", "の", "は", "が", "を",
    "に", "で", "と", "も", "か", "です", "ます", "した", "する", "ある", "いる", "どこ", "いつ", "だれ", "誰", "なに",
];

/// The lists as hashes in order, made once; the last is that of scripts without spaces.
fn lists() -> &'static [Vec<u64>] {
    static HASHES: OnceLock<Vec<Vec<u64>>> = OnceLock::new();
    HASHES.get_or_init(|| {
        let spaced = LISTS.iter().map(|list| sorted(list.split_ascii_whitespace()));
        spaced.chain([sorted(UNSPACED.iter().copied())]).collect()
    })
}

fn sorted<'a>(words: impl Iterator<Item = &'a str>) -> Vec<u64> {
    let mut hashes: Vec<u64> = words.filter_map(hash_of).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Tells whether a term is in any of the lists.
pub(crate) fn is_function_word(word: u64) -> bool {
    lists().iter().any(|list| list.binary_search(&word).is_ok())
}

/// A language is one of a text's when its list is met at least this often, against the list that is met most.
const SPOKEN: f64 = 0.4;

/// The terms that say nothing about a subject in a text where `met` tells how often a term is met, and its number:
/// `war` and `die` are grammar in German alone.
pub(crate) fn function_words(met: impl Fn(u64) -> Option<(u32, u32)>) -> Vec<u32> {
    let found: Vec<Vec<(u32, u32)>> =
        lists().iter().map(|list| list.iter().filter_map(|word| met(*word)).collect()).collect();
    let often = |list: &[(u32, u32)]| list.iter().map(|(_, count)| f64::from(*count)).sum::<f64>();
    let (unspaced, spaced) = found.split_last().map_or((&[][..], &[][..]), |(last, rest)| (last.as_slice(), rest));
    let most = spaced.iter().map(|list| often(list)).fold(0.0, f64::max);
    let spoken = spaced.iter().filter(|list| often(list) >= SPOKEN * most);
    spoken.flatten().chain(unspaced).map(|(term, _)| *term).collect()
}

#[cfg(test)]
mod tests {
    use super::{function_words, is_function_word};
    use crate::terms::hash_of;

    #[test]
    fn question_words_of_many_languages_are_in() {
        for word in ["Who", "cuántas", "где", "wie", "कौन", "أين"] {
            assert!(is_function_word(hash_of(word).unwrap()), "{word}");
        }
        for word in ["Nobel", "physics", "1901", "氧", "ice"] {
            assert!(!is_function_word(hash_of(word).unwrap()), "{word}");
        }
    }

    #[test]
    fn a_word_is_grammar_only_where_its_language_is_spoken() {
        let grammar = |text: &str| -> Vec<String> {
            let words: Vec<&str> = text.split(' ').collect();
            let met = |hash| words.iter().position(|word| hash_of(word) == Some(hash)).map(|at| (at as u32, 1));
            function_words(met).into_iter().map(|at| words[at as usize].to_owned()).collect()
        };
        let english = grammar("the son of the man who went to war with a hat and was at the door");
        assert!(["the", "who", "was"].iter().all(|word| english.contains(&(*word).to_owned())), "{english:?}");
        assert!(["son", "war", "hat", "door"].iter().all(|word| !english.contains(&(*word).to_owned())), "{english:?}");
        let german = grammar("der Krieg war in dem Jahr vorbei und sie hat die Karte");
        assert!(["war", "hat", "die"].iter().all(|word| german.contains(&(*word).to_owned())), "{german:?}");
    }
}
