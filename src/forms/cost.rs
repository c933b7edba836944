//! Roughly the tokens of a short text, for choices that are too many to count.

/// Three digits, six letters or a sign are a token each.
pub(super) fn cost(text: &str) -> usize {
    let (mut cost, mut class, mut run) = (0, 3, 0);
    for byte in text.bytes() {
        let (now, most) = match byte {
            b'0'..=b'9' => (0, 3),
            b'a'..=b'z' | b'A'..=b'Z' => (1, 6),
            _ => (2, 1),
        };
        run = if now == class && run < most { run + 1 } else { 1 };
        cost += usize::from(run == 1);
        class = now;
    }
    cost
}
