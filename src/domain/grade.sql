-- Whoever may read the record, sees what happened to its grade.
-- name: grade_change_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT c.*, maker.name AS proposer_name, CASE WHEN c.created_by = :actor THEN 1 ELSE 0 END AS is_own,
       CASE c.record_kind WHEN 'project' THEN (SELECT p.name FROM project p WHERE p.id = c.record_id)
            WHEN 'lead' THEN (SELECT l.investor_name FROM lead l WHERE l.id = c.record_id)
            ELSE (SELECT g.file_name FROM evidence g WHERE g.id = c.record_id) END AS name
  FROM grade_change c LEFT JOIN account maker ON maker.id = c.created_by
 WHERE c.deleted_at_ms IS NULL
   AND ((c.record_kind = 'project' AND EXISTS (SELECT 1 FROM project p WHERE p.id = c.record_id AND {may_see_project}))
        OR (c.record_kind = 'lead' AND EXISTS (SELECT 1 FROM lead l WHERE l.id = c.record_id AND {may_see_lead}))
        OR (c.record_kind = 'evidence' AND EXISTS (SELECT 1 FROM evidence g JOIN project p ON p.id = g.project_id
              WHERE g.id = c.record_id AND {may_see_file})))

-- name: grade_open_of
-- params: kind text, id int
SELECT coalesce(max(id), 0) FROM grade_change WHERE record_kind = :kind AND record_id = :id AND state = 'OPEN' AND deleted_at_ms IS NULL

-- name: grade_name
-- params: kind text, id int, account int
INSERT INTO record_acl (record_kind, record_id, account_id) VALUES (:kind, :id, :account)
ON CONFLICT (record_kind, record_id, account_id) DO NOTHING

-- name: grade_unname
-- params: kind text, id int
DELETE FROM record_acl WHERE record_kind = :kind AND record_id = :id

-- name: grade_persons
-- params: kind text, id int
SELECT a.id, a.login, a.name, a.unit_name, a.clearance, a.clearance_until_date, a.state
  FROM record_acl n JOIN account a ON a.id = n.account_id
 WHERE n.record_kind = :kind AND n.record_id = :id
 ORDER BY a.login

-- name: grade_of_project
-- params: project int
SELECT secrecy FROM project WHERE id = :project
