// Load something once or again, with its error; a later request makes an earlier answer void.
import { onBeforeUnmount, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { isAbort, Problem } from '../api/client'

export interface Load<T> {
  data: ShallowRef<T | null>
  error: ShallowRef<Problem | null>
  busy: Ref<boolean>
  run: () => Promise<void>
}

export function useLoad<T>(fetcher: (signal: AbortSignal) => Promise<T>): Load<T> {
  const data = shallowRef<T | null>(null)
  const error = shallowRef<Problem | null>(null)
  const busy = ref(false)
  let running: AbortController | null = null

  async function run(): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    busy.value = true
    try {
      const d = await fetcher(mine.signal)
      if (running !== mine) return
      data.value = d
      error.value = null
    } catch (e) {
      if (isAbort(e) || running !== mine) return
      if (!(e instanceof Problem)) throw e
      error.value = e
    } finally {
      if (running === mine) busy.value = false
    }
  }
  onBeforeUnmount(() => running?.abort())
  return { data, error, busy, run }
}
