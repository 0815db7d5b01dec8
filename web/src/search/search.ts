// What the header's search, its suggestions and the page of results share.
import { get } from '../api/client'

export type How = 'exact' | 'pinyin' | 'initials' | 'sound' | 'near'
export interface Hit {
  kind: string
  id: number
  name: string
  how: How
  info: string | null
  phone: string | null
  parent_kind: string | null
  parent_id: number | null
  parent: string | null
  field: string | null
  field_label: string | null
  text: string | null
  mark: [number, number] | null
}
export interface KindCount { kind: string; label: string; n: number; has_more: boolean }
export interface Found { tried: How[]; hits: Hit[]; kinds: KindCount[] }

const CHARACTERS = 200

export function askSearch(q: string, limit: number, kind: string, signal: AbortSignal): Promise<Found> {
  return get<Found>('search', { q: Array.from(q).slice(0, CHARACTERS).join(''), limit, kind: kind || undefined }, signal)
}

const pages: Record<string, string> = { project: 'projects', investor: 'investors', lead: 'leads' }

/** Where a hit is opened: its own page, or that of the record it belongs to. */
export function hitPath(h: Hit): string {
  const own = pages[h.kind]
  if (own) return `/${own}/${h.id}`
  const of = h.parent_kind ? pages[h.parent_kind] : undefined
  return of && h.parent_id ? `/${of}/${h.parent_id}` : '/'
}

/** A text in three parts, of which the middle one was found. Places count characters, not code units. */
export function parts(text: string, mark: [number, number] | null): [string, string, string] {
  if (!mark) return [text, '', '']
  const c = Array.from(text)
  return [c.slice(0, mark[0]).join(''), c.slice(mark[0], mark[1]).join(''), c.slice(mark[1]).join('')]
}

/** How most of it was found when nothing is as written: "sound", "near", or nothing to say. */
export function otherWay(f: Found): 'sound' | 'near' | '' {
  const how = f.hits[0]?.how
  return how === 'sound' || how === 'near' ? how : ''
}

export const count = (k: KindCount): string => (k.has_more ? `${k.n}+` : String(k.n))
