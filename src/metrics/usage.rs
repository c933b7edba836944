//! What a provider says a call used, in one shape, whatever the provider's own shape is.

use serde_json::Value;

use super::json;
use crate::object;
use trimtab_codec::codec;
use trimtab_error::{Error, ErrorKind, Result};

/// The tokens of one model call, by OpenTelemetry's reading: input includes what was cached, output includes reasoning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// All input tokens, those read from and written to the provider's cache included.
    pub input_tokens: u64,
    /// All output tokens, reasoning included.
    pub output_tokens: u64,
    /// Input tokens read from the provider's cache.
    pub cache_read: u64,
    /// Input tokens written to the provider's cache.
    pub cache_write: u64,
    /// Of `cache_write`, those kept for an hour.
    pub cache_write_1h: u64,
    /// Of `output_tokens`, those spent on reasoning.
    pub reasoning_tokens: u64,
}

codec!(Usage { input_tokens, output_tokens, cache_read, cache_write, cache_write_1h, reasoning_tokens });

// Where each figure may be found; a dot leads into an object. One line here is all that a new provider's shape needs.
const INPUT: &[&str] = &["prompt_tokens", "promptTokens", "promptTokenCount", "prompt_token_count"];
const INPUT_UNCLEAR: &[&str] = &["input_tokens", "inputTokens"];
const OUTPUT: &[&str] = &[
    "completion_tokens",
    "completionTokens",
    "output_tokens",
    "outputTokens",
    "candidatesTokenCount",
    "candidates_token_count",
    "gen_ai.usage.output_tokens",
];
const READ: &[&str] = &[
    "prompt_tokens_details.cached_tokens",
    "input_tokens_details.cached_tokens",
    "prompt_cache_hit_tokens",
    "cachedContentTokenCount",
    "cached_content_token_count",
    "inputTokenDetails.cacheReadTokens",
    "cachedInputTokens",
    "cacheRead",
    "gen_ai.usage.cache_read.input_tokens",
];
const WRITE: &[&str] = &[
    "prompt_tokens_details.cache_write_tokens",
    "input_tokens_details.cache_write_tokens",
    "inputTokenDetails.cacheWriteTokens",
    "cacheWrite",
    "gen_ai.usage.cache_write.input_tokens",
];
// Anthropic and Bedrock: these tokens come on top of the input.
const READ_BESIDE: &[&str] = &["cache_read_input_tokens", "cacheReadInputTokens"];
const WRITE_BESIDE: &[&str] = &["cache_creation_input_tokens", "cacheWriteInputTokens"];
const WRITE_1H: &[&str] = &["cache_creation.ephemeral_1h_input_tokens", "cacheWrite1h"];
// Gemini: thoughts and tool results come on top of the candidates and the prompt.
const THOUGHTS_BESIDE: &[&str] = &["thoughtsTokenCount", "thoughts_token_count"];
const TOOLS_BESIDE: &[&str] = &["toolUsePromptTokenCount", "tool_use_prompt_token_count"];
const REASONING: &[&str] = &[
    "completion_tokens_details.reasoning_tokens",
    "output_tokens_details.reasoning_tokens",
    "output_tokens_details.thinking_tokens",
    "outputTokenDetails.reasoningTokens",
    "reasoningTokens",
];

impl Usage {
    /// Reads a provider's usage object as it is: OpenAI (both APIs), Anthropic, Gemini, Bedrock, Vercel AI SDK,
    /// OpenRouter, OpenTelemetry attributes or this type's own JSON; a whole response is accepted for its `usage`.
    ///
    /// `provider` settles what the Vercel AI SDK 5 leaves open: with Anthropic, its input excludes cached tokens.
    /// Figures that are negative, fractional or not finite are [`ErrorKind::InvalidInput`].
    pub fn from_json(value: &Value, provider: Option<&str>) -> Result<Self> {
        let inside = ["usage", "usageMetadata", "usage_metadata"].iter().find_map(|key| value.get(key));
        let value = inside.filter(|inner| inner.is_object()).unwrap_or(value);
        let clear = figure(value, INPUT)?.or(figure(value, &["gen_ai.usage.input_tokens"])?);
        let unclear = figure(value, INPUT_UNCLEAR)?;
        let output = figure(value, OUTPUT)?;
        let Some(input) = clear.or(unclear).or(output.map(|_| 0)) else {
            return Err(invalid(
                "the usage has no input or output tokens under a name of OpenAI, Anthropic, Gemini, Bedrock, Vercel AI SDK, OpenRouter or OpenTelemetry",
            ));
        };
        let mut usage = Self { input_tokens: input, output_tokens: output.unwrap_or(0), ..Self::default() };
        usage.read_cached(value, clear.is_some())?;
        usage.read_extras(value)?;
        usage.include_cached_of_anthropic_sdk(value, provider);
        usage.check()
    }

    fn read_cached(&mut self, value: &Value, input_is_all: bool) -> Result<()> {
        let beside = (figure(value, READ_BESIDE)?, figure(value, WRITE_BESIDE)?);
        let within = (figure(value, READ)?, figure(value, WRITE)?);
        self.cache_read = within.0.or(beside.0).unwrap_or(0);
        self.cache_write = within.1.or(beside.1).unwrap_or(0);
        self.cache_write_1h = figure(value, WRITE_1H)?.unwrap_or(0).min(self.cache_write);
        // LiteLLM copies Anthropic's names beside `prompt_tokens`, which then is the whole input already.
        if !input_is_all && within.0.is_none() {
            let cached = self.cache_read.saturating_add(beside.1.unwrap_or(0));
            self.input_tokens = self.input_tokens.saturating_add(cached);
        }
        Ok(())
    }

    fn read_extras(&mut self, value: &Value) -> Result<()> {
        self.reasoning_tokens = figure(value, REASONING)?.unwrap_or(0);
        if let Some(thoughts) = figure(value, THOUGHTS_BESIDE)? {
            self.reasoning_tokens = thoughts;
            self.output_tokens = self.output_tokens.saturating_add(thoughts);
        }
        let tools = figure(value, TOOLS_BESIDE)?.unwrap_or(0);
        self.input_tokens = self.input_tokens.saturating_add(tools);
        Ok(())
    }

    fn include_cached_of_anthropic_sdk(&mut self, value: &Value, provider: Option<&str>) {
        let unclear = value.get("cachedInputTokens").is_some() && value.get("inputTokenDetails").is_none();
        let anthropic = provider.is_some_and(|name| name.to_ascii_lowercase().contains("anthropic"));
        if unclear && (anthropic || self.cache_read > self.input_tokens) {
            self.input_tokens = self.input_tokens.saturating_add(self.cache_read);
        }
    }

    /// Refuses a usage whose parts are larger than their whole.
    pub fn check(self) -> Result<Self> {
        let cached = self.cache_read.saturating_add(self.cache_write);
        if cached > self.input_tokens {
            let Self { input_tokens, .. } = self;
            return Err(invalid(format!("the usage says {cached} of {input_tokens} input tokens were cached")));
        }
        Ok(self)
    }

    /// Input and output together.
    pub const fn total(&self) -> u64 {
        self.input_tokens.saturating_add(self.output_tokens)
    }
}

/// The first of `names` that is there and not null.
fn figure(value: &Value, names: &[&str]) -> Result<Option<u64>> {
    for name in names {
        let direct = value.get(name);
        let inner = || name.split_once('.').and_then(|(outer, inner)| value.get(outer)?.get(inner));
        match direct.or_else(inner) {
            None | Some(Value::Null) => {}
            Some(found) => return tokens(found, name).map(Some),
        }
    }
    Ok(None)
}

/// Reads a whole number of tokens that a double holds exactly.
pub(super) fn tokens(value: &Value, name: &str) -> Result<u64> {
    let number =
        value.as_f64().filter(|number| (0.0..9_007_199_254_740_992.0).contains(number) && number.fract() == 0.0);
    match number {
        Some(number) => Ok(number as u64),
        None => Err(invalid(format!(
            "`{name}` must be a whole number of tokens that is not negative, not {}",
            json::text(value)
        ))),
    }
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidInput, message)
}

object!(Usage { input_tokens, output_tokens, cache_read, cache_write, cache_write_1h, reasoning_tokens });

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parts(value: Value) -> [u64; 5] {
        parts_of(value, None)
    }

    fn parts_of(value: Value, provider: Option<&str>) -> [u64; 5] {
        let usage = Usage::from_json(&value, provider).unwrap();
        [usage.input_tokens, usage.cache_read, usage.cache_write, usage.output_tokens, usage.reasoning_tokens]
    }

    #[test]
    fn openai_input_includes_what_was_cached() {
        let chat = json!({"prompt_tokens": 1000, "completion_tokens": 50, "total_tokens": 1050,
            "prompt_tokens_details": {"cached_tokens": 800}, "completion_tokens_details": {"reasoning_tokens": 30}});
        assert_eq!(parts(chat), [1000, 800, 0, 50, 30]);
        let responses = json!({"input_tokens": 1000, "input_tokens_details": {"cached_tokens": 800},
            "output_tokens": 50, "output_tokens_details": {"reasoning_tokens": 30}});
        assert_eq!(parts(responses), [1000, 800, 0, 50, 30]);
    }

    #[test]
    fn anthropic_input_excludes_what_was_cached() {
        let message = json!({"input_tokens": 100, "cache_read_input_tokens": 800, "cache_creation_input_tokens": 100,
            "cache_creation": {"ephemeral_5m_input_tokens": 60, "ephemeral_1h_input_tokens": 40}, "output_tokens": 50});
        assert_eq!(parts(message.clone()), [1000, 800, 100, 50, 0]);
        assert_eq!(Usage::from_json(&message, None).unwrap().cache_write_1h, 40);
        let uncached = json!({"input_tokens": 100, "cache_read_input_tokens": 0, "output_tokens": 5});
        assert_eq!(parts(uncached), [100, 0, 0, 5, 0]);
    }

    #[test]
    fn gemini_output_excludes_thoughts() {
        let response = json!({"usageMetadata": {"promptTokenCount": 1000, "cachedContentTokenCount": 800,
            "candidatesTokenCount": 20, "thoughtsTokenCount": 30, "toolUsePromptTokenCount": 5}});
        assert_eq!(parts(response), [1005, 800, 0, 50, 30]);
    }

    #[test]
    fn vercel_sdk_is_read_in_each_version() {
        assert_eq!(parts(json!({"promptTokens": 10, "completionTokens": 2})), [10, 0, 0, 2, 0]);
        let five = json!({"inputTokens": 1000, "outputTokens": 50, "cachedInputTokens": 800, "reasoningTokens": 30});
        assert_eq!(parts(five.clone()), [1000, 800, 0, 50, 30]);
        assert_eq!(parts_of(five, Some("anthropic.messages")), [1800, 800, 0, 50, 30]);
        let six = json!({"inputTokens": 1000, "outputTokens": 50, "cachedInputTokens": 800,
            "inputTokenDetails": {"noCacheTokens": 100, "cacheReadTokens": 800, "cacheWriteTokens": 100}});
        assert_eq!(parts_of(six, Some("anthropic")), [1000, 800, 100, 50, 0]);
    }

    #[test]
    fn routers_copies_of_anthropic_names_are_not_added_twice() {
        let litellm = json!({"prompt_tokens": 1000, "completion_tokens": 5, "cache_read_input_tokens": 800,
            "cache_creation_input_tokens": 100, "prompt_tokens_details": {"cached_tokens": 800}});
        assert_eq!(parts(litellm), [1000, 800, 100, 5, 0]);
        let open_router = json!({"prompt_tokens": 1000, "completion_tokens": 5, "cost": 0.01,
            "prompt_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 900}});
        assert_eq!(parts(open_router), [1000, 0, 900, 5, 0]);
    }

    #[test]
    fn bedrock_and_telemetry_names_are_read() {
        let converse =
            json!({"inputTokens": 100, "outputTokens": 5, "cacheReadInputTokens": 800, "cacheWriteInputTokens": 0});
        assert_eq!(parts(converse), [900, 800, 0, 5, 0]);
        let spans = json!({"gen_ai.usage.input_tokens": 900, "gen_ai.usage.output_tokens": 5,
            "gen_ai.usage.cache_read.input_tokens": 800});
        assert_eq!(parts(spans), [900, 800, 0, 5, 0]);
    }

    #[test]
    fn its_own_json_reads_back_as_itself() {
        let usage = Usage {
            input_tokens: 9,
            output_tokens: 5,
            cache_read: 3,
            cache_write: 2,
            cache_write_1h: 1,
            reasoning_tokens: 4,
        };
        assert_eq!(Usage::from_json(&serde_json::from_str(&json::text(&usage)).unwrap(), None), Ok(usage));
    }

    #[test]
    fn figures_that_cannot_be_are_refused() {
        for bad in [json!(-1), json!(1.5), json!("12"), json!(1e300), json!([1])] {
            let usage = json!({"prompt_tokens": bad, "completion_tokens": 1});
            assert_eq!(Usage::from_json(&usage, None).unwrap_err().kind(), ErrorKind::InvalidInput, "{usage}");
        }
        for empty in [json!({}), json!(null), json!("usage"), json!({"prompt_tokens": null})] {
            assert_eq!(Usage::from_json(&empty, None).unwrap_err().kind(), ErrorKind::InvalidInput, "{empty}");
        }
        let more_cached = json!({"prompt_tokens": 10, "prompt_tokens_details": {"cached_tokens": 11}});
        assert_eq!(Usage::from_json(&more_cached, None).unwrap_err().kind(), ErrorKind::InvalidInput);
    }
}
