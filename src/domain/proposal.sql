-- name: proposal_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT g.*, p.name AS project_name, p.region_code, p.stage, maker.name AS proposer_name,
       CASE WHEN g.created_by = :actor THEN 1 ELSE 0 END AS is_own,
       CASE WHEN EXISTS (SELECT 1 FROM proposal later WHERE later.project_id = g.project_id AND later.id > g.id
              AND later.deleted_at_ms IS NULL) THEN 0 ELSE 1 END AS is_newest
  FROM proposal g
  JOIN project p ON p.id = g.project_id
  JOIN account maker ON maker.id = g.created_by
 WHERE g.deleted_at_ms IS NULL AND {may_see_project}

-- name: proposal_step_add
-- params: proposal int, act text, account int, role text, at_ms int, comment text
INSERT INTO proposal_step (proposal_id, act, account_id, role, at_ms, comment)
VALUES (:proposal, :act, :account, :role, :at_ms, :comment)

-- name: proposal_steps
-- params: proposal int
SELECT s.act, s.role, s.at_ms, s.comment, a.name, a.id AS account_id
  FROM proposal_step s JOIN account a ON a.id = s.account_id
 WHERE s.proposal_id = :proposal
 ORDER BY s.id

-- name: proposal_acted
-- params: proposal int, account int
SELECT count(*) FROM proposal_step WHERE proposal_id = :proposal AND account_id = :account

-- name: proposal_open_of
-- params: project int
SELECT count(*) FROM proposal WHERE project_id = :project AND state = 'OPEN' AND deleted_at_ms IS NULL

-- name: proposal_latest
-- params: project int
SELECT g.*, p.name AS project_name, p.region_code, p.stage, maker.name AS proposer_name
  FROM proposal g
  JOIN project p ON p.id = g.project_id
  JOIN account maker ON maker.id = g.created_by
 WHERE g.project_id = :project AND g.deleted_at_ms IS NULL
 ORDER BY g.id DESC
 LIMIT 2

-- name: stage_event_add
-- params: project int, kind text, from_stage text, to_stage text, event_date text, proposal int, recorded_at_ms int, verified_by int, note text
INSERT INTO stage_event (project_id, kind, from_stage, to_stage, event_date, source, proposal_id, recorded_at_ms, verified_at_ms, verified_by, note)
VALUES (:project, :kind, :from_stage, :to_stage, :event_date, 'PROPOSAL', :proposal, :recorded_at_ms, :recorded_at_ms, :verified_by, :note)

-- name: stage_events
-- params: project int
SELECT id, kind, from_stage, to_stage, event_date, date_precision, source, verified_at_ms
  FROM stage_event
 WHERE project_id = :project AND is_void = 0
 ORDER BY event_date, id

-- name: stage_event_last_day
-- params: project int
SELECT max(event_date) AS event_date FROM stage_event WHERE project_id = :project AND is_void = 0

-- name: stage_events_confirm
-- params: project int, at_ms int, account int
UPDATE stage_event SET verified_at_ms = :at_ms, verified_by = :account
 WHERE project_id = :project AND verified_at_ms IS NULL AND is_void = 0

-- name: stage_events_void_after
-- params: project int, stage text
UPDATE stage_event SET is_void = 1
 WHERE project_id = :project AND kind = 'STAGE' AND is_void = 0 AND to_stage = :stage

-- name: proposals_waiting
SELECT id, next_act, updated_at_ms FROM proposal WHERE state = 'OPEN' AND deleted_at_ms IS NULL ORDER BY id

-- name: proposal_set_due
-- params: id int, due text
UPDATE proposal SET due_date = :due WHERE id = :id
