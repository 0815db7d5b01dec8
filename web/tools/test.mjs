// Unit tests of the modules without a screen: bundled by esbuild (it comes with Vite), run by node --test.
import { build } from 'esbuild'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const src = new URL('../src/', import.meta.url).pathname
const tests = readdirSync(src, { recursive: true }).filter((f) => f.endsWith('.test.ts')).map((f) => join(src, f))
if (tests.length === 0) throw new Error('no tests found')
const out = mkdtempSync(join(tmpdir(), 'web-test-'))
try {
  await build({ entryPoints: tests, outdir: out, bundle: true, platform: 'node', format: 'esm', outExtension: { '.js': '.mjs' } })
  const files = readdirSync(out, { recursive: true }).filter((f) => f.endsWith('.mjs')).map((f) => join(out, f))
  process.exitCode = spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit' }).status ?? 1
} finally {
  rmSync(out, { recursive: true })
}
