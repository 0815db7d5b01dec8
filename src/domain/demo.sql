-- name: demo_is_fresh
SELECT (SELECT count(*) FROM account) + (SELECT count(*) FROM project) + (SELECT count(*) FROM investor) AS n

-- name: demo_link_lead
-- params: lead int, project int
UPDATE project SET lead_id = :lead WHERE id = :project

-- name: demo_enterprise_investor
-- params: region text
SELECT y.investor_id
  FROM project p JOIN project_party y ON y.project_id = p.id AND y.role = 'INVESTOR'
 WHERE p.region_code = :region AND p.stage = 'STARTED' AND p.side = 'ACTIVE' AND p.secrecy <> 'SEALED'
 ORDER BY (SELECT count(*) FROM project_party more WHERE more.investor_id = y.investor_id) DESC, y.investor_id
 LIMIT 1

-- name: demo_enterprise_set
-- params: investor int
UPDATE assignment SET subject_id = :investor WHERE role = 'ENTERPRISE'

-- name: demo_set
-- params: key text, value text
INSERT INTO setting (key, value) VALUES (:key, :value)
ON CONFLICT (key) DO UPDATE SET value = excluded.value

-- What was done, oldest first, each by an account in the role that it had. What has no project is a lead's.
-- name: demo_history
SELECT h.at_ms, h.account_id, a.login, coalesce(h.role, held.role) AS role, held.scope, h.act, h.object, h.object_id, h.project_id
  FROM (SELECT s.at_ms, s.account_id, s.role, s.act, 'proposal' AS object, p.id AS object_id, p.project_id
          FROM proposal_step s JOIN proposal p ON p.id = s.proposal_id
        UNION ALL
        SELECT x.created_at_ms, x.created_by, NULL, 'create', 'project', x.id, x.id FROM project x
        UNION ALL
        SELECT x.created_at_ms, x.created_by, NULL, 'create', 'lead', x.id, NULL FROM lead x
        UNION ALL
        SELECT x.created_at_ms, x.created_by, NULL, 'create', 'talk', x.id, x.project_id FROM talk x
        UNION ALL
        SELECT x.created_at_ms, x.created_by, NULL, 'create', 'agreement', x.id, x.project_id FROM agreement x
        UNION ALL
        SELECT x.created_at_ms, x.created_by, NULL, 'create', 'evidence', x.id, x.project_id FROM evidence x) h
  JOIN account a ON a.id = h.account_id
  JOIN assignment held ON held.id = (SELECT min(o.id) FROM assignment o WHERE o.account_id = h.account_id)
 ORDER BY h.at_ms, h.object, h.object_id
