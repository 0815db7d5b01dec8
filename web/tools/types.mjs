// Makes src/api/openapi.d.ts of the shapes that the program describes:  npm run types [PROGRAM]
//
// Records of nouns and the routes are left out: the interface draws records from the schema that the server
// sends, so that a new field needs no new type, and a type for it would change this file with each of them.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

export const file = fileURLToPath(new URL('../src/api/openapi.d.ts', import.meta.url))
const MADE = '// Made by tools/types.mjs from what the server says of itself (zhaoyin openapi): npm run types.\n'

/** The description with the shapes alone; a noun's schema has a title. */
function shapesOf(document) {
  const schemas = Object.fromEntries(Object.entries(document.components.schemas).filter(([, s]) => !s.title))
  return { openapi: document.openapi, info: document.info, paths: {}, components: { schemas } }
}

export async function typesOf(document) {
  return MADE + astToString(await openapiTS(shapesOf(document)))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const program = process.argv[2] ?? fileURLToPath(new URL('../../build/zhaoyin', import.meta.url))
  const text = execFileSync(program, ['openapi'], { maxBuffer: 1 << 26 }).toString()
  writeFileSync(file, await typesOf(JSON.parse(text)))
}
