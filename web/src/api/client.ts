// One way to the server: JSON in, JSON out, every failure a Problem.
import type { FieldError, ProblemBody } from './types'

export class Problem extends Error {
  readonly status: number
  readonly body: ProblemBody
  constructor(body: ProblemBody) {
    super(body.title)
    this.status = body.status
    this.body = body
  }
  get errors(): FieldError[] {
    return this.body.errors ?? []
  }
  is(type: string): boolean {
    return this.body.type === `/problems/${type}`
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>

export interface Options {
  query?: Query
  body?: unknown
  file?: Blob
  ifMatch?: number
  key?: string
  signal?: AbortSignal
}

export const isAbort = (e: unknown): boolean => e instanceof DOMException && e.name === 'AbortError'

const hooks: { lang: () => string; ended: () => void; stopped: () => void } = { lang: () => 'zh', ended: () => undefined, stopped: () => undefined }

/** What the client needs to know of the rest: the language, and whom to tell when the session ended or the server stopped writing. */
export function bindClient(h: typeof hooks): void {
  Object.assign(hooks, h)
}

export function queryText(query: Query | undefined): string {
  const p = new URLSearchParams()
  for (const [k, v] of Object.entries(query ?? {})) {
    if (v !== undefined && v !== null && v !== '') p.set(k, String(v))
  }
  const s = p.toString()
  return s ? `?${s}` : ''
}

export function apiUrl(path: string, query?: Query): string {
  return `/api/v1/${path}${queryText(query)}`
}

/** crypto.randomUUID exists on secure origins only; a bureau's server may be plain http. */
export function newKey(): string {
  const b = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(b, (x) => x.toString(16).padStart(2, '0')).join('')
}

function headersOf(method: string, o: Options): Record<string, string> {
  const h: Record<string, string> = { Accept: 'application/json', 'Accept-Language': hooks.lang() }
  if (method !== 'GET') h['X-Requested-With'] = 'zhaoyin'
  if (o.file) h['Content-Type'] = 'application/octet-stream'
  else if (o.body !== undefined) h['Content-Type'] = 'application/json'
  if (o.ifMatch !== undefined) h['If-Match'] = `"${o.ifMatch}"`
  if (method === 'POST') h['Idempotency-Key'] = o.key ?? newKey()
  return h
}

async function problemOf(r: Response): Promise<ProblemBody> {
  const text = await r.text().catch(() => '')
  try {
    const b = JSON.parse(text) as Partial<ProblemBody>
    return { ...b, type: b.type ?? '', title: b.title ?? r.statusText, status: r.status }
  } catch {
    return { type: '/problems/answer', title: `HTTP ${r.status}`, status: r.status, instance: r.headers.get('X-Request-Id') ?? '' }
  }
}

export async function call<T>(method: string, path: string, o: Options = {}): Promise<T> {
  let r: Response
  try {
    r = await fetch(apiUrl(path, o.query), {
      method,
      headers: headersOf(method, o),
      body: o.file ?? (o.body === undefined ? undefined : JSON.stringify(o.body)),
      signal: o.signal,
      credentials: 'same-origin',
    })
  } catch (e) {
    if (isAbort(e)) throw e
    throw new Problem({ type: '/problems/offline', title: '', status: 0 })
  }
  if (!r.ok) {
    const p = new Problem(await problemOf(r))
    if (p.status === 401 && path !== 'session') hooks.ended()
    if (p.errors.some((e) => e.code === 'store_stopped')) hooks.stopped()
    throw p
  }
  if (r.status === 204) return undefined as T
  try {
    return (await r.json()) as T
  } catch (e) {
    // The connection broke inside the answer, or the page is being left.
    if (isAbort(e)) throw e
    throw new Problem({ type: '/problems/offline', title: '', status: 0 })
  }
}

/** An answer that is a file, to be saved under a name. */
export async function fileOf(path: string, body: unknown): Promise<Blob> {
  const r = await fetch(apiUrl(path), { method: 'POST', headers: { ...headersOf('POST', { body }), Accept: '*/*' }, body: JSON.stringify(body), credentials: 'same-origin' }).catch(() => {
    throw new Problem({ type: '/problems/offline', title: '', status: 0 })
  })
  if (!r.ok) throw new Problem(await problemOf(r))
  return r.blob()
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) => call<T>('GET', path, { query, signal })
export const post = <T>(path: string, body?: unknown, o: Options = {}) => call<T>('POST', path, { ...o, body: body ?? {} })

