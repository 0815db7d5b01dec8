-- name: bulk_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT b.* FROM bulk_act b
 WHERE b.deleted_at_ms IS NULL AND b.created_by = :actor
   AND :scope_lo <= :scope_hi AND :own = :own AND :subject >= 0 AND :reader >= -1

-- name: bulk_row_add
-- params: bulk int, project int, version int, result text, problems text
INSERT INTO bulk_row (bulk_id, project_id, project_version, result, problems)
VALUES (:bulk, :project, :version, :result, :problems)

-- name: bulk_rows_with
-- params: bulk int, result text, after int, limit int
SELECT id, project_id, project_version, proposal_id FROM bulk_row
 WHERE bulk_id = :bulk AND result = :result AND id > :after
 ORDER BY id LIMIT :limit

-- name: bulk_row_set
-- params: id int, result text, problems text, proposal int
UPDATE bulk_row SET result = :result, problems = :problems, proposal_id = coalesce(:proposal, proposal_id) WHERE id = :id

-- name: bulk_counts
-- params: bulk int
SELECT result, count(*) AS n FROM bulk_row WHERE bulk_id = :bulk GROUP BY result

-- What the reader may not see any more has no row here.
-- name: bulk_rows_seen
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int, bulk int, result text, after int, limit int
SELECT w.id, w.project_id, p.name, w.result, w.problems
  FROM bulk_row w
  JOIN bulk_act b ON b.id = w.bulk_id AND b.created_by = :actor
  JOIN project p ON p.id = w.project_id
 WHERE w.bulk_id = :bulk AND w.id > :after AND (:result = '' OR w.result = :result) AND {may_see_project}
 ORDER BY w.id LIMIT :limit

-- name: bulk_state_set
-- params: id int, state text, job int, at_ms int
UPDATE bulk_act SET state = :state, job_id = coalesce(:job, job_id), row_version = row_version + 1, updated_at_ms = :at_ms
 WHERE id = :id

-- name: bulk_job_runs
-- params: bulk int
SELECT count(*) FROM job g JOIN bulk_act b ON b.job_id = g.id WHERE b.id = :bulk AND g.state = 'RUNNING'
