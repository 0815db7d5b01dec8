-- name: factor_of
-- params: account_id int
SELECT secret, made_at_ms, confirmed_at_ms, last_step FROM second_factor WHERE account_id = :account_id

-- name: factor_begin
-- params: account_id int, secret text, at_ms int
INSERT INTO second_factor (account_id, secret, made_at_ms) VALUES (:account_id, :secret, :at_ms)
ON CONFLICT (account_id) DO UPDATE SET secret = :secret, made_at_ms = :at_ms, last_step = 0
 WHERE second_factor.confirmed_at_ms IS NULL

-- name: factor_confirm
-- params: account_id int, step int, at_ms int
UPDATE second_factor SET confirmed_at_ms = :at_ms, last_step = :step
 WHERE account_id = :account_id AND confirmed_at_ms IS NULL

-- One use: of two that come with one code, one changes a row.
-- name: factor_take
-- params: account_id int, step int
UPDATE second_factor SET last_step = :step WHERE account_id = :account_id AND last_step < :step

-- name: factor_drop
-- params: account_id int
DELETE FROM second_factor WHERE account_id = :account_id

-- name: recovery_add
-- params: account_id int, digest text
INSERT INTO recovery_code (account_id, code_digest) VALUES (:account_id, :digest)

-- name: recovery_take
-- params: account_id int, digest text, at_ms int
UPDATE recovery_code SET used_at_ms = :at_ms
 WHERE account_id = :account_id AND code_digest = :digest AND used_at_ms IS NULL

-- name: recovery_left
-- params: account_id int
SELECT count(*) FROM recovery_code WHERE account_id = :account_id AND used_at_ms IS NULL

-- name: recovery_drop
-- params: account_id int
DELETE FROM recovery_code WHERE account_id = :account_id
