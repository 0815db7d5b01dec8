import assert from 'node:assert/strict'
import test from 'node:test'
import { difference, effective, fieldName, viewWhere, without } from './where'

const view = { stage: 'TALK,SIGNED', side: 'ACTIVE' }

test('conditions of the address lie over those of the view', () => {
  assert.deepEqual(effective(view, { 'w.stage': 'SIGNED', 'w.x.ge': '3', v: 'a', q: 'b' }), { stage: 'SIGNED', side: 'ACTIVE', 'x.ge': '3' })
  assert.deepEqual(effective(view, { 'w.stage': '-' }), { side: 'ACTIVE' })
})

test('difference and effective undo each other', () => {
  for (const wish of [{}, view, { stage: 'SIGNED' }, { side: 'ACTIVE', 'total_invest_fen.ge': '5' }, { stage: 'TALK,SIGNED', side: 'ACTIVE', a: '1' }] as Record<string, string>[]) {
    assert.deepEqual(effective(view, difference(view, wish)), wish)
  }
})

test('keys and their fields', () => {
  assert.equal(fieldName('total_invest_fen.ge'), 'total_invest_fen')
  assert.equal(fieldName('stage'), 'stage')
  assert.deepEqual(without({ 'a.ge': '1', 'a.le': '2', ab: '3' }, 'a'), { ab: '3' })
  assert.deepEqual(viewWhere({ code: 'x', where: { 'd.ge': '$year-01-01', by: '$me' } }, { me: 7, today: '2024-04-10' }), { 'd.ge': '2024-01-01', by: '7' })
})
