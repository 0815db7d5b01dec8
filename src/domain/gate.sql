-- All that the gates ask of one project, in one row. A rejected file does not count. 500 m are
-- 4,492 millionths of a degree of latitude; cos_permille narrows the longitude.

-- name: gate_latitude
-- params: id int
SELECT lat_e6 FROM project WHERE id = :id

-- name: gate_facts
-- params: id int, cos_permille int
SELECT CASE WHEN p.investor_text IS NOT NULL OR EXISTS (SELECT 1 FROM project_party y WHERE y.project_id = p.id
              AND y.role = 'INVESTOR' AND y.deleted_at_ms IS NULL) THEN 1 ELSE 0 END AS has_investor,
       CASE WHEN p.industry_code IS NULL THEN 0 ELSE 1 END AS has_industry,
       coalesce(length(p.industry_code), 0) AS industry_digits,
       CASE WHEN p.handler IS NULL AND p.officer_id IS NULL THEN 0 ELSE 1 END AS has_handler,
       (SELECT count(*) FROM talk t WHERE t.project_id = p.id AND t.deleted_at_ms IS NULL) AS talks,
       (SELECT CAST(max(substr(t.talk_date, 1, 4) || substr(t.talk_date, 6, 2) || substr(t.talk_date, 9, 2)) AS BIGINT)
          FROM talk t WHERE t.project_id = p.id AND t.deleted_at_ms IS NULL) AS last_talk_ymd,
       (SELECT count(*) FROM agreement a WHERE a.project_id = p.id AND a.deleted_at_ms IS NULL AND a.kind = 'CONTRACT') AS contracts,
       (SELECT count(*) FROM project_party y WHERE y.project_id = p.id AND y.role = 'INVESTOR' AND y.deleted_at_ms IS NULL) AS investors,
       (SELECT count(*) FROM talk t WHERE t.project_id = p.id AND t.deleted_at_ms IS NULL
           AND t.ours IS NOT NULL AND t.theirs IS NOT NULL AND length(t.content) >= 50) AS full_talks,
       (SELECT count(*) FROM agreement a JOIN evidence e ON e.id = a.evidence_id
         WHERE a.project_id = p.id AND a.deleted_at_ms IS NULL AND a.kind = 'CONTRACT' AND a.is_sealed_by_both = 1
           AND e.deleted_at_ms IS NULL AND e.state <> 'REJECTED') AS sealed_contracts,
       (SELECT count(*) FROM project_party y JOIN investor i ON i.id = y.investor_id
         WHERE y.project_id = p.id AND y.role = 'INVESTOR' AND y.deleted_at_ms IS NULL
           AND i.id_no IS NOT NULL AND i.id_kind IN ('USCC', 'FOREIGN_REG')) AS identified_investors,
       p.total_invest_fen, p.fai_fen, p.land_mu_e2, p.energy_tce_e2,
       (SELECT count(*) FROM project_phase h WHERE h.project_id = p.id AND h.deleted_at_ms IS NULL) AS phases,
       CASE WHEN p.admission IN ('PASS', 'NA', 'WAIVED') AND p.admission_doc_no IS NOT NULL THEN 1 ELSE 0 END AS is_admitted,
       CASE WHEN p.review_doc_no IS NULL THEN 0 ELSE 1 END AS has_review_doc,
       (SELECT count(*) FROM project_party y JOIN investor i ON i.id = y.investor_id
         WHERE y.project_id = p.id AND y.role = 'PROJECT_COMPANY' AND y.deleted_at_ms IS NULL
           AND i.id_kind = 'USCC' AND i.id_no IS NOT NULL) AS local_companies,
       (SELECT count(*) FROM project_code c WHERE c.project_id = p.id AND c.deleted_at_ms IS NULL) AS national_codes,
       coalesce(f.licences, 0) AS licences, coalesce(f.land_contracts, 0) AS land_contracts,
       coalesce(f.long_leases, 0) AS long_leases, coalesce(f.leases, 0) AS leases, coalesce(f.photos, 0) AS photos, coalesce(f.permits, 0) AS permits, coalesce(f.fitouts, 0) AS fitouts,
       coalesce(f.equipment_orders, 0) AS equipment_orders, coalesce(f.payments, 0) AS payments,
       coalesce(f.acceptances, 0) AS acceptances, coalesce(f.sales_or_power, 0) AS sales_or_power,
       coalesce(f.env_permits, 0) AS env_permits, coalesce(f.above_scale, 0) AS above_scale,
       coalesce(f.output_proofs, 0) AS output_proofs, coalesce(f.closing_reviews, 0) AS closing_reviews,
       (SELECT count(*) FROM evidence e WHERE e.project_id = p.id AND e.deleted_at_ms IS NULL AND e.kind = 'PHOTO'
           AND e.state <> 'REJECTED' AND e.photo_at_ms IS NOT NULL
           AND CASE WHEN e.photo_lat_e6 - p.lat_e6 BETWEEN -4492 AND 4492
                     AND (e.photo_lng_e6 - p.lng_e6) * :cos_permille BETWEEN -4492000 AND 4492000
                    THEN (e.photo_lat_e6 - p.lat_e6) * (e.photo_lat_e6 - p.lat_e6) * 1000000
                       + (e.photo_lng_e6 - p.lng_e6) * :cos_permille * ((e.photo_lng_e6 - p.lng_e6) * :cos_permille)
                    ELSE 30000000000000 END <= 20178064000000) AS photos_on_site,
       CASE WHEN coalesce(p.cod_kg, 0) + coalesce(p.nh3n_kg, 0) + coalesce(p.so2_kg, 0) + coalesce(p.nox_kg, 0)
               + coalesce(p.voc_kg, 0) + coalesce(p.pm_kg, 0) > 0 THEN 1 ELSE 0 END AS has_emissions
  FROM project p
  LEFT JOIN (SELECT project_id,
       count(CASE WHEN kind = 'LICENCE' THEN 1 END) AS licences,
       count(CASE WHEN kind = 'LAND_CONTRACT' THEN 1 END) AS land_contracts,
       count(CASE WHEN kind = 'LEASE' THEN 1 END) AS leases,
       count(CASE WHEN kind = 'PHOTO' THEN 1 END) AS photos,
       count(CASE WHEN kind = 'LEASE' AND doc_until_date >= CAST(CAST(substr(doc_date, 1, 4) AS BIGINT) + 3 AS TEXT) || substr(doc_date, 5)
             THEN 1 END) AS long_leases,
       count(CASE WHEN kind = 'PERMIT' THEN 1 END) AS permits,
       count(CASE WHEN kind = 'FITOUT_CONTRACT' THEN 1 END) AS fitouts,
       count(CASE WHEN kind = 'EQUIPMENT_ORDER' THEN 1 END) AS equipment_orders,
       count(CASE WHEN kind IN ('BANK_SLIP', 'INVOICE') THEN 1 END) AS payments,
       count(CASE WHEN kind = 'ACCEPTANCE' THEN 1 END) AS acceptances,
       count(CASE WHEN kind IN ('SALES_INVOICE', 'ELECTRICITY') THEN 1 END) AS sales_or_power,
       count(CASE WHEN kind = 'ENV_PERMIT' THEN 1 END) AS env_permits,
       count(CASE WHEN kind = 'ABOVE_SCALE' THEN 1 END) AS above_scale,
       count(CASE WHEN kind = 'OUTPUT_PROOF' THEN 1 END) AS output_proofs,
       count(CASE WHEN kind = 'REVIEW' THEN 1 END) AS closing_reviews
  FROM evidence
 WHERE project_id = :id AND deleted_at_ms IS NULL AND state <> 'REJECTED'
 GROUP BY project_id) f ON f.project_id = p.id
 WHERE p.id = :id
