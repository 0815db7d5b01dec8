// Short notices in a live region: what was done, or why it was not. What can be taken back says so for
// ten seconds, with a button and the key z.
import { reactive } from 'vue'

export interface Toast { id: number; text: string; bad: boolean; undo?: () => Promise<void> }

let last = 0
export const toasts = reactive<Toast[]>([])

export function dismiss(id: number): void {
  const i = toasts.findIndex((t) => t.id === id)
  if (i >= 0) toasts.splice(i, 1)
}

export function toast(text: string, bad = false, undo?: () => Promise<void>): void {
  const id = ++last
  toasts.push({ id, text, bad, undo })
  window.setTimeout(() => dismiss(id), bad || undo ? 10_000 : 5_000)
}

/** Takes back what the newest notice offers; false when none does. */
export function undoNewest(): boolean {
  const t = [...toasts].reverse().find((x) => x.undo)
  if (!t?.undo) return false
  dismiss(t.id)
  void t.undo()
  return true
}
