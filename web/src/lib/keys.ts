// Keyboard: single keys and two-key sequences, off in fields and during composition, and off as a
// whole when the user says so (WCAG 2.1.4). The handler registered last wins, so a dialog's key
// hides the page's.
import { onBeforeUnmount, onMounted, ref } from 'vue'

type Handler = (e: KeyboardEvent) => void
type Keys = Record<string, Handler>

const layers: Keys[] = []
const OFF = 'z.keys.off'
let first = ''
let firstAt = 0

export const keysOff = ref(localStorage.getItem(OFF) === '1')

export function setKeysOff(off: boolean): void {
  keysOff.value = off
  localStorage.setItem(OFF, off ? '1' : '0')
}

const TYPING = /^(INPUT|TEXTAREA|SELECT)$/
const TICK = /^(checkbox|radio|button)$/

export function isTyping(t: EventTarget | null): boolean {
  if (!(t instanceof HTMLElement)) return false
  if (t.isContentEditable) return true
  return TYPING.test(t.tagName) && !(t instanceof HTMLInputElement && TICK.test(t.type))
}

const inDialog = (): boolean => document.querySelector('.z-float, .el-overlay:not([style*="display: none"]) [role="dialog"]') !== null

function find(name: string): Handler | undefined {
  for (let i = layers.length - 1; i >= 0; i--) {
    const h = layers[i]?.[name]
    if (h) return h
  }
  return undefined
}

function onKey(e: KeyboardEvent): void {
  if (e.isComposing || e.keyCode === 229 || e.defaultPrevented) return
  if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) return run('Ctrl+Enter', e)
  if (e.ctrlKey || e.metaKey || e.altKey || keysOff.value || isTyping(e.target) || inDialog()) return
  const pair = Date.now() - firstAt < 1500 ? `${first} ${e.key}` : ''
  first = e.key
  firstAt = Date.now()
  if (pair && find(pair)) return run(pair, e)
  // Enter and space on a control are the control's own.
  if (e.key === 'Enter' && e.target instanceof HTMLElement && e.target.closest('a, button, summary, [role="tab"]')) return
  run(e.key, e)
}

function run(name: string, e: KeyboardEvent): void {
  const h = find(name)
  if (!h) return
  e.preventDefault()
  h(e)
}

document.addEventListener('keydown', onKey)

export function useKeys(keys: Keys): void {
  onMounted(() => layers.push(keys))
  onBeforeUnmount(() => {
    const i = layers.lastIndexOf(keys)
    if (i >= 0) layers.splice(i, 1)
  })
}
