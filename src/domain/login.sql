-- name: login_failures
-- params: login text, remote text, after int
SELECT count(*) AS n, max(at_ms) AS last_at_ms FROM login_failure
 WHERE login = :login AND remote = :remote AND at_ms > :after

-- name: login_failure_add
-- params: login text, remote text, at_ms int
INSERT INTO login_failure (login, remote, at_ms) VALUES (:login, :remote, :at_ms)

-- name: login_failure_purge
-- params: before int
DELETE FROM login_failure WHERE at_ms < :before

-- name: login_failure_clear
-- params: login text, remote text
DELETE FROM login_failure WHERE login = :login AND remote = :remote

-- name: login_failure_forgive
-- params: login text
DELETE FROM login_failure WHERE login = :login
