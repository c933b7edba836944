// Bytes as files write them.

/** The character that stands for each byte in a `tokenizer.json` of byte-level kind: itself where it can be seen. */
export const byteChars: readonly string[] = (() => {
  const isSeen = (byte: number) => (byte > 32 && byte < 127) || (byte > 160 && byte !== 173)
  let unseen = 256
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isSeen(byte) ? byte : unseen++))
})()

const byteOf = new Map(byteChars.map((char, byte) => [char, byte]))

/** The bytes that a token's characters stand for, as a string with a character each, or `undefined` where one stands for none. */
export function bytesOf(token: string): string | undefined {
  let bytes = ''
  for (const char of token) {
    const byte = byteOf.get(char)
    if (byte === undefined) return undefined
    bytes += String.fromCharCode(byte)
  }
  return bytes
}

/** The UTF-8 of a text, as a string with a character each. */
export const utf8 = (text: string): string => {
  let bytes = ''
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte)
  return bytes
}
