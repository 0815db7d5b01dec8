-- name: audit_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int
SELECT a.* FROM audit a WHERE {city_wide}

-- name: audit_lock
UPDATE audit_head SET last_id = last_id WHERE one = 1

-- Takes the chain's lock and the next id; audit_head then reads both. Not RETURNING: SQLite would
-- open a statement journal for it, whose closing costs more the longer the job is (an import).
-- name: audit_next
UPDATE audit_head SET last_id = last_id + 1 WHERE one = 1

-- name: audit_insert
-- params: id int, at_ms int, account_id int, login text, role text, scope text, remote text, action text, outcome text, object text, object_id int, project_id int, before_hash text, after_hash text, diff text, prev_row_hash text, row_hash text
INSERT INTO audit (id, at_ms, account_id, login, role, scope, remote, action, outcome, object,
                   object_id, project_id, before_hash, after_hash, diff, prev_row_hash, row_hash)
VALUES (:id, :at_ms, :account_id, :login, :role, :scope, :remote, :action, :outcome, :object,
        :object_id, :project_id, :before_hash, :after_hash, :diff, :prev_row_hash, :row_hash)

-- name: audit_set_head
-- params: row_hash text, mac text
UPDATE audit_head SET row_hash = :row_hash, mac = :mac WHERE one = 1

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
