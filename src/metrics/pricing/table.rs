//! Finds a model's row in the generated table.

const TABLE: &str = include_str!("table.txt");

/// What applications and OpenTelemetry call the sellers, beside the table's own names. The first that is found counts.
const SELLERS: &[(&str, &str)] = &[
    ("azure", "azure"),
    ("bedrock", "aws"),
    ("aws", "aws"),
    ("amazon", "aws"),
    ("vertex", "google"),
    ("google", "google"),
    ("gemini", "google"),
    ("gcp", "google"),
    ("anthropic", "anthropic"),
    ("openai", "openai"),
    ("mistral", "mistral"),
    ("x-ai", "x-ai"),
    ("x_ai", "x-ai"),
    ("xai", "x-ai"),
    ("deepseek", "deepseek"),
    ("cohere", "cohere"),
    ("groq", "groq"),
    ("perplexity", "perplexity"),
    ("moonshot", "moonshotai"),
    ("minimax", "minimax"),
    ("z-ai", "zai"),
    ("z.ai", "zai"),
    ("zai", "zai"),
    ("cerebras", "cerebras"),
    ("voyage", "voyageai"),
];

/// Those that pass the seller's price through and name it in front of the model.
const ROUTERS: &[&str] = &["openrouter", "litellm", "gateway", "vercel"];

/// Regions that Bedrock puts in front of a model's name; `global` has rows of its own.
const REGIONS: &[&str] = &["us-gov", "us", "eu", "au", "apac", "jp", "in", "ca"];

/// Reads the day of the prices, `2026-09-23`.
pub fn date() -> &'static str {
    let head = TABLE.lines().next().unwrap_or_default();
    head.split([' ', ',']).find(|word| super::super::calendar::parse_day(word).is_some()).unwrap_or_default()
}

/// Finds the prices of a model; `provider` may be empty. Both are lower case.
pub(super) fn find(provider: &str, model: &str) -> Option<&'static str> {
    let model = model.strip_prefix("models/").unwrap_or(model);
    let named = model.split_once('/').and_then(|(owner, rest)| Some((section(owner)?, rest)));
    if let Some(own) = section(provider) {
        let rest = named.filter(|(owner, _)| *owner == own).map_or(model, |(_, rest)| rest);
        return in_section(own, rest);
    }
    match named {
        Some((owner, rest)) if provider.is_empty() || is_router(provider) => in_section(owner, rest),
        None if provider.is_empty() => {
            let wanted = Wanted::new(model);
            sections().find_map(|section| in_rows(&section, &wanted))
        }
        _ => None,
    }
}

fn is_router(provider: &str) -> bool {
    ROUTERS.iter().any(|router| provider.contains(router))
}

fn section(provider: &str) -> Option<&'static str> {
    if is_router(provider) {
        return None;
    }
    SELLERS.iter().find(|(word, _)| provider.contains(word)).map(|(_, section)| *section)
}

/// One seller's part of the table.
struct Section {
    name: &'static str,
    resold: &'static str,
    rows: &'static str,
}

/// Splits the table, in its order; each part begins with `name] resold sellers` and a line for each model.
fn sections() -> impl Iterator<Item = Section> {
    TABLE.split("\n[").skip(1).filter_map(|part| {
        let (head, rows) = part.split_once('\n')?;
        let (name, resold) = head.split_once(']')?;
        Some(Section { name, resold, rows })
    })
}

/// Looks in a seller's rows, then in those of the sellers it resells.
fn in_section(name: &str, model: &str) -> Option<&'static str> {
    let own = sections().find(|section| section.name == name)?;
    let wanted = Wanted::new(model);
    let mut resold = own.resold.split(' ').filter_map(|name| sections().find(|section| section.name == name));
    in_rows(&own, &wanted).or_else(|| resold.find_map(|section| in_rows(&section, &wanted)))
}

/// A model's name as the rows are written: with `-` for `.`, without a region, and the same without a date.
struct Wanted {
    name: String,
    plain: usize,
}

impl Wanted {
    fn new(model: &str) -> Self {
        let name = without_region(model.replace('.', "-"));
        Self { plain: without_date(&name).len(), name }
    }

    fn plain(&self) -> &str {
        self.name.get(..self.plain).unwrap_or(&self.name)
    }
}

fn in_rows(section: &Section, wanted: &Wanted) -> Option<&'static str> {
    let mut best = (0, None);
    for row in section.rows.lines() {
        let Some((names, prices)) = row.split_once(' ') else { continue };
        let score = names.split('|').map(|pattern| closeness(pattern, &wanted.name, wanted.plain())).max().unwrap_or(0);
        if score > best.0 {
            best = (score, Some(prices));
        }
    }
    best.1
}

/// Says how well a pattern fits: the whole name before the undated name, and both before the longest part of it.
fn closeness(pattern: &str, name: &str, plain: &str) -> usize {
    let core = pattern.trim_matches('*');
    let fits = match (pattern.starts_with('*'), pattern.ends_with('*')) {
        (false, false) if core == name => return usize::MAX,
        (false, false) if core == plain => return usize::MAX - 1,
        (false, false) => false,
        (false, true) => name.starts_with(core),
        (true, false) => name.ends_with(core),
        (true, true) => name.contains(core),
    };
    if fits { core.len() } else { 0 }
}

fn without_region(name: String) -> String {
    let rest = REGIONS.iter().find_map(|region| name.strip_prefix(region)?.strip_prefix('-'));
    let sold = ["anthropic-", "openai-", "amazon-"];
    match rest.filter(|rest| sold.iter().any(|owner| rest.starts_with(owner))) {
        Some(rest) => rest.to_owned(),
        None => name,
    }
}

/// Drops `-latest`, `-20250514`, `@20250514` or `-2025-05-14` from the end.
fn without_date(name: &str) -> &str {
    if let Some(rest) = name.strip_suffix("-latest") {
        return rest;
    }
    let digits_end = name.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '-');
    let tail = name.get(digits_end.len()..).unwrap_or_default();
    // The tail may hold a version as well (`-4-5-20250929`), so only its last eight digits are looked at.
    for (length, dashes) in [(9, 1), (11, 3)] {
        let Some(date) = tail.len().checked_sub(length).and_then(|start| tail.get(start..)) else { continue };
        let shaped = date.starts_with("-20") && date.matches('-').count() == dashes;
        if shaped && date.bytes().filter(u8::is_ascii_digit).count() == 8 {
            return name.strip_suffix(date).unwrap_or(name);
        }
    }
    name.split_once('@').map_or(name, |(plain, _)| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_date_and_at_least_300_models() {
        assert!(crate::calendar::parse_day(date()).is_some());
        assert!(TABLE.lines().filter(|line| !line.starts_with(['#', '['])).count() >= 300);
    }

    #[test]
    fn every_row_has_names_and_a_price() {
        for row in TABLE.lines().filter(|line| !line.starts_with(['#', '['])) {
            let (names, prices) = row.split_once(' ').unwrap();
            assert!(!names.is_empty(), "{row}");
            assert!(super::super::row::rates(prices, 2e12, 1).is_some(), "{row}");
        }
    }

    #[test]
    fn only_dates_are_dropped_from_a_name() {
        assert_eq!(without_date("gpt-4o-2024-08-06"), "gpt-4o");
        assert_eq!(without_date("claude-sonnet-4-5-20250929"), "claude-sonnet-4-5");
        assert_eq!(without_date("claude-sonnet-4@20250514"), "claude-sonnet-4");
        assert_eq!(without_date("gpt-4-0613"), "gpt-4-0613");
        assert_eq!(without_date("gpt-3-5-turbo"), "gpt-3-5-turbo");
    }

    #[test]
    fn a_seller_that_only_routes_needs_the_owner_in_the_name() {
        assert!(find("openrouter", "openai/gpt-4o").is_some());
        assert!(find("openrouter", "gpt-4o").is_none());
        assert!(find("openrouter", "someone/gpt-4o").is_none());
    }
}
