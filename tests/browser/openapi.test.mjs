// The description of the interface holds against the OpenAPI 3.1 schema, the answers against it, and the web's types.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
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
  if (schema.type === 'array') return Array.isArray(value) ? value.flatMap((v, i) => misfits(schema.items, v, all, `${where}[${i}]`)) : [`${where} is no list`]
  if (schema.type === 'object') {
    if (value === null || typeof value !== 'object') return [`${where} is no object`]
    if (schema.additionalProperties) return Object.entries(value).flatMap(([k, v]) => misfits(schema.additionalProperties, v, all, `${where}.${k}`))
    const known = schema.properties
    return [
      ...schema.required.filter((k) => !(k in value)).map((k) => `${where}.${k} is missing`),
      ...Object.entries(value).flatMap(([k, v]) => (k in known ? misfits(known[k], v, all, `${where}.${k}`) : [`${where}.${k} is not described`])),
    ]
  }
  if (schema.enum) return schema.enum.includes(value) ? [] : [`${where} is ${value}, not one of ${schema.enum}`]
  const types = [].concat(schema.type).map((t) => (t === 'integer' ? 'number' : t))
  return types.includes(value === null ? 'null' : typeof value) ? [] : [`${where} is ${value === null ? 'null' : typeof value}, not ${schema.type}`]
}

test('answers are of the shape that the description gives them', async () => {
  const description = await (await fetch(`${city.base}/api/openapi.json`)).json()
  const all = description.components.schemas
  const headers = { 'X-Requested-With': 'zhaoyin', 'Content-Type': 'application/json' }
  const login = await fetch(`${city.base}/api/v1/session`, { method: 'POST', headers, body: JSON.stringify({ login: 'county_staff', password: city.password }) })
  const cookie = login.headers.get('set-cookie').split(';')[0]
  const ask = async (path) => (await fetch(`${city.base}${path}`, { headers: { cookie } })).json()
  const found = []
  const look = async (route, path = route) => found.push([route, await ask(path)])
  for (const path of ['status', 'session', 'sessions', 'schema', 'jobs', 'roles', 'officers', 'regions', 'industries']) await look(`/api/v1/${path}`)
  for (const p of (await ask('/api/v1/projects?limit=8')).items) {
    await look('/api/v1/projects/{id}/way', `/api/v1/projects/${p.id}/way`)
    await look('/api/v1/projects/{id}/history', `/api/v1/projects/${p.id}/history`)
  }
  for (const i of (await ask('/api/v1/imports')).items) {
    await look('/api/v1/imports/{id}/plan', `/api/v1/imports/${i.id}/plan`)
    await look('/api/v1/imports/{id}/rows', `/api/v1/imports/${i.id}/rows`)
  }
  assert.ok(found.length > 30)
  const wrong = found.flatMap(([route, value]) => {
    const { schema } = description.paths[route].get.responses['200'].content['application/json']
    assert.ok(schema.$ref, `${route} is described`)
    return misfits(schema, value, all, route)
  })
  assert.deepEqual(wrong, [])
  const problem = await (await fetch(`${city.base}/api/v1/projects`, { method: 'POST', headers: { ...headers, cookie, 'Idempotency-Key': 'shape-of-a-problem' }, body: '{"name":""}' })).json()
  assert.equal(problem.status, 422)
  assert.deepEqual(misfits(all.Problem, problem, all, 'problem'), [])
})

test("the web's types are those of the description", async () => {
  const description = await (await fetch(`${city.base}/api/openapi.json`)).json()
  assert.equal(readFileSync(file, 'utf8'), await typesOf(description), 'npm run types, in web, makes them anew')
})
