-- Answers kept by their Idempotency-Key for a day.

-- name: kept_get
-- params: account int, key text
SELECT route, request_hash, status, body, etag FROM idempotency WHERE account_id = :account AND key = :key

-- name: kept_put
-- params: account int, key text, route text, request_hash text, status int, body text, etag text, at_ms int
INSERT INTO idempotency (account_id, key, route, request_hash, status, body, etag, at_ms)
VALUES (:account, :key, :route, :request_hash, :status, :body, :etag, :at_ms)

-- What takes long is claimed before it is done (status 0), so that its twin does not do it again.
-- name: kept_fill
-- params: account int, key text, status int, body text, etag text
UPDATE idempotency SET status = :status, body = :body, etag = :etag
 WHERE account_id = :account AND key = :key AND status = 0

-- name: kept_drop
-- params: account int, key text
DELETE FROM idempotency WHERE account_id = :account AND key = :key AND status = 0

-- A claim whose server died.
-- name: kept_drop_dead
-- params: account int, key text, before_ms int
DELETE FROM idempotency WHERE account_id = :account AND key = :key AND status = 0 AND at_ms < :before_ms

-- name: kept_forget
-- params: before_ms int
DELETE FROM idempotency WHERE at_ms < :before_ms
