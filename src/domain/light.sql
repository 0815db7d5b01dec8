-- The light of :today from the days that light.c keeps in the row. side and stage first: what has ended
-- has no light, what is suspended is grey.

-- fragment: light
CASE WHEN p.side = 'SUSPENDED' THEN 'GREY' WHEN p.side <> 'ACTIVE' OR p.stage = 'CLOSED' THEN NULL
     WHEN p.red_date <= :today OR p.manual_light = 'RED' THEN 'RED'
     WHEN p.yellow_date <= :today OR p.manual_light = 'YELLOW' THEN 'YELLOW' ELSE 'GREEN' END

-- fragment: light_cause
CASE WHEN p.side = 'SUSPENDED' THEN 'SUSPENDED' WHEN p.side <> 'ACTIVE' OR p.stage = 'CLOSED' THEN NULL
     WHEN p.red_date <= :today THEN p.red_cause WHEN p.manual_light = 'RED' THEN 'MANUAL'
     WHEN p.yellow_date <= :today THEN p.yellow_cause WHEN p.manual_light = 'YELLOW' THEN 'MANUAL' END

-- fragment: light_since
CASE WHEN p.side = 'SUSPENDED' THEN p.suspended_since_date WHEN p.side <> 'ACTIVE' OR p.stage = 'CLOSED' THEN NULL
     WHEN p.red_date <= :today THEN p.red_date WHEN p.manual_light = 'RED' THEN p.manual_light_date
     WHEN p.yellow_date <= :today THEN p.yellow_date WHEN p.manual_light = 'YELLOW' THEN p.manual_light_date END

-- Active days in the stage: the clock's day has the suspensions of the stage added to the day of entry.
-- fragment: stage_days
CASE WHEN p.stopped_days IS NULL THEN :today_day - p.clock_day ELSE p.stopped_days END

-- fragment: over_days
CASE WHEN p.stopped_days IS NULL AND :today_day - p.clock_day > p.target_days
     THEN :today_day - p.clock_day - p.target_days END

-- fragment: light_facts
SELECT p.id, p.stage, p.side, p.stage_since_date, p.suspended_since_date, p.suspended_days, p.plan_start_date,
       p.start_date, p.plan_produce_date, p.officer_id, p.last_contact_date,
       coalesce(p.fai_fen, CASE WHEN p.invest_qual = 'EXACT' THEN p.total_invest_fen END) AS basis_fen,
       (SELECT g.month FROM progress g WHERE g.project_id = p.id AND g.deleted_at_ms IS NULL
         ORDER BY g.month DESC LIMIT 1) AS report_month,
       (SELECT g.invest_done_fen FROM progress g WHERE g.project_id = p.id AND g.deleted_at_ms IS NULL
         ORDER BY g.month DESC LIMIT 1) AS done_fen,
       p.clock_day, p.stopped_days, p.target_days, p.yellow_date, p.yellow_cause, p.red_date, p.red_cause
  FROM project p

-- name: light_facts_of
-- params: id int
SELECT f.* FROM {light_facts} AS f WHERE f.id = :id

-- name: light_facts_after
-- params: after int, limit int
SELECT f.* FROM {light_facts} AS f WHERE f.id > :after ORDER BY f.id LIMIT :limit

-- No row_version: nobody's edit becomes stale because a day was computed anew.
-- name: light_store
-- params: id int, clock_day int, stopped_days int, target_days int, yellow_date text, yellow_cause text, red_date text, red_cause text
UPDATE project
   SET clock_day = :clock_day, stopped_days = :stopped_days, target_days = :target_days, yellow_date = :yellow_date,
       yellow_cause = :yellow_cause, red_date = :red_date, red_cause = :red_cause
 WHERE id = :id

-- name: light_set_loaded
-- params: digest text
INSERT INTO setting (key, value) VALUES ('lights', :digest)
ON CONFLICT (key) DO UPDATE SET value = excluded.value
