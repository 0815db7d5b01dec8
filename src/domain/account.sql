-- name: account_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT a.id, a.login, a.name, a.unit_name, a.phone, a.email, a.state, a.must_change_password, a.password_at_ms,
       a.last_login_at_ms, a.clearance, a.clearance_until_date, a.clearance_reason, a.clearance_at_ms, a.clearance_by, a.is_demo, a.created_at_ms, a.created_by, a.updated_at_ms, a.row_version
  FROM account a
 WHERE a.deleted_at_ms IS NULL AND {city_wide}

-- name: account_by_id
-- params: id int
SELECT * FROM account WHERE id = :id AND deleted_at_ms IS NULL

-- name: account_by_login
-- params: login text
SELECT * FROM account WHERE login = :login

-- name: account_count
SELECT count(*) FROM account

-- name: account_set_password
-- params: id int, hash text, must_change int, at_ms int
UPDATE account SET password_hash = :hash, must_change_password = :must_change, password_at_ms = :at_ms,
       updated_at_ms = :at_ms, row_version = row_version + 1
 WHERE id = :id

-- The same password, hashed anew: nothing that a reader of the record sees changes.
-- name: account_rehash
-- params: id int, old_hash text, hash text
UPDATE account SET password_hash = :hash WHERE id = :id AND password_hash = :old_hash

-- name: account_touch
-- params: id int, at_ms int
UPDATE account SET last_login_at_ms = :at_ms WHERE id = :id

-- name: password_remember
-- params: account_id int, hash text, at_ms int
INSERT INTO password_history (account_id, password_hash, at_ms) VALUES (:account_id, :hash, :at_ms)

-- name: password_history
-- params: account_id int, most int
SELECT password_hash FROM password_history WHERE account_id = :account_id ORDER BY id DESC LIMIT :most

-- name: password_forget_older
-- params: account_id int, most int
DELETE FROM password_history
 WHERE account_id = :account_id
   AND id NOT IN (SELECT id FROM password_history WHERE account_id = :account_id ORDER BY id DESC LIMIT :most)

-- fragment: in_force
-- Today is one of the assignment's days and it was not taken back.
g.deleted_at_ms IS NULL AND g.ended_at_ms IS NULL AND g.valid_from_date <= :today
AND (g.valid_to_date IS NULL OR g.valid_to_date >= :today)

-- name: assignment_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT g.*, a.name AS account_name, a.login AS account_login
  FROM assignment g JOIN account a ON a.id = g.account_id
 WHERE g.deleted_at_ms IS NULL AND {city_wide}

-- name: assignments_in_force
-- params: account_id int, today text
SELECT g.* FROM assignment g WHERE g.account_id = :account_id AND {in_force} ORDER BY g.id

-- Roles of an account whose days meet these days (to = '9999-12-31' for an open end).
-- name: assignment_overlap
-- params: account_id int, except_id int, from_date text, to_date text
SELECT g.role FROM assignment g
 WHERE g.account_id = :account_id AND g.id <> :except_id AND g.deleted_at_ms IS NULL AND g.ended_at_ms IS NULL
   AND g.valid_from_date <= :to_date AND (g.valid_to_date IS NULL OR g.valid_to_date >= :from_date)

-- Active accounts that hold the role today and without an end, apart from one account and one row.
-- name: holders_left
-- params: role text, today text, except_account int, except_assignment int
SELECT count(*) FROM assignment g JOIN account a ON a.id = g.account_id
 WHERE g.role = :role AND {in_force} AND g.valid_to_date IS NULL AND a.state = 'ACTIVE' AND a.deleted_at_ms IS NULL
   AND g.account_id <> :except_account AND g.id <> :except_assignment

-- name: holders_today
-- params: role text, today text
SELECT count(*) FROM assignment g JOIN account a ON a.id = g.account_id
 WHERE g.role = :role AND {in_force} AND a.state = 'ACTIVE' AND a.deleted_at_ms IS NULL

-- name: region_level
-- params: code text
SELECT level FROM region WHERE code = :code

-- name: investor_is_there
-- params: id int
SELECT count(*) FROM investor WHERE id = :id AND deleted_at_ms IS NULL
