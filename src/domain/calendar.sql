-- name: work_days
SELECT day, is_work FROM work_day ORDER BY day

-- name: work_days_of_year
-- params: from_day text, to_day text
SELECT day, is_work, name, source FROM work_day WHERE day BETWEEN :from_day AND :to_day ORDER BY day

-- name: work_day_count
SELECT count(*) FROM work_day

-- name: work_days_drop
-- params: from_day text, to_day text
DELETE FROM work_day WHERE day BETWEEN :from_day AND :to_day

-- name: work_day_put
-- params: day text, is_work int, name text, source text, at_ms int
INSERT INTO work_day (day, is_work, name, source, at_ms) VALUES (:day, :is_work, :name, :source, :at_ms)

-- name: work_day_start
-- params: day text, is_work int, name text, source text, from_day text, to_day text
INSERT INTO work_day (day, is_work, name, source, at_ms)
SELECT :day, :is_work, :name, :source, 0
 WHERE NOT EXISTS (SELECT 1 FROM work_day w WHERE w.day BETWEEN :from_day AND :to_day AND w.source <> :source)
ON CONFLICT (day) DO NOTHING
