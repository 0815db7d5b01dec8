// Saved views: conditions, search, order and columns under a name, one's own or shared to a unit. In
// the address a saved view is v=s12; what one changes on it lies over it, as over a built-in view.
import { ref, type Ref } from 'vue'
import { call, get, post, queryText } from '../api/client'
import type { Page, Rec } from '../api/types'
import type { View } from './lists'
import type { Where } from './where'

export interface SavedView extends View {
  id: number
  name: string
  version: number
  own: boolean
  owner: string
  unit: string | null
  unitName: string
}

const text = (v: unknown): string => (typeof v === 'string' ? v : '')

/** The conditions, search and order of a stored query string. */
export function splitQuery(stored: string): { where: Where; q?: string; sort?: string } {
  const out: { where: Where; q?: string; sort?: string } = { where: {} }
  new URLSearchParams(stored).forEach((v, k) => {
    if (k === 'q') out.q = v
    else if (k === 'sort') out.sort = v
    else out.where[k] = v
  })
  return out
}

export const joinQuery = (where: Where, q: string, sort: string | undefined): string => queryText({ ...where, q, sort }).slice(1)

function viewOf(r: Rec): SavedView {
  const columns = text(r.columns)
  return {
    ...splitQuery(text(r.query)), code: `s${r.id}`, id: r.id, name: text(r.name), version: r.row_version ?? 0, columns: columns ? columns.split(',') : undefined,
    own: r.is_own === true, owner: text(r.owner_name), unit: text(r.region_code) || null, unitName: text(r.region_name),
  }
}

export interface Views {
  list: Ref<SavedView[]>
  load: () => Promise<void>
  save: (body: { name: string; query: string; columns: string; region_code: string | null }) => Promise<SavedView>
  change: (v: SavedView, body: Record<string, string | null>) => Promise<void>
  remove: (v: SavedView) => Promise<void>
}

export function useViews(plural: string): Views {
  const list = ref<SavedView[]>([])
  async function load(): Promise<void> {
    const r = await get<Page>('views', { noun: plural, limit: 100 }).catch(() => null)
    if (r) list.value = r.items.map(viewOf)
  }
  async function save(body: { name: string; query: string; columns: string; region_code: string | null }): Promise<SavedView> {
    const r = await post<Rec>('views', { noun: plural, ...body, query: body.query || null, columns: body.columns || null })
    await load()
    return viewOf(r)
  }
  async function change(v: SavedView, body: Record<string, string | null>): Promise<void> {
    await call('PATCH', `views/${v.id}`, { body, ifMatch: v.version })
    await load()
  }
  async function remove(v: SavedView): Promise<void> {
    await call('DELETE', `views/${v.id}`, { ifMatch: v.version })
    await load()
  }
  return { list, load, save, change, remove }
}
