-- name: setting_get
-- params: key text
SELECT value FROM setting WHERE key = :key

-- name: setting_put
-- params: key text, value text
INSERT INTO setting (key, value) VALUES (:key, :value)
ON CONFLICT (key) DO UPDATE SET value = excluded.value

-- name: setting_drop
-- params: key text
DELETE FROM setting WHERE key = :key
