-- name: policy_rows
SELECT key, value FROM setting
 WHERE key IN ('second_factor', 'password_profile', 'admin_networks', 'alarm_login_n', 'alarm_refused_n', 'alarm_odd_n')

-- name: policy_put
-- params: key text, value text
INSERT INTO setting (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = :value

-- name: policy_drop
-- params: key text
DELETE FROM setting WHERE key = :key
