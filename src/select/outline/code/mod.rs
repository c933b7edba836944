//! Code as its declarations: what others may call comes first, then what it says of itself, bodies last.

mod braces;
mod indents;
mod language;
mod scan;

use super::Piece;
use crate::relevance::Role;
use language::Language;

/// Cuts code into signatures, comments and bodies; none where the language can't be told.
pub(super) fn outline(_head: &str, text: &str) -> Vec<Piece> {
    let fenced = text.starts_with("```") || text.starts_with("~~~");
    let head = if fenced { text.find('\n').map_or(text.len(), |at| at + 1) } else { 0 };
    let (fence, rest) = text.split_at(head);
    let tail = if fenced { rest.trim_end().rfind('\n').map_or(0, |at| at + 1) } else { rest.len() };
    let (body, closing) = rest.split_at(tail);
    let Some(language) = Language::of(fence.trim().trim_start_matches(['`', '~']), body) else { return Vec::new() };
    let mut pieces = Pieces::default();
    pieces.push(head, Role::Signature, None);
    match language {
        Language::Python => indents::outline(body, head, &mut pieces),
        _ => braces::outline(body, head, language, &mut pieces),
    }
    pieces.push(text.len() - closing.len(), Role::Body, None);
    pieces.push(text.len(), Role::Signature, None);
    pieces.found
}

/// Pieces as they are found.
#[derive(Default)]
struct Pieces {
    found: Vec<Piece>,
    /// Comments that wait for what they speak of.
    waiting: Vec<usize>,
}

impl Pieces {
    fn end(&self) -> usize {
        self.found.last().map_or(0, |last| last.end)
    }

    /// Adds what lies between the last piece and `end`; gives its number.
    fn push(&mut self, end: usize, role: Role, needs: Option<usize>) -> Option<usize> {
        if end <= self.end() {
            return None;
        }
        self.found.push(Piece { end, role, needs });
        Some(self.found.len() - 1)
    }

    /// Adds a declaration; the comments before it are about it.
    fn declare(&mut self, end: usize, role: Role, needs: Option<usize>) -> Option<usize> {
        let at = self.push(end, role, needs);
        for comment in std::mem::take(&mut self.waiting) {
            if let Some(piece) = self.found.get_mut(comment) {
                piece.needs = at;
                if role != Role::Signature && piece.role == Role::Comment {
                    piece.role = Role::Body;
                }
            }
        }
        at
    }

    /// Adds what declares nothing; comments before it are about nothing that others use.
    fn plain(&mut self, end: usize, role: Role, needs: Option<usize>) -> Option<usize> {
        for comment in std::mem::take(&mut self.waiting) {
            self.found.get_mut(comment).into_iter().for_each(|piece| piece.role = Role::Body);
        }
        self.push(end, role, needs)
    }

    /// Adds a comment of `text`, which ends at `end`: its first sentence apart from the rest.
    fn comment(&mut self, text: &str, end: usize) {
        let lower = text.get(..text.len().min(2_000)).unwrap_or(text).to_ascii_lowercase();
        if ["copyright", "license", "spdx"].iter().any(|word| lower.contains(word)) {
            self.push(end, Role::Filler, None);
            return;
        }
        let start = end - text.len();
        let first = self.push(start + first_sentence(text), Role::Comment, None);
        self.waiting.extend(first);
        self.push(end, Role::Body, first);
    }
}

/// How many bytes the first sentence of a comment takes, to the end of its line.
fn first_sentence(text: &str) -> usize {
    let mut end = 0;
    let mut said = false;
    for line in text.split_inclusive('\n') {
        let words = line.trim().trim_matches(['/', '*', '!', '#', '"', '\'', ' ', '<', '>', '-', '=']);
        if words.is_empty() && said {
            break;
        }
        said |= !words.is_empty();
        end += line.len();
        if words.ends_with(['.', ':', '。']) || words.contains(". ") {
            break;
        }
    }
    end
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "a test may panic")]
mod tests {
    use super::outline;
    use crate::relevance::Role;

    /// What others may use, by its pieces.
    fn public(text: &str) -> Vec<&str> {
        let mut at = 0;
        let mut found = Vec::new();
        for piece in outline("", text) {
            let words = text[at..piece.end].trim();
            at = piece.end;
            if piece.role == Role::Signature && !words.is_empty() && !words.starts_with("```") {
                found.push(words);
            }
        }
        found
    }

    #[test]
    fn calls_of_macros_end_without_a_sign() {
        let text = "#include <a.h>\nDECLARE_STACK(valve, valve)\n#define valve_open(v) stack_open(check_the_type_of(v))\n#define VALVES 9\nDECLARE_STACK(pump, pump)\nOLD_SINCE(3) int close(struct valve *v);\nTEST(valve, opens) {\n  int n = 1;\n}\n";
        assert_eq!(
            public(text),
            [
                "DECLARE_STACK(valve, valve)",
                "#define valve_open(v)",
                "#define VALVES 9",
                "DECLARE_STACK(pump, pump)",
                "OLD_SINCE(3) int close(struct valve *v);",
                "TEST(valve, opens)",
            ]
        );
    }

    #[test]
    fn classes_say_what_is_public_in_them() {
        let text = "#include <string>\nnamespace pumps {\ntemplate <typename T>\nclass Valve : public Base {\n  int stuck;\n public:\n  explicit Valve(T name) : name_(name) { turn(); }\n  void open() const;\n private:\n  void turn();\n};\n}\n";
        assert_eq!(
            public(text),
            [
                "namespace pumps {",
                "template <typename T>\nclass Valve : public Base {",
                "public:",
                "explicit Valve(T name) : name_(name)",
                "void open() const;",
            ]
        );
    }

    #[test]
    fn go_says_it_with_a_capital() {
        let text = "package pumps\n\nimport (\n\t\"fmt\"\n)\n\ntype Valve struct {\n\tName string\n\tstuck bool\n}\n\nfunc (v *Valve) Open() error {\n\treturn fmt.Errorf(`}`)\n}\n\nfunc turn(v *Valve) {\n}\n\nfunc New(name string) *Valve {\n\treturn &Valve{Name: name}\n}\n";
        assert_eq!(
            public(text),
            ["type Valve struct {", "Name string", "func (v *Valve) Open() error", "func New(name string) *Valve"]
        );
    }

    #[test]
    fn java_says_it_with_a_word_and_interfaces_without_one() {
        let text = "package pumps;\n\nimport java.util.List;\n\n@FunctionalInterface\npublic interface Valve<T> {\n    /** Opens it. */\n    void open(T by, int turns);\n    static Valve<String> of(String name) { return null; }\n}\n\npublic class Pump {\n    private int stuck;\n    public Pump(List<String> names) { this.stuck = 0; }\n    private void turn() { stuck++; }\n    protected boolean runs() { return true; }\n}\n";
        assert_eq!(
            public(text),
            [
                "@FunctionalInterface\npublic interface Valve<T> {",
                "void open(T by, int turns);",
                "static Valve<String> of(String name)",
                "public class Pump {",
                "public Pump(List<String> names)",
                "protected boolean runs()",
            ]
        );
    }

    #[test]
    fn scripts_export_by_name_too() {
        let listed = "import { a } from 'a'\nfunction open(valve) {\n  return a(valve)\n}\nfunction turn() {\n  return 1\n}\nexport {\n  open,\n}\nexport default define({\n  name: 'a name that is long enough',\n  run() { return 'and a body that is, too: what it does is not what it is for those who use it' },\n})\n";
        assert_eq!(public(listed), ["function open(valve)", "export {\n  open,\n}", "export default define"]);
        let given = "'use strict'\nconst a = require('a')\nfunction open(valve) {\n  return a(valve)\n}\nfunction turn() {\n  return 1\n}\nmodule.exports = { open }\n";
        assert_eq!(public(given), ["function open(valve)", "module.exports = {", "open"]);
    }

    #[test]
    fn a_long_value_is_behind_its_name() {
        let names = "| 'a name of a valve' ".repeat(30);
        let text = format!("export type Names = {names}\nexport const first = 'a'\nexport const all = '{names}'\n");
        assert_eq!(public(&text), ["export type Names =", "export const first = 'a'", "export const all ="]);
        let table = "1, ".repeat(90);
        let text = format!("import os\n\ndef turn(a):\n    return a\n\nTABLE = [{table}]\nLIMIT = 3\n");
        assert_eq!(public(&text), ["def turn(a):", "TABLE =", "LIMIT = 3"]);
    }
}
