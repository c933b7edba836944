// Programs as their projects release them, compiled, for the machine at hand.
import { createHash } from 'node:crypto'
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../command.mjs'
import { tools } from '../paths.mjs'

const triples = {
  'linux-x64': 'x86_64-unknown-linux-musl',
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
}

/** A way to install `programs` from a release on GitHub; the checksum is held to where the release has one. */
export function fromRelease({ repository, tag, archive, programs }) {
  return {
    title: 'the released program',
    async install() {
      const triple = triples[`${process.platform}-${process.arch}`]
      if (!triple) throw new Error(`there is no release for ${process.platform} on ${process.arch}`)
      const url = `https://github.com/${repository}/releases/download/${tag}/${archive(triple)}.tar.gz`
      const bytes = Buffer.from(await (await download(url)).arrayBuffer())
      await verify(bytes, `${url}.sha256sum`)
      await unpack(bytes, archive(triple), programs)
    },
  }
}

async function download(url) {
  // Short, because compiling is the way out where the network is closed; the body has as long as it takes.
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(new Error('no answer in 8 s')), 8000)
  try {
    const response = await fetch(url, { signal: stop.signal })
    if (!response.ok) throw new Error(`${url} answered ${response.status}`)
    return response
  } finally {
    clearTimeout(timer)
  }
}

async function verify(bytes, url) {
  const listed = await download(url).then(
    (response) => response.text(),
    () => undefined,
  )
  const expected = listed?.trim().split(/\s/)[0]
  const found = createHash('sha256').update(bytes).digest('hex')
  if (expected && expected !== found) throw new Error(`the checksum is ${found}; ${url} says ${expected}`)
}

async function unpack(bytes, folder, programs) {
  const place = await mkdtemp(join(tmpdir(), 'trimtab-'))
  try {
    await writeFile(join(place, 'release.tar.gz'), bytes)
    await run('tar', ['-xzf', 'release.tar.gz'], { cwd: place })
    await mkdir(join(tools, 'bin'), { recursive: true })
    for (const program of programs) {
      const installed = join(tools, 'bin', program)
      await copyFile(join(place, folder, program), installed)
      await chmod(installed, 0o755)
    }
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}
