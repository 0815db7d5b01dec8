-- name: region_put
-- params: code text, name text, name_en text, level text, parent text, is_unit int, is_zone int, sort_no int
INSERT INTO region (code, name, name_en, level, parent, is_unit, is_zone, sort_no)
VALUES (:code, :name, :name_en, :level, :parent, :is_unit, :is_zone, :sort_no)
ON CONFLICT (code) DO NOTHING

-- name: industry_put
-- params: code text, name text, level text, parent text, section text
INSERT INTO industry (code, name, level, parent, section)
VALUES (:code, :name, :level, :parent, :section)
ON CONFLICT (code) DO NOTHING

-- name: param_put
-- params: key text, region text, value int, unit text, from_date text, doc text
INSERT INTO param (key, region_code, value, unit, valid_from_date, doc_no)
VALUES (:key, :region, :value, :unit, :from_date, :doc)
ON CONFLICT (key, region_code, valid_from_date) DO NOTHING

-- name: reference_is_loaded
-- params: digest text
SELECT count(*) AS n FROM setting WHERE key = 'reference' AND value = :digest

-- name: reference_set_loaded
-- params: digest text
INSERT INTO setting (key, value) VALUES ('reference', :digest)
ON CONFLICT (key) DO UPDATE SET value = excluded.value
