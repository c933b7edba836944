//! Groups the shapes of a document into classes worth declaring.
//!
//! Shapes that differ in a few keys become one class with gaps, because a gap is a comma and a class of its own is a
//! declaration plus a name at each object. A shape joins only where its keys come in the class's order, so that key
//! order never has to be written down.

use hashbrown::HashMap;

use super::shapes::{Shape, Shapes};
use trimtab_ordered::{sort, sort_by_key};

/// How many classes are looked at before a shape starts one of its own; bounds the work for wild documents.
const CANDIDATES: usize = 16;

/// Which class each shape belongs to, and where its keys are among the class's fields.
#[derive(Default)]
pub(super) struct Classes<'a> {
    /// The keys of each class, and the number of its objects.
    pub(super) list: Vec<Members<'a>>,
    /// For each shape, its class; `None` means that its keys are data.
    pub(super) of_shape: Vec<Option<usize>>,
}

/// One class while it is being gathered.
pub(super) struct Members<'a> {
    pub(super) keys: Vec<&'a str>,
    pub(super) count: usize,
    place: HashMap<&'a str, usize>,
    /// How many members have each key.
    seen: HashMap<&'a str, usize>,
    /// The first shape that is in it, for a stable order.
    first: usize,
}

impl<'a> Classes<'a> {
    /// Groups all shapes, the most frequent first.
    pub(super) fn group(shapes: &Shapes<'a>) -> Self {
        let mut order: Vec<usize> = (0..shapes.list.len()).collect();
        sort_by_key(&mut order, |&id| (std::cmp::Reverse(shapes.list.get(id).map_or(0, |shape| shape.count)), id));
        let mut gathered = Gathered { of_shape: vec![None; shapes.list.len()], ..Gathered::default() };
        for id in order {
            if let Some(shape) = shapes.list.get(id).filter(|shape| is_record(shape)) {
                gathered.place(id, shape);
            }
        }
        gathered.finish()
    }
}

#[derive(Default)]
struct Gathered<'a> {
    list: Vec<Members<'a>>,
    of_shape: Vec<Option<usize>>,
    by_edge_key: HashMap<(bool, &'a str), Vec<usize>>,
}

impl<'a> Gathered<'a> {
    fn place(&mut self, id: usize, shape: &Shape<'a>) {
        let class = self.class_for(shape).unwrap_or(self.list.len());
        match self.list.get_mut(class) {
            Some(members) => members.join(id, shape),
            None => self.list.push(Members::new(id, shape)),
        }
        if let Some(slot) = self.of_shape.get_mut(id) {
            *slot = Some(class);
        }
        for edge in edges(shape) {
            let list = self.by_edge_key.entry(edge).or_default();
            if list.len() < CANDIDATES && !list.contains(&class) {
                list.push(class);
            }
        }
    }

    fn class_for(&self, shape: &Shape<'a>) -> Option<usize> {
        let found = edges(shape).into_iter().filter_map(|edge| self.by_edge_key.get(&edge)).flatten();
        found.copied().find(|&class| self.list.get(class).is_some_and(|members| members.welcomes(shape)))
    }

    /// Drops the classes that would not pay and numbers the rest by first sight, holders before what they hold.
    fn finish(self) -> Classes<'a> {
        let mut kept: Vec<(usize, Members<'a>)> =
            self.list.into_iter().enumerate().filter(|(_, members)| members.pays()).collect();
        sort_by_key(&mut kept, |(_, members)| std::cmp::Reverse(members.first));
        let renamed: HashMap<usize, usize> = kept.iter().enumerate().map(|(new, (old, _))| (*old, new)).collect();
        let of_shape = self.of_shape.iter().map(|old| old.and_then(|old| renamed.get(&old).copied())).collect();
        Classes { list: kept.into_iter().map(|(_, members)| members).collect(), of_shape }
    }
}

impl<'a> Members<'a> {
    fn new(id: usize, shape: &Shape<'a>) -> Self {
        let mut members = Self {
            keys: shape.keys.clone(),
            count: shape.count,
            place: HashMap::new(),
            seen: shape.keys.iter().map(|key| (*key, shape.count)).collect(),
            first: id,
        };
        members.index();
        members
    }

    fn index(&mut self) {
        self.place = self.keys.iter().enumerate().map(|(place, key)| (*key, place)).collect();
    }

    /// Whether the shape's keys come in this class's order, with enough of them shared.
    fn welcomes(&self, shape: &Shape) -> bool {
        let places: Vec<usize> = shape.keys.iter().filter_map(|key| self.place.get(key).copied()).collect();
        let (shared, all) = (places.len(), self.keys.len() + shape.keys.len() - places.len());
        let same_start = self.keys.first() == shape.keys.first();
        places.is_sorted()
            && shape.keys.iter().any(|key| self.seen.get(key) == Some(&self.count))
            && shared * if same_start { 5 } else { 2 } >= all
    }

    /// Takes a shape in; keys that are new come as late as its order allows, because gaps at a row's end are free.
    fn join(&mut self, id: usize, shape: &Shape<'a>) {
        self.count += shape.count;
        self.first = self.first.min(id);
        for key in &shape.keys {
            *self.seen.entry(key).or_default() += shape.count;
        }
        if shape.keys.iter().all(|key| self.place.contains_key(key)) {
            return;
        }
        let mut merged = Vec::with_capacity(self.keys.len() + shape.keys.len());
        let mut held = self.keys.iter().copied().peekable();
        let mut fresh = Vec::new();
        for key in &shape.keys {
            if !self.place.contains_key(key) {
                fresh.push(*key);
                continue;
            }
            while let Some(next) = held.next_if(|held| held != key) {
                merged.push(next);
            }
            merged.append(&mut fresh);
            merged.extend(held.next());
        }
        merged.extend(held);
        merged.append(&mut fresh);
        self.keys = merged;
        self.index();
    }

    /// Whether saying the keys once is worth a declaration.
    fn pays(&self) -> bool {
        let keys: usize = self.keys.iter().map(|key| key_cost(key)).sum();
        self.count >= 2 && (self.count - 1) * keys > 3
    }

    /// Roughly the tokens of its keys, were they said in each object.
    pub(super) fn keys_said(&self) -> usize {
        self.keys.iter().map(|key| key_cost(key) * self.seen.get(key).copied().unwrap_or_default()).sum()
    }

    /// Roughly the tokens that the class costs where each object has to name it: declaration, names and gaps.
    pub(super) fn named_cost(&self) -> usize {
        let declared: usize = self.keys.iter().map(|key| key_cost(key) + 2).sum();
        let seen: usize = self.keys.iter().filter_map(|key| self.seen.get(key)).sum();
        declared + 3 * self.count + (self.keys.len() * self.count - seen) / 2
    }
}

/// Roughly the tokens of a key with its quotes and colon.
fn key_cost(key: &str) -> usize {
    2 + key.len() / 5
}

/// A shape can be a class when it has keys and none of them twice.
fn is_record(shape: &Shape) -> bool {
    let mut keys = shape.keys.clone();
    sort(&mut keys);
    !keys.is_empty() && keys.windows(2).all(|pair| pair.first() != pair.last())
}

fn edges<'a>(shape: &Shape<'a>) -> [(bool, &'a str); 2] {
    [(true, shape.keys.first().copied().unwrap_or_default()), (false, shape.keys.last().copied().unwrap_or_default())]
}
