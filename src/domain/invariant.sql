-- What must hold in every city, one query each: its rows are the violations. Columns: id of the record
-- that is wrong (its noun stands in invariant.c), and what stands there.

-- Shares of one kind of part of a project add up to at most a thousand permille.
-- name: invariant_shares
SELECT project_id AS id, role || ' ' || CAST(sum(share_permille) AS TEXT) AS detail
  FROM project_party WHERE deleted_at_ms IS NULL
 GROUP BY project_id, role HAVING sum(share_permille) > 1000
 ORDER BY 1, 2

-- A later stage was not reached before an earlier one.
-- fragment: stage_rank
CASE to_stage WHEN 'LEAD' THEN 0 WHEN 'TALK' THEN 1 WHEN 'SIGNED' THEN 2 WHEN 'LANDED' THEN 3 WHEN 'STARTED' THEN 4
     WHEN 'PRODUCING' THEN 5 WHEN 'CAPACITY' THEN 6 ELSE 7 END

-- name: invariant_stage_order
SELECT e.project_id AS id, e.to_stage || ' ' || e.event_date || ', before it ' || e.was_date AS detail
  FROM (SELECT project_id, to_stage, event_date,
               max(event_date) OVER (PARTITION BY project_id ORDER BY {stage_rank} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS was_date
          FROM stage_event WHERE kind = 'STAGE' AND is_void = 0 AND verified_at_ms IS NOT NULL) e
 WHERE e.event_date < e.was_date
 ORDER BY 1, 2

-- A project stands where its newest verified event has put it.
-- name: invariant_stage_of_event
SELECT p.id, p.stage || ', event ' || e.to_stage AS detail
  FROM project p JOIN stage_event e ON e.project_id = p.id
 WHERE p.deleted_at_ms IS NULL AND p.is_stage_verified = 1 AND e.is_void = 0 AND e.kind IN ('STAGE', 'CORRECTION')
   AND e.to_stage <> p.stage AND e.verified_at_ms IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM stage_event later WHERE later.project_id = p.id AND later.is_void = 0
          AND later.kind IN ('STAGE', 'CORRECTION') AND later.verified_at_ms IS NOT NULL AND later.id > e.id)
 ORDER BY 1

-- From signing on no verified event without a file that bears it out.
-- name: invariant_event_evidence
SELECT e.id, e.to_stage || ' of project ' || CAST(e.project_id AS TEXT) AS detail
  FROM stage_event e JOIN project p ON p.id = e.project_id
 WHERE e.kind = 'STAGE' AND e.is_void = 0 AND e.source = 'PROPOSAL' AND e.verified_at_ms IS NOT NULL
   AND e.to_stage NOT IN ('LEAD', 'TALK') AND p.deleted_at_ms IS NULL
   AND NOT EXISTS (SELECT 1 FROM evidence f WHERE f.project_id = e.project_id AND f.deleted_at_ms IS NULL AND f.state <> 'REJECTED')
 ORDER BY 1

-- Whoever proposed neither reviewed nor verified, and nobody did both of these.
-- name: invariant_proposal_duties
SELECT s.proposal_id AS id, s.act || ' and ' || t.act || ' by account ' || CAST(s.account_id AS TEXT) AS detail
  FROM proposal_step s JOIN proposal_step t ON t.proposal_id = s.proposal_id AND t.account_id = s.account_id AND t.id > s.id
 WHERE s.act IN ('PROPOSE', 'REVIEW') AND t.act IN ('REVIEW', 'VERIFY')
 ORDER BY 1, 2

-- name: invariant_evidence_duties
SELECT id, 'added and verified by account ' || CAST(created_by AS TEXT) AS detail
  FROM evidence WHERE verified_by = created_by
 ORDER BY 1

-- A verified file has its verifier, another has none.
-- name: invariant_evidence_verifier
SELECT id, state AS detail FROM evidence
 WHERE (state = 'NEW' AND (verified_by IS NOT NULL OR verified_at_ms IS NOT NULL))
    OR (state <> 'NEW' AND (verified_by IS NULL OR verified_at_ms IS NULL))
 ORDER BY 1

-- What is done has gone through its verification (or review, where that is the last step).
-- name: invariant_proposal_done
SELECT g.id, g.kind || ' ' || g.state AS detail
  FROM proposal g
 WHERE (g.state = 'DONE' AND NOT EXISTS (SELECT 1 FROM proposal_step s WHERE s.proposal_id = g.id AND s.act IN ('REVIEW', 'VERIFY')))
    OR (g.state = 'OPEN' AND g.next_act IS NULL) OR (g.state <> 'OPEN' AND g.next_act IS NOT NULL)
 ORDER BY 1

-- Funds in place of a project are the sum of its records that count (handbook 4.3).
-- name: invariant_funds
SELECT p.id, CAST(p.funds_fen AS TEXT) || ', records ' || CAST(coalesce(f.fen, 0) AS TEXT) AS detail
  FROM project p
  LEFT JOIN (SELECT project_id, CAST(sum(amount_fen) AS BIGINT) AS fen FROM funds_record
              WHERE deleted_at_ms IS NULL AND state IN ('CITY_OK', 'FROZEN') AND origin <> 'LOCAL'
                AND form <> 'M_A'
              GROUP BY project_id) f ON f.project_id = p.id
 WHERE p.deleted_at_ms IS NULL AND p.funds_fen <> coalesce(f.fen, 0)
 ORDER BY 1

-- An amount in yuan is the amount.
-- name: invariant_funds_amount
SELECT id, CAST(amount_minor AS TEXT) || ' ' || currency || ', ' || CAST(amount_fen AS TEXT) AS detail
  FROM funds_record WHERE amount_fen < 0 OR (currency = 'CNY' AND amount_fen <> amount_minor)
 ORDER BY 1

-- Places are divisions that there are: scope is a prefix test on them.
-- name: invariant_project_region
SELECT p.id, p.region_code AS detail FROM project p
 WHERE NOT EXISTS (SELECT 1 FROM region r WHERE r.code = p.region_code)
 ORDER BY 1

-- name: invariant_investor_region
SELECT i.id, i.region_code AS detail FROM investor i
 WHERE NOT EXISTS (SELECT 1 FROM region r WHERE r.code = i.region_code)
 ORDER BY 1

-- name: invariant_lead_region
SELECT l.id, l.region_code AS detail FROM lead l
 WHERE NOT EXISTS (SELECT 1 FROM region r WHERE r.code = l.region_code)
 ORDER BY 1

-- name: invariant_import_region
SELECT b.id, b.region_code AS detail FROM import_batch b
 WHERE NOT EXISTS (SELECT 1 FROM region r WHERE r.code = b.region_code OR substr(r.code, 1, length(b.region_code)) = b.region_code)
 ORDER BY 1

-- A role that is in force has its scope among the divisions.
-- name: invariant_assignment_scope
SELECT g.id, g.role || ' ' || coalesce(g.scope, '-') AS detail FROM assignment g
 WHERE g.deleted_at_ms IS NULL AND g.ended_at_ms IS NULL AND g.scope IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM region r WHERE substr(r.code, 1, length(g.scope)) = g.scope)
 ORDER BY 1

-- References that no foreign key keeps.
-- name: invariant_contact_owner
SELECT c.id, c.owner_kind || ' ' || CAST(c.owner_id AS TEXT) AS detail
  FROM contact c
 WHERE (c.owner_kind = 'PROJECT' AND NOT EXISTS (SELECT 1 FROM project p WHERE p.id = c.owner_id))
    OR (c.owner_kind = 'INVESTOR' AND NOT EXISTS (SELECT 1 FROM investor i WHERE i.id = c.owner_id))
    OR (c.owner_kind = 'LEAD' AND NOT EXISTS (SELECT 1 FROM lead l WHERE l.id = c.owner_id))
 ORDER BY 1

-- name: invariant_project_references
SELECT p.id, CASE WHEN o.id IS NULL AND p.officer_id IS NOT NULL THEN 'officer ' || CAST(p.officer_id AS TEXT)
                  WHEN l.id IS NULL AND p.lead_id IS NOT NULL THEN 'lead ' || CAST(p.lead_id AS TEXT)
                  WHEN m.id IS NULL AND p.merged_into IS NOT NULL THEN 'merged into ' || CAST(p.merged_into AS TEXT)
                  ELSE 'import ' || CAST(p.import_id AS TEXT) END AS detail
  FROM project p
  LEFT JOIN account o ON o.id = p.officer_id
  LEFT JOIN lead l ON l.id = p.lead_id
  LEFT JOIN project m ON m.id = p.merged_into
  LEFT JOIN import_batch b ON b.id = p.import_id
 WHERE (p.officer_id IS NOT NULL AND o.id IS NULL) OR (p.lead_id IS NOT NULL AND l.id IS NULL)
    OR (p.merged_into IS NOT NULL AND m.id IS NULL) OR (p.import_id IS NOT NULL AND b.id IS NULL)
 ORDER BY 1

-- name: invariant_proposal_evidence
SELECT g.id, 'evidence ' || CAST(g.evidence_id AS TEXT) AS detail
  FROM proposal g LEFT JOIN evidence e ON e.id = g.evidence_id AND e.project_id = g.project_id
 WHERE g.evidence_id IS NOT NULL AND e.id IS NULL
 ORDER BY 1

-- name: invariant_agreement_evidence
SELECT a.id, 'evidence ' || CAST(a.evidence_id AS TEXT) || ' of another project' AS detail
  FROM agreement a JOIN evidence e ON e.id = a.evidence_id
 WHERE e.project_id <> a.project_id
 ORDER BY 1

-- name: invariant_acl
SELECT a.record_id AS id, a.record_kind || ' for account ' || CAST(a.account_id AS TEXT) AS detail
  FROM record_acl a
 WHERE NOT EXISTS (SELECT 1 FROM account c WHERE c.id = a.account_id)
    OR (a.record_kind = 'project' AND NOT EXISTS (SELECT 1 FROM project p WHERE p.id = a.record_id))
    OR (a.record_kind = 'lead' AND NOT EXISTS (SELECT 1 FROM lead l WHERE l.id = a.record_id))
    OR (a.record_kind = 'evidence' AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.id = a.record_id))
 ORDER BY 1, 2

-- A merged project says into which, another has none.
-- name: invariant_merged
SELECT id, side || ', merged into ' || coalesce(CAST(merged_into AS TEXT), '-') AS detail
  FROM project
 WHERE (side = 'MERGED' AND merged_into IS NULL) OR (side <> 'MERGED' AND merged_into IS NOT NULL) OR merged_into = id
 ORDER BY 1

-- A size band is that of an exact amount; without one there is none.
-- name: invariant_size_band
SELECT id, coalesce(size_band, '-') || ' ' || coalesce(invest_qual, '-') || ' ' || coalesce(CAST(total_invest_fen AS TEXT), '-') AS detail
  FROM project
 WHERE (size_band IS NULL AND invest_qual = 'EXACT' AND total_invest_fen IS NOT NULL)
    OR (size_band IS NOT NULL AND (total_invest_fen IS NULL OR coalesce(invest_qual, '-') <> 'EXACT'))
 ORDER BY 1

-- No number of a code was given out past its counter, so none can come twice.
-- name: invariant_project_code
SELECT p.id, p.code || ', counter ' || coalesce(CAST(c.last_no AS TEXT), '-') AS detail
  FROM project p LEFT JOIN code_counter c ON c.prefix = substr(p.code, 1, length(p.code) - 5)
 WHERE coalesce(c.last_no, -1) < CAST(substr(p.code, length(p.code) - 4, 5) AS BIGINT)
 ORDER BY 1

-- A sealed record has a named person, else nobody could ever open it.
-- name: invariant_sealed_named
SELECT p.id, p.code AS detail FROM project p
 WHERE p.secrecy = 'SEALED' AND p.deleted_at_ms IS NULL
   AND NOT EXISTS (SELECT 1 FROM record_acl a WHERE a.record_kind = 'project' AND a.record_id = p.id)
UNION ALL
SELECT l.id, l.code AS detail FROM lead l
 WHERE l.secrecy = 'SEALED' AND l.deleted_at_ms IS NULL
   AND NOT EXISTS (SELECT 1 FROM record_acl a WHERE a.record_kind = 'lead' AND a.record_id = l.id)
UNION ALL
SELECT e.id, 'evidence ' || CAST(e.id AS TEXT) AS detail FROM evidence e
 WHERE e.secrecy = 'SEALED' AND e.deleted_at_ms IS NULL
   AND NOT EXISTS (SELECT 1 FROM record_acl a WHERE a.record_kind = 'evidence' AND a.record_id = e.id)
 ORDER BY 1

-- Sealed fields are sealed (domain/seal.h).
-- name: invariant_contact_sealed
SELECT id, 'a telephone or identity number in the clear' AS detail FROM contact
 WHERE (mobile IS NOT NULL AND substr(mobile, 1, 4) <> 'zs1.') OR (phone IS NOT NULL AND substr(phone, 1, 4) <> 'zs1.')
    OR (resident_id IS NOT NULL AND substr(resident_id, 1, 4) <> 'zs1.')
 ORDER BY 1

-- A file that is pointed to is there, with the size that is told.
-- name: invariant_evidence_file
SELECT e.id, e.sha256 AS detail
  FROM evidence e LEFT JOIN file_blob b ON b.sha256 = e.sha256
 WHERE b.sha256 IS NULL OR b.size_bytes <> e.size_bytes
 ORDER BY 1

-- name: invariant_file_size
SELECT 0 AS id, sha256 || ' ' || CAST(size_bytes AS TEXT) || ', bytes ' || CAST(length(bytes) AS TEXT) AS detail
  FROM file_blob WHERE length(bytes) <> size_bytes
 ORDER BY 2

-- A written row of an import belongs to a project.
-- name: invariant_import_row
SELECT r.id, 'row ' || CAST(r.row_no AS TEXT) || ' of import ' || CAST(r.import_id AS TEXT) AS detail
  FROM import_row r LEFT JOIN project p ON p.id = r.project_id
 WHERE r.is_written = 1 AND p.id IS NULL
 ORDER BY 1

-- No account holds two of the three offices (names.md "Roles", R-008).
-- name: invariant_offices
SELECT g.account_id AS id, g.role || ' and ' || h.role AS detail
  FROM assignment g JOIN assignment h ON h.account_id = g.account_id AND h.id > g.id AND h.role <> g.role
 WHERE g.deleted_at_ms IS NULL AND h.deleted_at_ms IS NULL AND g.ended_at_ms IS NULL AND h.ended_at_ms IS NULL
   AND g.role IN ('SYS_ADMIN', 'SEC_ADMIN', 'LOG_ADMIN') AND h.role IN ('SYS_ADMIN', 'SEC_ADMIN', 'LOG_ADMIN')
   AND (g.valid_to_date IS NULL OR g.valid_to_date >= h.valid_from_date)
   AND (h.valid_to_date IS NULL OR h.valid_to_date >= g.valid_from_date)
 ORDER BY 1, 2

-- Days are days, also where a text column holds them.
-- name: invariant_project_days
SELECT id, coalesce(sign_date, '') || ' ' || coalesce(land_date, '') || ' ' || coalesce(start_date, '') AS detail
  FROM project
 WHERE (sign_date IS NOT NULL AND length(sign_date) <> 10) OR (land_date IS NOT NULL AND length(land_date) <> 10)
    OR (start_date IS NOT NULL AND length(start_date) <> 10) OR (produce_date IS NOT NULL AND length(produce_date) <> 10)
 ORDER BY 1

-- The derived key of every name, to be compared with the name.
-- name: invariant_project_names
-- params: after int
SELECT id, name, name_key FROM project WHERE id > :after ORDER BY id LIMIT 2000

-- name: invariant_investor_names
-- params: after int
SELECT id, name, name_key FROM investor WHERE id > :after ORDER BY id LIMIT 2000
