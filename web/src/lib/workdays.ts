// A year of working days: Monday to Friday, but for the days that are marked otherwise. Days are texts
// (2024-04-10), which sort as they follow each other.
import { parseDate } from './format'

export interface Mark { isWork: boolean; name: string }
export type Marks = Map<string, Mark>
/** Days off in one stretch with the weekends that touch them, or one weekend day that is worked. */
export interface Stretch extends Mark { from: string; to: string; days: number }
export type Fault = 'line' | 'day' | 'kind' | 'year' | 'twice' | 'weekday' | 'name'
export interface Wrong { line: number; code: Fault; text: string }

const DAY_MS = 86_400_000
export const NAME_MAX = 20
const msOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const textOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** 0 = Sunday. */
export const weekday = (day: string): number => new Date(msOf(day)).getUTCDay()
export const isWeekend = (day: string): boolean => weekday(day) % 6 === 0
export const later = (day: string, days: number): string => textOf(msOf(day) + days * DAY_MS)
const span = (from: string, to: string): number => (msOf(to) - msOf(from)) / DAY_MS + 1

export function daysOf(year: number, month?: number): string[] {
  const from = Date.UTC(year, (month ?? 1) - 1, 1), to = Date.UTC(year, month ?? 12, 1)
  return Array.from({ length: (to - from) / DAY_MS }, (_, i) => textOf(from + i * DAY_MS))
}

/** Weeks of a month from Monday on; null where a day is of another month. */
export function weeksOf(year: number, month: number): (string | null)[][] {
  const days: (string | null)[] = daysOf(year, month)
  const first = (weekday(days[0] as string) + 6) % 7
  const all = [...Array<null>(first).fill(null), ...days, ...Array<null>((42 - first - days.length) % 7).fill(null)]
  return Array.from({ length: all.length / 7 }, (_, i) => all.slice(i * 7, i * 7 + 7))
}

export const isWork = (marks: Marks, day: string): boolean => marks.get(day)?.isWork ?? !isWeekend(day)
export const countWork = (marks: Marks, days: string[]): number => days.filter((d) => isWork(marks, d)).length

/** A day becomes the other thing. A new day off takes the name of the one that it lengthens. */
export function turn(marks: Marks, day: string): void {
  const toWork = !isWork(marks, day)
  if (toWork !== isWeekend(day)) marks.delete(day)
  else marks.set(day, { isWork: toWork, name: toWork ? '' : nameBeside(marks, day) })
}

function nameBeside(marks: Marks, day: string): string {
  for (const step of [-1, 1])
    for (let d = later(day, step); !isWork(marks, d); d = later(d, step)) {
      const name = marks.get(d)?.name
      if (name) return name
    }
  return ''
}

export function stretches(marks: Marks, year: number): Stretch[] {
  const out: Stretch[] = []
  let open: Stretch | null = null // the stretch that the days before belong to
  let rest = '' // the first day off before it, that no mark has named yet
  for (const day of daysOf(year)) {
    const mark = marks.get(day)
    if (isWork(marks, day)) {
      open = null
      rest = ''
      if (mark) out.push({ ...mark, from: day, to: day, days: 1 })
    } else if (!mark || open?.name === mark.name) {
      if (open) open.to = day
      else rest ||= day
    } else {
      open = { ...mark, from: (!open && rest) || day, to: day, days: 0 }
      out.push(open)
    }
  }
  for (const s of out) s.days = span(s.from, s.to)
  return out
}

/** The marked days of a stretch. */
export const marked = (marks: Marks, s: Stretch): string[] => [...marks].filter(([d, m]) => d >= s.from && d <= s.to && m.isWork === s.isWork && m.name === s.name).map(([d]) => d)

export function same(a: Marks, b: Marks): boolean {
  return a.size === b.size && [...a].every(([d, m]) => sameMark(m, b.get(d)))
}
export const sameMark = (a: Mark | undefined, b: Mark | undefined): boolean => a?.isWork === b?.isWork && a?.name === b?.name

/** As the server and people read it: "2024-04-04,休,清明节", a line a day. */
export function csvOf(marks: Marks, off = '休', made = '班'): string {
  const lines = [...marks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([d, m]) => `${d},${m.isWork ? made : off}${m.name ? `,${m.name}` : ''}`)
  return lines.join('\n')
}

const KINDS: Record<string, boolean> = { 休: false, 放假: false, 节假日: false, holiday: false, 班: true, 上班: true, 调休上班: true, workday: true }
const HEADING = /^(date|day|日期)/i
const RANGE = /\s*(?:至|到|~|～|—+|–|\bto\b)\s*/

/** One day, or the first and last of several. */
function daysIn(text: string): string[] | null {
  const ends = text.split(RANGE).map((x) => parseDate(x.trim()))
  if (ends.length > 2 || ends.some((p) => !p.ok)) return null
  const [from, to = from] = ends.map((p) => (p.ok ? String(p.value) : '')) as [string, string?]
  const n = span(from, to)
  return n >= 1 && n <= 31 ? Array.from({ length: n }, (_, i) => later(from, i)) : null
}

/** A list as it is pasted: day or days, kind, name; parted by commas or tabs. Weekends of a stretch off stay as they are. */
export function parseMarks(text: string, year: number): { marks: Marks; wrong: Wrong[] } {
  const marks: Marks = new Map()
  const wrong: Wrong[] = []
  text.split(/\r?\n/).forEach((raw, i) => {
    const line = raw.trim()
    if (!line || line.startsWith('#') || (i === 0 && HEADING.test(line))) return
    const fault = readLine(line, year, marks)
    if (fault) wrong.push({ line: i + 1, code: fault, text: line.slice(0, 40) })
  })
  return { marks, wrong }
}

function readLine(line: string, year: number, marks: Marks): Fault | null {
  const cells = line.split(/[,，\t;；]/).map((c) => c.trim())
  const [first = '', word = '', name = ''] = cells
  if (cells.length < 2 || cells.slice(3).some((c) => c)) return 'line'
  const days = daysIn(first)
  if (!days) return 'day'
  const isWorked = KINDS[word.toLowerCase()]
  if (isWorked === undefined) return 'kind'
  if (name.length > NAME_MAX) return 'name'
  if (days.some((d) => !d.startsWith(`${year}-`))) return 'year'
  if (days.some((d) => marks.has(d))) return 'twice'
  if (isWorked && days.some((d) => !isWeekend(d))) return 'weekday'
  for (const d of days) if (days.length === 1 || isWorked || !isWeekend(d)) marks.set(d, { isWork: isWorked, name })
  return null
}
