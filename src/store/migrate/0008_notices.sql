-- 0008_notices - files that jobs made, kept as long as the job; notices to one account.

CREATE TABLE job_file (
  job_id {INT} PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  mime TEXT NOT NULL,
  bytes {BLOB} NOT NULL,
  at_ms {INT} NOT NULL
) {STRICT};

CREATE TABLE notice (
  id {PK},
  account_id {INT} NOT NULL REFERENCES account (id),
  kind TEXT NOT NULL CHECK (kind IN ('RETURNED', 'VERIFIED', 'REVIEWED', 'JOB_DONE', 'JOB_FAILED', 'OVERDUE')),
  project_id {INT},
  object_id {INT},
  name TEXT,
  detail TEXT,
  at_ms {INT} NOT NULL,
  day_date TEXT,
  read_at_ms {INT}
) {STRICT};
CREATE INDEX notice_account ON notice (account_id, id);
