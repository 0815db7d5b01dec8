// The description of the interface holds against the OpenAPI 3.1 schema, the answers against it, and the web's types.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { file, typesOf } from '../../web/tools/types.mjs'
import { serveDemo } from './lib.mjs'

let city
before(async () => { city = await serveDemo() })
after(async () => { await city?.stop() })

test('/api/openapi.json is valid OpenAPI 3.1', async () => {
  const description = await (await fetch(`${city.base}/api/openapi.json`)).json()
  const result = await new Validator().validate(description)
  assert.deepEqual(result.errors ?? [], [])
  assert.equal(result.valid, true)
  assert.ok(Object.keys(description.paths).length > 50)
})

test('operation ids are unique', async () => {
  const description = await (await fetch(`${city.base}/api/openapi.json`)).json()
  const ids = Object.values(description.paths).flatMap((p) => Object.values(p).map((o) => o.operationId))
  assert.equal(new Set(ids).size, ids.length)
})

/** Where a value is not of a schema of the description: a member is missing, of another type, or not described. */
function misfits(schema, value, all, where) {
  if (schema.$ref) return misfits(all[schema.$ref.split('/').pop()], value, all, where)
  if (schema.oneOf) return value === null ? [] : misfits(schema.oneOf[0], value, all, where)
  const types = [].concat(schema.type).map((t) => (t === 'integer' ? 'number' : t))
  const is = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  if (!types.includes(is)) return [`${where} is ${is}, not ${schema.type}`]
  if (schema.enum && !schema.enum.includes(value)) return [`${where} is ${value}, not one of ${schema.enum}`]
  if (is === 'array') return value.flatMap((v, i) => misfits(schema.items, v, all, `${where}[${i}]`))
  if (is !== 'object') return []
  const rest = schema.additionalProperties
  return [
    ...(schema.required ?? []).filter((k) => !(k in value)).map((k) => `${where}.${k} is missing`),
    ...Object.entries(value).flatMap(([k, v]) => {
      const own = schema.properties?.[k] ?? rest
      return own === true ? [] : own ? misfits(own, v, all, `${where}.${k}`) : [`${where}.${k} is not described`]
    }),
  ]
}

const LOGINS = ['city_verifier', 'county_staff', 'county_reviewer', 'city_staff', 'sys_admin', 'sec_admin', 'log_admin']
const SEARCH = '?q=%E6%9D%90%E6%96%99'
/** What the demo city has nothing of for these roles; the API scripts ask it. */
const ABSENT = [
  '/api/v1/bulks/{id}', '/api/v1/bulks/{id}/rows', '/api/v1/edits/{id}', '/api/v1/evidence/{id}/persons', '/api/v1/grade-changes/{id}',
  '/api/v1/jobs/{id}', '/api/v1/leads/{id}/persons', '/api/v1/projects/{id}/persons', '/api/v1/views/{id}',
]

async function logIns() {
  const headers = { 'X-Requested-With': 'zhaoyin', 'Content-Type': 'application/json' }
  const cookies = []
  for (const login of LOGINS) {
    const r = await fetch(`${city.base}/api/v1/session`, { method: 'POST', headers, body: JSON.stringify({ login, password: city.password }) })
    assert.equal(r.status, 200, login)
    cookies.push(r.headers.get('set-cookie').split(';')[0])
  }
  return cookies
}

/** What a path is asked with: the values are those of a column that this role may filter by. */
async function queryOf(path, ask) {
  if (path === '/api/v1/search') return SEARCH
  const plural = /^\/api\/v1\/([^/]+)\/values$/.exec(path)?.[1]
  if (!plural) return ''
  const noun = (await ask('/api/v1/schema')).nouns.find((n) => n.plural === plural)
  return `?field=${noun?.fields.find((f) => f.filter && !f.personal)?.name ?? ''}`
}

/** Addresses of a path: its {id} is of the first records of its list. */
async function filled(path, ask) {
  if (!path.includes('{id}')) return [path]
  const plural = path.split('/')[3]
  const list = await ask(`/api/v1/${plural === 'persons' ? 'contacts' : plural}?limit=5`)
  return (list?.items ?? []).map((i) => path.replace('{id}', i.id))
}

test('every GET route answers as it is described, to a role that may ask it', async () => {
  const description = await (await fetch(`${city.base}/api/openapi.json`)).json()
  const all = description.components.schemas
  const asks = (await logIns()).map((cookie) => async (path) => {
    const r = await fetch(`${city.base}${path}`, { headers: { cookie } })
    return r.status === 200 ? r.json() : null
  })
  const unseen = []
  const wrong = []
  for (const [path, { get }] of Object.entries(description.paths)) {
    const schema = get?.responses[200]?.content['application/json']?.schema
    if (!get || (!schema && Object.keys(get.responses[200].content)[0] !== 'application/json')) continue
    assert.ok(schema, `${path} has a shape`)
    let seen = 0
    for (const ask of asks) {
      for (const address of await filled(path, ask)) {
        const answer = await ask(address + (await queryOf(path, ask)))
        if (answer === null) continue
        seen++
        wrong.push(...misfits(schema, answer, all, path).slice(0, 3))
      }
    }
    if (!seen) unseen.push(path)
  }
  assert.deepEqual([...new Set(wrong)], [])
  assert.deepEqual(unseen.sort(), ABSENT)
})

test("the web's types are those of the description", async () => {
  const description = await (await fetch(`${city.base}/api/openapi.json`)).json()
  assert.equal(readFileSync(file, 'utf8'), await typesOf(description), 'npm run types, in web, makes them anew')
})

// ---- what the web asks for ----

const WEB = new URL('../../web/src/', import.meta.url)
const ASKS = /\b(get|post|fileOf|call)(?:<[^(]*>)?\(\s*(?:'([A-Z]+)',\s*)?(['`])([^'`]*)\3/g
const METHOD = { get: 'get', post: 'post', fileOf: 'post' }

/** Every path in the web's sources that is written out; what is only known as it runs is a star. */
function asked() {
  const found = []
  for (const name of readdirSync(WEB, { recursive: true }).filter((n) => /\.(vue|ts)$/.test(n) && !/client\.ts$|\.d\.ts$/.test(n))) {
    for (const [, verb, method, , path] of readFileSync(new URL(name, WEB), 'utf8').matchAll(ASKS)) {
      if (path && (method || METHOD[verb])) found.push({ name, method: method?.toLowerCase() ?? METHOD[verb], path: path.replace(/\$\{[^}]*\}/g, '*') })
    }
  }
  return found
}

function isDescribed(paths, { method, path }) {
  const parts = `/api/v1/${path}`.split('/')
  return Object.entries(paths).some(([known, acts]) => {
    const own = known.split('/')
    return acts[method] && own.length === parts.length && own.every((x, i) => x === parts[i] || parts[i] === '*')
  })
}

test('every path that the web asks for is described, with its method', async () => {
  const { paths } = await (await fetch(`${city.base}/api/openapi.json`)).json()
  const all = asked()
  assert.ok(all.length > 80, `only ${all.length} paths are found`)
  assert.deepEqual(all.filter((a) => !isDescribed(paths, a)), [])
  for (const wrong of [{ method: 'get', path: 'projects/*/nothing' }, { method: 'put', path: 'projects/*' }, { method: 'get', path: 'project' }]) assert.ok(!isDescribed(paths, wrong))
})
