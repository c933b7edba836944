//! Nothing but the link: what JavaScript calls stands in the tokenizer's `bindings`.

use trimtab_tokenizer as _;
