// The shapes of docs/api.md that the interface relies on.

export type Scalar = string | number | boolean | null
export type Rec = { id: number; row_version?: number } & Record<string, Scalar | Scalar[] | undefined>

export type FieldType =
  | 'text' | 'long' | 'code' | 'uscc' | 'phone' | 'email' | 'resident_id' | 'region' | 'industry' | 'tags'
  | 'month' | 'date' | 'enum' | 'bool' | 'int' | 'ref' | 'at' | 'fen' | 'mu_e2' | 'tce_e2' | 'kg' | 'm3' | 'm2'
  | 'permille' | 'minor' | 'rate_e6' | 'degree_e6' | 'bytes' | 'days'

export interface Choice { code: string; label: string }

export interface Field {
  name: string
  label: string
  type: FieldType
  unit: string | null
  digits?: number
  group: string | null
  import?: boolean
  required: boolean
  readonly: boolean
  final: boolean
  list: boolean
  filter: boolean
  sort: boolean
  sum: boolean
  search: boolean
  form: boolean
  personal: boolean
  /** May be set on many records at once. */
  bulk?: boolean
  max: number
  ref: string | null
  /** Route that offers the choices of a reference whose noun the role may not read. */
  pick?: string | null
  preset?: string | null
  choices?: Choice[] | null
}

export interface Group { code: string; label: string }

export interface Noun {
  name: string
  plural: string
  label: string
  title_field?: string
  rights: string
  fields: Field[]
  groups: Group[]
  order: string
}

export interface Officer { id: number; name: string; unit_name: string | null; phone: string | null; role_label: string; scope: string; scope_label: string | null }

export interface Stage { code: string; label: string; target_days: number | null }

export interface Schema { nouns: Noun[]; groups?: Group[]; stages: Stage[]; reasons: Choice[] }

export interface Status {
  city: string
  version: string
  today: string
  is_demo: boolean
  is_writable: boolean
  needs_setup: boolean
  lang: string
  max_upload_bytes: number
}

export interface City { code: string; division: string; name: string; name_en: string | null }

export interface Assignment {
  id: number
  role: string
  role_label: string
  scope: string
  scope_label: string
  unit_name: string | null
}

export interface Session {
  account: { id: number; login: string; name: string; phone: string | null; email: string | null; row_version: number; must_change_password: boolean; is_password_old: boolean; must_enrol: boolean }
  /** null: the account has no role today */
  assignment: Assignment | null
  assignments: Assignment[]
  rights: Record<string, string>
  /** OPEN, INTERNAL or SEALED: nothing above it is shown. */
  clearance: string
  /** Hex; null on a server without a key file. */
  draft_key?: string | null
}

export interface OwnSession {
  id: number | string
  created_at_ms: number
  seen_at_ms: number
  remote: string
  user_agent: string
  is_current: boolean
}

export interface FieldError { field: string | null; code: string; message: string }

export interface Conflict { field: string; label: string; base: Scalar; theirs: Scalar; yours: Scalar }

export interface ProblemBody {
  type: string
  title: string
  status: number
  detail?: string
  instance?: string
  errors?: FieldError[]
  conflicts?: Conflict[]
  current?: Rec
}

export interface Page { items: Rec[]; next: string | null; total?: number; sums?: Record<string, number> }
export interface Value { value: Scalar; label: string | null; n: number }

export interface WayStage {
  code: string
  label: string
  state: 'done' | 'now' | 'to_come'
  from_date: string | null
  to_date: string | null
  plan_date: string | null
  days: number | null
  target_days: number | null
  over_days: number | null
  is_verified: boolean
}

export interface GateItem {
  code: string
  label: string
  rule: string
  ok: boolean
  have?: string | null
  remedy: string | null
  evidence_kind: string | null
}

export interface Link { act: string; label: string; role: string }

export interface Step { act: string; label: string; name: string; role_label: string; at_ms: number; comment: string | null }

export interface Proposal {
  id: number
  kind: string
  kind_label?: string
  to_stage: string | null
  to_label: string | null
  event_date: string | null
  reason: string | null
  state: string
  next_act: string | null
  next_act_label: string | null
  row_version: number
  proposer_name: string
  created_at_ms: number
  steps: Step[]
  can: { review: boolean; verify: boolean; return: boolean; withdraw: boolean }
  cannot_reason?: string | null
}

export interface Dimension {
  code: string
  label: string
  state: 'KNOWN' | 'NO_DATA' | 'NOT_DUE' | 'ABSENT'
  light: string | null
  light_label: string | null
  since_date: string | null
  yellow_date: string | null
  red_date: string | null
}

export interface Light {
  code: string
  label: string
  cause: string | null
  cause_label: string | null
  since_date: string | null
  manual: string | null
  manual_label: string | null
  manual_date: string | null
  manual_reason: string | null
  can_set: boolean
  dimensions?: Dimension[]
}

export interface Way {
  project_id: number
  row_version?: number
  /** null: ended, merged or closed; absent for who reads the state only */
  light?: Light | null
  stage: string
  side: string
  is_stage_verified: boolean
  stages: WayStage[]
  next?: { code: string; label: string; ready: boolean; missing: number; items: GateItem[]; chain: Link[] } | null
  proposal?: Proposal | null
  last?: Proposal | null
  can: Record<'edit' | 'advance' | 'suspend' | 'resume' | 'terminate' | 'correct' | 'transfer' | 'merge' | 'unmerge' | 'confirm', boolean>
  funds_fen: number | null
}

export interface Change { field: string; label: string; unit?: string | null; before: Scalar; after: Scalar }

export interface HistoryItem {
  at_ms: number
  name: string
  role_label: string
  action: string
  action_label: string
  object: string
  object_label: string
  outcome: string
  changes: Change[]
}

export interface PlanColumn {
  col: number
  letter: string
  heading: string
  field: string | null
  unit: string | null
  basis: string
  is_open: boolean
  choices?: string[]
}

export interface PlanRow {
  row: number
  kind: string
  cells: (string | null)[]
  problems: { col: number; code: string; is_warning?: boolean; message: string }[]
}

export interface PlanTotal { row: number; label: string; stated_fen: number; rows_fen: number; difference_fen: number; is_equal: boolean }

export interface Question { code: string; col: number; arg: string | null; rows?: number; is_blocking?: boolean; message: string; choices: { value: string; label: string }[] }

export interface PlanSheet {
  sheet: string | null
  header_rows: number[]
  first_data_row: number | null
  kind: string
  columns: PlanColumn[]
  rows: PlanRow[]
  data_rows: number
  section_rows: number
  skipped_rows: number
  invest_fen: number
  qualified: { count: number; invest_fen: number; words: string[] }
  totals: PlanTotal[]
  questions: Question[]
}

export interface Plan { file: string; encoding: string | null; sheets: PlanSheet[]; key?: string }

export interface ImportRow {
  id: number
  row: number
  sheet: number | string
  result: string
  project_id: number | null
  name: string
  changes: Change[]
  problems: { field: string | null; message: string }[]
  duplicates: { project_id: number | null; row: number | null; name: string; score_permille: number }[]
  choice: string
}

export interface ImportRows { items: ImportRow[]; counts: Record<string, number>; next: string | null }

export interface Job {
  id: number
  kind: string
  state: 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED'
  done_n: number
  total_n: number
  message: string | null
  object_id: number | null
  started_at_ms: number
  ended_at_ms: number | null
  has_file?: boolean
}

export interface Region { code: string; name: string; name_en: string | null; level: string | number; parent: string | null; is_unit: boolean }
export interface Industry { code: string; name: string; level: string | number; path: string | null }
export interface Role { code: string; label: string; needs_subject: boolean; scope_level: string | number | null }
