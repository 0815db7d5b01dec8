-- Whatever belongs to a division of the present city.
-- name: city_records
SELECT (SELECT count(*) FROM project) + (SELECT count(*) FROM lead) + (SELECT count(*) FROM investor)
       + (SELECT count(*) FROM import_batch)
       + (SELECT count(*) FROM assignment WHERE role NOT IN ('SYS_ADMIN', 'SEC_ADMIN', 'LOG_ADMIN')) AS n

-- The offices are the city's, wherever it is.
-- name: city_move_offices
-- params: prefix text, at_ms int
UPDATE assignment SET scope = :prefix, updated_at_ms = :at_ms, row_version = row_version + 1
 WHERE role IN ('SYS_ADMIN', 'SEC_ADMIN', 'LOG_ADMIN') AND scope <> :prefix
