-- 0005_edits - what was changed or deleted by hand, to be taken back within 30 days; bulk acts.

CREATE TABLE record_edit (
  id {PK},
  kind TEXT NOT NULL CHECK (kind IN ('UPDATE', 'DELETE')),
  noun TEXT NOT NULL,
  record_id {INT} NOT NULL,
  name TEXT,
  project_id {INT},
  region_code TEXT,
  data TEXT NOT NULL,
  bulk_id {INT},
  undone_at_ms {INT},
  undone_by {INT},
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE INDEX record_edit_by ON record_edit (created_by, id);
CREATE INDEX record_edit_kind ON record_edit (kind, id);
CREATE INDEX record_edit_bulk ON record_edit (bulk_id, record_id);

-- One act on many projects: what was asked for, and how far it is.
CREATE TABLE bulk_act (
  id {PK},
  act TEXT NOT NULL CHECK (act IN ('SET', 'PROPOSE')),
  wish TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('CHECKING', 'CHECKED', 'RUNNING', 'DONE', 'UNDOING', 'UNDONE')),
  rows_total {INT} NOT NULL,
  job_id {INT},
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE INDEX bulk_act_by ON bulk_act (created_by, id);

CREATE TABLE bulk_row (
  id {PK},
  bulk_id {INT} NOT NULL REFERENCES bulk_act (id),
  project_id {INT} NOT NULL,
  project_version {INT} NOT NULL,
  result TEXT NOT NULL CHECK (result IN ('CHANGE', 'SAME', 'REFUSED', 'DONE', 'FAILED', 'UNDONE', 'KEPT')),
  problems TEXT,
  proposal_id {INT}
) {STRICT};
CREATE INDEX bulk_row_bulk ON bulk_row (bulk_id, id);
