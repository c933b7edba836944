//! Words that carry grammar instead of meaning, and words that only ask.
//!
//! Frequencies in one prompt can't tell `who` from a name: both are rare there.

use hashbrown::HashSet;

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
    // Turkish, Vietnamese, Arabic, Hindi, Greek
    "ve bir bu şu ne kim nerede nasıl kaç hangi neden niçin için ile mi mı mu mü da de değil olarak olan",
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

/// Collects the terms that say nothing about a subject.
pub(crate) fn function_words() -> HashSet<u64> {
    LISTS
        .iter()
        .flat_map(|list| list.split_ascii_whitespace())
        .chain(UNSPACED.iter().copied())
        .filter_map(hash_of)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::function_words;
    use crate::relevance::terms::hash_of;

    #[test]
    fn question_words_of_many_languages_are_in() {
        let words = function_words();
        for word in ["Who", "cuántas", "где", "wie", "कौन", "أين"] {
            assert!(words.contains(&hash_of(word).unwrap()), "{word}");
        }
        for word in ["Nobel", "physics", "1901", "氧", "ice"] {
            assert!(!words.contains(&hash_of(word).unwrap()), "{word}");
        }
    }
}
