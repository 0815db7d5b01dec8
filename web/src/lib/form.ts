// A form over the fields of a noun: text as typed, checked on leaving a field, sent as stored values.
// An edit sends only what changed, with the version it was read at.
import { computed, reactive, ref, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { app, nounOf } from '../api/app'
import { call, newKey, Problem } from '../api/client'
import type { Field, Noun, ProblemBody, Rec, Scalar } from '../api/types'
import { dropDraft, loadDraft, saveDraft } from './draft'
import { inputText, labelMember, parseField } from './format'

export interface Form {
  fields: ComputedRef<Field[]>
  values: Record<string, string>
  errors: Record<string, string>
  top: Ref<string>
  busy: Ref<boolean>
  draftAt: Ref<number>
  conflict: Ref<ProblemBody | null>
  changed: () => string[]
  set: (name: string, text: string) => void
  check: (f: Field, isFinal?: boolean) => boolean
  labelOf: (f: Field) => string
  submit: () => Promise<Rec | null>
  patch: (body: Record<string, Scalar>, version: number) => Promise<Rec | null>
  discard: () => void
}

export function useForm(noun: Noun, rec: Rec | null, given: Record<string, Scalar>, draft: string | null): Form {
  const { t } = useI18n()
  const fields = computed(() =>
    // A reference to what the role may not read cannot be picked, so it is not offered.
    noun.fields.filter((f) => f.form && !f.readonly && !(rec && f.final) && !(f.name in given) && !(f.type === 'ref' && f.ref && !f.pick && !nounOf(f.ref))),
  )
  const base: Record<string, string> = {}
  for (const f of fields.value) base[f.name] = inputText(f, rec?.[f.name])
  // A new record starts with what its fields propose; it counts as typed.
  const preset = Object.fromEntries(rec ? [] : fields.value.filter((f) => f.preset).map((f) => [f.name, f.preset ?? '']))
  const kept = draft ? loadDraft(draft) : null
  // A draft of an older version of the record is kept: what was changed meanwhile comes out as a conflict.
  const values = reactive<Record<string, string>>({ ...base, ...preset, ...kept?.values })
  const errors = reactive<Record<string, string>>({})
  const top = ref('')
  const busy = ref(false)
  const draftAt = ref(kept?.at_ms ?? 0)
  const conflict = ref<ProblemBody | null>(null)
  const version = kept?.row_version ?? rec?.row_version ?? 0
  let sent = { text: '', key: '' }

  const changed = (): string[] => fields.value.map((f) => f.name).filter((n) => (values[n] ?? '') !== (base[n] ?? ''))

  function set(name: string, text: string): void {
    values[name] = text
    delete errors[name]
    if (!draft) return
    const diff = Object.fromEntries(changed().map((n) => [n, values[n] ?? '']))
    draftAt.value = saveDraft(draft, diff, rec?.row_version ?? null)
  }

  function check(f: Field, isFinal = false): boolean {
    const text = values[f.name] ?? ''
    delete errors[f.name]
    const p = parseField(f, text)
    if (!p.ok) errors[f.name] = t(`parse.${p.code}`, { example: '2026-12-03' })
    else if (isFinal && f.required && p.value === null) errors[f.name] = t('form.missing', { field: f.label })
    return errors[f.name] === undefined
  }

  const wire = (f: Field): Scalar => {
    const p = parseField(f, values[f.name] ?? '')
    return p.ok ? p.value : null
  }

  function body(): Record<string, Scalar> {
    const out: Record<string, Scalar> = { ...given }
    const names = new Set(rec ? changed() : fields.value.map((f) => f.name))
    for (const f of fields.value) {
      const v = wire(f)
      if (names.has(f.name) && (rec || v !== null)) out[f.name] = v
    }
    return out
  }

  function refuse(e: Problem): void {
    if (e.status === 412) {
      conflict.value = e.body
      return
    }
    const known = new Set(fields.value.map((f) => f.name))
    const rest: string[] = []
    for (const x of e.errors) {
      if (x.field && known.has(x.field)) errors[x.field] ??= x.message
      else rest.push(x.message)
    }
    const title = e.status === 0 ? t('error.offline_kept') : e.body.title
    top.value = [title, e.errors.length ? '' : e.body.detail ?? '', ...rest].filter((s, i, a) => s && a.indexOf(s) === i).join('\u3000')
  }

  async function send(method: string, path: string, b: unknown, ifMatch?: number): Promise<Rec | null> {
    const text = JSON.stringify(b)
    // The same content sent again after a lost answer carries the same key: it is stored once.
    if (sent.text !== text) sent = { text, key: newKey() }
    busy.value = true
    top.value = ''
    try {
      const r = await call<Rec>(method, path, { body: b, ifMatch, key: sent.key })
      if (draft) dropDraft(draft)
      draftAt.value = 0
      return r
    } catch (e) {
      if (!(e instanceof Problem)) throw e
      refuse(e)
      return null
    } finally {
      busy.value = false
    }
  }

  async function submit(): Promise<Rec | null> {
    if (busy.value) return null
    top.value = ''
    const bad = fields.value.filter((f) => !check(f, true))
    if (bad.length) {
      top.value = t('form.wrong_n', { n: bad.length })
      return null
    }
    if (!rec) return send('POST', noun.plural, body())
    if (changed().length === 0) return rec
    return send('PATCH', `${noun.plural}/${rec.id}`, body(), version)
  }

  async function patch(b: Record<string, Scalar>, v: number): Promise<Rec | null> {
    if (!rec) return null
    conflict.value = null
    return send('PATCH', `${noun.plural}/${rec.id}`, b, v)
  }

  function discard(): void {
    if (draft) dropDraft(draft)
    draftAt.value = 0
    Object.assign(values, base)
    for (const k of Object.keys(errors)) delete errors[k]
    top.value = ''
  }

  function labelOf(f: Field): string {
    const own = app.session?.assignment
    if (!rec && f.type === 'region' && values[f.name] === own?.scope) return own?.scope_label ?? ''
    const m = labelMember(f)
    return (values[f.name] ?? '') === (base[f.name] ?? '') && m && rec ? String(rec[m] ?? '') : ''
  }

  return { fields, values, errors, top, busy, draftAt, conflict, changed, set, check, labelOf, submit, patch, discard }
}
