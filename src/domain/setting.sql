-- name: setting_get
-- params: key text
SELECT value FROM setting WHERE key = :key
