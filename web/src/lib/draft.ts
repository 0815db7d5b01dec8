// Unsaved form input survives a reload and an ended session in this tab, for the same account only.
import { app } from '../api/app'

export interface Draft { values: Record<string, string>; row_version: number | null; at_ms: number }

const PREFIX = 'z.draft.'
const keyOf = (name: string): string => `${PREFIX}${app.session?.account.id ?? 0}.${name}`

export function saveDraft(name: string, values: Record<string, string>, rowVersion: number | null): number {
  const at_ms = Date.now()
  sessionStorage.setItem(keyOf(name), JSON.stringify({ values, row_version: rowVersion, at_ms } satisfies Draft))
  return at_ms
}

export function loadDraft(name: string): Draft | null {
  const s = sessionStorage.getItem(keyOf(name))
  if (!s) return null
  try {
    return JSON.parse(s) as Draft
  } catch {
    return null
  }
}

export function dropDraft(name: string): void {
  sessionStorage.removeItem(keyOf(name))
}

export function countDrafts(): number {
  return Object.keys(sessionStorage).filter((k) => k.startsWith(PREFIX)).length
}

export function dropAllDrafts(): void {
  for (const k of Object.keys(sessionStorage)) if (k.startsWith(PREFIX)) sessionStorage.removeItem(k)
}
