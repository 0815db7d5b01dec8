// Taking back what one has just done: the newest own edit of a record, a proposal, a bulk act.
import { ref } from 'vue'
import { i18n } from '../i18n'
import { may } from '../api/app'
import { get, post, Problem } from '../api/client'
import type { Page } from '../api/types'
import { toast } from './toast'

/** Grows when the page that is open shows what was taken back: the frame draws it anew. */
export const undone = ref(0)

const say = (key: string, named: Record<string, unknown> = {}): string => i18n.global.t(key, named)

function told(e: unknown): string {
  if (!(e instanceof Problem)) return String(e)
  return e.errors.map((x) => x.message).join('\u3000') || e.body.detail || e.body.title || say('error.offline')
}

async function attempt(work: () => Promise<void>, then: () => void): Promise<void> {
  try {
    await work()
    toast(say('undo.done'))
    then()
  } catch (e) {
    toast(told(e), true)
  }
}

/** Says what was done to a record and offers to take it back. noun = the noun's name: "project". */
export function toastEdit(text: string, noun: string, id: number, then: () => void): void {
  toast(text, false, may('edits', 'R') ? () => attempt(() => undoEdit(noun, id), then) : undefined)
}

async function undoEdit(noun: string, id: number): Promise<void> {
  const r = await get<Page>('edits', { noun, record_id: id, is_own: 1, 'undone_at_ms.null': 1, limit: 1 })
  const newest = r.items[0]
  if (!newest) throw new Problem({ type: '', title: say('undo.nothing'), status: 404 })
  await post(`edits/${newest.id}/undo`)
}

export function toastProposal(text: string, proposalId: number | undefined, then: () => void): void {
  toast(text, false, proposalId ? () => attempt(async () => void (await post(`proposals/${proposalId}/withdraw`)), then) : undefined)
}
