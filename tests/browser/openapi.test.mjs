// The description of the interface holds against the OpenAPI 3.1 schema.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
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

/** Whether a value is of a schema of the description: what is required is there, and of its type. */
function misfits(schema, value, all, where) {
  if (schema.$ref) return misfits(all[schema.$ref.split('/').pop()], value, all, where)
  if (schema.oneOf) return value === null ? [] : misfits(schema.oneOf[0], value, all, where)
  if (schema.type === 'array') return Array.isArray(value) ? value.flatMap((v, i) => misfits(schema.items, v, all, `${where}[${i}]`)) : [`${where} is no list`]
  if (schema.type === 'object') {
    if (value === null || typeof value !== 'object') return [`${where} is no object`]
    const own = Object.entries(schema.properties ?? {}).flatMap(([k, s]) => (k in value ? misfits(s, value[k], all, `${where}.${k}`) : [`${where}.${k} is missing`]))
    return schema.additionalProperties ? Object.entries(value).flatMap(([k, v]) => misfits(schema.additionalProperties, v, all, `${where}.${k}`)) : own
  }
  const is = { string: 'string', integer: 'number', boolean: 'boolean' }[schema.type]
  return typeof value === is ? [] : [`${where} is ${value === null ? 'null' : typeof value}, not ${schema.type}`]
}

test('answers are of the shape that the description gives them', async () => {
  const description = await (await fetch(`${city.base}/api/openapi.json`)).json()
  const all = description.components.schemas
  const login = await fetch(`${city.base}/api/v1/session`, { method: 'POST', headers: { 'X-Requested-With': 'zhaoyin', 'Content-Type': 'application/json' }, body: JSON.stringify({ login: 'county_staff', password: city.password }) })
  const cookie = login.headers.get('set-cookie').split(';')[0]
  const ask = async (path) => (await fetch(`${city.base}${path}`, { headers: { cookie } })).json()
  const paths = { '/api/v1/status': [], '/api/v1/session': [], '/api/v1/jobs': [], '/api/v1/roles': [], '/api/v1/officers': [], '/api/v1/regions': [], '/api/v1/industries': [] }
  const projects = (await ask('/api/v1/projects?limit=5')).items
  const found = []
  for (const path of Object.keys(paths)) found.push([path, await ask(path)])
  for (const p of projects) found.push(['/api/v1/projects/{id}/way', await ask(`/api/v1/projects/${p.id}/way`)])
  for (const i of (await ask('/api/v1/imports')).items) found.push(['/api/v1/imports/{id}/plan', await ask(`/api/v1/imports/${i.id}/plan`)])
  assert.ok(found.length > 12)
  const wrong = found.flatMap(([path, value]) => {
    const { schema } = description.paths[path].get.responses['200'].content['application/json']
    assert.ok(schema.$ref, `${path} is described`)
    return misfits(schema, value, all, path)
  })
  assert.deepEqual(wrong, [])
})
