//! What a model call costs: a table made at build time, with its date, and the user's own prices over it.

mod row;
mod table;

use serde_json::Value;

use super::usage::Usage;
use trimtab_error::{Error, ErrorKind, Result};
use trimtab_ordered::Map;

pub use table::date;

/// Dollars for a million tokens of each kind; a missing rate is unknown, never zero.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Rates {
    /// Input tokens that were neither read from nor written to the provider's cache.
    pub input: Option<f64>,
    /// Output tokens, reasoning included.
    pub output: Option<f64>,
    /// Input tokens read from the provider's cache; the input rate holds where it is missing.
    pub cache_read: Option<f64>,
    /// Input tokens written to the provider's cache; the input rate holds where it is missing.
    pub cache_write: Option<f64>,
    /// The same for a cache that is kept an hour; the rate of `cache_write` holds where it is missing.
    pub cache_write_1h: Option<f64>,
}

impl Rates {
    /// Reads `{ input?, output?, cacheRead?, cacheWrite?, cacheWrite1h? }`, each in dollars for a million tokens.
    pub fn from_json(value: &Value) -> Result<Self> {
        let invalid = |message: String| Error::new(ErrorKind::InvalidInput, message);
        let fields = value.as_object().ok_or_else(|| invalid("the price of a model must be an object".to_owned()))?;
        let mut rates = Self::default();
        for (name, value) in fields {
            let rate = match name.as_str() {
                "input" => &mut rates.input,
                "output" => &mut rates.output,
                "cacheRead" => &mut rates.cache_read,
                "cacheWrite" => &mut rates.cache_write,
                "cacheWrite1h" => &mut rates.cache_write_1h,
                _ => return Err(invalid(format!("`{name}` is no part of a price"))),
            };
            *rate = value.as_f64();
            if rate.is_none() && !value.is_null() {
                return Err(invalid(format!("`{name}` must be a number of dollars")));
            }
        }
        Ok(rates)
    }

    /// Sums up the dollars of one call, or `None` when tokens were used whose rate is unknown.
    pub fn cost(&self, usage: &Usage) -> Option<f64> {
        let cached = usage.cache_read.saturating_add(usage.cache_write);
        let kept_an_hour = usage.cache_write_1h.min(usage.cache_write);
        let write = self.cache_write.or(self.input);
        let parts = [
            (usage.input_tokens.saturating_sub(cached), self.input),
            (usage.cache_read, self.cache_read.or(self.input)),
            (usage.cache_write - kept_an_hour, write),
            (kept_an_hour, self.cache_write_1h.or(write)),
            (usage.output_tokens, self.output),
        ];
        let mut dollars = 0.0;
        for (tokens, rate) in parts.into_iter().filter(|(tokens, _)| *tokens > 0) {
            dollars += tokens as f64 * rate? / 1e6;
        }
        Some(dollars)
    }

    fn check(&self) -> Result<()> {
        let all = [self.input, self.output, self.cache_read, self.cache_write, self.cache_write_1h];
        if all.iter().flatten().any(|rate| !rate.is_finite() || *rate < 0.0) {
            return Err(Error::new(
                ErrorKind::InvalidInput,
                "a price must be a number of dollars that is not negative",
            ));
        }
        if self.input.is_none() && self.output.is_none() {
            return Err(Error::new(ErrorKind::InvalidInput, "a price needs at least `input` or `output`"));
        }
        Ok(())
    }
}

/// The prices known to one instance.
#[derive(Debug, Clone, Default)]
pub struct Prices {
    own: Map<String, Rates>,
    // A walk over the table takes some 50 µs, so each name is walked for once.
    found: Map<(String, String), Option<&'static str>>,
}

/// Names remembered before the memory of [`Prices`] starts anew: far more than one application calls.
const REMEMBERED: usize = 256;

impl Prices {
    /// Sets the user's own price for `model`; it goes before the table's, whoever the provider is.
    pub fn set(&mut self, model: &str, rates: Rates) -> Result<()> {
        rates.check()?;
        self.own.insert(model.trim().to_ascii_lowercase(), rates);
        Ok(())
    }

    /// Finds the rates of `model` at a moment (ms since the epoch) for a call of so many input tokens.
    ///
    /// `None` means unpriced: the model is not in the table, or it is sold by a provider that is not.
    pub fn rates(&mut self, provider: Option<&str>, model: &str, at: f64, input_tokens: u64) -> Option<Rates> {
        let name = model.trim().to_ascii_lowercase();
        if let Some(own) = self.own.get(&name) {
            return Some(*own);
        }
        let key = (provider.unwrap_or_default().to_ascii_lowercase(), name);
        let row = match self.found.get(&key) {
            Some(row) => *row,
            None => {
                let row = table::find(&key.0, &key.1);
                if self.found.len() >= REMEMBERED {
                    self.found = Map::default();
                }
                self.found.insert(key, row);
                row
            }
        };
        row::rates(row?, at, input_tokens)
    }

    /// Sums up the dollars of one call, or `None` when it is unpriced.
    pub fn cost(&mut self, provider: Option<&str>, model: &str, at: f64, usage: &Usage) -> Option<f64> {
        self.rates(provider, model, at, usage.input_tokens)?.cost(usage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: f64 = 1_790_164_800_000.0; // 2026-09-23T12:00:00Z

    fn usage(input: u64, output: u64) -> Usage {
        Usage { input_tokens: input, output_tokens: output, ..Usage::default() }
    }

    fn input_rate(provider: Option<&str>, model: &str) -> Option<f64> {
        Prices::default().rates(provider, model, AT, 1_000)?.input
    }

    #[test]
    fn an_unknown_model_is_unpriced_and_never_free() {
        let mut prices = Prices::default();
        assert_eq!(prices.cost(None, "a-model-of-my-own", AT, &usage(1_000, 10)), None);
        assert_eq!(prices.cost(Some("ollama"), "gpt-4o", AT, &usage(1_000, 10)), None);
        assert_eq!(prices.cost(None, "", AT, &usage(1_000, 10)), None);
    }

    #[test]
    fn dated_names_and_sellers_prefixes_find_the_model() {
        let plain = input_rate(None, "gpt-4o");
        assert_eq!(plain, Some(2.5));
        for name in ["gpt-4o-2024-08-06", "openai/gpt-4o", "GPT-4o", "gpt-4o-latest", " gpt-4o "] {
            assert_eq!(input_rate(None, name), plain, "{name}");
        }
        assert_eq!(input_rate(None, "gpt-4o-2024-05-13"), Some(5.0), "a dated name with a price of its own keeps it");
        assert_eq!(input_rate(Some("openrouter"), "anthropic/claude-sonnet-4.5"), Some(3.0));
        assert_eq!(input_rate(None, "models/gemini-2.5-pro"), Some(1.25));
        assert_eq!(input_rate(Some("gcp.vertex_ai"), "claude-sonnet-4@20250514"), Some(3.0));
        assert_eq!(input_rate(Some("azure.ai.openai"), "gpt-4o"), Some(2.5));
        assert_eq!(input_rate(Some("aws.bedrock"), "us.anthropic.claude-sonnet-4-5-20250929-v1:0"), Some(3.3));
    }

    #[test]
    fn cached_tokens_are_priced_as_such() {
        let rates = Rates { input: Some(3.0), output: Some(15.0), cache_read: Some(0.3), ..Rates::default() };
        let rates = Rates { cache_write: Some(3.75), cache_write_1h: Some(6.0), ..rates };
        let call = Usage { cache_read: 600_000, cache_write: 200_000, cache_write_1h: 100_000, ..usage(1_000_000, 0) };
        let expected = 0.2 * 3.0 + 0.6 * 0.3 + 0.1 * 3.75 + 0.1 * 6.0;
        assert!((rates.cost(&call).unwrap() - expected).abs() < 1e-12);
    }

    #[test]
    fn output_without_a_rate_makes_the_call_unpriced() {
        let embedding = Rates { input: Some(0.1), ..Rates::default() };
        assert_eq!(embedding.cost(&usage(1_000_000, 0)), Some(0.1));
        assert_eq!(embedding.cost(&usage(1_000_000, 1)), None);
    }

    #[test]
    fn own_prices_go_first_and_are_checked() {
        let mut prices = Prices::default();
        prices.set("My-Model", Rates { input: Some(1.0), output: Some(2.0), ..Rates::default() }).unwrap();
        assert_eq!(prices.cost(Some("ollama"), "my-model", AT, &usage(1_000_000, 500_000)), Some(2.0));
        let negative = Rates { input: Some(-1.0), ..Rates::default() };
        assert_eq!(prices.set("x", negative).unwrap_err().kind(), ErrorKind::InvalidInput);
        assert_eq!(prices.set("x", Rates::default()).unwrap_err().kind(), ErrorKind::InvalidInput);
    }

    #[test]
    fn the_memory_of_names_is_bounded() {
        let mut prices = Prices::default();
        for number in 0..2_000 {
            prices.rates(None, &format!("model-{number}"), AT, 1);
        }
        assert!(prices.found.len() <= REMEMBERED);
    }
}
