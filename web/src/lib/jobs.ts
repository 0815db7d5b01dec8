// A job's progress by server-sent events. A stream that ends is opened again, later each time; nothing is polled.
import { onBeforeUnmount, ref, type Ref } from 'vue'
import { call, get } from '../api/client'
import type { Job } from '../api/types'

export interface Watch { job: Ref<Job | null>; watch: (id: number, ended: (j: Job) => void) => void; cancel: () => Promise<void> }

const FIRST_MS = 1000, LAST_MS = 30000

export function useJob(): Watch {
  const job = ref<Job | null>(null)
  let source: EventSource | null = null
  let timer = 0

  function stop(): void {
    source?.close()
    source = null
    window.clearTimeout(timer)
  }

  function watch(id: number, ended: (j: Job) => void): void {
    stop()
    const take = (j: Job): void => {
      if (j.id !== id || (job.value?.id === id && job.value.state !== 'RUNNING')) return
      job.value = j
      if (j.state === 'RUNNING') return
      stop()
      ended(j)
    }
    let wait = FIRST_MS
    const ask = (otherwise: () => void): void => void get<Job>(`jobs/${id}`).then(take, otherwise)
    const open = (): void => {
      source = new EventSource('/api/v1/events')
      // Why it failed is said in a language, and the stream has none: that is asked for.
      source.addEventListener('job', (e) => {
        const j = JSON.parse((e as MessageEvent<string>).data) as Job
        if (j.id === id && j.state === 'FAILED') ask(() => take(j))
        else take(j)
      })
      // The job may have ended before the stream was open.
      source.onopen = () => {
        wait = FIRST_MS
        ask(() => undefined)
      }
      source.onerror = () => {
        source?.close()
        window.clearTimeout(timer)
        timer = window.setTimeout(open, wait)
        wait = Math.min(wait * 2, LAST_MS)
      }
    }
    open()
  }

  async function cancel(): Promise<void> {
    if (job.value) await call('DELETE', `jobs/${job.value.id}`)
  }

  onBeforeUnmount(stop)
  return { job, watch, cancel }
}
