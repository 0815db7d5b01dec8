-- 0001_spine - the records from lead to production, accounts, audit, import.
-- Units are in the names: _fen 1/100 yuan, _mu_e2 0.01 mu, _tce_e2 0.01 tce, _at_ms instants UTC,
-- _date civil days as YYYY-MM-DD in Asia/Shanghai. Missing is NULL; '' is never stored.

CREATE TABLE setting (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) {STRICT_NOROWID};

CREATE TABLE param (
  id {PK},
  key TEXT NOT NULL,
  region_code TEXT NOT NULL,
  value {INT} NOT NULL,
  unit TEXT NOT NULL,
  valid_from_date TEXT NOT NULL,
  valid_to_date TEXT,
  doc_no TEXT
) {STRICT};
CREATE UNIQUE INDEX param_key ON param (key, region_code, valid_from_date);

CREATE TABLE region (
  code TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT,
  level TEXT NOT NULL CHECK (level IN ('PROVINCE', 'PREFECTURE', 'COUNTY', 'TOWNSHIP')),
  parent TEXT,
  is_unit {INT} NOT NULL DEFAULT 0 CHECK (is_unit IN (0, 1)),
  is_zone {INT} NOT NULL DEFAULT 0 CHECK (is_zone IN (0, 1)),
  host_code TEXT,
  sort_no {INT} NOT NULL DEFAULT 0
) {STRICT_NOROWID};
CREATE INDEX region_parent ON region (parent);

CREATE TABLE industry (
  code TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('SECTION', 'DIVISION', 'GROUP', 'CLASS')),
  parent TEXT,
  section TEXT NOT NULL
) {STRICT_NOROWID};

CREATE TABLE account (
  id {PK},
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  unit_name TEXT,
  phone TEXT,
  email TEXT,
  state TEXT NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('ACTIVE', 'CLOSED')),
  password_hash TEXT,
  must_change_password {INT} NOT NULL DEFAULT 0 CHECK (must_change_password IN (0, 1)),
  password_at_ms {INT},
  last_login_at_ms {INT},
  is_demo {INT} NOT NULL DEFAULT 0 CHECK (is_demo IN (0, 1)),
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE UNIQUE INDEX account_login ON account (login);

CREATE TABLE password_history (
  id {PK},
  account_id {INT} NOT NULL REFERENCES account (id),
  password_hash TEXT NOT NULL,
  at_ms {INT} NOT NULL
) {STRICT};
CREATE INDEX password_history_account ON password_history (account_id, id);

-- One dated (role, scope, subject) row of an account; an account may hold several. Both days count;
-- ended_at_ms takes it back at once, whatever its days say.
CREATE TABLE assignment (
  id {PK},
  account_id {INT} NOT NULL REFERENCES account (id),
  role TEXT NOT NULL,
  scope TEXT,
  unit_name TEXT,
  subject_id {INT},
  valid_from_date TEXT NOT NULL,
  valid_to_date TEXT,
  ended_at_ms {INT},
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE INDEX assignment_account ON assignment (account_id);

CREATE TABLE login_session (
  id {PK},
  token_hash TEXT NOT NULL,
  account_id {INT} NOT NULL REFERENCES account (id),
  assignment_id {INT} REFERENCES assignment (id),
  created_at_ms {INT} NOT NULL,
  seen_at_ms {INT} NOT NULL,
  ended_at_ms {INT},
  remote TEXT,
  user_agent TEXT
) {STRICT};
CREATE UNIQUE INDEX login_session_token ON login_session (token_hash);
CREATE INDEX login_session_account ON login_session (account_id, id);

-- Failed log-ins by source address, for the delay and the lock per account and source.
CREATE TABLE login_failure (
  id {PK},
  login TEXT NOT NULL,
  remote TEXT NOT NULL,
  at_ms {INT} NOT NULL
) {STRICT};
CREATE INDEX login_failure_who ON login_failure (login, remote, at_ms);

CREATE TABLE audit (
  id {INT} PRIMARY KEY NOT NULL,
  at_ms {INT} NOT NULL,
  account_id {INT},
  login TEXT,
  role TEXT NOT NULL,
  scope TEXT,
  remote TEXT,
  action TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('DONE', 'REFUSED', 'FAILED')),
  object TEXT NOT NULL,
  object_id {INT},
  project_id {INT},
  before_hash TEXT,
  after_hash TEXT,
  diff TEXT,
  prev_row_hash TEXT NOT NULL,
  row_hash TEXT NOT NULL
) {STRICT};
CREATE INDEX audit_object ON audit (object, object_id, id);
CREATE INDEX audit_project ON audit (project_id, id);
CREATE INDEX audit_account ON audit (account_id, id);

-- The newest row of the chain. Its one row is the lock that keeps two transactions from forking the
-- chain, and its keyed mac shows a tail that was cut off.
CREATE TABLE audit_head (
  one {INT} PRIMARY KEY NOT NULL CHECK (one = 1),
  last_id {INT} NOT NULL,
  row_hash TEXT NOT NULL,
  mac TEXT NOT NULL
) {STRICT};
INSERT INTO audit_head (one, last_id, row_hash, mac)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000', '-');

CREATE TABLE idempotency (
  key TEXT NOT NULL,
  account_id {INT} NOT NULL,
  route TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  status {INT} NOT NULL,
  body TEXT NOT NULL,
  etag TEXT,
  at_ms {INT} NOT NULL,
  PRIMARY KEY (account_id, key)
) {STRICT_NOROWID};
CREATE INDEX idempotency_at ON idempotency (at_ms);

CREATE TABLE investor (
  id {PK},
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  region_code TEXT NOT NULL,
  id_kind TEXT CHECK (id_kind IN ('USCC', 'FOREIGN_REG', 'PERSON')),
  id_no TEXT,
  country TEXT,
  province_code TEXT,
  group_name TEXT,
  list_tags TEXT,
  website TEXT,
  revenue_fen {INT},
  credit_flag TEXT CHECK (credit_flag IN ('NORMAL', 'WATCH', 'DISHONEST')),
  note TEXT,
  import_id {INT},
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE INDEX investor_region ON investor (region_code, id);
CREATE INDEX investor_id_no ON investor (id_no);
CREATE INDEX investor_name_key ON investor (name_key);

CREATE TABLE project (
  id {PK},
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  name_en TEXT,
  kind TEXT NOT NULL DEFAULT 'INVEST' CHECK (kind IN ('INVEST', 'TALENT', 'TECH')),
  region_code TEXT NOT NULL,
  park_id {INT},
  lead_id {INT},
  prior_id {INT},
  merged_into {INT},
  partner_id {INT},
  stage TEXT NOT NULL CHECK (stage IN ('LEAD', 'TALK', 'SIGNED', 'LANDED', 'STARTED', 'PRODUCING', 'CAPACITY', 'CLOSED')),
  side TEXT NOT NULL DEFAULT 'ACTIVE' CHECK (side IN ('ACTIVE', 'SUSPENDED', 'TERMINATED', 'MERGED')),
  is_stage_verified {INT} NOT NULL DEFAULT 1 CHECK (is_stage_verified IN (0, 1)),
  stage_since_date TEXT,
  suspended_since_date TEXT,
  suspended_days {INT} NOT NULL DEFAULT 0,
  is_key {INT} NOT NULL DEFAULT 0 CHECK (is_key IN (0, 1)),
  key_level TEXT CHECK (key_level IN ('PROVINCE', 'CITY', 'COUNTY')),
  key_doc_no TEXT,
  is_return {INT} NOT NULL DEFAULT 0 CHECK (is_return IN (0, 1)),
  is_foreign {INT} NOT NULL DEFAULT 0 CHECK (is_foreign IN (0, 1)),
  industry_code TEXT,
  chain_node TEXT,
  chain_effect TEXT CHECK (chain_effect IN ('BUILD', 'FILL', 'EXTEND', 'STRENGTHEN')),
  content TEXT,
  site TEXT,
  investor_text TEXT,
  total_invest_fen {INT},
  invest_text TEXT,
  invest_qual TEXT CHECK (invest_qual IN ('EXACT', 'OVER', 'ABOUT', 'NEARLY', 'PHASE')),
  size_band TEXT CHECK (size_band IN ('S1', 'S2', 'S3', 'S4', 'S5', 'S6')),
  fai_fen {INT},
  equipment_fen {INT},
  currency TEXT,
  foreign_minor {INT},
  rate_e6 {INT},
  rate_date TEXT,
  funds_fen {INT} NOT NULL DEFAULT 0,
  land_mu_e2 {INT},
  floor_m2 {INT},
  energy_tce_e2 {INT},
  cod_kg {INT},
  nh3n_kg {INT},
  so2_kg {INT},
  nox_kg {INT},
  voc_kg {INT},
  pm_kg {INT},
  water_m3 {INT},
  jobs {INT},
  promised_output_fen {INT},
  promised_tax_fen {INT},
  first_talk_date TEXT,
  sign_date TEXT,
  land_date TEXT,
  start_date TEXT,
  produce_date TEXT,
  capacity_date TEXT,
  plan_sign_date TEXT,
  plan_land_date TEXT,
  plan_start_date TEXT,
  plan_produce_date TEXT,
  plan_capacity_date TEXT,
  lng_e6 {INT},
  lat_e6 {INT},
  secrecy TEXT NOT NULL DEFAULT 'INTERNAL' CHECK (secrecy IN ('OPEN', 'INTERNAL', 'SEALED')),
  admission TEXT CHECK (admission IN ('PASS', 'FAIL', 'NA', 'WAIVED')),
  admission_doc_no TEXT,
  review_doc_no TEXT,
  first_report_unit TEXT,
  first_report_at_ms {INT},
  officer_id {INT},
  handler TEXT,
  last_contact_date TEXT,
  dates_text TEXT,
  source_note TEXT,
  note TEXT,
  missing_fields TEXT,
  import_id {INT},
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE UNIQUE INDEX project_code_key ON project (code);
CREATE INDEX project_region ON project (region_code, id);
CREATE INDEX project_stage ON project (stage, region_code, id);
CREATE INDEX project_updated ON project (updated_at_ms, id);
CREATE INDEX project_name_key ON project (name_key);
CREATE INDEX project_officer ON project (officer_id);
CREATE INDEX project_import ON project (import_id);

-- The last number given out for a code of that shape (XM370783 2024, XS370783 202404): never reused.
CREATE TABLE code_counter (
  prefix TEXT PRIMARY KEY NOT NULL,
  last_no {INT} NOT NULL
) {STRICT_NOROWID};

CREATE TABLE project_phase (
  id {PK},
  project_id {INT} NOT NULL REFERENCES project (id),
  no {INT} NOT NULL,
  name TEXT NOT NULL,
  total_invest_fen {INT},
  fai_fen {INT},
  plan_start_date TEXT,
  plan_end_date TEXT,
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE INDEX project_phase_project ON project_phase (project_id, id);

CREATE TABLE project_party (
  id {PK},
  project_id {INT} NOT NULL REFERENCES project (id),
  investor_id {INT} NOT NULL REFERENCES investor (id),
  role TEXT NOT NULL CHECK (role IN ('INVESTOR', 'CONTROLLER', 'PROJECT_COMPANY', 'LOCAL_PARTNER')),
  share_permille {INT},
  from_date TEXT,
  to_date TEXT,
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE INDEX project_party_project ON project_party (project_id, id);
CREATE INDEX project_party_investor ON project_party (investor_id, project_id);

-- National project codes (GB/T 40058-2021); one project may have several, by phase.
CREATE TABLE project_code (
  id {PK},
  project_id {INT} NOT NULL REFERENCES project (id),
  code TEXT NOT NULL,
  phase_no {INT},
  kind TEXT NOT NULL CHECK (kind IN ('FILING', 'APPROVAL', 'PERMIT')),
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE INDEX project_code_project ON project_code (project_id, id);

CREATE TABLE lead (
  id {PK},
  code TEXT NOT NULL,
  investor_name TEXT NOT NULL,
  investor_uscc TEXT,
  investor_group TEXT,
  country TEXT,
  region_code TEXT NOT NULL,
  source_kind TEXT NOT NULL CHECK (source_kind IN ('BUREAU', 'COUNTY', 'PARTNER', 'NOTABLE', 'EVENT', 'MISSION', 'ENTERPRISE', 'WEB', 'SUPERIOR')),
  partner_id {INT},
  industry_code TEXT,
  content TEXT,
  intended_invest_fen {INT},
  confidence TEXT CHECK (confidence IN ('A', 'B', 'C')),
  first_contact_date TEXT,
  reported_at_ms {INT},
  reporting_unit TEXT,
  secrecy TEXT NOT NULL DEFAULT 'INTERNAL' CHECK (secrecy IN ('OPEN', 'INTERNAL', 'SEALED')),
  state TEXT NOT NULL CHECK (state IN ('DRAFT', 'REPORTED', 'ACCEPTED', 'REJECTED', 'DUPLICATE', 'CONFLICT', 'STUDYING', 'ASSIGNED', 'CONVERTED', 'DROPPED', 'EXPIRED')),
  state_reason TEXT,
  project_id {INT},
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE UNIQUE INDEX lead_code_key ON lead (code);
CREATE INDEX lead_region ON lead (region_code, id);
CREATE INDEX lead_partner ON lead (partner_id);

CREATE TABLE contact (
  id {PK},
  owner_kind TEXT NOT NULL CHECK (owner_kind IN ('INVESTOR', 'PROJECT', 'LEAD')),
  owner_id {INT} NOT NULL,
  name TEXT NOT NULL,
  title TEXT,
  mobile TEXT,
  phone TEXT,
  email TEXT,
  wechat TEXT,
  resident_id TEXT,
  is_main {INT} NOT NULL DEFAULT 0 CHECK (is_main IN (0, 1)),
  consent TEXT CHECK (consent IN ('GIVEN', 'PUBLIC_SOURCE', 'NONE')),
  purpose TEXT,
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE INDEX contact_owner ON contact (owner_kind, owner_id, id);

CREATE TABLE talk (
  id {PK},
  project_id {INT} REFERENCES project (id),
  lead_id {INT} REFERENCES lead (id),
  talk_date TEXT NOT NULL,
  place TEXT,
  ours TEXT,
  theirs TEXT,
  content TEXT NOT NULL,
  commitment TEXT,
  next_step TEXT,
  next_date TEXT,
  level TEXT NOT NULL DEFAULT 'STAFF' CHECK (level IN ('LEADER', 'BUREAU', 'STAFF')),
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE INDEX talk_project ON talk (project_id, talk_date);
CREATE INDEX talk_lead ON talk (lead_id, talk_date);

-- A file's bytes, once for each content; pieces keep a row small enough for both engines.
CREATE TABLE file_blob (
  sha256 TEXT PRIMARY KEY NOT NULL,
  size_bytes {INT} NOT NULL,
  mime TEXT NOT NULL,
  bytes {BLOB} NOT NULL,
  created_at_ms {INT} NOT NULL
) {STRICT};

CREATE TABLE evidence (
  id {PK},
  project_id {INT} NOT NULL REFERENCES project (id),
  kind TEXT NOT NULL CHECK (kind IN ('CONTRACT', 'LICENCE', 'PROJECT_CODE', 'LAND_CONTRACT', 'LEASE', 'PERMIT', 'FITOUT_CONTRACT', 'EQUIPMENT_ORDER', 'PHOTO', 'BANK_SLIP', 'CAPITAL_REPORT', 'INVOICE', 'FX_RECEIPT', 'APPRAISAL', 'ACCEPTANCE', 'SALES_INVOICE', 'ELECTRICITY', 'ENV_PERMIT', 'ABOVE_SCALE', 'OUTPUT_PROOF', 'REVIEW', 'MINUTES', 'OTHER')),
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size_bytes {INT} NOT NULL,
  mime TEXT NOT NULL,
  doc_no TEXT,
  doc_date TEXT,
  doc_until_date TEXT,
  issuer TEXT,
  amount_fen {INT},
  photo_at_ms {INT},
  photo_lng_e6 {INT},
  photo_lat_e6 {INT},
  state TEXT NOT NULL DEFAULT 'NEW' CHECK (state IN ('NEW', 'OK', 'REJECTED')),
  verified_by {INT},
  verified_at_ms {INT},
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE INDEX evidence_project ON evidence (project_id, id);
CREATE INDEX evidence_sha ON evidence (sha256);

CREATE TABLE agreement (
  id {PK},
  project_id {INT} NOT NULL REFERENCES project (id),
  kind TEXT NOT NULL CHECK (kind IN ('FRAMEWORK', 'CONTRACT', 'SUPPLEMENT', 'SUPERVISION')),
  sign_date TEXT NOT NULL,
  party_text TEXT,
  amount_fen {INT},
  is_sealed_by_both {INT} NOT NULL DEFAULT 0 CHECK (is_sealed_by_both IN (0, 1)),
  has_special_clause {INT} NOT NULL DEFAULT 0 CHECK (has_special_clause IN (0, 1)),
  evidence_id {INT} REFERENCES evidence (id),
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE INDEX agreement_project ON agreement (project_id, id);

CREATE TABLE progress (
  id {PK},
  project_id {INT} NOT NULL REFERENCES project (id),
  month TEXT NOT NULL,
  invest_done_fen {INT} NOT NULL,
  milestone TEXT,
  problem TEXT,
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE UNIQUE INDEX progress_month ON progress (project_id, month);

CREATE TABLE proposal (
  id {PK},
  project_id {INT} NOT NULL REFERENCES project (id),
  kind TEXT NOT NULL CHECK (kind IN ('ADVANCE', 'CORRECTION', 'SUSPEND', 'RESUME', 'TERMINATE', 'MERGE', 'UNMERGE', 'TRANSFER', 'CONFIRM')),
  from_stage TEXT NOT NULL,
  to_stage TEXT,
  reason_code TEXT CHECK (reason_code IN ('MARKET', 'FINANCE', 'LAND', 'APPROVAL', 'INVESTOR', 'POLICY', 'FORCE_MAJEURE', 'NO_CONTACT', 'CANCELLED', 'DUPLICATE', 'LAYOUT', 'FACTOR', 'INVESTOR_CHOICE', 'PARK_FULL', 'MISTAKE')),
  reason TEXT,
  event_date TEXT NOT NULL,
  via_date TEXT,
  to_region_code TEXT,
  merged_into {INT},
  evidence_id {INT},
  state TEXT NOT NULL CHECK (state IN ('OPEN', 'RETURNED', 'WITHDRAWN', 'DONE')),
  next_act TEXT CHECK (next_act IN ('REVIEW', 'VERIFY')),
  project_version {INT} NOT NULL,
  created_at_ms {INT} NOT NULL,
  created_by {INT} NOT NULL,
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE INDEX proposal_project ON proposal (project_id, id);
CREATE UNIQUE INDEX proposal_open ON proposal (project_id) WHERE state = 'OPEN';
CREATE INDEX proposal_state ON proposal (state, next_act);

CREATE TABLE proposal_step (
  id {PK},
  proposal_id {INT} NOT NULL REFERENCES proposal (id),
  act TEXT NOT NULL CHECK (act IN ('PROPOSE', 'REVIEW', 'VERIFY', 'RETURN', 'WITHDRAW')),
  account_id {INT} NOT NULL REFERENCES account (id),
  role TEXT NOT NULL,
  at_ms {INT} NOT NULL,
  comment TEXT
) {STRICT};
CREATE INDEX proposal_step_proposal ON proposal_step (proposal_id, id);

-- What happened to a project and when: stages, side states, transfers. Statistics read it.
CREATE TABLE stage_event (
  id {PK},
  project_id {INT} NOT NULL REFERENCES project (id),
  kind TEXT NOT NULL CHECK (kind IN ('STAGE', 'CORRECTION', 'SUSPEND', 'RESUME', 'TERMINATE', 'MERGE', 'UNMERGE', 'TRANSFER')),
  from_stage TEXT,
  to_stage TEXT,
  event_date TEXT NOT NULL,
  date_precision TEXT NOT NULL DEFAULT 'DAY' CHECK (date_precision IN ('DAY', 'MONTH', 'YEAR')),
  source TEXT NOT NULL CHECK (source IN ('PROPOSAL', 'IMPORT')),
  proposal_id {INT} REFERENCES proposal (id),
  import_id {INT},
  recorded_at_ms {INT} NOT NULL,
  verified_at_ms {INT},
  verified_by {INT},
  is_void {INT} NOT NULL DEFAULT 0 CHECK (is_void IN (0, 1)),
  note TEXT
) {STRICT};
CREATE INDEX stage_event_project ON stage_event (project_id, id);
CREATE INDEX stage_event_count ON stage_event (to_stage, event_date, project_id);

CREATE TABLE funds_record (
  id {PK},
  project_id {INT} NOT NULL REFERENCES project (id),
  origin TEXT NOT NULL CHECK (origin IN ('LOCAL', 'DOM_PROV', 'DOM_OUT', 'FOREIGN')),
  route TEXT NOT NULL CHECK (route IN ('CASH', 'FAI')),
  form TEXT NOT NULL CHECK (form IN ('CASH_CAPITAL', 'SHARE_LOAN', 'LAND', 'EQUIPMENT', 'CONSTRUCTION', 'IN_KIND', 'REINVEST', 'M_A')),
  amount_minor {INT} NOT NULL,
  currency TEXT NOT NULL,
  rate_e6 {INT},
  rate_date TEXT,
  amount_fen {INT} NOT NULL,
  payee_uscc TEXT,
  doc_no TEXT,
  funds_date TEXT NOT NULL,
  stat_month TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('DRAFT', 'SUBMITTED', 'COUNTY_OK', 'RETURNED', 'CITY_OK', 'FROZEN', 'REVOKED')),
  dup_key TEXT NOT NULL,
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE INDEX funds_record_project ON funds_record (project_id, funds_date);
CREATE INDEX funds_record_month ON funds_record (stat_month, project_id);
CREATE UNIQUE INDEX funds_record_dup ON funds_record (dup_key) WHERE state <> 'REVOKED';

-- Named persons who may see a SEALED record.
CREATE TABLE record_acl (
  record_kind TEXT NOT NULL,
  record_id {INT} NOT NULL,
  account_id {INT} NOT NULL,
  PRIMARY KEY (record_kind, record_id, account_id)
) {STRICT_NOROWID};

CREATE TABLE import_batch (
  id {PK},
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  region_code TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('READING', 'RECOGNISED', 'CHECKED', 'WRITING', 'WRITTEN', 'ROLLED_BACK', 'CANCELLED', 'FAILED')),
  plan TEXT,
  summary TEXT,
  rows_total {INT},
  rows_new {INT},
  rows_update {INT},
  rows_same {INT},
  rows_conflict {INT},
  rows_error {INT},
  rows_duplicate {INT},
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE INDEX import_batch_region ON import_batch (region_code, id);

-- One data row of an imported file: what was found, what was decided, the project's row_version after
-- it was written, and what stood there before (`undo`).
CREATE TABLE import_row (
  id {PK},
  import_id {INT} NOT NULL REFERENCES import_batch (id),
  sheet_no {INT} NOT NULL,
  row_no {INT} NOT NULL,
  result TEXT NOT NULL CHECK (result IN ('NEW', 'UPDATE', 'SAME', 'CONFLICT', 'ERROR', 'DUPLICATE')),
  project_id {INT},
  name TEXT,
  data TEXT NOT NULL,
  problems TEXT,
  choice TEXT,
  is_written {INT} NOT NULL DEFAULT 0 CHECK (is_written IN (0, 1)),
  written_version {INT},
  undo TEXT
) {STRICT};
CREATE UNIQUE INDEX import_row_place ON import_row (import_id, sheet_no, row_no);
CREATE INDEX import_row_result ON import_row (import_id, result, id);

-- What a bureau's headings meant last time.
CREATE TABLE import_heading (
  region_code TEXT NOT NULL,
  heading_key TEXT NOT NULL,
  field TEXT NOT NULL,
  unit TEXT,
  used_at_ms {INT} NOT NULL,
  PRIMARY KEY (region_code, heading_key)
) {STRICT_NOROWID};

-- Long jobs that ended; running ones live in memory until then.
CREATE TABLE job (
  id {PK},
  kind TEXT NOT NULL,
  account_id {INT} NOT NULL,
  object_id {INT},
  state TEXT NOT NULL CHECK (state IN ('RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
  done_n {INT} NOT NULL DEFAULT 0,
  total_n {INT} NOT NULL DEFAULT 0,
  message TEXT,
  started_at_ms {INT} NOT NULL,
  ended_at_ms {INT}
) {STRICT};
CREATE INDEX job_account ON job (account_id, id);
