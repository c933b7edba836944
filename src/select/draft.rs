//! An input cut, counted and ranked: what the fill works on.

use std::ops::Range;

use super::instructions::raise_instructions;
use super::interest::prefer;
use super::kept::Kept;
use super::render::{Gap, Sheet};
use super::units::units;
use super::{BlockKind, Goal, Part, Request, Tier, Why};
use crate::content::Kind;
use crate::ordered::sort_by_key;
use crate::relevance;
use crate::relevance::sentences::LONGEST;
use crate::relevance::{Material, Reasons, Role, Scores, Unit, rank};
use crate::tokenizer::CountTokens;

/// Parts as units with their prices and their order.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) parts: &'a [Part],
    pub(crate) units: Vec<Unit>,
    /// Tokens of each unit, counted by itself.
    prices: Vec<usize>,
    /// The title that must stand above each unit.
    titles: Vec<Option<usize>>,
    /// What the units were judged by; `None` without a query.
    reasons: Option<Reasons>,
    /// How much each unit matters.
    pub(crate) scores: Vec<f64>,
    /// Most valuable first.
    pub(crate) order: Vec<usize>,
    /// Units that are never dropped.
    pub(crate) required: Vec<usize>,
    /// Declarations that every tier from the standard one on holds where nothing was asked.
    outline: Vec<usize>,
    /// What they say of themselves, most valuable first.
    documentation: Vec<usize>,
    /// Titles that may stand alone: the query names them.
    named: Vec<usize>,
    /// Tokens of units of text, of code and the like, and of rows; and of those that are code alone.
    sizes: ([usize; 3], usize),
}

impl<'a> Draft<'a> {
    /// Cuts, counts and ranks `parts`.
    pub(crate) fn new(parts: &'a [Part], request: &Request<'_>, tokens: &dyn CountTokens) -> Self {
        let units = units(parts, longest(request));
        let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        let prices: Vec<usize> = units.iter().map(|unit| price(text_of(parts, unit), tokens)).collect();
        let (query, context) = (request.query, request.context);
        let Scores { values: scores, order, reasons } =
            rank(&Material { texts: &texts, units: &units, query, context, prices: &prices });
        let order = prefer(order, &scores, request.interests, |unit| {
            units.get(unit).map(|unit| text_of(parts, unit)).unwrap_or_default()
        });
        let order = raise_instructions(order, parts, &units);
        let sizes = sizes(parts, &units, &prices);
        let declared =
            units.iter().enumerate().filter(|(_, unit)| unit.role == Role::Signature && request.query.is_none());
        let outline: Vec<usize> = declared.map(|(index, _)| index).collect();
        let documents = |unit: &usize| units.get(*unit).is_some_and(|unit| unit.role == Role::Comment);
        let documentation = order.iter().copied().filter(|unit| !outline.is_empty() && documents(unit)).collect();
        let titles = titles(parts, &units);
        let is_named = |unit: &Unit| unit.role == Role::Title && names(query.unwrap_or_default(), text_of(parts, unit));
        let named = units.iter().enumerate().filter(|(_, unit)| is_named(unit)).map(|(index, _)| index).collect();
        let required = required(parts, &units, request.keep);
        Self { parts, units, prices, titles, reasons, scores, order, required, outline, documentation, named, sizes }
    }

    /// Keeps a unit and what must stand with it.
    pub(crate) fn keep(&self, kept: &mut Kept, unit: usize) {
        for needed in self.needs(unit) {
            kept.add(needed);
        }
        kept.add(unit);
    }

    /// Why the first units of `kept` are kept.
    pub(crate) fn why(&self, kept: &Kept) -> Vec<Why> {
        let explained = kept.added().iter().filter(|unit| !self.is_title(**unit)).take(EXPLAINED);
        explained.filter_map(|unit| self.why_of(*unit)).collect()
    }

    fn why_of(&self, unit: usize) -> Option<Why> {
        let text = text_of(self.parts, self.units.get(unit)?).trim();
        let text = text.chars().take(SHOWN).collect();
        if self.required.contains(&unit) {
            return Some(Why { text, likelihood: None, because: vec![REQUIRED] });
        }
        let relevance::Why { likelihood, because } = self.reasons.as_ref()?.why(unit)?;
        Some(Why { text, likelihood: Some(likelihood), because })
    }

    /// The units that are never dropped, with what must stand with them.
    pub(crate) fn required(&self) -> Kept {
        let mut kept = Kept::none(self.units.len());
        self.required.iter().for_each(|unit| self.keep(&mut kept, *unit));
        kept
    }

    /// Adds the declarations that a tier holds whatever its share, and of what they say of themselves as much as leaves
    /// the whole well below `complete` tokens.
    pub(crate) fn keep_outline(&self, kept: &mut Kept, tier: Tier, complete: usize) {
        if tier < Tier::Standard {
            return;
        }
        self.outline.iter().for_each(|unit| self.keep(kept, *unit));
        let mut cost = self.estimate(kept);
        for unit in &self.documentation {
            cost += if kept.has(*unit) { 0 } else { self.added_price(kept, *unit) };
            if cost * 100 > complete * DOCUMENTED {
                return;
            }
            self.keep(kept, *unit);
        }
    }

    /// How many of `complete` tokens a tier aims at: code says what it does in a smaller share than prose.
    pub(crate) fn target(&self, tier: Tier, complete: usize) -> usize {
        let (textures, code) = self.sizes;
        let all: usize = textures.iter().sum();
        let code = (complete as f64 * code as f64 / all.max(1) as f64) as usize;
        tier.target(complete - code.min(complete)) + tier.target_of_code(code, self.reasons.is_some())
    }

    /// How many tokens are text, how many code and the like, and how many rows.
    pub(crate) const fn textures(&self) -> [usize; 3] {
        self.sizes.0
    }

    /// Whether a unit is a title that nothing of its document stands under: it took room that no text fits in, and says
    /// nothing by itself, unless the query names it. Where nothing is asked, it says at least what there is.
    pub(crate) fn is_idle_title(&self, kept: &Kept, unit: usize) -> bool {
        if self.reasons.is_none() || !self.is_title(unit) || self.named.contains(&unit) {
            return false;
        }
        let part = self.part_of(unit);
        let mut under = (unit + 1..self.units.len()).take_while(|under| self.part_of(*under) == part).peekable();
        under.peek().is_some() && !under.any(|under| kept.has(under))
    }

    /// The smallest answer: what is required, or else the cheapest unit.
    pub(crate) fn smallest(&self) -> Kept {
        let mut kept = self.required();
        if kept.len() == 0 {
            let none = kept.clone();
            let content = (0..self.units.len()).filter(|unit| !self.is_title(*unit));
            let cheapest =
                content.min_by_key(|unit| self.added_price(&none, *unit)).or((!self.units.is_empty()).then_some(0));
            cheapest.into_iter().for_each(|unit| self.keep(&mut kept, unit));
        }
        kept
    }

    /// What a unit adds to the estimate, with its needs and the gaps that it opens or closes.
    pub(crate) fn added_price(&self, kept: &Kept, unit: usize) -> usize {
        let needs: usize = self.needs(unit).filter(|needed| !kept.has(*needed)).map(|needed| self.price(needed)).sum();
        let beside = |other: Option<usize>| {
            other.is_some_and(|other| kept.has(other) && self.part_of(other) == self.part_of(unit))
        };
        let alone = !beside(unit.checked_sub(1)) && !beside(Some(unit + 1));
        self.price(unit) + needs + usize::from(alone)
    }

    /// What a set of units is expected to cost, without the marker.
    pub(crate) fn estimate(&self, kept: &Kept) -> usize {
        let mut sum = 0;
        let mut before = false;
        for unit in 0..self.units.len() {
            let has = kept.has(unit);
            if has {
                sum += self.price(unit) + usize::from(!before);
            }
            before = has;
        }
        sum
    }

    /// What was left out, as runs of dropped units.
    pub(crate) fn gaps(&self, kept: &Kept) -> Vec<Gap> {
        let mut gaps: Vec<Gap> = Vec::new();
        let mut open = false;
        for (index, unit) in self.units.iter().enumerate() {
            if kept.has(index) {
                open = false;
                continue;
            }
            match gaps.last_mut().filter(|gap| open && gap.part == unit.part) {
                Some(gap) => {
                    gap.span.end = unit.span.end;
                    gap.tokens += self.price(index);
                }
                None => gaps.push(Gap { part: unit.part, span: unit.span.clone(), tokens: self.price(index) }),
            }
            open = true;
        }
        gaps
    }

    /// Keeps what is no longer than the sign that would stand in its place: a bracket, an attribute.
    pub(crate) fn keep_crumbs(&self, kept: &mut Kept) {
        let mut run: Vec<usize> = Vec::new();
        let mut price = 0;
        for unit in 0..self.units.len() {
            if !kept.has(unit) {
                run.push(unit);
                price += self.price(unit);
                continue;
            }
            let crumb = unit > run.len() && price <= CRUMB && self.part_of(unit - run.len() - 1) == self.part_of(unit);
            for unit in run.drain(..).filter(|_| crumb) {
                kept.add(unit);
            }
            price = 0;
        }
    }

    /// The parts as a sheet to write on.
    pub(crate) fn sheet(&self) -> Sheet<'_> {
        Sheet::new(self.parts.iter().map(|part| (part.label.as_str(), part.text.as_str())).collect())
    }

    pub(crate) fn price(&self, unit: usize) -> usize {
        self.prices.get(unit).copied().unwrap_or(0)
    }

    fn part_of(&self, unit: usize) -> Option<usize> {
        self.units.get(unit).map(|unit| unit.part)
    }

    fn is_title(&self, unit: usize) -> bool {
        self.units.get(unit).is_some_and(|unit| unit.role == Role::Title)
    }

    /// What a unit can't stand without, and what that can't, the last need first.
    pub(crate) fn needs(&self, unit: usize) -> impl Iterator<Item = usize> {
        let title = self.titles.get(unit).copied().flatten();
        let need = |unit: usize| self.units.get(unit).and_then(|unit| unit.needs);
        let chain: Vec<usize> = std::iter::successors(need(unit), |needed| need(*needed)).take(DEEPEST).collect();
        title.into_iter().chain(chain.into_iter().rev())
    }
}

/// How many units are explained, and how many characters of each are shown.
const EXPLAINED: usize = 8;
const SHOWN: usize = 80;
/// What is said of a unit whose part is pinned, or that holds a string to keep.
const REQUIRED: &str = "required";

/// Declarations and what they say of themselves may take so many tokens of a hundred.
const DOCUMENTED: usize = 38;

/// As many tokens take the sign of a gap and what parts it from the text.
const CRUMB: usize = 2;

/// How many needs in a row are followed.
const DEEPEST: usize = 8;

/// Tokens by what they are made of, and of code alone.
fn sizes(parts: &[Part], units: &[Unit], prices: &[usize]) -> ([usize; 3], usize) {
    let ([mut text, mut like_code, mut rows], mut code) = ([0; 3], 0);
    for (unit, price) in units.iter().zip(prices) {
        match kind_of(parts, unit) {
            Some(BlockKind::Outline(Kind::Code)) => (like_code, code) = (like_code + price, code + price),
            Some(BlockKind::Outline(Kind::Diff | Kind::Trace)) => like_code += price,
            Some(BlockKind::Outline(Kind::Log | Kind::Table) | BlockKind::Lines | BlockKind::Whole) => rows += price,
            Some(BlockKind::Prose | BlockKind::Outline(_)) | None => text += price,
        }
    }
    ([text, like_code, rows], code)
}

/// The kind of the block that a unit is of, if it is of one.
fn kind_of(parts: &[Part], unit: &Unit) -> Option<BlockKind> {
    let blocks = parts.get(unit.part).map(|part| part.blocks.as_slice()).unwrap_or_default();
    let after = blocks.partition_point(|block| block.span.start <= unit.span.start);
    let block = after.checked_sub(1).and_then(|at| blocks.get(at))?;
    (unit.span.start < block.span.end).then_some(block.kind)
}

/// How long a unit may be: a small budget needs smaller pieces than sentences.
///
/// Where literal strings must be kept the cut doesn't depend on the budget, so that the smallest budget that would do
/// is the same for all of them.
fn longest(request: &Request<'_>) -> usize {
    let (Goal::Budget(budget) | Goal::TierWithin(_, budget)) = request.goal else { return LONGEST };
    if request.keep.iter().all(String::is_empty) { (budget.saturating_mul(5) / 2).clamp(24, LONGEST) } else { LONGEST }
}

fn text_of<'a>(parts: &'a [Part], unit: &Unit) -> &'a str {
    parts.get(unit.part).and_then(|part| part.text.get(unit.span.clone())).unwrap_or_default()
}

/// Counts a unit without its last white space, which merges with what follows.
fn price(text: &str, tokens: &dyn CountTokens) -> usize {
    let bare = text.trim_end();
    tokens.count(bare) + usize::from(text.get(bare.len()..).is_some_and(|space| space.contains('\n')))
}

/// Finds for each unit the title that it can't stand without: none where it names its subject itself.
fn titles(parts: &[Part], units: &[Unit]) -> Vec<Option<usize>> {
    let mut title: Option<(usize, usize)> = None;
    let each = units.iter().enumerate().map(|(index, unit)| {
        if unit.role == Role::Title {
            title = Some((unit.part, index));
            return None;
        }
        let (_, at) = title.filter(|(part, _)| *part == unit.part)?;
        let name = units.get(at).map(|title| text_of(parts, title).trim()).unwrap_or_default();
        (!names(text_of(parts, unit), name)).then_some(at)
    });
    each.collect()
}

/// Tells whether a text has all words of a title.
fn names(text: &str, title: &str) -> bool {
    title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 2).all(|word| text.contains(word))
}

/// Finds the units that are pinned or hold a string that must be kept.
fn required(parts: &[Part], units: &[Unit], keep: &[String]) -> Vec<usize> {
    let mut wanted: Vec<Vec<Range<usize>>> = Vec::new();
    for part in parts {
        let literals = keep.iter().filter(|literal| !literal.is_empty());
        let found = literals
            .flat_map(|literal| part.text.match_indices(literal.as_str()).map(|(at, found)| at..at + found.len()));
        let mut spans: Vec<Range<usize>> = found.collect();
        sort_by_key(&mut spans, |span| span.start);
        wanted.push(spans);
    }
    let holds = |unit: &Unit| {
        let pinned = parts.get(unit.part).is_some_and(|part| part.pinned);
        let spans = wanted.get(unit.part).map(Vec::as_slice).unwrap_or_default();
        pinned || overlaps(spans, &unit.span)
    };
    units.iter().enumerate().filter(|(_, unit)| holds(unit)).map(|(index, _)| index).collect()
}

/// Tells whether any of the spans, sorted by start, shares a byte with `span`.
fn overlaps(spans: &[Range<usize>], span: &Range<usize>) -> bool {
    let upto = spans.partition_point(|wanted| wanted.start < span.end);
    spans.iter().take(upto).any(|wanted| wanted.end > span.start)
}
