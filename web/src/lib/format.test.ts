import assert from 'node:assert/strict'
import test from 'node:test'
import type { Field, FieldType } from '../api/types'
import { bytes, fieldText, inputText, instant, money, moneySaid, parseDate, parseField, parseInstant, parseMoney, parseMonth, parseScaled, scaled, shortDate, valueText } from './format'

const look = { unit: 'yi' as const, yes: 'Y', no: 'N', and: '、' }
const field = (type: FieldType, name = 'x'): Field => ({
  name, type, label: '', unit: null, group: null, required: false, readonly: false, final: false, list: true, filter: true,
  sort: true, sum: false, search: false, form: true, personal: false, max: 0, ref: null, choices: [{ code: 'A', label: 'alpha' }],
})

test('money is rounded half away from zero, once', () => {
  for (const [fen, unit, text] of [
    [580000000000, 'yi', '58.00'], [64200000000, 'yi', '6.42'], [152400000000000, 'yi', '15,240.00'],
    [5000000, 'yi', '0.00'], [50000000, 'yi', '0.01'], [-50000000, 'yi', '−0.01'], [-1, 'yi', '0.00'],
    [126800000000, 'wan', '126,800.00'], [5000, 'wan', '0.01'], [4999, 'wan', '0.00'], [0, 'wan', '0.00'],
    [9007199254740991, 'wan', '9,007,199,254.74'],
  ] as const) assert.equal(money(fen, unit), text)
})

test('an amount in a sentence is as exact in English as in Chinese', () => {
  assert.equal(moneySaid(146662400000000, false), '14,666.24')
  assert.equal(moneySaid(146662400000000, true), '1,466.624')
  assert.equal(moneySaid(100000000, true), '0.001')
})

test('scaled widens as well as it rounds', () => {
  assert.equal(scaled(5, 0, 2), '5.00')
  assert.equal(scaled(111, 1, 1), '11.1')
  assert.equal(scaled(1234567, 0, 0), '1,234,567')
  assert.equal(scaled(1234567, 0, 0, false), '1234567')
})

test('amounts as people write them', () => {
  for (const [text, fen] of [
    ['3.5亿', 35000000000], ['35000万', 35000000000], ['3,500万元', 3500000000], ['350000000元', 35000000000],
    ['58000', 58000000000], ['５８．５', 58500000], ['0.000001', 1], ['－2.5', -2500000], ['1 234', 1234000000],
  ] as const) assert.deepEqual(parseMoney(text), { ok: true, value: fen }, text)
  for (const [text, code] of [
    ['约6.5', 'number'], ['', 'number'], ['1.2.3', 'number'], ['0.0000001', 'decimals'], ['1元2', 'number'], ['99999999亿', 'large'],
  ] as const) assert.deepEqual(parseMoney(text), { ok: false, code }, text)
})

test('what a form shows parses back to the stored value', () => {
  const types: [FieldType, number[]][] = [
    ['fen', [0, 1, 580000000000, -35, 9007199254740991]], ['mu_e2', [32000, 1]], ['tce_e2', [150]], ['kg', [1, 12345]],
    ['permille', [705, 1000]], ['int', [0, 300]], ['degree_e6', [119101234]], ['days', [38]],
  ]
  for (const [type, values] of types) {
    for (const v of values) assert.deepEqual(parseField(field(type), inputText(field(type), v)), { ok: true, value: v }, `${type} ${v}`)
  }
})

test('dates', () => {
  for (const t of ['2024-04-10', '2024.4.10', '2024/04/10', '20240410', '2024年4月10日', '２０２４．４．１０']) {
    assert.deepEqual(parseDate(t), { ok: true, value: '2024-04-10' }, t)
  }
  assert.deepEqual(parseDate('2024-02-29'), { ok: true, value: '2024-02-29' })
  for (const [t, code] of [['2026.13.2', 'month'], ['2023-02-29', 'day'], ['2024-04-31', 'day'], ['1900-02-29', 'day'], ['4月10日', 'date'], ['2024-0-1', 'month']]) {
    assert.deepEqual(parseDate(t!), { ok: false, code }, t)
  }
  assert.deepEqual(parseMonth('2024年4月'), { ok: true, value: '2024-04' })
  assert.deepEqual(parseMonth('2024-13'), { ok: false, code: 'month' })
  assert.equal(shortDate('2024-04-10', '2024'), '04-10')
  assert.equal(shortDate('2023-04-10', '2024'), '2023-04-10')
  assert.equal(shortDate(null, '2024'), '—')
})

test('instants are shown in Asia/Shanghai', () => {
  assert.equal(instant(Date.UTC(2024, 3, 9, 16, 5)), '2024-04-10 00:05')
  assert.equal(instant(0), '1970-01-01 08:00')
})

test('typed instants', () => {
  assert.deepEqual(parseInstant('2024-04-10 00:05'), { ok: true, value: Date.UTC(2024, 3, 9, 16, 5) })
  assert.deepEqual(parseInstant('2024.4.10'), { ok: true, value: Date.UTC(2024, 3, 9, 16, 0) })
  assert.deepEqual(parseInstant('2024-04-10 24:05'), { ok: false, code: 'time' })
  assert.deepEqual(parseInstant('10:05'), { ok: false, code: 'date' })
})

test('values by type', () => {
  assert.equal(valueText(field('enum'), 'A', look), 'alpha')
  assert.equal(valueText(field('text'), 'A', look), 'alpha')
  assert.equal(valueText(field('text'), 'other', look), 'other')
  assert.equal(valueText(field('tags'), 'A,B', look), 'alpha、B')
  assert.equal(valueText(field('bool'), false, look), 'N')
  assert.equal(valueText(field('int'), 0, look), '0')
  assert.equal(valueText(field('fen'), null, look), '—')
  assert.equal(valueText(field('permille'), 705, look), '70.5')
  assert.equal(fieldText(field('region', 'region_code'), { id: 1, region_code: '370783', region_name: 'Shouguang' }, look), 'Shouguang')
  assert.equal(fieldText(field('ref', 'officer_id'), { id: 1, officer_id: 4, officer_name: 'Zhou' }, look), 'Zhou')
  assert.equal(bytes(1536), '1.5 KB')
  assert.equal(bytes(1023), '1023 B')
})

test('parseScaled refuses what it cannot keep', () => {
  assert.deepEqual(parseScaled('1.5', 0), { ok: false, code: 'decimals' })
  assert.deepEqual(parseScaled('1.500', 1), { ok: true, value: 15 })
  assert.deepEqual(parseScaled('1e3', 2), { ok: false, code: 'number' })
})
