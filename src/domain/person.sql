-- Contacts of a visible owner, the deleted ones too: a person is erased from the bin as well.
-- name: person_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT c.*
  FROM contact c
 WHERE (c.owner_kind = 'PROJECT' AND EXISTS (SELECT 1 FROM project p WHERE p.id = c.owner_id AND {may_see_project}))
    OR (c.owner_kind = 'INVESTOR' AND EXISTS (SELECT 1 FROM investor i WHERE i.id = c.owner_id AND {may_see_investor}))
    OR (c.owner_kind = 'LEAD' AND EXISTS (SELECT 1 FROM lead l WHERE l.id = c.owner_id AND {may_see_lead}))

-- name: person_hold_of
-- params: contact_id int, today text
SELECT reason, until_date FROM person_request
 WHERE contact_id = :contact_id AND kind = 'HOLD' AND ended_at_ms IS NULL
   AND (until_date IS NULL OR until_date >= :today)
 ORDER BY id DESC LIMIT 1

-- name: person_request_add
-- params: contact_id int, kind text, reason text, until_date text, contacts_n int, at_ms int, account_id int
INSERT INTO person_request (contact_id, kind, reason, until_date, contacts_n, at_ms, account_id)
VALUES (:contact_id, :kind, :reason, :until_date, :contacts_n, :at_ms, :account_id)

-- name: person_release
-- params: contact_id int, at_ms int
UPDATE person_request SET ended_at_ms = :at_ms WHERE contact_id = :contact_id AND kind = 'HOLD' AND ended_at_ms IS NULL

-- name: person_requests
-- params: contact_id int
SELECT r.id, r.kind, r.reason, r.until_date, r.contacts_n, r.at_ms, r.ended_at_ms, a.name
  FROM person_request r LEFT JOIN account a ON a.id = r.account_id
 WHERE r.contact_id = :contact_id ORDER BY r.id DESC LIMIT 200

-- The record as a person's is gone; whatever its version was. is_main = 0 keeps no mark either.
-- name: person_erase
-- params: id int, name text, at_ms int
UPDATE contact
   SET name = :name, title = NULL, mobile = NULL, phone = NULL, email = NULL, wechat = NULL, resident_id = NULL,
       purpose = NULL, consent = NULL, is_main = 0, updated_at_ms = :at_ms, row_version = row_version + 1,
       deleted_at_ms = coalesce(deleted_at_ms, :at_ms)
 WHERE id = :id
