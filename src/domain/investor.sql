-- name: investor_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT i.*,
       (SELECT count(*) FROM project_party held JOIN project p ON p.id = held.project_id
         WHERE held.investor_id = i.id AND held.deleted_at_ms IS NULL AND {may_see_project}) AS projects_n
  FROM investor i
 WHERE {may_see_investor}

-- name: investor_held
-- params: id int
SELECT count(*)
  FROM project_party held JOIN project p ON p.id = held.project_id
 WHERE held.investor_id = :id AND held.deleted_at_ms IS NULL AND p.deleted_at_ms IS NULL
