-- name: talk_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT t.*
  FROM talk t
 WHERE {may_see_talk}

-- name: talk_touch_project
-- params: id int
UPDATE project
   SET first_talk_date = (SELECT min(talk_date) FROM talk WHERE project_id = :id AND deleted_at_ms IS NULL),
       last_contact_date = (SELECT max(talk_date) FROM talk WHERE project_id = :id AND deleted_at_ms IS NULL)
 WHERE id = :id
   AND EXISTS (SELECT 1 FROM talk WHERE project_id = :id AND deleted_at_ms IS NULL)
