//! The walls of the house: which room may import which.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Every room with the rooms that its arrows point to. Whatever those may import, it may import too, and the [`GROUND`] is
/// open to all. A new room needs a line here.
const ARROWS: &[(&str, &[&str])] = &[
    ("bindings", &["persistence"]),
    ("persistence", &["engine", "storage"]),
    ("engine", &["select", "cache", "alerts", "budget", "profile"]),
    ("select", &["forms", "relevance"]),
    ("cache", &["forms", "relevance"]),
    ("alerts", &["metrics", "forms", "relevance"]),
    ("budget", &["metrics", "forms", "relevance"]),
    ("profile", &["forms", "relevance"]),
    ("metrics", &[]),
    ("forms", &["content"]),
    ("relevance", &["content"]),
    ("content", &["tokenizer"]),
    ("tokenizer", &[]),
    ("storage", &[]),
    ("error", &[]),
    ("codec", &[]),
    ("ordered", &[]),
];

/// What every room stands on: the error, state as bytes, and order.
const GROUND: &[&str] = &["error", "codec", "ordered"];

#[test]
fn every_import_goes_along_an_arrow() {
    let known: BTreeSet<_> = ARROWS.iter().map(|(room, _)| *room).collect();
    let mut wrong = Vec::new();
    for source in sources().expect("src is readable") {
        let text = fs::read_to_string(&source.path).expect("a source file is readable");
        let (room, path) = (source.room.as_str(), source.path.display());
        if !known.contains(room) {
            wrong.push(format!("{path}: the room `{room}` is not in the table of arrows"));
        }
        let reachable = reachable(room);
        let imports = imports(&text, source.depth).into_iter().filter(|name| known.contains(name.as_str()));
        for import in imports
            .filter(|name| name != room && !GROUND.contains(&name.as_str()) && !reachable.contains(name.as_str()))
        {
            wrong.push(format!("{path}: `{room}` must not import `{import}`"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_table_names_no_room_that_is_gone() {
    let present: BTreeSet<_> = sources().expect("src is readable").into_iter().map(|source| source.room).collect();
    let gone: Vec<_> = ARROWS.iter().map(|(room, _)| *room).filter(|room| !present.contains(*room)).collect();
    assert!(gone.is_empty(), "{gone:?}");
}

#[test]
fn arrows_form_no_cycle() {
    let in_a_cycle: Vec<_> =
        ARROWS.iter().map(|(room, _)| *room).filter(|room| reachable(room).contains(room)).collect();
    assert!(in_a_cycle.is_empty(), "{in_a_cycle:?}");
}

#[test]
fn an_import_is_found_in_each_way_of_writing_it() {
    let text = "use crate::{a::X, b::{Y, z}, c};\npub(crate) use crate::d::V;\nlet x = crate::e::f();\n\
                // crate::g in a comment\n/// crate::h::I in a doc comment\nuse crate::{\n    j::K,\n    l,\n};\n\
                use super::m;\nuse super::super::n::O;\nuse trimtab_o::P;\n";
    assert_eq!(imports(text, 2).into_iter().collect::<String>(), "abcdejlno");
}

/// The rooms that arrows lead to from `room`, in one step or more.
fn reachable(room: &str) -> BTreeSet<&'static str> {
    let next = |from: &str| ARROWS.iter().find(|(room, _)| *room == from).map_or(&[][..], |(_, to)| to).to_vec();
    let (mut found, mut left) = (BTreeSet::new(), next(room));
    while let Some(room) = left.pop() {
        if found.insert(room) {
            left.extend(next(room));
        }
    }
    found
}

struct Source {
    path: PathBuf,
    room: String,
    /// How many `super`s lead from this module to the root of the crate.
    depth: usize,
}

/// Lists every source file but the map itself, `lib.rs`, which is in no room.
fn sources() -> io::Result<Vec<Source>> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let source = |path: PathBuf| {
        let inside = path.strip_prefix(&src).expect("it is below src").with_extension("");
        let modules: Vec<_> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let depth = modules.len() - usize::from(modules.last().is_some_and(|name| name == "mod" || name == "lib"));
        Source { room: modules.first().cloned().unwrap_or_default(), depth, path }
    };
    Ok(files(&src)?.into_iter().map(source).filter(|source| source.room != "lib").collect())
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(found)
}

/// The names that follow `crate::`, enough `super::`s, or `trimtab_` where the room is a package, in code: one, or each that
/// stands first in a `{…}` list.
fn imports(text: &str, depth: usize) -> BTreeSet<String> {
    let code = text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    let root = "super::".repeat(depth);
    ["crate::", "trimtab_", &root].iter().flat_map(|start| code.split(start).skip(1)).flat_map(names).collect()
}

fn names(after: &str) -> Vec<String> {
    let Some(list) = after.strip_prefix('{') else { return vec![name(after)] };
    let mut depth = 1;
    let mut parts = vec![String::new()];
    for char in list.chars() {
        match char {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => parts.push(String::new()),
            _ if depth == 1 => parts.last_mut().expect("there is always one").push(char),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    parts.iter().map(|part| name(part.trim())).filter(|name| !name.is_empty()).collect()
}

fn name(text: &str) -> String {
    text.chars().take_while(|char| char.is_alphanumeric() || *char == '_').collect()
}
