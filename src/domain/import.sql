-- name: import_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int
SELECT b.*
  FROM import_batch b
 WHERE b.deleted_at_ms IS NULL AND b.region_code >= :scope_lo AND b.region_code < :scope_hi
   AND (:own = '' OR b.created_by = :actor AND :subject = :subject)
