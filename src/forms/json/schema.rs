//! What a block's header declares: classes of objects, and what stands in each of their cells.

/// What a cell, an element or an entry may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Inner {
    /// Anything: the text itself tells.
    #[default]
    Any,
    /// A string or null, so that `10083` needs no quotes.
    Str,
    /// An object of this class, so that its cells need no name.
    Class(usize),
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    /// One value; an object of a class spreads its cells among its holder's.
    One(Inner),
    /// One object of a class in braces, or null.
    Boxed(usize),
    /// A list of them, or null.
    List(Inner),
    /// An object whose keys are data, or null.
    Map(Inner),
}

/// One field of a class.
#[derive(Debug, Clone)]
pub(super) struct Field<'a> {
    pub(super) key: &'a str,
    pub(super) ty: Type,
    /// The cell that every object of the class has here; it is written once, in the header.
    pub(super) constant: Option<String>,
}

/// A sequence of keys that objects share; an object may lack some.
#[derive(Debug, Clone, Default)]
pub(super) struct Class<'a> {
    pub(super) fields: Vec<Field<'a>>,
}

/// All classes of a block. A class spreads only classes after it, so spreading ends.
#[derive(Debug, Clone, Default)]
pub(super) struct Schema<'a> {
    pub(super) classes: Vec<Class<'a>>,
    pub(super) root: Option<Root>,
}

/// What the whole document is, where its entries are one row each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    List(usize),
    Map(usize),
}

impl<'a> Schema<'a> {
    /// The fields of a class.
    pub(super) fn fields(&self, class: usize) -> &[Field<'a>] {
        self.classes.get(class).map_or(&[], |class| class.fields.as_slice())
    }

    /// How many cells an object of this class takes when it is spread.
    pub(super) fn cells(&self, class: usize) -> usize {
        self.fields(class).iter().map(|field| self.cells_of(field)).sum()
    }

    /// How many cells a field takes.
    pub(super) fn cells_of(&self, field: &Field) -> usize {
        match (&field.constant, field.ty) {
            (Some(_), _) => 0,
            (None, Type::One(Inner::Class(inner))) => self.cells(inner),
            _ => 1,
        }
    }
}

/// Whether a string can stand in a cell without quotes. `sure` says that only strings can stand there.
pub(super) fn is_plain(content: &str, sure: bool) -> bool {
    let bytes = content.as_bytes();
    let edges = [bytes.first(), bytes.last()];
    !bytes.is_empty()
        && !edges.contains(&Some(&b' '))
        && bytes.first() != Some(&b'@')
        && !bytes.iter().any(|byte| b",;{}[]\"".contains(byte))
        && if sure { content != "null" } else { !is_bare(content) }
}

/// Whether a text reads as a number, `true`, `false` or `null`.
pub(super) fn is_bare(content: &str) -> bool {
    trimtab_content::bare_len(content) == Some(content.len())
}

/// Whether a key can stand before its colon without quotes.
pub(super) fn is_plain_key(key: &str) -> bool {
    !key.contains(':') && is_plain(key, true)
}

/// Whether a key or a constant can stand in a declaration without quotes.
pub(super) fn is_plain_name(name: &str) -> bool {
    !name.bytes().any(|byte| b"()=:*?".contains(&byte)) && is_plain(name, true)
}

/// The part of `content` that follows the key it begins with, when saying `@` for the key is clear.
pub(super) fn after_key<'t>(content: &'t str, key: Option<&str>) -> Option<&'t str> {
    let key = key.filter(|key| key.len() >= 4)?;
    let rest = content.strip_prefix(key)?;
    let clear = rest.is_empty()
        || (is_plain(rest, true) && !rest.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()));
    clear.then_some(rest)
}
