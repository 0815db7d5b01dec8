-- One's own, and those shared to a unit that the actor's place lies in.
-- name: view_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT v.*, a.name AS owner_name, CASE WHEN v.created_by = :actor THEN 1 ELSE 0 END AS is_own
  FROM saved_view v LEFT JOIN account a ON a.id = v.created_by
 WHERE v.deleted_at_ms IS NULL
   AND (v.created_by = :actor
        OR (v.region_code IS NOT NULL AND :scope_lo <= :scope_hi AND :own = '' AND :subject >= 0 AND :reader >= -1
            AND substr(:scope_lo, 1, length(v.region_code)) = v.region_code))
