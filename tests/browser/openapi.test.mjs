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
