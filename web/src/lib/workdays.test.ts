import assert from 'node:assert/strict'
import test from 'node:test'
import { countWork, csvOf, daysOf, parseMarks, same, stretches, turn, weeksOf, type Marks } from './workdays'

// The State Council's notice of 2024.
const Y2024 = `2024-01-01,休,元旦
2024-02-04,班,春节
2024-02-12至2024-02-16,休,春节
2024-02-18,班,春节
2024-04-04,休,清明节
2024-04-05,休,清明节
2024-04-07,班,清明节
2024-04-28,班,劳动节
2024-05-01 到 2024-05-03,休,劳动节
2024-05-11,班,劳动节
2024-06-10,休,端午节
2024-09-14,班,中秋节
2024-09-16,休,中秋节
2024-09-17,休,中秋节
2024-09-29,班,国庆节
2024-10-01—2024-10-07,休,国庆节
2024-10-12,班,国庆节`
const read = (text: string, year = 2024): Marks => {
  const { marks, wrong } = parseMarks(text, year)
  assert.deepEqual(wrong, [])
  return marks
}

test('2024 has the 251 working days that were published', () => {
  const marks = read(Y2024)
  assert.equal(countWork(marks, daysOf(2024)), 251)
  assert.equal(countWork(marks, daysOf(2024, 4)), 22)
  assert.equal(countWork(new Map(), daysOf(2024)), 262)
})

test('stretches are the holidays as they are announced, with their weekends', () => {
  const off = stretches(read(Y2024), 2024).filter((s) => !s.isWork).map((s) => `${s.name} ${s.from} ${s.to} ${s.days}`)
  assert.deepEqual(off, [
    '元旦 2024-01-01 2024-01-01 1', '春节 2024-02-10 2024-02-17 8', '清明节 2024-04-04 2024-04-06 3', '劳动节 2024-05-01 2024-05-05 5',
    '端午节 2024-06-08 2024-06-10 3', '中秋节 2024-09-15 2024-09-17 3', '国庆节 2024-10-01 2024-10-07 7',
  ])
})

test('two holidays in one stretch keep their names', () => {
  const marks = read('2023-09-29,休,中秋节\n2023-10-02至2023-10-06,休,国庆节', 2023)
  assert.deepEqual(stretches(marks, 2023).map((s) => [s.name, s.from, s.to]), [['中秋节', '2023-09-29', '2023-10-01'], ['国庆节', '2023-10-02', '2023-10-08']])
})

test('a day that is turned twice is as before; one that lengthens a holiday takes its name', () => {
  const marks = read('2024-10-04,休,国庆节')
  turn(marks, '2024-10-07') // Monday after the weekend
  turn(marks, '2024-10-12') // a Saturday
  assert.equal(csvOf(marks), '2024-10-04,休,国庆节\n2024-10-07,休,国庆节\n2024-10-12,班')
  turn(marks, '2024-10-07')
  turn(marks, '2024-10-12')
  assert.ok(same(marks, read('2024-10-04,休,国庆节')))
})

test('what is written is read again', () => {
  const marks = read(Y2024)
  assert.ok(same(marks, read(csvOf(marks))))
  assert.ok(same(read('日期\t类别\t名称\n2024.4.4\t休\t清明节\n\n2024/4/7，上班'), read('2024-04-04,休,清明节\n2024-04-07,WORKDAY')))
})

test('each bad line says what is wrong with it', () => {
  const bad: [string, string][] = [
    ['2024-04-04', 'line'], ['2024-04-04,休,a,b', 'line'], ['2024-02-30,休', 'day'], ['四月四日,休', 'day'], ['2024-05-03至2024-05-01,休', 'day'], ['2024-04-04,可能', 'kind'],
    ['2025-04-04,休', 'year'], ['2024-12-30至2025-01-01,休', 'year'], ['2024-04-08,班', 'weekday'], [`2024-04-04,休,${'节'.repeat(21)}`, 'name'],
  ]
  for (const [line, code] of bad) assert.deepEqual(parseMarks(line, 2024).wrong.map((w) => w.code), [code], line)
  assert.deepEqual(parseMarks('2024-04-04,休\n2024-04-04,休', 2024).wrong.map((w) => [w.line, w.code]), [[2, 'twice']])
})

test('a month is whole weeks from Monday on', () => {
  for (const [year, month, weeks] of [[2024, 4, 5], [2027, 2, 4], [2024, 9, 6]] as const) {
    const w = weeksOf(year, month)
    assert.equal(w.length, weeks)
    assert.ok(w.every((x) => x.length === 7))
    assert.deepEqual(w.flat().filter((d) => d), daysOf(year, month))
  }
})
