// Short notices in a live region: what was done, or why it was not.
import { reactive } from 'vue'

export interface Toast { id: number; text: string; bad: boolean }

let last = 0
export const toasts = reactive<Toast[]>([])

export function dismiss(id: number): void {
  const i = toasts.findIndex((t) => t.id === id)
  if (i >= 0) toasts.splice(i, 1)
}

export function toast(text: string, bad = false): void {
  const id = ++last
  toasts.push({ id, text, bad })
  window.setTimeout(() => dismiss(id), bad ? 10_000 : 5_000)
}
