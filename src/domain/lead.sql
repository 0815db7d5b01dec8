-- name: lead_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT l.* FROM lead l WHERE {may_see_lead}
