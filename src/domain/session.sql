-- name: session_by_token
-- params: token_hash text
SELECT s.id, s.account_id, s.assignment_id, s.created_at_ms, s.seen_at_ms, a.login, a.must_change_password,
       g.role, g.scope, g.subject_id, g.valid_from_date, g.valid_to_date, g.ended_at_ms, a.password_at_ms,
       a.clearance, a.clearance_until_date
  FROM login_session s JOIN account a ON a.id = s.account_id
  LEFT JOIN assignment g ON g.id = s.assignment_id AND g.account_id = s.account_id AND g.deleted_at_ms IS NULL
 WHERE s.token_hash = :token_hash AND s.ended_at_ms IS NULL AND a.state = 'ACTIVE' AND a.deleted_at_ms IS NULL

-- name: session_insert
-- params: token_hash text, account_id int, assignment_id int, at_ms int, remote text, user_agent text
INSERT INTO login_session (token_hash, account_id, assignment_id, created_at_ms, seen_at_ms, remote, user_agent)
VALUES (:token_hash, :account_id, :assignment_id, :at_ms, :at_ms, :remote, :user_agent)
RETURNING id

-- name: session_seen
-- params: id int, at_ms int
UPDATE login_session SET seen_at_ms = :at_ms WHERE id = :id AND seen_at_ms < :at_ms

-- name: session_set_role
-- params: id int, assignment_id int
UPDATE login_session SET assignment_id = :assignment_id WHERE id = :id AND ended_at_ms IS NULL

-- name: session_end
-- params: id int, at_ms int
UPDATE login_session SET ended_at_ms = :at_ms WHERE id = :id AND ended_at_ms IS NULL

-- name: session_end_all
-- params: account_id int, except_id int, at_ms int
UPDATE login_session SET ended_at_ms = :at_ms
 WHERE account_id = :account_id AND id <> :except_id AND ended_at_ms IS NULL

-- Live ones only, so that an id of the past says nothing.
-- name: session_owner
-- params: id int
SELECT account_id FROM login_session WHERE id = :id AND ended_at_ms IS NULL

-- name: session_list
-- params: account_id int, seen_after int, created_after int
SELECT s.id, s.created_at_ms, s.seen_at_ms, s.remote, s.user_agent, g.role
  FROM login_session s LEFT JOIN assignment g ON g.id = s.assignment_id
 WHERE s.account_id = :account_id AND s.ended_at_ms IS NULL
   AND s.seen_at_ms > :seen_after AND s.created_at_ms > :created_after
 ORDER BY s.id DESC LIMIT 200

-- name: session_list_all
-- params: seen_after int, created_after int
SELECT s.id, s.created_at_ms, s.seen_at_ms, s.remote, s.user_agent, g.role, a.id, a.login, a.name
  FROM login_session s JOIN account a ON a.id = s.account_id LEFT JOIN assignment g ON g.id = s.assignment_id
 WHERE s.ended_at_ms IS NULL AND s.seen_at_ms > :seen_after AND s.created_at_ms > :created_after
 ORDER BY s.id DESC LIMIT 500

-- Sessions that ended, one way or another, before then.
-- name: session_purge
-- params: before int
DELETE FROM login_session WHERE created_at_ms < :before
