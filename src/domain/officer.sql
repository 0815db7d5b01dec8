-- fragment: serves_as_officer
g.role = 'SERVICE_OFFICER' AND {in_force} AND a.state = 'ACTIVE' AND a.deleted_at_ms IS NULL

-- Is the account a service officer whose place holds this region, today?
-- name: officer_fits
-- params: account int, region text, today text
SELECT count(*)
  FROM assignment g JOIN account a ON a.id = g.account_id
 WHERE g.account_id = :account AND {serves_as_officer} AND substr(:region, 1, length(g.scope)) = g.scope

-- Each account once, with the widest of the places that it serves; a county's reader also gets those
-- who serve the whole city.
-- name: officers
-- params: scope_lo text, scope_hi text, region text, today text
SELECT a.id, a.name, a.unit_name, a.phone, min(g.scope) AS scope
  FROM assignment g JOIN account a ON a.id = g.account_id
 WHERE {serves_as_officer}
   AND ((g.scope >= :scope_lo AND g.scope < :scope_hi) OR substr(:scope_lo, 1, length(g.scope)) = g.scope)
   AND (:region = '' OR substr(:region, 1, length(g.scope)) = g.scope)
 GROUP BY a.id, a.name, a.unit_name, a.phone
 ORDER BY a.name, a.id
