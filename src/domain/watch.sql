-- name: alarm_add
-- params: kind text, at_ms int, events_n int, span_ms int, remote text
INSERT INTO alarm (kind, at_ms, events_n, span_ms, remote) VALUES (:kind, :at_ms, :events_n, :span_ms, :remote)

-- name: alarm_list
-- params: most int
SELECT m.id, m.kind, m.at_ms, m.events_n, m.span_ms, m.remote, m.seen_at_ms, a.login
  FROM alarm m LEFT JOIN account a ON a.id = m.seen_by
 ORDER BY m.id DESC LIMIT :most

-- name: alarm_seen
-- params: id int, at_ms int, account_id int
UPDATE alarm SET seen_at_ms = :at_ms, seen_by = :account_id WHERE id = :id AND seen_at_ms IS NULL
