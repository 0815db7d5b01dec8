// One act at a time: busy while the server works on it, and what was wrong in the reader's words.
import { ref, type Ref } from 'vue'
import { useTexts } from './text'

export interface Attempt { busy: Ref<boolean>; wrong: Ref<string>; attempt: (work: () => Promise<unknown>) => Promise<void> }

export function useAttempt(): Attempt {
  const texts = useTexts()
  const busy = ref(false)
  const wrong = ref('')
  async function attempt(work: () => Promise<unknown>): Promise<void> {
    if (busy.value) return
    busy.value = true
    wrong.value = ''
    try {
      await work()
    } catch (e) {
      wrong.value = texts.problem(e)
    } finally {
      busy.value = false
    }
  }
  return { busy, wrong, attempt }
}
