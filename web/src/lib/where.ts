// The conditions of a list: from its view and from the address, as the server's query names them.
import type { Field, Noun } from '../api/types'
import type { View } from './lists'

export type Where = Record<string, string>
export interface Today { me: number; today: string }

const PREFIX = 'w.'
export const REMOVED = '-'

export const fieldName = (key: string): string => key.replace(/\.(ge|le|gt|lt|ne|has|null)$/, '')

function fill(text: string, now: Today): string {
  return text.replace('$me', String(now.me)).replace('$today', now.today).replace('$year', now.today.slice(0, 4))
}

export function viewWhere(view: View, now: Today): Where {
  return Object.fromEntries(Object.entries(view.where).map(([k, v]) => [k, fill(v, now)]))
}

/** Whether the schema has every field that the view asks for. */
export function viewFits(view: View, noun: Noun): boolean {
  return Object.keys(view.where).every((k) => noun.fields.some((f) => f.name === fieldName(k) && f.filter))
}

/** The view's conditions with those of the address over them; "-" takes one away. */
export function effective(view: Where, query: Record<string, unknown>): Where {
  const out: Where = { ...view }
  for (const [k, v] of Object.entries(query)) {
    if (!k.startsWith(PREFIX) || typeof v !== 'string') continue
    if (v === REMOVED) delete out[k.slice(PREFIX.length)]
    else out[k.slice(PREFIX.length)] = v
  }
  return out
}

/** The address part that turns the view's conditions into the wished ones. */
export function difference(view: Where, wish: Where): Record<string, string> {
  const out: Record<string, string> = {}
  for (const k of Object.keys(view)) if (!(k in wish)) out[PREFIX + k] = REMOVED
  for (const [k, v] of Object.entries(wish)) if (view[k] !== v) out[PREFIX + k] = v
  return out
}

export const without = (where: Where, field: string): Where =>
  Object.fromEntries(Object.entries(where).filter(([k]) => fieldName(k) !== field))

export const only = (where: Where, field: string): Where =>
  Object.fromEntries(Object.entries(where).filter(([k]) => fieldName(k) === field))

/** Conditions by a set of values, by a range, or by contained text. */
export function filterKind(f: Field): 'values' | 'range' | 'text' {
  if (f.choices?.length) return 'values'
  if (['enum', 'bool', 'region', 'industry', 'ref', 'tags', 'month'].includes(f.type)) return 'values'
  if (['text', 'long', 'code', 'uscc', 'phone', 'email', 'resident_id'].includes(f.type)) return 'text'
  return 'range'
}
