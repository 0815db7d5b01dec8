// Deleting a record from its own page: done at once, since it can be taken back (z, or the bin), then
// back to the list it came from. A refusal stays on the page in the server's words.
import { computed, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { may, nounOf } from '../api/app'
import { call } from '../api/client'
import type { Rec } from '../api/types'
import { useAttempt } from './attempt'
import { memory } from './lists'
import type { Load } from './load'
import { toastEdit, undone } from './undo'

export interface Drop { canDrop: ComputedRef<boolean>; wrong: Ref<string>; drop: (name: string) => Promise<void> }

export function useDrop(plural: string, rec: Load<Rec>): Drop {
  const { t } = useI18n()
  const router = useRouter()
  const { wrong, attempt } = useAttempt()
  const canDrop = computed(() => !!rec.data.value && may(plural, 'D'))
  /** Only where the reader sees the record or its list is there something to draw anew. */
  function back(): void {
    const { path } = router.currentRoute.value
    if (path === `/${plural}` || path === `/${plural}/${rec.data.value?.id}`) undone.value++
  }
  const drop = (name: string): Promise<void> => attempt(async () => {
    const r = rec.data.value
    const noun = nounOf(plural)
    if (!r || !noun) return
    await call('DELETE', `${plural}/${r.id}`, { ifMatch: r.row_version }).catch((e: unknown) => {
      void rec.run() // a version that is no longer the newest: what is deleted next is what was read
      throw e
    })
    toastEdit(t('drop.done', { name }), noun.name, r.id, back)
    // Going back in the browser must not end at a record that is gone.
    await router.replace(memory[plural]?.query ?? `/${plural}`)
  })
  return { canDrop, wrong, drop }
}
