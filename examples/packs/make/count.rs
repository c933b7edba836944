//! Writes the count pack; `src/tokenizer/pack/count.rs` describes it.

use std::collections::BTreeMap;

use super::Vocabulary;

const KIND: u8 = 1;
const FORMS: usize = 4;
const SPACED: usize = 1;
const UPPER: usize = 2;
const ESCAPE: u32 = 255;

/// Words, sorted, and the id of each of their forms.
pub(super) struct Words(BTreeMap<Vec<u8>, [Option<usize>; FORMS]>);

impl Words {
    pub(super) fn of(vocabulary: &Vocabulary) -> Self {
        let mut words = BTreeMap::<_, [Option<usize>; FORMS]>::new();
        for (id, _) in vocabulary.merges() {
            let (word, form) = word_and_form(&vocabulary.tokens[id]);
            words.entry(word).or_default()[form] = Some(id);
        }
        Self(words)
    }

    /// The ids of all words in one form.
    fn in_form(&self, form: usize) -> impl Iterator<Item = usize> {
        self.0.values().filter_map(move |forms| forms[form])
    }

    /// Where each id stands among those of its level.
    pub(super) fn places(&self, len: usize) -> Vec<u32> {
        let mut places = vec![0; len];
        // After the single bytes.
        (256..).zip((0..FORMS).flat_map(|form| self.in_form(form))).for_each(|(place, id)| places[id] = place);
        places
    }

    pub(super) fn write(&self, levels: &[u32]) -> Vec<u8> {
        let (shapes, endings) = self.shapes_and_endings();
        let mut body = Vec::new();
        for len in [self.0.len(), shapes.len(), endings.len()] {
            body.extend_from_slice(&(len as u32).to_le_bytes());
        }
        body.extend(shapes);
        body.extend(endings);
        let bit = |(form, id): (usize, &Option<usize>)| u8::from(id.is_some()) << form;
        body.extend(self.0.values().map(|forms| forms.iter().enumerate().map(bit).sum::<u8>()));
        for level in (0..FORMS).flat_map(|form| self.in_form(form)).map(|id| levels[id]) {
            match level.checked_sub(ESCAPE) {
                None => body.push(level as u8),
                Some(more) => body.extend([ESCAPE as u8, u8::try_from(more).expect("at most 510 levels")]),
            }
        }
        trimtab::tokenizer::pack::seal(KIND, &body)
    }

    fn shapes_and_endings(&self) -> (Vec<u8>, Vec<u8>) {
        let (mut shapes, mut endings) = (Vec::new(), Vec::new());
        let mut before: &[u8] = &[];
        for word in self.0.keys() {
            let shared = word.iter().zip(before).take_while(|(a, b)| a == b).count();
            let own = word.len() - shared;
            if shared < 16 && own < 15 {
                shapes.push((shared << 4 | own) as u8);
            } else {
                let byte = |len| u8::try_from(len).expect("no token is that long");
                shapes.extend([(shared.min(15) << 4 | 15) as u8, byte(shared), byte(own)]);
            }
            endings.extend_from_slice(&word[shared..]);
            before = word;
        }
        (shapes, endings)
    }
}

fn word_and_form(token: &[u8]) -> (Vec<u8>, usize) {
    let (mut word, mut form) = (token.to_vec(), 0);
    if word.len() > 2 && word[0] == b' ' {
        word.remove(0);
        form |= SPACED;
    }
    // A word in capitals has no form in small letters more often than not.
    if word[0].is_ascii_uppercase() && !word[1..].iter().any(u8::is_ascii_uppercase) {
        word[0].make_ascii_lowercase();
        form |= UPPER;
    }
    (word, form)
}
