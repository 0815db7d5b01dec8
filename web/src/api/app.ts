// What the whole interface shares: the server's status, the session, the schema.
import { computed, reactive } from 'vue'
import { call, get, post, Problem } from './client'
import type { Field, Noun, Schema, Session, Status } from './types'

interface State {
  status: Status | null
  session: Session | null
  schema: Schema | null
}

const state = reactive<State>({ status: null, session: null, schema: null })

export const app = state
export const isIn = computed(() => state.session !== null)

export async function loadStatus(): Promise<Status> {
  state.status = await get<Status>('status')
  return state.status
}

/** Whether this browser logged in: spares a first visit the question that can only be refused. */
const MARK = 'z.in'
const mark = (isIn: boolean): void => (isIn ? localStorage.setItem(MARK, '1') : localStorage.removeItem(MARK))

/** The session of the cookie, or null when there is none. */
export async function loadSession(): Promise<Session | null> {
  if (localStorage.getItem(MARK) === null) return null
  try {
    state.session = await get<Session>('session')
  } catch (e) {
    if (!(e instanceof Problem) || e.status !== 401) throw e
    forget()
  }
  return state.session
}

export async function loadSchema(): Promise<void> {
  const s = state.session ? await get<Schema>('schema') : null
  // Groups are the same for every noun; each noun carries them, so that forms need one thing only.
  if (s) for (const n of s.nouns) n.groups ??= s.groups ?? []
  state.schema = s
}

export async function logIn(login: string, password: string, code?: string): Promise<void> {
  state.session = await post<Session>('session', code ? { login, password, code } : { login, password })
  mark(true)
  await loadSchema()
}

export async function setUp(body: { code: string; city: string; login: string; name: string; password: string }): Promise<void> {
  state.session = await post<Session>('setup', body)
  mark(true)
  if (state.status) state.status.needs_setup = false
  await loadSchema()
}

/** The role that this account used last in this browser; 0 = none. */
const roleKey = (): string => `z.role.${state.session?.account.id ?? 0}`
export const lastRole = (): number => Number(localStorage.getItem(roleKey()) ?? 0)

export async function switchRole(id: number): Promise<void> {
  state.session = await call<Session>('PATCH', 'session', { body: { assignment_id: id } })
  localStorage.setItem(roleKey(), String(id))
  await loadSchema()
}

/** Own telephone and e-mail; what is not named stays. */
export async function changeOwn(body: { phone?: string; email?: string }): Promise<void> {
  state.session = await call<Session>('PATCH', 'session/account', { body, ifMatch: state.session?.account.row_version })
}

export async function logOut(): Promise<void> {
  await call('DELETE', 'session').catch(() => undefined)
  forget()
}

export function forget(): void {
  mark(false)
  state.session = null
  state.schema = null
}

export function nounOf(plural: string): Noun | undefined {
  return state.schema?.nouns.find((n) => n.plural === plural)
}

export function fieldOf(noun: Noun | undefined, name: string): Field | undefined {
  return noun?.fields.find((f) => f.name === name)
}

/** By plural of the noun, for the five routes of every record; the schema is cut to what the role may see. */
export function may(plural: string, letter: string): boolean {
  const noun = nounOf(plural)
  const letters = noun?.rights ?? ''
  return letters.toUpperCase().includes(letter)
}

/** By object, for what is done by routes of its own (uploads, accounts, roles, review). */
export function can(object: string, letter: string): boolean {
  return (state.session?.rights[object] ?? '').toUpperCase().includes(letter)
}

export function choiceLabel(plural: string, field: string, code: unknown): string {
  const f = fieldOf(nounOf(plural), field)
  return f?.choices?.find((c) => c.code === code)?.label ?? (code === null || code === undefined ? '' : String(code))
}
