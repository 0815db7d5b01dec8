-- name: agreement_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT g.*
  FROM agreement g JOIN project p ON p.id = g.project_id
 WHERE g.deleted_at_ms IS NULL AND {may_see_project}

-- name: agreement_evidence_fits
-- params: evidence int, project int, reader int
SELECT count(*) FROM evidence g
 WHERE g.id = :evidence AND g.project_id = :project AND g.deleted_at_ms IS NULL AND {cleared_file}
