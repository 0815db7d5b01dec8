-- name: contact_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT c.*
  FROM contact c
 WHERE {may_see_contact}
