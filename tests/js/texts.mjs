// Texts made of what tokenizers stumble over, drawn with a seed.

/** Numbers below an end, the same in every run. */
export function random(seed) {
  let state = seed
  return (end) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * end)
  }
}

const parts = [
  'the harbour was built',
  " don't they'll",
  ' HTMLElement',
  'camelCase',
  '  ',
  '\n\n',
  '\t',
  '\r\n',
  ' 1234567',
  '१२३४५६७',
  '漢字かな交じり文',
  '，。',
  'สวัสดี',
  'नमस्ते',
  '👍🏽',
  '👩‍👩‍👧‍👦',
  '\ud83d',
  '\ude00',
  'ǅ',
  'ſ',
  "'",
  "'s",
  '!!',
  '/',
  '—',
  '\u0301',
  '\u0000',
  '\ufeff',
  '<|endoftext|>',
  'aaaaaaaaaaaaaaaa',
  '=========',
  'iVBORw0KGgo',
  '{"a": [1, 2.5]}',
  'Ω≈ç√',
]

/** As many texts, each of up to thirty parts; one in ten has a part many times. */
export function texts(next, count) {
  const part = () => parts[next(parts.length)]
  return Array.from({ length: count }, () => {
    const some = Array.from({ length: next(30) }, part)
    if (next(10) === 0) some.push(part().repeat(100 + next(300)))
    return some.join('')
  })
}

/** A text cut at any code units. */
export function cuts(next, text) {
  const pieces = []
  for (let at = 0; at < text.length; ) {
    const length = 1 + next(1 + next(40))
    pieces.push(text.slice(at, at + length))
    at += length
  }
  return pieces
}
