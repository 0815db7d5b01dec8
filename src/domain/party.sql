-- name: party_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT g.*, held.name AS investor_name, held.id_no AS investor_id_no
  FROM project_party g
  JOIN project p ON p.id = g.project_id
  JOIN investor held ON held.id = g.investor_id
 WHERE g.deleted_at_ms IS NULL AND {may_see_project}

-- name: party_shares
-- params: project int, role text, but int
SELECT CAST(coalesce(sum(share_permille), 0) AS BIGINT)
  FROM project_party
 WHERE project_id = :project AND role = :role AND id <> :but AND deleted_at_ms IS NULL
