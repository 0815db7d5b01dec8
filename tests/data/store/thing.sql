-- name: thing_all
SELECT id, name, code, amount_fen, sort_date, row_version FROM thing

-- name: thing_in_scope
-- params: scope text, scope_end text
SELECT id, name, code, amount_fen, sort_date, row_version
  FROM thing
 WHERE code >= :scope AND code < :scope_end

-- name: thing_by_id
-- params: id int
SELECT * FROM thing WHERE id = :id

-- name: thing_with_parts
-- params: least int
SELECT t.id, t.name, p.label, CASE WHEN t.amount_fen > :least THEN 'BIG' ELSE 'SMALL' END AS size
  FROM thing t LEFT JOIN part p ON p.thing_id = t.id

-- name: thing_sum
SELECT CAST(sum(amount_fen) AS BIGINT) FROM thing

-- name: thing_count
SELECT count(*) FROM thing

-- name: thing_amount
-- params: name text
SELECT amount_fen FROM thing WHERE name = :name

-- The parameters are used in another order than they are declared in, and one of them twice.
-- name: thing_reorder
-- params: id int, name text, code text
UPDATE thing SET code = :code, name = CASE WHEN :code = 'none' THEN name ELSE :name END,
       row_version = row_version + 1
 WHERE id = :id

-- name: thing_add
-- params: name text, amount_fen int
INSERT INTO thing (name, amount_fen) VALUES (:name, :amount_fen)

-- name: thing_add_returning
-- params: name text
INSERT INTO thing (name) VALUES (:name) RETURNING id, name

-- name: thing_data
-- params: name text, data blob
INSERT INTO thing (name, data) VALUES (:name, :data)

-- name: thing_with_data
SELECT count(*) FROM thing WHERE data IS NOT NULL

-- name: thing_clear_all
UPDATE thing SET data = NULL, amount_fen = 1

-- name: thing_literal
-- params: x text
SELECT 'it''s :no -- parameter; "here"' AS a, CAST(:x AS TEXT) AS b

-- name: thing_engine @sqlite
SELECT 'lite' AS engine, typeof(1) AS t

-- name: thing_engine @postgres
SELECT 'pg' AS engine, 'x'::text AS t

-- name: part_add
-- params: thing_id int, label text
INSERT INTO part (thing_id, label) VALUES (:thing_id, :label)

-- name: part_count
SELECT count(*) FROM part

-- name: counter_add
-- params: name text, by int
INSERT INTO counter (name, n) VALUES (:name, :by)
ON CONFLICT (name) DO UPDATE SET n = counter.n + :by

-- name: counter_get
-- params: name text
SELECT n FROM counter WHERE name = :name

-- name: counter_much
SELECT coalesce((SELECT n FROM counter WHERE name LIKE 'a counter with%'), 0)
