// Which lists there are, and their views. Columns, filters and forms come from the schema; a view is
// a name and a set of conditions, shown only when the schema has every field that it names.
import { reactive } from 'vue'
import type { Noun } from '../api/types'

export interface View {
  code: string
  /** Conditions; $me = id of the account, $today and $year from the server's day. */
  where: Record<string, string>
  sort?: string
  /** A saved view's search and columns; what a saved view has beside is in views.ts. */
  q?: string
  columns?: string[]
}

export interface ListDef {
  plural: string
  /** First column: the field that names a record. */
  name: string
  /** The two or three facts of a row on a phone. */
  phone: string[]
  /** Columns before the others, in this order, where the schema has them. */
  first?: string[]
  /** Columns that the standard list leaves out, though the schema lists them. */
  hide?: string[]
  views: View[]
  /** The view that opens when none is asked for; the first otherwise. */
  start?: string
  /** Whether rows open a page of their own. */
  page: boolean
  create: boolean
}

const ALL: View = { code: 'all', where: {} }

export const lists: Record<string, ListDef> = {
  projects: {
    plural: 'projects', name: 'name', start: 'active', page: true, create: true,
    phone: ['stage', 'region_code', 'total_invest_fen'],
    first: ['light', 'region_code', 'stage', 'stage_days', 'total_invest_fen', 'funds_fen', 'sign_date'],
    views: [
      ALL,
      { code: 'active', where: { stage: 'TALK,SIGNED,LANDED,STARTED,PRODUCING', side: 'ACTIVE' } },
      { code: 'talk', where: { stage: 'LEAD,TALK', side: 'ACTIVE' } },
      { code: 'building', where: { stage: 'STARTED', side: 'ACTIVE' } },
      { code: 'signed_year', where: { 'sign_date.ge': '$year-01-01' }, sort: '-sign_date' },
      { code: 'big', where: { 'total_invest_fen.ge': '100000000000' }, sort: '-total_invest_fen' },
      { code: 'officer', where: { officer_id: '$me' } },
      { code: 'unverified', where: { is_stage_verified: '0' } },
    ],
  },
  investors: {
    plural: 'investors', name: 'name', page: true, create: true, phone: ['country', 'id_no', 'projects_n'], views: [ALL],
  },
  leads: {
    plural: 'leads', name: 'investor_name', page: true, create: true, phone: ['state', 'reporting_unit', 'intended_invest_fen'],
    views: [ALL, { code: 'open', where: { state: 'REPORTED,ACCEPTED,STUDYING,ASSIGNED' } }],
  },
  proposals: {
    plural: 'proposals', name: 'project_name', first: ['region_code', 'kind', 'to_stage', 'event_date', 'next_act', 'proposer_name'], hide: ['reason_code', 'reason'], page: false, create: false, phone: ['to_stage', 'region_code', 'next_act'],
    views: [
      { code: 'open', where: { state: 'OPEN' } },
      { code: 'review', where: { state: 'OPEN', next_act: 'REVIEW' } },
      { code: 'verify', where: { state: 'OPEN', next_act: 'VERIFY' } },
      ALL,
    ],
  },
  'grade-changes': {
    plural: 'grade-changes', name: 'name', first: ['record_kind', 'from_secrecy', 'to_secrecy', 'state', 'reason', 'proposer_name'], page: false, create: false, phone: ['record_kind', 'to_secrecy', 'state'],
    views: [{ code: 'open', where: { state: 'OPEN' } }, ALL],
  },
  imports: { plural: 'imports', name: 'file_name', page: true, create: false, phone: ['state', 'created_at_ms'], views: [ALL] },
  accounts: {
    plural: 'accounts', name: 'login', page: true, create: true, phone: ['name', 'unit_name', 'state'], views: [ALL],
  },
  audit: { plural: 'audit', name: 'at_ms', page: false, create: false, phone: ['login', 'action', 'object'], hide: ['diff'], views: [ALL] },
}

/** The record's name field: the list's own, or what the schema offers. */
export function nameField(noun: Noun, def: ListDef | undefined): string {
  const has = (n: string | undefined): boolean => noun.fields.some((f) => f.name === n)
  const found = [def?.name, noun.title_field, 'name', 'code'].find(has)
  return found ?? noun.fields.find((f) => f.list)?.name ?? 'id'
}

/** Search keys and the like: made by the program for itself. */
export const isInternal = (name: string): boolean => name.endsWith('_key')

/** Where a list was left: so that going back finds the same page, and a record knows its neighbours. */
export interface Memory { query: string; cursors: string[]; ids: number[]; focus: number; top: number }
export const memory: Record<string, Memory> = reactive({})
