import assert from 'node:assert/strict'
import { webcrypto } from 'node:crypto'
import { test } from 'node:test'
import { draftsSettled, dropAllDrafts, dropDraft, loadDraft, openDrafts, saveDraft } from './draft'

/** What a browser keeps; its keys are its own properties, as those of a Storage are. */
class Box {
  getItem(k: string): string | null { return (this as Record<string, unknown>)[k] as string ?? null }
  setItem(k: string, v: string): void { Object.assign(this, { [k]: v }) }
  removeItem(k: string): void { delete (this as Record<string, unknown>)[k] }
}
const boxes = { localStorage: new Box(), sessionStorage: new Box() }
Object.assign(globalThis, boxes)
if (!globalThis.crypto) Object.assign(globalThis, { crypto: webcrypto }) // Node 18 has it, but not by that name
const kept = (): string => JSON.stringify(boxes)

test('without a key a draft lives in the page alone, and what older versions left in the clear goes', async () => {
  boxes.sessionStorage.setItem('z.draft.7.old', '{"values":{"name":"明文"}}')
  await openDrafts(7, null)
  assert.doesNotMatch(kept(), /明文/)
  saveDraft('projects/new', { name: '寿光种业' }, null)
  await draftsSettled()
  assert.equal(loadDraft('projects/new')?.values.name, '寿光种业')
  assert.doesNotMatch(kept(), /z\.draft|寿光/)
  dropDraft('projects/new')
  assert.equal(loadDraft('projects/new'), null)
})

test('with a key it lies on the device, unreadable, and opens again for its account', async () => {
  const key = '5a'.repeat(32)
  await openDrafts(7, key)
  saveDraft('projects/new', { name: '寿光种业' }, 3)
  await draftsSettled()
  assert.match(kept(), /z\.draft\.7\.projects\/new/)
  assert.doesNotMatch(kept(), /寿光/)
  await openDrafts(8, key)
  assert.equal(loadDraft('projects/new'), null)
  await openDrafts(7, key)
  assert.deepEqual(loadDraft('projects/new')?.values, { name: '寿光种业' })
})

test('drafts that are dropped all at once leave nothing, the one that was just being sealed neither', async () => {
  await openDrafts(7, '5a'.repeat(32))
  saveDraft('leads/new', { investor_name: '寿光种业' }, null)
  await Promise.resolve() // now it is being sealed
  dropAllDrafts()
  await draftsSettled()
  assert.doesNotMatch(kept(), /z\.draft/)
})
