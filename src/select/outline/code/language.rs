//! Which language a text is in, and what a declaration's opening words say in it.

/// Languages whose declarations are told from their bodies; others with braces read like the nearest of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Rust,
    Python,
    /// JavaScript and TypeScript.
    Script,
    Go,
    /// Java, and C#.
    Java,
    /// C and C++.
    C,
}

/// Names that stand behind a fence.
const FENCES: &[(&str, Language)] = &[
    ("rust", Language::Rust),
    ("rs", Language::Rust),
    ("python", Language::Python),
    ("py", Language::Python),
    ("javascript", Language::Script),
    ("js", Language::Script),
    ("jsx", Language::Script),
    ("mjs", Language::Script),
    ("typescript", Language::Script),
    ("ts", Language::Script),
    ("tsx", Language::Script),
    ("go", Language::Go),
    ("golang", Language::Go),
    ("java", Language::Java),
    ("csharp", Language::Java),
    ("cs", Language::Java),
    ("kotlin", Language::Java),
    ("c", Language::C),
    ("h", Language::C),
    ("cc", Language::C),
    ("cpp", Language::C),
    ("c++", Language::C),
    ("hpp", Language::C),
];

/// How lines open that are of one language, and what each is worth as a sign of it.
const OPENINGS: &[(&str, Language, u32)] = &[
    ("fn ", Language::Rust, 4),
    ("pub ", Language::Rust, 4),
    ("impl", Language::Rust, 3),
    ("use ", Language::Rust, 3),
    ("mod ", Language::Rust, 3),
    ("#[", Language::Rust, 4),
    ("//!", Language::Rust, 4),
    ("let mut ", Language::Rust, 3),
    ("def ", Language::Python, 4),
    ("from ", Language::Python, 3),
    ("elif ", Language::Python, 4),
    ("async def ", Language::Python, 4),
    ("import ", Language::Python, 1),
    ("import ", Language::Script, 1),
    ("\"use strict\"", Language::Script, 4),
    ("'use strict'", Language::Script, 4),
    ("export ", Language::Script, 4),
    ("const ", Language::Script, 2),
    ("var ", Language::Script, 3),
    ("function ", Language::Script, 4),
    ("async function ", Language::Script, 4),
    ("module.exports", Language::Script, 4),
    ("interface ", Language::Script, 3),
    ("declare ", Language::Script, 4),
    ("func ", Language::Go, 4),
    ("type ", Language::Go, 1),
    ("import (", Language::Go, 4),
    ("package ", Language::Go, 2),
    ("package ", Language::Java, 2),
    ("import java", Language::Java, 4),
    ("public ", Language::Java, 3),
    ("private ", Language::Java, 2),
    ("protected ", Language::Java, 3),
    ("@Override", Language::Java, 4),
    ("using ", Language::Java, 1),
    ("#include", Language::C, 5),
    ("#define", Language::C, 4),
    ("#if", Language::C, 3),
    ("#endif", Language::C, 3),
    ("typedef ", Language::C, 4),
    ("static ", Language::C, 2),
    ("extern ", Language::C, 3),
    ("struct ", Language::C, 2),
    ("template", Language::C, 2),
    ("namespace ", Language::C, 2),
    ("void ", Language::C, 2),
    ("int ", Language::C, 2),
];

/// Lines that are looked at to find the language out.
const LOOKED_AT: usize = 600;
/// How often one opening counts.
const OFTEN: u32 = 8;

impl Language {
    /// The language that a fence names, or else that most lines open in; `None` where nothing tells.
    pub(super) fn of(fence: &str, text: &str) -> Option<Self> {
        let name = fence.split(|letter: char| letter.is_whitespace() || letter == ',' || letter == '{').next();
        let named = name.and_then(|name| FENCES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)));
        if let Some((_, language)) = named {
            return Some(*language);
        }
        let mut signs = [0_u32; 6];
        let mut met = vec![0_u32; OPENINGS.len()];
        for line in text.lines().take(LOOKED_AT).map(str::trim_start) {
            for ((opening, language, worth), met) in OPENINGS.iter().zip(&mut met) {
                if *met < OFTEN && line.starts_with(opening) {
                    *met += 1;
                    signs.get_mut(*language as usize).into_iter().for_each(|sign| *sign += worth);
                }
            }
            // What ends in a colon opens an indented block, in one language only.
            let opens = line.ends_with(':') && ["def ", "class ", "if ", "for "].iter().any(|it| line.starts_with(it));
            signs.get_mut(1).into_iter().for_each(|sign| *sign += 3 * u32::from(opens));
        }
        let all = [Self::Rust, Self::Python, Self::Script, Self::Go, Self::Java, Self::C];
        all.into_iter().zip(signs).filter(|(_, sign)| *sign > 0).max_by_key(|(_, sign)| *sign).map(|(found, _)| found)
    }

    /// Whether a line's end may end a statement.
    pub(super) const fn ends_by_line(self) -> bool {
        matches!(self, Self::Script | Self::Go)
    }

    /// Whether what a header opens holds declarations, and not statements.
    pub(super) fn is_container(self, header: &str) -> bool {
        let words = || words(header);
        let has = |wanted: &[&str]| words().any(|word| wanted.contains(&word));
        match self {
            Self::Rust => {
                let skipped = ["pub", "crate", "super", "unsafe", "default", "auto", "const", "async"];
                let first = words().find(|word| !skipped.contains(word)).unwrap_or_default();
                let holds = ["mod", "impl", "trait", "struct", "enum", "union", "extern"].contains(&first);
                // What a macro takes in is mostly declarations.
                let branches = header.starts_with("if #[") || header.starts_with("else if #[") || header == "else";
                let takes = branches || header.ends_with('!') && !header.contains(' ');
                takes || holds && !header.contains(" = ") && !(first == "extern" && has(&["fn"]))
            }
            Self::Script => {
                let opening = header.trim();
                let exported = ["module.exports =", "exports =", "export default"].contains(&opening);
                let types = has(&["class", "interface", "enum", "namespace", "module"]) && !opening.contains('(');
                let alias =
                    opening.ends_with('=') && words().find(|it| *it != "export" && *it != "declare") == Some("type");
                exported || types || alias || has(&["global"]) || opening.contains("class ") && !opening.contains("=>")
            }
            Self::Go => words().next() == Some("type") && has(&["struct", "interface"]),
            Self::Java => {
                // The last word is a name: `void record(` declares a method.
                let before: Vec<&str> = self::words(header.split('(').next().unwrap_or_default()).collect();
                let opens = ["class", "interface", "enum", "record", "namespace"];
                let holds = before.split_last().is_some_and(|(_, rest)| rest.iter().any(|word| opens.contains(word)));
                holds && !header.contains(" = ") && !header.contains(" new ")
            }
            Self::C => {
                let wide = has(&["class", "namespace"]) || (has(&["extern"]) && header.trim_end().ends_with('"'));
                let calls = header.contains('(') && !header.contains("__attribute__");
                wide || (has(&["struct", "union", "enum"]) && !calls && !header.contains('='))
            }
            Self::Python => words().next() == Some("class"),
        }
    }

    /// Whether others may use what a header declares; `within` says whether they may use what is around it.
    pub(super) fn is_public(self, header: &str, within: Around) -> bool {
        if within == Around::Hidden {
            return false;
        }
        let words = || words(header);
        let has = |wanted: &[&str]| words().any(|word| wanted.contains(&word));
        match self {
            Self::Rust => {
                let open = header.trim_start().starts_with("pub ");
                let first = words().next().unwrap_or_default();
                open || within == Around::Open || (first == "impl" || first == "unsafe") && header.contains(" for ")
            }
            Self::Script => match within {
                Around::File { exports: true } => {
                    has(&["export", "declare"]) || exports(header) || words().next() == Some("namespace")
                }
                _ => !has(&["private"]) && !header.trim_start().starts_with(['#', '_']),
            },
            Self::Go => {
                let declared = header.trim_start().strip_prefix("func (").and_then(|rest| rest.split_once(')'));
                let name = match declared {
                    Some((_, rest)) => rest.trim_start(),
                    None => words().find(|word| !["func", "type", "var", "const"].contains(word)).unwrap_or_default(),
                };
                name.starts_with(char::is_uppercase) || header.contains("const (") || header.contains("var (")
            }
            Self::Java => within == Around::Open || has(&["public", "protected"]),
            Self::C => {
                !has(&["static"]) || has(&["inline", "__inline", "__inline__"]) || matches!(within, Around::Open)
            }
            Self::Python => {
                let name = words().find(|word| !["async", "def", "class"].contains(word)).unwrap_or_default();
                !name.starts_with('_') || (name.starts_with("__") && name.ends_with("__"))
            }
        }
    }

    /// Whether a statement only names what is used from elsewhere.
    pub(super) fn is_import(self, header: &str) -> bool {
        let first = words(header).next().unwrap_or_default();
        match self {
            Self::Rust => first == "use" || header.trim_start().starts_with("extern crate"),
            Self::Script => {
                first == "import" || (header.contains("require(") && first != "module" && first != "export")
            }
            Self::C => header.trim_start().starts_with("#include") || first == "using",
            Self::Java => matches!(first, "import" | "package" | "using"),
            Self::Go => matches!(first, "import" | "package"),
            Self::Python => matches!(first, "import" | "from"),
        }
    }

    /// Whether a statement without a body declares something.
    pub(super) fn declares(self, header: &str, at_file: bool) -> bool {
        let first = words(header).next().unwrap_or_default();
        let names: &[&str] = match self {
            Self::Script if at_file => {
                return ["export", "declare", "type", "const", "let", "var", "abstract", "function"].contains(&first)
                    || exports(header);
            }
            Self::Go if at_file => &["type", "const", "var", "func"],
            Self::Rust if at_file => {
                &["pub", "type", "const", "static", "fn", "mod", "struct", "unsafe", "extern", "macro_rules"]
            }
            _ => return true,
        };
        names.contains(&first)
    }
}

/// Whether a statement gives a name to others, the way that scripts without `export` do.
fn exports(header: &str) -> bool {
    ["exports", "module.exports", "Object.defineProperty(exports"].iter().any(|opening| header.starts_with(opening))
}

/// What a declaration stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Around {
    /// The file itself; `exports` says that what is not exported is its own.
    File { exports: bool },
    /// What others may use, and whose members need no word to be used.
    Open,
    /// What others may use, by members that say so.
    Public,
    /// What only the file uses.
    Hidden,
}

/// The words of a header in order, attributes and comments aside.
pub(super) fn words(header: &str) -> impl Iterator<Item = &str> {
    header.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).filter(|word| !word.is_empty())
}
