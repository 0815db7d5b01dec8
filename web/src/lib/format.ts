// How values look on the screen and how typed text becomes the stored integer. No floating point:
// every scaled value is shifted as decimal text or BigInt.
import type { Field, FieldType, Rec, Scalar } from '../api/types'

export const MINUS = '\u2212'
export const NONE = '\u2014'

export type MoneyUnit = 'yi' | 'wan'

/** Decimal places of the stored integer against the unit shown, and how many of them are shown. */
const SCALES: Partial<Record<FieldType, { shift: number; show: number }>> = {
  fen: { shift: 6, show: 2 },
  mu_e2: { shift: 2, show: 2 },
  tce_e2: { shift: 2, show: 0 },
  kg: { shift: 3, show: 3 },
  m3: { shift: 4, show: 2 },
  m2: { shift: 0, show: 0 },
  permille: { shift: 1, show: 1 },
  minor: { shift: 6, show: 2 },
  rate_e6: { shift: 6, show: 4 },
  degree_e6: { shift: 6, show: 6 },
  int: { shift: 0, show: 0 },
  days: { shift: 0, show: 0 },
}

export const isNumber = (t: FieldType): boolean => t in SCALES || t === 'bytes'

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

/** value / 10^shift with `show` decimals, rounded half away from zero. */
export function scaled(value: number | bigint, shift: number, show: number, grouped = true): string {
  const v = BigInt(value)
  let a = v < 0n ? -v : v
  if (show < shift) {
    const d = 10n ** BigInt(shift - show)
    a = (a + d / 2n) / d
  } else {
    a *= 10n ** BigInt(show - shift)
  }
  const s = a.toString().padStart(show + 1, '0')
  const whole = s.slice(0, s.length - show)
  const rest = show ? '.' + s.slice(s.length - show) : ''
  return (v < 0n && a !== 0n ? MINUS : '') + (grouped ? group(whole) : whole) + rest
}

export const money = (fen: number, unit: MoneyUnit): string => scaled(fen, unit === 'yi' ? 10 : 6, 2)

/** An amount inside a sentence: Chinese counts in 亿 (two decimals), English in billions (three, which is the same). */
export const moneySaid = (fen: number | bigint, isEnglish: boolean): string => scaled(fen, isEnglish ? 11 : 10, isEnglish ? 3 : 2)

export function bytes(n: number): string {
  if (n < 1024) return `${n} B`
  if (n < 1024 * 1024) return `${scaled(BigInt(n) * 10n / 1024n, 1, 1)} KB`
  return `${scaled(BigInt(n) * 10n / 1048576n, 1, 1)} MB`
}

const two = (n: number): string => String(n).padStart(2, '0')

/** An instant as date and time in Asia/Shanghai (UTC+8 without summer time). */
export function instant(ms: number): string {
  const d = new Date(ms + 8 * 3600_000)
  return `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`
}

/** 11-20 when the year is the given one, else with the year. */
export function shortDate(date: string | null, year: string): string {
  if (!date) return NONE
  return date.startsWith(year + '-') ? date.slice(5) : date
}

/** The member that carries the label of a code or reference: region_code -> region_name. */
export function labelMember(f: Field): string | null {
  if (f.type === 'ref') return f.name.replace(/_id$/, '') + '_name'
  if (f.type === 'region' || f.type === 'industry') return f.name.replace(/_code$/, '') + '_name'
  return null
}

export interface Look { unit: MoneyUnit; yes: string; no: string; and: string }

function numberText(t: FieldType, n: number, look: Look): string {
  if (t === 'fen') return money(n, look.unit)
  if (t === 'bytes') return bytes(n)
  const s = SCALES[t]
  return s ? scaled(n, s.shift, s.show) : String(n)
}

function choiceText(f: Field, v: Scalar): string {
  return f.choices?.find((c) => c.code === v)?.label ?? String(v)
}

/** The text of one value as a reader sees it; what is missing is a dash. */
export function valueText(f: Field, v: Scalar | Scalar[] | undefined, look: Look): string {
  if (v === null || v === undefined || v === '') return NONE
  if (f.type === 'bool') return v ? look.yes : look.no
  if (f.type === 'at') return typeof v === 'number' ? instant(v) : String(v)
  // A text with choices is a code with a label as well: the audit's actions and roles.
  if (f.type === 'enum' || (f.type === 'text' && f.choices?.length)) return choiceText(f, v as Scalar)
  if (f.type === 'tags') {
    const codes = Array.isArray(v) ? v : String(v).split(',')
    return codes.map((c) => choiceText(f, c)).join(look.and)
  }
  if (f.type === 'int' && f.name.endsWith('_id')) return String(v) // a number that counts nothing
  if (isNumber(f.type) && typeof v === 'number') return numberText(f.type, v, look)
  return Array.isArray(v) ? v.join(look.and) : String(v)
}

/** The text of a field of a record: labels beside codes are used where the record has them. */
export function fieldText(f: Field, rec: Rec, look: Look): string {
  const m = labelMember(f)
  const label = m === null ? undefined : rec[m]
  if (typeof label === 'string' && label !== '') return label
  return valueText(f, rec[f.name], look)
}

// ---- typed text ----

export type Parsed = { ok: true; value: Scalar } | { ok: false; code: string }

const WIDE = /[\uff01-\uff5e]/g
const narrow = (s: string): string =>
  s.replace(WIDE, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ').replace(/[\u2212\u2013]/g, '-').trim()

/** Decimal text to the integer text * 10^shift, exact; more decimals than that are refused. */
export function parseScaled(text: string, shift: number): { ok: true; value: number } | { ok: false; code: string } {
  const m = /^(-?)(\d+)(?:\.(\d*))?$/.exec(narrow(text).replace(/[,\s]/g, '').replace(/^\+/, ''))
  if (!m) return { ok: false, code: 'number' }
  const frac = (m[3] ?? '').replace(/0+$/, '')
  if (frac.length > shift) return { ok: false, code: 'decimals' }
  const n = BigInt(m[2] + frac.padEnd(shift, '0')) * (m[1] ? -1n : 1n)
  if (n > BigInt(Number.MAX_SAFE_INTEGER) || n < BigInt(Number.MIN_SAFE_INTEGER)) return { ok: false, code: 'large' }
  return { ok: true, value: Number(n) }
}

const MONEY_UNITS: [RegExp, number][] = [
  [/亿元?$/, 10], [/千万元?$/, 9], [/百万元?$/, 8], [/万元?$/, 6], [/元$/, 2],
]

/** An amount as people write it: 58000 (in wan, or in the unit given), 5.8亿, 3500万元, 350000000元. */
export function parseMoney(text: string, unit: MoneyUnit = 'wan'): { ok: true; value: number } | { ok: false; code: string } {
  const s = narrow(text).replace(/\s/g, '')
  for (const [re, shift] of MONEY_UNITS) {
    if (re.test(s)) return parseScaled(s.replace(re, ''), shift)
  }
  return parseScaled(s, unit === 'yi' ? 10 : 6)
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** 2024-04-10, 2024.4.10, 20240410, 2024年4月10日 -> 2024-04-10. */
export function parseDate(text: string): Parsed {
  const s = narrow(text)
  const m = /^(\d{4})(?:[-./年]\s*(\d{1,2})[-./月]\s*(\d{1,2})日?|(\d{2})(\d{2}))$/.exec(s)
  if (!m) return { ok: false, code: 'date' }
  const y = Number(m[1]), mo = Number(m[2] ?? m[4]), d = Number(m[3] ?? m[5])
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0
  const last = mo === 2 && leap ? 29 : DAYS[mo - 1]
  if (last === undefined) return { ok: false, code: 'month' }
  if (d < 1 || d > last) return { ok: false, code: 'day' }
  return { ok: true, value: `${m[1]}-${two(mo)}-${two(d)}` }
}

export function parseMonth(text: string): Parsed {
  const m = /^(\d{4})[-./年]?(\d{1,2})月?$/.exec(narrow(text))
  if (!m) return { ok: false, code: 'date' }
  const mo = Number(m[2])
  return mo >= 1 && mo <= 12 ? { ok: true, value: `${m[1]}-${two(mo)}` } : { ok: false, code: 'month' }
}

/** 2024-04-10 09:42 in Asia/Shanghai -> ms UTC; a day alone is its beginning. */
export function parseInstant(text: string): Parsed {
  const m = /^(.*?)(?:[ T]+(\d{1,2}):(\d{2}))?$/.exec(narrow(text))
  const day = parseDate(m?.[1] ?? '')
  if (!day.ok) return day
  const h = Number(m?.[2] ?? 0), min = Number(m?.[3] ?? 0)
  if (h > 23 || min > 59) return { ok: false, code: 'time' }
  return { ok: true, value: Date.parse(`${String(day.value)}T${two(h)}:${two(min)}:00+08:00`) }
}

/** What a form shows for a stored value; parseField turns it back into the same value. */
export function inputText(f: Field, v: Scalar | Scalar[] | undefined): string {
  if (v === null || v === undefined) return ''
  if (Array.isArray(v)) return v.join(',')
  if (f.type === 'bool') return v ? '1' : '0'
  if (f.type === 'at') return typeof v === 'number' ? instant(v) : String(v)
  const s = SCALES[f.type]
  if (!s || typeof v !== 'number') return String(v)
  return scaled(v, s.shift, s.shift, false).replace(MINUS, '-').replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
}

export function parseField(f: Field, text: string): Parsed {
  if (text.trim() === '') return { ok: true, value: null }
  if (f.type === 'bool') return { ok: true, value: text === '1' }
  if (f.type === 'fen') return parseMoney(text)
  if (f.type === 'date') return parseDate(text)
  if (f.type === 'month') return parseMonth(text)
  if (f.type === 'at') return parseInstant(text)
  if (f.type === 'ref') return { ok: true, value: Number(text) }
  const s = SCALES[f.type]
  if (s) return parseScaled(text, s.shift)
  return { ok: true, value: f.type === 'long' ? text : text.trim() }
}
