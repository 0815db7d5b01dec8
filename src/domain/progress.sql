-- name: progress_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT g.*
  FROM progress g JOIN project p ON p.id = g.project_id
 WHERE g.deleted_at_ms IS NULL AND {may_see_project}
