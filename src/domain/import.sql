-- name: import_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT b.*
  FROM import_batch b
 WHERE b.deleted_at_ms IS NULL AND b.region_code >= :scope_lo AND b.region_code < :scope_hi
   AND (:own = '' OR b.created_by = :actor AND :subject = :subject) AND :reader >= 0

-- name: import_headings_count
-- params: region text
SELECT count(*) FROM import_heading WHERE region_code = :region

-- name: import_headings
-- params: region text
SELECT heading_key, field, unit FROM import_heading WHERE region_code = :region

-- name: import_heading_put
-- params: region text, key text, field text, unit text, at_ms int
INSERT INTO import_heading (region_code, heading_key, field, unit, used_at_ms)
VALUES (:region, :key, :field, :unit, :at_ms)
ON CONFLICT (region_code, heading_key) DO UPDATE SET field = :field, unit = :unit, used_at_ms = :at_ms

-- name: import_check_begin
-- params: import int, version int, at_ms int
UPDATE import_batch SET state = 'READING', row_version = row_version + 1, updated_at_ms = :at_ms
 WHERE id = :import AND row_version = :version AND deleted_at_ms IS NULL

-- name: import_check_ours
-- params: import int, version int
SELECT count(*) FROM import_batch WHERE id = :import AND row_version = :version AND state = 'READING'

-- name: import_check_give_up
-- params: import int, version int, at_ms int
UPDATE import_batch SET state = 'RECOGNISED', row_version = row_version + 1, updated_at_ms = :at_ms
 WHERE id = :import AND row_version = :version AND state = 'READING'

-- name: import_rows_forget
-- params: import int
DELETE FROM import_row WHERE import_id = :import

-- name: import_row_add
-- params: import int, sheet int, row int, result text, project int, version int, name text, data text, problems text, choice text
INSERT INTO import_row (import_id, sheet_no, row_no, result, project_id, written_version, name, data, problems, choice)
VALUES (:import, :sheet, :row, :result, :project, :version, :name, :data, :problems, :choice)

-- name: import_rows_after
-- params: import int, after int, limit int
SELECT id, sheet_no, row_no, result, project_id, name, data, problems, choice, is_written, field_choices
  FROM import_row
 WHERE import_id = :import AND id > :after
 ORDER BY id
 LIMIT :limit

-- name: import_rows_noted
-- params: import int, sheet int, after int, limit int
SELECT row_no, problems
  FROM import_row
 WHERE import_id = :import AND sheet_no = :sheet AND row_no > :after AND problems <> '[]'
 ORDER BY row_no
 LIMIT :limit

-- name: import_rows_wanted
-- params: import int, after int, limit int
SELECT id, row_no, project_id, written_version, name, data, choice, field_choices
  FROM import_row
 WHERE import_id = :import AND id > :after AND is_written = 0
   AND (choice IN ('write', 'mine', 'mixed') OR (choice = 'theirs' AND result = 'CONFLICT'))
 ORDER BY id
 LIMIT :limit

-- name: import_rows_done
-- params: import int, after int, limit int
SELECT id, project_id, undo
  FROM import_row
 WHERE import_id = :import AND id > :after AND is_written = 1
 ORDER BY id
 LIMIT :limit

-- name: import_rows_of
-- params: import int, results text, after int, limit int
SELECT id, sheet_no, row_no, result, project_id, name, data, problems, choice, is_written, field_choices
  FROM import_row
 WHERE import_id = :import AND id > :after AND ',' || :results || ',' LIKE '%,' || result || ',%'
 ORDER BY id
 LIMIT :limit

-- name: import_row_counts
-- params: import int
SELECT result, count(*) AS n FROM import_row WHERE import_id = :import GROUP BY result

-- name: import_row_open
-- params: import int, id int
SELECT id, row_no, project_id, written_version, name, data, choice, field_choices, result
  FROM import_row
 WHERE import_id = :import AND id = :id AND is_written = 0

-- name: import_row_choose
-- params: import int, id int, choice text, field_choices text
UPDATE import_row SET choice = :choice, field_choices = :field_choices
 WHERE import_id = :import AND id = :id AND is_written = 0

-- What each change of a project put in place of what, newest first.
-- name: import_basis
-- params: project int
SELECT action, diff
  FROM audit
 WHERE object = 'project' AND object_id = :project AND outcome = 'DONE' AND action <> 'create'
   AND (diff IS NOT NULL OR action = 'restore')
 ORDER BY id DESC

-- name: import_row_written
-- params: id int, project int, version int, undo text
UPDATE import_row SET is_written = 1, project_id = :project, written_version = :version, undo = :undo WHERE id = :id

-- name: import_row_unwritten
-- params: id int
UPDATE import_row SET is_written = 0 WHERE id = :id

-- name: import_event_add
-- params: project int, from_stage text, to_stage text, event_date text, precision text, import int, at_ms int
INSERT INTO stage_event (project_id, kind, from_stage, to_stage, event_date, date_precision, source, import_id, recorded_at_ms)
VALUES (:project, 'STAGE', :from_stage, :to_stage, :event_date, :precision, 'IMPORT', :import, :at_ms)

-- name: import_events_void
-- params: import int
UPDATE stage_event SET is_void = 1
 WHERE import_id = :import AND project_id IN (SELECT id FROM project WHERE import_id = :import)

-- name: import_contacts_drop
-- params: import int, at_ms int
UPDATE contact SET deleted_at_ms = :at_ms, updated_at_ms = :at_ms, row_version = row_version + 1
 WHERE owner_kind = 'PROJECT' AND deleted_at_ms IS NULL
   AND owner_id IN (SELECT project_id FROM import_row WHERE import_id = :import AND is_written = 1 AND undo IS NULL)

-- name: import_events_confirm
-- params: import int, at_ms int, account int
UPDATE stage_event SET verified_at_ms = :at_ms, verified_by = :account
 WHERE import_id = :import AND verified_at_ms IS NULL AND is_void = 0
   AND project_id IN (SELECT id FROM project WHERE import_id = :import AND deleted_at_ms IS NULL)

-- name: import_projects_unconfirmed
-- params: import int, after int, limit int
SELECT id FROM project
 WHERE import_id = :import AND is_stage_verified = 0 AND deleted_at_ms IS NULL AND id > :after
 ORDER BY id
 LIMIT :limit

-- name: import_projects_confirm
-- params: import int, at_ms int
UPDATE project SET is_stage_verified = 1, updated_at_ms = :at_ms, row_version = row_version + 1
 WHERE import_id = :import AND is_stage_verified = 0 AND deleted_at_ms IS NULL

-- What somebody built on since: the record itself, or something that hangs on it. Of a project that the
-- import only updated, and of contacts, which it makes itself, what came later counts.
-- name: import_changed_since
-- params: import int, at_ms int
SELECT p.name
  FROM import_row r JOIN project p ON p.id = r.project_id
 WHERE r.import_id = :import AND r.is_written = 1
   AND (p.row_version <> r.written_version OR p.deleted_at_ms IS NOT NULL
        OR EXISTS (SELECT 1 FROM talk c WHERE c.project_id = p.id AND c.deleted_at_ms IS NULL AND (r.undo IS NULL OR c.created_at_ms > :at_ms))
        OR EXISTS (SELECT 1 FROM agreement c WHERE c.project_id = p.id AND c.deleted_at_ms IS NULL AND (r.undo IS NULL OR c.created_at_ms > :at_ms))
        OR EXISTS (SELECT 1 FROM evidence c WHERE c.project_id = p.id AND c.deleted_at_ms IS NULL AND (r.undo IS NULL OR c.created_at_ms > :at_ms))
        OR EXISTS (SELECT 1 FROM progress c WHERE c.project_id = p.id AND c.deleted_at_ms IS NULL AND (r.undo IS NULL OR c.created_at_ms > :at_ms))
        OR EXISTS (SELECT 1 FROM project_party c WHERE c.project_id = p.id AND c.deleted_at_ms IS NULL AND (r.undo IS NULL OR c.created_at_ms > :at_ms))
        OR EXISTS (SELECT 1 FROM funds_record c WHERE c.project_id = p.id AND c.deleted_at_ms IS NULL AND (r.undo IS NULL OR c.created_at_ms > :at_ms))
        OR EXISTS (SELECT 1 FROM proposal c WHERE c.project_id = p.id AND c.state = 'OPEN')
        OR EXISTS (SELECT 1 FROM contact c WHERE c.owner_kind = 'PROJECT' AND c.owner_id = p.id AND c.deleted_at_ms IS NULL AND c.created_at_ms > :at_ms))
 ORDER BY r.id
