-- name: notice_add
-- params: account int, kind text, project int, object int, name text, detail text, at_ms int
INSERT INTO notice (account_id, kind, project_id, object_id, name, detail, at_ms)
SELECT a.id, :kind, :project, :object, :name, :detail, :at_ms FROM account a WHERE a.id = :account

-- name: notice_forget
-- params: account int, before int
DELETE FROM notice WHERE account_id = :account AND at_ms < :before

-- name: notice_list
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int, limit int
SELECT n.id, n.kind, n.project_id, n.object_id, n.name, n.detail, n.at_ms, n.read_at_ms
  FROM notice n
 WHERE n.account_id = :actor
   AND (n.project_id IS NULL OR EXISTS (SELECT 1 FROM project p WHERE p.id = n.project_id AND {may_see_project}))
 ORDER BY n.id DESC LIMIT :limit

-- name: notice_read
-- params: account int, up_to int, at_ms int
UPDATE notice SET read_at_ms = :at_ms WHERE account_id = :account AND id <= :up_to AND read_at_ms IS NULL
