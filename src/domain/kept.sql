-- Answers kept by their Idempotency-Key for a day.

-- name: kept_get
-- params: account int, key text
SELECT route, request_hash, status, body, etag FROM idempotency WHERE account_id = :account AND key = :key

-- name: kept_put
-- params: account int, key text, route text, request_hash text, status int, body text, etag text, at_ms int
INSERT INTO idempotency (account_id, key, route, request_hash, status, body, etag, at_ms)
VALUES (:account, :key, :route, :request_hash, :status, :body, :etag, :at_ms)

-- name: kept_forget
-- params: before_ms int
DELETE FROM idempotency WHERE at_ms < :before_ms
