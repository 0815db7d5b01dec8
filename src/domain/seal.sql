-- Values sealed with a key that is not in force, or not sealed at all; :current is "zs1.KEY.".

-- name: seal_contact_stale
-- params: current text, after int, most int
SELECT id, mobile, phone, resident_id FROM contact
 WHERE id > :after
   AND (substr(mobile, 1, length(:current)) <> :current OR substr(phone, 1, length(:current)) <> :current
        OR substr(resident_id, 1, length(:current)) <> :current)
 ORDER BY id LIMIT :most

-- name: seal_contact_count
-- params: current text
SELECT count(*) FROM contact
 WHERE substr(mobile, 1, length(:current)) <> :current OR substr(phone, 1, length(:current)) <> :current
    OR substr(resident_id, 1, length(:current)) <> :current

-- The same values in another form: nothing that a reader of the record sees changes.
-- name: seal_contact_set
-- params: id int, mobile text, phone text, resident_id text
UPDATE contact SET mobile = :mobile, phone = :phone, resident_id = :resident_id WHERE id = :id

-- name: seal_account_stale
-- params: current text, after int, most int
SELECT id, phone FROM account
 WHERE id > :after AND substr(phone, 1, length(:current)) <> :current ORDER BY id LIMIT :most

-- name: seal_account_count
-- params: current text
SELECT count(*) FROM account WHERE substr(phone, 1, length(:current)) <> :current

-- name: seal_account_set
-- params: id int, phone text
UPDATE account SET phone = :phone WHERE id = :id

-- name: seal_factor_stale
-- params: current text, after int, most int
SELECT account_id, secret FROM second_factor
 WHERE account_id > :after AND substr(secret, 1, length(:current)) <> :current ORDER BY account_id LIMIT :most

-- name: seal_factor_count
-- params: current text
SELECT count(*) FROM second_factor WHERE substr(secret, 1, length(:current)) <> :current

-- name: seal_factor_set
-- params: id int, secret text
UPDATE second_factor SET secret = :secret WHERE account_id = :id

-- name: seal_keys
SELECT id, proof FROM seal_key ORDER BY id

-- name: seal_key_count
SELECT count(*) FROM seal_key

-- name: seal_key_add
-- params: id int, kind text, proof text, at_ms int
INSERT INTO seal_key (id, kind, proof, made_at_ms) VALUES (:id, :kind, :proof, :at_ms)
ON CONFLICT (id) DO NOTHING
