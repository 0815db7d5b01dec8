-- One's own changes, and the bin of one's place. What the reader may not see any more (a project that
-- was sealed or moved away since) is in neither.
-- name: edit_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT d.*, a.name AS who_name, CASE WHEN d.created_by = :actor THEN 1 ELSE 0 END AS is_own
  FROM record_edit d LEFT JOIN account a ON a.id = d.created_by
 WHERE d.deleted_at_ms IS NULL
   AND (d.created_by = :actor OR (d.kind = 'DELETE' AND :own = ''))
   AND CASE
       WHEN d.noun = 'project' AND d.kind = 'DELETE' THEN
         EXISTS (SELECT 1 FROM project p
                  WHERE p.id = d.record_id AND (:own = '' OR d.created_by = :actor)
                    AND p.region_code >= :scope_lo AND p.region_code < :scope_hi
                    AND {cleared_project})
       WHEN d.project_id IS NOT NULL THEN
         EXISTS (SELECT 1 FROM project p WHERE p.id = d.project_id AND {may_see_project})
         AND (d.noun <> 'evidence' OR EXISTS (SELECT 1 FROM evidence g WHERE g.id = d.record_id AND {cleared_file}))
       WHEN d.noun = 'lead' THEN
         EXISTS (SELECT 1 FROM lead l
                  WHERE l.id = d.record_id AND l.region_code >= :scope_lo AND l.region_code < :scope_hi
                    AND (:own = '' OR (:own = 'PARTNER' AND l.partner_id = :subject))
                    AND {cleared_lead})
       WHEN d.region_code IS NOT NULL THEN d.region_code >= :scope_lo AND d.region_code < :scope_hi
       ELSE d.created_by = :actor
       END

-- name: edit_purge
-- params: before_ms int
DELETE FROM record_edit WHERE created_at_ms < :before_ms

-- The newest change of one record that can be taken back.
-- name: edit_of_bulk
-- params: bulk int, record int
SELECT id FROM record_edit
 WHERE bulk_id = :bulk AND record_id = :record AND undone_at_ms IS NULL AND deleted_at_ms IS NULL
