-- 0010_secrecy - clearances of accounts, marks of files, changes of grades.

-- NULL: as the role has it (domain/rights.h role_clearance). Set by the security office only.
ALTER TABLE account ADD COLUMN clearance TEXT CHECK (clearance IN ('OPEN', 'INTERNAL', 'SEALED'));
ALTER TABLE account ADD COLUMN clearance_until_date TEXT;
ALTER TABLE account ADD COLUMN clearance_reason TEXT;
ALTER TABLE account ADD COLUMN clearance_at_ms {INT};
ALTER TABLE account ADD COLUMN clearance_by {INT};

-- The upgrade takes nothing from anybody: who had his own INTERNAL projects keeps them, who is a named
-- person stays one. The security office sees these on the accounts' page and may take them back.
UPDATE account SET clearance = 'INTERNAL', clearance_reason = '升级时保留 / kept at the upgrade'
 WHERE id IN (SELECT account_id FROM assignment WHERE role IN ('PARTNER', 'ENTERPRISE'));
UPDATE account SET clearance = 'SEALED', clearance_reason = '升级时保留 / kept at the upgrade'
 WHERE id IN (SELECT account_id FROM record_acl);

-- NULL: as its project. A mark only raises: what is shown is the higher of the two.
ALTER TABLE evidence ADD COLUMN secrecy TEXT CHECK (secrecy IN ('OPEN', 'INTERNAL', 'SEALED'));

-- Every change of a grade with its reason. Up is done at once; down waits for a second person.
CREATE TABLE grade_change (
  id {PK},
  record_kind TEXT NOT NULL CHECK (record_kind IN ('project', 'lead', 'evidence')),
  record_id {INT} NOT NULL,
  project_id {INT},
  from_secrecy TEXT NOT NULL CHECK (from_secrecy IN ('OPEN', 'INTERNAL', 'SEALED')),
  to_secrecy TEXT NOT NULL CHECK (to_secrecy IN ('OPEN', 'INTERNAL', 'SEALED')),
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('OPEN', 'DONE', 'REFUSED', 'WITHDRAWN')),
  decided_by {INT},
  decided_at_ms {INT},
  comment TEXT,
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE INDEX grade_change_record ON grade_change (record_kind, record_id, id);
CREATE INDEX grade_change_open ON grade_change (id) WHERE state = 'OPEN';
