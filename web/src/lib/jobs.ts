// A job's progress by server-sent events; where they do not get through, by asking.
import { onBeforeUnmount, ref, type Ref } from 'vue'
import { call, get } from '../api/client'
import type { Job } from '../api/types'

export interface Watch { job: Ref<Job | null>; watch: (id: number, ended: (j: Job) => void) => void; cancel: () => Promise<void> }

const POLL_MS = 1000

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
    const ask = async (): Promise<void> => {
      const j = await get<Job>(`jobs/${id}`).catch(() => null)
      if (j) take(j)
      if (job.value?.id !== id || job.value.state === 'RUNNING') timer = window.setTimeout(() => void ask(), POLL_MS)
    }
    source = new EventSource('/api/v1/events')
    // Why it failed is said in a language, and the stream has none: that is asked for.
    source.addEventListener('job', (e) => {
      const j = JSON.parse((e as MessageEvent<string>).data) as Job
      if (j.id === id && j.state === 'FAILED') void ask()
      else take(j)
    })
    source.onerror = () => {
      source?.close()
      window.clearTimeout(timer)
      void ask()
    }
    // The job may have ended before the stream was open.
    source.onopen = () => void get<Job>(`jobs/${id}`).then(take, () => undefined)
  }

  async function cancel(): Promise<void> {
    if (job.value) await call('DELETE', `jobs/${job.value.id}`)
  }

  onBeforeUnmount(stop)
  return { job, watch, cancel }
}
