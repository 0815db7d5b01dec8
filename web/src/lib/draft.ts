// Unsaved form input survives a closed page and an ended session on this device, for the same account
// only: it lies encrypted (AES-GCM) under a key that the server gives to that account alone, and that is
// never stored here. Where the browser has no cryptography (a plain http address other than this
// machine), nothing is written to the device: drafts live as long as the page is not loaded anew.

export interface Draft { values: Record<string, string>; row_version: number | null; at_ms: number }

const PREFIX = 'z.draft.'
const open = new Map<string, Draft>()
let account = 0
let key: CryptoKey | null = null
let writing: Promise<void> = Promise.resolve()

const prefix = (): string => `${PREFIX}${account}.`
const bytesOf = (hex: string): Uint8Array<ArrayBuffer> => new Uint8Array((hex.match(/../g) ?? []).map((x) => parseInt(x, 16)))
const hexOf = (b: Uint8Array): string => Array.from(b, (x) => x.toString(16).padStart(2, '0')).join('')

async function seal(d: Draft, name: string, by: CryptoKey): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) }, by, new TextEncoder().encode(JSON.stringify(d)))
  return `${hexOf(iv)}.${hexOf(new Uint8Array(sealed))}`
}

async function unseal(text: string, name: string, by: CryptoKey): Promise<Draft | null> {
  try {
    const [iv = '', sealed = ''] = text.split('.')
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytesOf(iv), additionalData: new TextEncoder().encode(name) }, by, bytesOf(sealed))
    return JSON.parse(new TextDecoder().decode(plain)) as Draft
  } catch {
    return null // of another key, or damaged: nobody can read it any more
  }
}

/** At log-in: opens what this account left here. Those of others stay shut. */
export async function openDrafts(id: number, keyHex: string | null | undefined): Promise<void> {
  open.clear()
  account = id
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined
  key = keyHex && subtle ? await subtle.importKey('raw', bytesOf(keyHex), 'AES-GCM', false, ['encrypt', 'decrypt']) : null
  for (const k of Object.keys(sessionStorage).filter((x) => x.startsWith(PREFIX))) sessionStorage.removeItem(k) // of older versions, in the clear
  for (const k of key ? Object.keys(localStorage).filter((x) => x.startsWith(prefix())) : []) {
    const d = await unseal(localStorage.getItem(k) ?? '', k, key as CryptoKey)
    if (d) open.set(k, d)
    else localStorage.removeItem(k)
  }
}

/** At log-out: what was open is forgotten; the sealed texts stay unless they were dropped. */
export function shutDrafts(): void {
  open.clear()
  account = 0
  key = null
}

export function saveDraft(name: string, values: Record<string, string>, rowVersion: number | null): number {
  const k = prefix() + name
  const d: Draft = { values, row_version: rowVersion, at_ms: Date.now() }
  open.set(k, d)
  // One after the other, and only what is newest: typing is faster than the disk.
  writing = writing.then(async () => {
    if (key && open.get(k) === d) localStorage.setItem(k, await seal(d, k, key))
  })
  return d.at_ms
}

export const loadDraft = (name: string): Draft | null => open.get(prefix() + name) ?? null

export function dropDraft(name: string): void {
  const k = prefix() + name
  open.delete(k)
  writing = writing.then(() => localStorage.removeItem(k))
}

export const countDrafts = (): number => open.size

/** What is being sealed is dropped as well, once it is there. */
export function dropAllDrafts(): void {
  const keys = [...open.keys()]
  open.clear()
  writing = writing.then(() => keys.forEach((k) => localStorage.removeItem(k)))
}

/** Until all that was saved or dropped so far is so on the device. */
export const draftsSettled = (): Promise<void> => writing
