-- name: param_count
SELECT count(*) FROM param

-- name: params_valid
-- params: today text
SELECT key, value
  FROM param
 WHERE region_code = '000000' AND valid_from_date <= :today AND (valid_to_date IS NULL OR valid_to_date >= :today)
 ORDER BY valid_from_date DESC, id DESC
