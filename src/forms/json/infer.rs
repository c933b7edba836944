//! Finds out what each field of each class holds, so that the header can say it once.

use hashbrown::{HashMap, HashSet};

use super::classes::Classes;
use super::schema::{Class, Field, Inner, Root, Schema, Type, after_key, is_bare};
use super::shapes::Shapes;
use super::value::{Object, Value};
use super::writer::constant_cell;
use trimtab_ordered::Map;

/// What all values seen in one place have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Common {
    #[default]
    Unseen,
    EmptyList,
    EmptyMap,
    One(Inner),
    List(Inner),
    Map(Inner),
}

/// What is known of one field while the document is walked.
#[derive(Default)]
struct Evidence<'v> {
    common: Common,
    present: usize,
    nulls: bool,
    /// Some string would need quotes if it were not known to be one.
    needs_str: bool,
    constant: Option<&'v Value<'v>>,
    varies: bool,
    /// Every value was the key of its object.
    own_key: bool,
    /// The classes of the objects seen, and how many of each.
    classes: Map<usize, usize>,
}

/// How many cells an absent object may leave empty: beyond it, braces are cheaper than commas in every row.
const GAP: usize = 3;

/// Types every field of every class.
pub(super) fn infer<'a>(root: &Value<'a>, shapes: &Shapes<'a>) -> (Schema<'a>, Vec<Option<usize>>) {
    let mut classes = Classes::group(shapes);
    let mut evidence = gather(root, &classes, shapes);
    let demoted = keys_that_are_data(&evidence, &classes);
    if !demoted.is_empty() {
        for class in &mut classes.of_shape {
            *class = class.filter(|class| !demoted.contains(class));
        }
        evidence = gather(root, &classes, shapes);
    }
    let mut schema = Schema::default();
    for (members, evidence) in classes.list.iter().zip(&evidence) {
        schema.classes.push(declare(&members.keys, members.count, evidence));
    }
    // From the last class on, because what a class spreads comes after it.
    for class in (0..schema.classes.len()).rev() {
        box_what_varies(&mut schema, class, &evidence);
    }
    schema.root = match common(root, &classes.of_shape).0 {
        Common::List(Inner::Class(class)) => Some(Root::List(class)),
        Common::Map(Inner::Class(class)) => Some(Root::Map(class)),
        _ => None,
    };
    (schema, classes.of_shape)
}

fn gather<'v, 'a: 'v>(root: &'v Value<'a>, classes: &Classes<'a>, shapes: &Shapes<'a>) -> Vec<Vec<Evidence<'v>>> {
    let mut walk = Walk::new(classes, shapes);
    walk.value(root, None);
    walk.evidence
}

/// The classes whose keys are better taken for data: where a field mixes classes, each object has to name its own,
/// and that should save a quarter of what the keys cost, for it makes a reader look them up.
fn keys_that_are_data(evidence: &[Vec<Evidence>], classes: &Classes) -> HashSet<usize> {
    let pays = |class: &usize| {
        classes.list.get(*class).is_some_and(|members| members.named_cost() * 4 < members.keys_said() * 3)
    };
    let mut mixed = vec![0; classes.list.len()];
    for field in evidence.iter().flatten().filter(|field| field.common == Common::One(Inner::Any)) {
        for (class, count) in field.classes.iter() {
            mixed.iter_mut().skip(*class).take(1).for_each(|sum| *sum += count);
        }
    }
    let mostly = |class: usize, count: usize| classes.list.get(class).is_some_and(|all| count * 2 > all.count);
    let doubtful = mixed.iter().enumerate().filter(|(class, count)| mostly(*class, **count));
    doubtful.map(|(class, _)| class).filter(|class| !pays(class)).collect()
}

struct Walk<'c, 'v> {
    of_shape: &'c [Option<usize>],
    /// For each shape with a class, where its keys are among the class's fields.
    places: Vec<Vec<usize>>,
    evidence: Vec<Vec<Evidence<'v>>>,
}

impl<'c, 'v> Walk<'c, 'v> {
    fn new<'a>(classes: &'c Classes<'a>, shapes: &Shapes<'a>) -> Self {
        let index: Vec<HashMap<&str, usize>> = classes
            .list
            .iter()
            .map(|members| members.keys.iter().enumerate().map(|(at, key)| (*key, at)).collect())
            .collect();
        let places = shapes.list.iter().zip(&classes.of_shape).map(|(shape, class)| {
            let Some(index) = class.and_then(|class| index.get(class)) else { return Vec::new() };
            shape.keys.iter().filter_map(|key| index.get(key).copied()).collect()
        });
        Self {
            of_shape: &classes.of_shape,
            places: places.collect(),
            evidence: classes.list.iter().map(|m| m.keys.iter().map(|_| Evidence::default()).collect()).collect(),
        }
    }

    fn value<'a: 'v>(&mut self, value: &'v Value<'a>, key: Option<&str>) {
        match value {
            Value::Bare(_) | Value::Text(_) => {}
            Value::List(items) => items.iter().for_each(|item| self.value(item, None)),
            Value::Map(object) => self.object(object, key),
        }
    }

    fn object<'a: 'v>(&mut self, object: &'v Object<'a>, key: Option<&str>) {
        let class = self.of_shape.get(object.shape).copied().flatten();
        for (at, (name, value)) in object.entries.iter().enumerate() {
            let place = self.places.get(object.shape).and_then(|places| places.get(at)).copied();
            if let Some((class, place)) = class.zip(place) {
                let of_shape = self.of_shape;
                if let Some(evidence) = self.evidence.get_mut(class).and_then(|fields| fields.get_mut(place)) {
                    evidence.observe(value, key, of_shape);
                }
            }
            self.value(value, Some(name));
        }
    }
}

impl<'v> Evidence<'v> {
    fn observe<'a: 'v>(&mut self, value: &'v Value<'a>, key: Option<&str>, of_shape: &[Option<usize>]) {
        let own_key = matches!(value, Value::Text(text) if after_key(text, key) == Some(""));
        self.own_key = own_key && (self.own_key || self.present == 0);
        self.present += 1;
        match self.constant {
            None => self.constant = Some(value),
            Some(first) => self.varies |= first != value,
        }
        if matches!(value, Value::Bare("null")) {
            self.nulls = true;
            return;
        }
        let (common, needs_str) = common(value, of_shape);
        if let Common::One(Inner::Class(class)) = common {
            self.classes.update(class, |count| *count += 1);
        }
        self.needs_str |= needs_str;
        self.common = self.common.with(common);
    }
}

impl Common {
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unseen, any) | (any, Self::Unseen) => any,
            (Self::EmptyList, Self::List(inner)) | (Self::List(inner), Self::EmptyList) => Self::List(inner),
            (Self::EmptyMap, Self::Map(inner)) | (Self::Map(inner), Self::EmptyMap) => Self::Map(inner),
            (a, b) if a == b => a,
            _ => Self::One(Inner::Any),
        }
    }
}

/// What one value is, and whether knowing that it holds strings saves quotes.
fn common(value: &Value, of_shape: &[Option<usize>]) -> (Common, bool) {
    let class_of = |object: &Object| of_shape.get(object.shape).copied().flatten();
    match value {
        Value::Bare(_) => (Common::One(Inner::Any), false),
        Value::Text(text) => (Common::One(Inner::Str), is_bare(text)),
        Value::List(items) if items.is_empty() => (Common::EmptyList, false),
        Value::Map(object) if object.entries.is_empty() => (Common::EmptyMap, false),
        Value::List(items) => {
            let (inner, needs_str) = inner(items.iter(), of_shape);
            (if inner == Inner::Any { Common::One(Inner::Any) } else { Common::List(inner) }, needs_str)
        }
        Value::Map(object) => match class_of(object) {
            Some(class) => (Common::One(Inner::Class(class)), false),
            None => {
                let (inner, needs_str) = inner(object.entries.iter().map(|(_, value)| value), of_shape);
                (if inner == Inner::Any { Common::One(Inner::Any) } else { Common::Map(inner) }, needs_str)
            }
        },
    }
}

/// What all of `values` are.
pub(super) fn inner<'v, 'a: 'v>(
    values: impl Iterator<Item = &'v Value<'a>>,
    of_shape: &[Option<usize>],
) -> (Inner, bool) {
    let mut all = None;
    let mut needs_str = false;
    for value in values {
        let this = match value {
            Value::Text(text) => {
                needs_str |= is_bare(text);
                Inner::Str
            }
            Value::Map(object) if !object.entries.is_empty() => {
                of_shape.get(object.shape).copied().flatten().map_or(Inner::Any, Inner::Class)
            }
            _ => Inner::Any,
        };
        if this == Inner::Any || all.is_some_and(|all| all != this) {
            return (Inner::Any, false);
        }
        all = Some(this);
    }
    (all.unwrap_or_default(), needs_str)
}

fn declare<'a>(keys: &[&'a str], count: usize, evidence: &[Evidence]) -> Class<'a> {
    // One field that every object has must keep its cell, so that no row is empty.
    let anchor = evidence.iter().position(|field| field.present == count);
    let fields = keys.iter().zip(evidence).enumerate().map(|(place, (key, seen))| {
        let alike = (seen.own_key || !seen.varies) && seen.present == count && Some(place) != anchor;
        let constant = seen.constant.filter(|_| alike).and_then(|value| constant_cell(value, seen.own_key));
        Field { key, ty: seen.to_type(), constant }
    });
    Class { fields: fields.collect() }
}

impl Evidence<'_> {
    fn to_type(&self) -> Type {
        let plain = |inner| if inner == Inner::Str && !self.needs_str { Inner::Any } else { inner };
        match self.common {
            Common::List(inner) | Common::Map(inner) if plain(inner) == Inner::Any => Type::One(Inner::Any),
            Common::List(inner) => Type::List(inner),
            Common::Map(inner) => Type::Map(inner),
            Common::One(Inner::Class(class)) if self.nulls => Type::Boxed(class),
            Common::One(inner) => Type::One(plain(inner)),
            Common::Unseen | Common::EmptyList | Common::EmptyMap => Type::One(Inner::Any),
        }
    }
}

/// Spreads an object's cells only where their number is fixed and the class comes later; boxes it elsewhere.
fn box_what_varies(schema: &mut Schema, class: usize, evidence: &[Vec<Evidence>]) {
    let Some(seen) = evidence.get(class) else { return };
    let count = seen.iter().map(|field| field.present).max().unwrap_or_default();
    let boxed: Vec<usize> = schema
        .fields(class)
        .iter()
        .zip(seen)
        .enumerate()
        .filter_map(|(place, (field, seen))| match field.ty {
            Type::One(Inner::Class(inner)) => {
                let spread = inner > class && is_fixed(schema, inner, evidence);
                let cheap = spread && (seen.present == count || schema.cells(inner) <= GAP);
                (!cheap).then_some(place)
            }
            _ => None,
        })
        .collect();
    let Some(fields) = schema.classes.get_mut(class).map(|class| &mut class.fields) else { return };
    for place in boxed {
        if let Some(field) = fields.get_mut(place)
            && let Type::One(Inner::Class(inner)) = field.ty
        {
            field.ty = Type::Boxed(inner);
        }
    }
}

/// Whether every object of the class has every field, and so have the objects that it spreads.
fn is_fixed(schema: &Schema, class: usize, evidence: &[Vec<Evidence>]) -> bool {
    let Some(seen) = evidence.get(class) else { return false };
    let count = seen.iter().map(|field| field.present).max().unwrap_or_default();
    seen.iter().all(|field| field.present == count)
        && schema.fields(class).iter().all(|field| match field.ty {
            Type::One(Inner::Class(inner)) => inner > class && is_fixed(schema, inner, evidence),
            _ => true,
        })
}
