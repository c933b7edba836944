// What of a WebAssembly module the build looks at: how many functions are imported, and the bodies of the others.

const IMPORTS = 2
const CODE = 10

/** Takes a module apart: `{ imported, bodies }`. */
export function parseModule(bytes) {
  const module = { imported: 0, bodies: [] }
  const read = reader(bytes, 8)
  while (!read.atEnd()) {
    const id = read.byte()
    const end = read.number() + read.position()
    if (id === IMPORTS) module.imported = countFunctions(read)
    if (id === CODE) module.bodies = Array.from({ length: read.number() }, () => read.bytes(read.number()))
    read.skipTo(end)
  }
  return module
}

/** The LEB128 of a number below 2^31. */
export function unsigned(value) {
  const bytes = []
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128)
  return [...bytes, value]
}

function countFunctions(read) {
  let functions = 0
  for (let left = read.number(); left > 0; left--) {
    read.bytes(read.number())
    read.bytes(read.number())
    const kind = read.byte()
    if (kind === 0) functions++
    skipImport(kind, read)
  }
  return functions
}

/** Goes past what is said of an import: a function's type, a table, a memory, a global, or a tag. */
function skipImport(kind, read) {
  if (kind === 0) read.number()
  else if (kind === 1) {
    read.byte()
    skipLimits(read)
  } else if (kind === 2) skipLimits(read)
  else {
    read.byte()
    read.number()
  }
}

function skipLimits(read) {
  const hasMaximum = read.byte() & 1
  read.number()
  if (hasMaximum) read.number()
}

function reader(bytes, position) {
  const read = {
    position: () => position,
    atEnd: () => position >= bytes.length,
    skipTo: (end) => {
      position = end
    },
    byte: () => bytes[position++],
    bytes: (length) => {
      position += length
      return bytes.subarray(position - length, position)
    },
    number() {
      let [value, scale, byte] = [0, 1, 128]
      for (; byte > 127; scale *= 128) {
        byte = read.byte()
        value += (byte & 127) * scale
      }
      return value
    },
  }
  return read
}
