//! Nothing but the link: what JavaScript calls stands in the core's `bindings`.

use trimtab as _;
