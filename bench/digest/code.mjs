// Source files at the tier `standard`: are all public declarations there, and how much is cut?
//
// What is public is told by other means than the package's own: Python's own parser, and for the rest expressions over
// lines, which see less than a parser but what they see is a declaration.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { mean } from './rouge.mjs'

const cargo = join(homedir(), '.cargo/registry/src')

/** Where sources of each language lie on a machine that can build this project, and how its public declarations open. */
const languages = {
  rust: {
    roots: [cargo],
    ends: ['.rs'],
    declaration:
      /^ *pub (?:const |async |unsafe |extern "C" )*(?:fn|struct|enum|trait|type|const|static|mod|union) .+$/gm,
  },
  // Declarations of types hold no bodies: what can be cut of them is what they say in comments.
  'type files': {
    roots: ['node_modules'],
    ends: ['.d.ts', '.d.mts', '.d.cts'],
    declaration: /^export (?:declare |default |abstract |async )*(?:function|class|interface|type|enum|const) .+$/gm,
  },
  typescript: {
    roots: ['node_modules'],
    ends: ['.ts', '.mts', '.cts'],
    but: /\.d\.[mc]?ts$/,
    declaration: /^export (?:declare |default |abstract |async )*(?:function|class|interface|type|enum|const) .+$/gm,
  },
  javascript: {
    roots: ['node_modules'],
    ends: ['.js', '.mjs', '.cjs'],
    declaration: /^export (?:default |async )*(?:function\*?|class|const|let) .+$|^(?:module\.)?exports\.\w+ =/gm,
  },
  python: { roots: [standardLibrary()], ends: ['.py'] },
  // A macro with parameters has a body, and one without has a value.
  'c headers': {
    roots: ['/usr/include'],
    ends: ['.h', '.hpp'],
    declaration:
      /^(?!static|typedef|return|else|#)(?:extern )?[A-Za-z_][\w ]*[ *]\w+ ?\([^;{}]*\)[^;{}]*;|^#define \w+(?:\([^)]*\)|.*$)/gm,
  },
  c: {
    roots: [cargo],
    ends: ['.c', '.cc', '.cpp'],
    declaration:
      /^(?!static|typedef|return|else|extern|if|for|while|switch|do|#)[A-Za-z_][\w ]*[ *]\w+ ?\([^;{}]*?\)(?= *\n?\{)/gm,
  },
  go: {
    roots: ['/usr/share/gocode', '/usr/local/go/src', join(homedir(), 'go/pkg/mod')],
    ends: ['.go'],
    declaration: /^(?:func (?:\([^)]*\) )?[A-Z]|type [A-Z]).*$/gm,
  },
  java: {
    roots: [],
    ends: ['.java'],
    // What a class has that only its package may use is its own.
    only: /^public /m,
    declaration: /^ {0,4}(?:public|protected) [^=;]*?(?=\s*[{;])/gm,
  },
}

function standardLibrary() {
  const ask = 'import sysconfig; print(sysconfig.get_paths()["stdlib"])'
  return spawnSync('python3', ['-c', ask], { encoding: 'utf8' }).stdout?.trim() ?? ''
}

export async function code({ trimtab, limit, folders }) {
  for (const [name, folder] of folders.split(',').map((pair) => pair.split('='))) {
    if (folder) languages[name].roots.push(folder)
  }
  console.log(`source files at the tier standard, up to ${limit} of each language`)
  for (const [name, language] of Object.entries(languages)) {
    const files = pick(sources(language), limit, language.only)
    if (files.length === 0) {
      console.log(`${name.padEnd(12)} skipped: no sources in ${language.roots.join(', ') || 'any folder given'}`)
      continue
    }
    await measure(trimtab, name, language, files)
  }
}

async function measure(trimtab, name, { declaration }, files) {
  const figures = { cut: [], before: 0, after: 0, kept: 0, all: 0, back: 0, lost: [] }
  for (const [file, text] of files) {
    const result = await trimtab.optimize(text, { tier: 'standard' })
    figures.back += Number((await trimtab.restore(result.text)) === text)
    const { before, after } = result.tokens
    figures.before += before
    figures.after += after
    figures.cut.push(1 - after / before)
    // With and without comments: those within a declaration are no part of what is looked for.
    const flat = squeeze(result.text) + squeeze(uncommented(result.text))
    const wanted = declaration ? lines(text, declaration) : pythonDeclarations(text)
    for (const line of wanted) {
      figures.all++
      if (flat.includes(squeeze(line))) figures.kept++
      else figures.lost.push(`${file}: ${line.trim().slice(0, 100)}`)
    }
  }
  const percent = (value) => (100 * value).toFixed(1)
  const { cut, before, after, kept, all, back, lost } = figures
  console.log(
    `${name.padEnd(12)} ${files.length} files, ${before} tokens: ${percent(1 - after / before)}% cut (a file ${percent(mean(cut))}%), ` +
      `public declarations ${kept} of ${all} (${percent(all ? kept / all : 1)}%), ${back} come back byte for byte`,
  )
  for (const line of process.env.LOST ? lost.slice(0, 40) : []) console.log(`  lost ${line}`)
}

/** White space aside, and brackets that open what is left out. */
const squeeze = (text) => text.replace(/\s+/g, '')

const uncommented = (text) => text.replace(/\/\*[\s\S]*?\*\//g, '')

/** The declarations that stand outside of comments, without the bracket that opens their body or what it holds. */
const lines = (text, declaration) =>
  [...uncommented(text).matchAll(declaration)].map(([line]) => line.replace(/\s*(?:[{[(\\]|=.*|=>.*| \{ .*)\s*$/s, ''))

function pythonDeclarations(text) {
  const script = `
import ast, json, sys
def found(body, lines):
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            dunder = node.name.startswith('__') and node.name.endswith('__')
            if node.name.startswith('_') and not dunder: continue
            first = node.body[0]
            yield lines[node.lineno - 1].split('#')[0].rstrip(' :') if first.lineno > node.lineno else lines[node.lineno - 1][:first.col_offset].rstrip(' :')
            if isinstance(node, ast.ClassDef): yield from found(node.body, lines)
text = sys.stdin.read()
try: print(json.dumps(list(found(ast.parse(text).body, text.split('\\n')))))
except Exception: print('[]')
`
  const { stdout } = spawnSync('python3', ['-c', script], { input: text, encoding: 'utf8' })
  return JSON.parse(stdout || '[]')
}

/** Files of 2 to 60 KB, spread over all there are. */
function pick(files, limit, only = /^/) {
  const step = Math.max(1, files.length / limit)
  const chosen = []
  for (let at = 0; at < files.length && chosen.length < limit; at += step) {
    const file = files[Math.floor(at)]
    const text = readFileSync(file, 'utf8')
    if (text.isWellFormed() && !text.includes('\u0000') && isSource(text) && only.test(text)) chosen.push([file, text])
  }
  return chosen
}

/** What a tool minified has no lines to read. */
const isSource = (text) => text.length / text.split('\n').length < 200 && !text.includes('\ufffd')

function sources({ roots, ends, but }) {
  const found = []
  const visit = (folder, depth) => {
    if (depth > 9 || found.length > 20_000) return
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) visit(path, depth + 1)
      else if (entry.isFile() && ends.some((end) => entry.name.endsWith(end)) && !but?.test(path) && fits(path))
        found.push(path)
    }
  }
  for (const root of roots.filter((root) => existsSync(root))) visit(root, 0)
  return found.sort()
}

const fits = (path) => {
  const { size } = statSync(path)
  return size >= 2_000 && size <= 60_000
}
