// What the compiler does not see. Each rule names the file, the line and what to do instead.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'esbuild'

const src = new URL('../src/', import.meta.url).pathname
const files = readdirSync(src, { recursive: true }).map(String).filter((f) => /\.(vue|ts|css)$/.test(f))
const HAN = /\p{Script=Han}/u
const found = []
const report = (file, line, text) => found.push(`src/${file}:${line}: ${text}`)
const lineOf = (text, index) => text.slice(0, index).split('\n').length

function each(text, re, use) {
  for (const m of text.matchAll(re)) use(m, lineOf(text, m.index))
}

/** The template of a component, other parts blanked so that lines stay. */
function templateOf(text) {
  const end = text.lastIndexOf('</template>')
  const start = text.search(/^<template>/m)
  if (start < 0 || end < 0) return ''
  return text.slice(0, start).replace(/[^\n]/g, ' ') + text.slice(start, end)
}

const blankComments = (text) => text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|(^|\s)\/\/[^\n]*/g, (c) => c.replace(/[^\n]/g, ' '))

for (const file of files) {
  const raw = readFileSync(join(src, file), 'utf8')
  const text = blankComments(raw)
  if (file !== 'styles/tokens.css') {
    const styles = file.endsWith('.css') ? text : [...text.matchAll(/<style[^>]*>[\s\S]*?<\/style>/g)].map((m) => ' '.repeat(0) + m[0]).join('\n')
    each(styles, /#[0-9a-fA-F]{3,8}\b|\brgba?\(/g, (m) => report(file, lineOf(text, text.indexOf(m[0])), `colour ${m[0]}: use a token of styles/tokens.css`))
  }
  if (!file.endsWith('.vue')) continue
  const template = templateOf(text)
  each(template, /\s:?style=|\bv-html\b|\sv-bind:style=/g, (m, l) => report(file, l, `${m[0].trim()} breaks the content security policy: use a class`))
  template.split('\n').forEach((line, i) => {
    if (HAN.test(line)) report(file, i + 1, 'Chinese text in a template: put it into i18n/zh.ts')
  })
}

// ---- messages ----
const out = await build({ entryPoints: [join(src, 'i18n/zh.ts'), join(src, 'i18n/en.ts')], bundle: true, write: false, format: 'esm', outdir: 'x' })
const load = async (i) => import(`data:text/javascript;base64,${Buffer.from(out.outputFiles[i].text).toString('base64')}`)
const { zh } = await load(0)
const { en } = await load(1)

function flat(o, prefix = '') {
  return Object.entries(o).flatMap(([k, v]) => (typeof v === 'string' ? [[prefix + k, v]] : flat(v, `${prefix}${k}.`)))
}
const zhTexts = new Map(flat(zh))
const enTexts = new Map(flat(en))
const holes = (s) => [...s.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort().join()
for (const [k, v] of zhTexts) {
  if (!enTexts.has(k)) report('i18n/en.ts', 1, `no message ${k}`)
  else if (holes(v) !== holes(enTexts.get(k))) report('i18n/en.ts', 1, `${k}: other {names} than in Chinese`)
  each(v, /(\p{Script=Han})([,;:()!?])|([,;:()!?])(\p{Script=Han})/gu, (m) => report('i18n/zh.ts', 1, `${k}: half-width ${m[2] ?? m[3]} beside a Han character`))
}
for (const [k, v] of enTexts) {
  if (!zhTexts.has(k)) report('i18n/zh.ts', 1, `no message ${k}`)
  if (HAN.test(v) && !['lang.zh', 'nav.lang', 'nav.lang_label'].includes(k)) report('i18n/en.ts', 1, `${k}: Chinese in an English message`)
}
// Every literal key that the code asks for is there; a key with a ${...} must have at least one message.
const known = [...zhTexts.keys()]
for (const file of files.filter((f) => !f.startsWith('i18n/') && /\.(vue|ts)$/.test(f))) {
  const text = readFileSync(join(src, file), 'utf8')
  each(text, /\bt\(\s*(?:[^'`(),]+\?\s*)?(['`])([a-z_]+\.[^'`]*)\1(?:\s*:\s*(['`])([a-z_]+\.[^'`]*)\3)?/g, (m, l) => {
    for (const key of [m[2], m[4]]) {
      if (!key) continue
      const re = new RegExp(`^${key.replace(/[.*+?^()|[\]\\]/g, '\\$&').replace(/\$\{[^}]*\}/g, '.+')}$`)
      if (!known.some((k) => re.test(k))) report(file, l, `no message for ${key}`)
    }
  })
}
// A file of the lock without a registry in it: installs work from any mirror.
for (const lock of ['package-lock.json']) {
  const text = readFileSync(new URL(`../${lock}`, import.meta.url), 'utf8')
  if (/"resolved":/.test(text)) found.push(`${lock}: has resolved URLs; keep omit-lockfile-registry-resolved in .npmrc`)
}

if (found.length) {
  console.error(found.join('\n'))
  console.error(`lint: ${found.length} found`)
  process.exit(1)
}
console.log(`lint: ${files.length} files, ${zhTexts.size} messages`)
