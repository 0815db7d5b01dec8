-- name: project_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int, today text, today_day int
SELECT p.*, CASE WHEN p.invest_qual = 'EXACT' THEN p.total_invest_fen END AS exact_invest_fen,
       substr(p.region_code, 1, 6) AS county_code,
       {light} AS light, {light_cause} AS light_cause, {light_since} AS light_since_date,
       {stage_days} AS stage_days, {over_days} AS over_days
  FROM project p
 WHERE {may_see_project}

-- name: project_verified_events
-- params: id int
SELECT count(*) FROM stage_event WHERE project_id = :id AND verified_at_ms IS NOT NULL AND is_void = 0

-- name: project_set_investor_text
-- params: id int, investor int
UPDATE project
   SET investor_text = (SELECT name FROM investor WHERE id = :investor)
 WHERE id = :id AND investor_text IS NULL

-- name: project_history
-- params: project int, reader int, before int, limit int
SELECT a.id, a.at_ms, a.role, a.action, a.object, a.outcome, a.diff, coalesce(who.name, a.login) AS name
  FROM audit a LEFT JOIN account who ON who.id = a.account_id
 WHERE a.project_id = :project AND a.id < :before
   AND NOT EXISTS (SELECT 1 FROM evidence g
         WHERE ((a.object = 'evidence' AND g.id = a.object_id)
                OR (a.object = 'grade_change' AND g.id = (SELECT c.record_id FROM grade_change c WHERE c.id = a.object_id AND c.record_kind = 'evidence')))
           AND NOT {cleared_file})
 ORDER BY a.id DESC
 LIMIT :limit
