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

-- name: demo_login
-- params: account int
SELECT login FROM account WHERE id = :account
