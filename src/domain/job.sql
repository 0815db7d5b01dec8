-- name: job_insert
-- params: kind text, account_id int, object_id int, at_ms int
INSERT INTO job (kind, account_id, object_id, state, started_at_ms)
VALUES (:kind, :account_id, :object_id, 'RUNNING', :at_ms)
RETURNING id

-- name: job_end
-- params: id int, state text, done_n int, total_n int, message text, at_ms int
UPDATE job SET state = :state, done_n = :done_n, total_n = :total_n, message = :message, ended_at_ms = :at_ms
 WHERE id = :id

-- name: job_drop
-- params: id int
DELETE FROM job WHERE id = :id

-- name: job_purge
-- params: before int
DELETE FROM job WHERE ended_at_ms < :before

-- What a server that died left behind. A job that another server still runs writes its end over this.
-- name: job_interrupt
-- params: message text, at_ms int
UPDATE job SET state = 'FAILED', message = :message, ended_at_ms = :at_ms WHERE state = 'RUNNING'

-- What its owner may read by now (scope.sql says what reader is). A file of before grades is SEALED.
-- fragment: may_read_file
(:reader >= 0 OR f.secrecy = 'OPEN') AND (:reader > 0 OR f.secrecy <> 'SEALED')

-- name: job_by_id
-- params: id int, account_id int, reader int
SELECT id, kind, object_id, state, done_n, total_n, message, started_at_ms, ended_at_ms,
       CASE WHEN EXISTS (SELECT 1 FROM job_file f WHERE f.job_id = job.id AND {may_read_file}) THEN 1 ELSE 0 END AS has_file
  FROM job WHERE id = :id AND account_id = :account_id

-- name: job_list
-- params: account_id int, reader int
SELECT id, kind, object_id, state, done_n, total_n, message, started_at_ms, ended_at_ms,
       CASE WHEN EXISTS (SELECT 1 FROM job_file f WHERE f.job_id = job.id AND {may_read_file}) THEN 1 ELSE 0 END AS has_file
  FROM job WHERE account_id = :account_id ORDER BY id DESC LIMIT 50

-- name: job_file_put
-- params: job int, name text, mime text, secrecy text, bytes blob, at_ms int
INSERT INTO job_file (job_id, name, mime, secrecy, bytes, at_ms) VALUES (:job, :name, :mime, :secrecy, :bytes, :at_ms)
ON CONFLICT (job_id) DO UPDATE SET name = :name, mime = :mime, secrecy = :secrecy, bytes = :bytes, at_ms = :at_ms

-- name: job_file_get
-- params: job int, account int, reader int
SELECT f.name, f.mime, f.bytes FROM job_file f JOIN job g ON g.id = f.job_id
 WHERE f.job_id = :job AND g.account_id = :account AND {may_read_file}

-- name: job_file_purge
-- params: before int
DELETE FROM job_file WHERE at_ms < :before
