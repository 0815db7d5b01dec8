-- name: contact_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int
SELECT c.*
  FROM contact c
 WHERE c.deleted_at_ms IS NULL
   AND ((c.owner_kind = 'PROJECT' AND EXISTS (SELECT 1 FROM project p WHERE p.id = c.owner_id AND {may_see_project}))
        OR (c.owner_kind = 'INVESTOR' AND EXISTS (SELECT 1 FROM investor i WHERE i.id = c.owner_id AND {may_see_investor}))
        OR (c.owner_kind = 'LEAD' AND EXISTS (SELECT 1 FROM lead l WHERE l.id = c.owner_id AND {may_see_lead})))
