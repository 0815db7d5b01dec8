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

/** The session of the cookie, or null when there is none. */
export async function loadSession(): Promise<Session | null> {
  try {
    state.session = await get<Session>('session')
  } catch (e) {
    if (!(e instanceof Problem) || e.status !== 401) throw e
    state.session = null
  }
  return state.session
}

export async function loadSchema(): Promise<void> {
  state.schema = state.session ? await get<Schema>('schema') : null
}

export async function logIn(login: string, password: string): Promise<void> {
  state.session = await post<Session>('session', { login, password })
  await loadSchema()
}

export async function setUp(body: { code: string; login: string; name: string; password: string }): Promise<void> {
  state.session = await post<Session>('setup', body)
  if (state.status) state.status.needs_setup = false
  await loadSchema()
}

export async function switchRole(id: number): Promise<void> {
  state.session = await call<Session>('PATCH', 'session', { body: { assignment_id: id } })
  await loadSchema()
}

export async function logOut(): Promise<void> {
  await call('DELETE', 'session').catch(() => undefined)
  forget()
}

export function forget(): void {
  state.session = null
  state.schema = null
}

export function nounOf(plural: string): Noun | undefined {
  return state.schema?.nouns.find((n) => n.plural === plural)
}

export function fieldOf(noun: Noun | undefined, name: string): Field | undefined {
  return noun?.fields.find((f) => f.name === name)
}

/** By plural of the noun; the schema is cut to what the role may see, so an absent noun is a no. */
export function may(plural: string, letter: string): boolean {
  const noun = nounOf(plural)
  const letters = noun?.rights ?? ''
  return letters.toUpperCase().includes(letter)
}

export function choiceLabel(plural: string, field: string, code: unknown): string {
  const f = fieldOf(nounOf(plural), field)
  return f?.choices?.find((c) => c.code === code)?.label ?? (code === null || code === undefined ? '' : String(code))
}
