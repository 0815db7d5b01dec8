-- name: lead_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int
SELECT l.* FROM lead l WHERE {may_see_lead}

-- name: lead_name_person
-- params: id int, account int
INSERT INTO record_acl (record_kind, record_id, account_id) VALUES ('lead', :id, :account)
ON CONFLICT (record_kind, record_id, account_id) DO NOTHING
