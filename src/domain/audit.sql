-- Whose values an auditor reads: an office sees those of accounts and roles, not those of the trade;
-- what is graded above the reader's clearance, or sealed to others, shows no values. The row itself is
-- shown to all of them.
-- name: audit_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT a.id, a.at_ms, a.account_id, a.login, a.role, a.scope, a.remote, a.action, a.outcome, a.object,
       a.object_id, a.project_id,
       CASE WHEN (:own = '' OR a.object IN ('account', 'assignment', 'session', 'audit', 'param', 'system'))
             AND NOT EXISTS (SELECT 1 FROM project p
                   WHERE (p.id = a.project_id OR (a.object = 'project' AND p.id = a.object_id)) AND NOT {cleared_project})
             AND NOT EXISTS (SELECT 1 FROM lead l
                   WHERE ((a.object = 'lead' AND l.id = a.object_id)
                          OR (a.object = 'talk' AND l.id = (SELECT t.lead_id FROM talk t WHERE t.id = a.object_id))
                          OR (a.object = 'contact' AND l.id = (SELECT c.owner_id FROM contact c WHERE c.id = a.object_id AND c.owner_kind = 'LEAD'))
                          OR (a.object = 'grade_change' AND l.id = (SELECT c.record_id FROM grade_change c WHERE c.id = a.object_id AND c.record_kind = 'lead')))
                     AND NOT {cleared_lead})
             AND NOT EXISTS (SELECT 1 FROM evidence g
                   WHERE ((a.object = 'evidence' AND g.id = a.object_id)
                          OR (a.object = 'grade_change' AND g.id = (SELECT c.record_id FROM grade_change c WHERE c.id = a.object_id AND c.record_kind = 'evidence')))
                     AND NOT {cleared_file})
            THEN a.diff END AS diff
  FROM audit a
 WHERE :own IN ('', 'OFFICE') AND :scope_lo <= :scope_hi AND :actor >= 0 AND :subject >= 0

-- name: audit_lock
UPDATE audit_head SET last_id = last_id WHERE one = 1

-- name: audit_insert
-- params: id int, at_ms int, account_id int, login text, role text, scope text, remote text, action text, outcome text, object text, object_id int, project_id int, before_hash text, after_hash text, diff text, prev_row_hash text, row_hash text
INSERT INTO audit (id, at_ms, account_id, login, role, scope, remote, action, outcome, object,
                   object_id, project_id, before_hash, after_hash, diff, prev_row_hash, row_hash)
VALUES (:id, :at_ms, :account_id, :login, :role, :scope, :remote, :action, :outcome, :object,
        :object_id, :project_id, :before_hash, :after_hash, :diff, :prev_row_hash, :row_hash)

-- name: audit_set_head
-- params: last_id int, row_hash text, mac text
UPDATE audit_head SET last_id = :last_id, row_hash = :row_hash, mac = :mac WHERE one = 1

-- The chain is ours from here to the end of the job; on SQLite only one job writes at a time.
-- name: audit_take_head @sqlite
SELECT last_id, row_hash FROM audit_head WHERE one = 1

-- name: audit_take_head @postgres
SELECT last_id, row_hash FROM audit_head WHERE one = 1 FOR UPDATE

-- name: audit_head
SELECT last_id, row_hash, mac FROM audit_head WHERE one = 1

-- The columns in the order in which they are hashed, then the two hashes.
-- name: audit_walk
-- params: after int, most int
SELECT id, at_ms, account_id, login, role, scope, remote, action, outcome, object,
       object_id, project_id, before_hash, after_hash, diff, prev_row_hash, row_hash
  FROM audit WHERE id > :after ORDER BY id LIMIT :most

-- name: audit_rows
SELECT coalesce(max(id), 0) FROM audit
