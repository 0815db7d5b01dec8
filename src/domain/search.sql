-- The search of the header: for each kind the rows whose grams match and that the actor may see, newest
-- first, before a row (all = the greatest). The texts are those of the index; C looks a second time.
-- search_gram is a table of FTS5 on SQLite and one of tsvectors on PostgreSQL: hence two texts. CROSS
-- JOIN keeps SQLite from anything but: grams, newest first, then the record. PostgreSQL chooses by how
-- common the word is: a rare one from the GIN index, a common one down the ids until there is enough. It
-- must know, hence the wide statistics of search_gram. OFFSET 0 keeps the record's rights behind both.

-- name: search_project @sqlite
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int, grams text, before int, limit int
SELECT d.id, d.record_id, d.name, d.alias, d.code, d.body, p.name AS label, '' AS parent_kind, 0 AS parent_id,
       '' AS parent, p.stage AS info
  FROM search_gram h CROSS JOIN search_doc d ON d.id = h.rowid JOIN project p ON p.id = d.record_id
 WHERE h.search_gram MATCH :grams AND h.rowid < :before AND {may_see_project}
 ORDER BY h.rowid DESC
 LIMIT :limit

-- name: search_project @postgres
-- plan: each time
SELECT d.id, d.record_id, d.name, d.alias, d.code, d.body, x.label, x.parent_kind, x.parent_id, x.parent, x.info
  FROM search_gram h JOIN search_doc d ON d.id = h.id
 CROSS JOIN LATERAL
    (SELECT p.name AS label, '' AS parent_kind, 0 AS parent_id, '' AS parent, p.stage AS info
       FROM project p WHERE p.id = d.record_id AND {may_see_project}
     OFFSET 0) x
 WHERE h.grams @@ CAST(:grams AS tsquery) AND h.id < :before
 ORDER BY h.id DESC
 LIMIT :limit

-- name: search_investor @sqlite
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int, grams text, before int, limit int
SELECT d.id, d.record_id, d.name, d.alias, d.code, d.body, i.name AS label, '' AS parent_kind, 0 AS parent_id,
       '' AS parent, i.region_code AS info
  FROM search_gram h CROSS JOIN search_doc d ON d.id = h.rowid JOIN investor i ON i.id = d.record_id
 WHERE h.search_gram MATCH :grams AND h.rowid < :before AND {may_see_investor}
 ORDER BY h.rowid DESC
 LIMIT :limit

-- name: search_investor @postgres
-- plan: each time
SELECT d.id, d.record_id, d.name, d.alias, d.code, d.body, x.label, x.parent_kind, x.parent_id, x.parent, x.info
  FROM search_gram h JOIN search_doc d ON d.id = h.id
 CROSS JOIN LATERAL
    (SELECT i.name AS label, '' AS parent_kind, 0 AS parent_id, '' AS parent, i.region_code AS info
       FROM investor i WHERE i.id = d.record_id AND {may_see_investor}
     OFFSET 0) x
 WHERE h.grams @@ CAST(:grams AS tsquery) AND h.id < :before
 ORDER BY h.id DESC
 LIMIT :limit

-- name: search_lead @sqlite
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int, grams text, before int, limit int
SELECT d.id, d.record_id, d.name, d.alias, d.code, d.body, l.investor_name AS label, '' AS parent_kind, 0 AS parent_id,
       '' AS parent, l.state AS info
  FROM search_gram h CROSS JOIN search_doc d ON d.id = h.rowid JOIN lead l ON l.id = d.record_id
 WHERE h.search_gram MATCH :grams AND h.rowid < :before AND {may_see_lead}
 ORDER BY h.rowid DESC
 LIMIT :limit

-- name: search_lead @postgres
-- plan: each time
SELECT d.id, d.record_id, d.name, d.alias, d.code, d.body, x.label, x.parent_kind, x.parent_id, x.parent, x.info
  FROM search_gram h JOIN search_doc d ON d.id = h.id
 CROSS JOIN LATERAL
    (SELECT l.investor_name AS label, '' AS parent_kind, 0 AS parent_id, '' AS parent, l.state AS info
       FROM lead l WHERE l.id = d.record_id AND {may_see_lead}
     OFFSET 0) x
 WHERE h.grams @@ CAST(:grams AS tsquery) AND h.id < :before
 ORDER BY h.id DESC
 LIMIT :limit

-- name: search_contact @sqlite
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int, grams text, before int, limit int
SELECT d.id, d.record_id, d.name, d.alias, d.code, d.body, c.name AS label, c.owner_kind AS parent_kind, c.owner_id AS parent_id,
       CASE c.owner_kind WHEN 'PROJECT' THEN (SELECT f.name FROM project f WHERE f.id = c.owner_id)
            WHEN 'INVESTOR' THEN (SELECT f.name FROM investor f WHERE f.id = c.owner_id)
            ELSE (SELECT f.investor_name FROM lead f WHERE f.id = c.owner_id) END AS parent, c.title AS info
  FROM search_gram h CROSS JOIN search_doc d ON d.id = h.rowid JOIN contact c ON c.id = d.record_id
 WHERE h.search_gram MATCH :grams AND h.rowid < :before AND {may_see_contact}
 ORDER BY h.rowid DESC
 LIMIT :limit

-- name: search_contact @postgres
-- plan: each time
SELECT d.id, d.record_id, d.name, d.alias, d.code, d.body, x.label, x.parent_kind, x.parent_id, x.parent, x.info
  FROM search_gram h JOIN search_doc d ON d.id = h.id
 CROSS JOIN LATERAL
    (SELECT c.name AS label, c.owner_kind AS parent_kind, c.owner_id AS parent_id,
           CASE c.owner_kind WHEN 'PROJECT' THEN (SELECT f.name FROM project f WHERE f.id = c.owner_id)     
             WHEN 'INVESTOR' THEN (SELECT f.name FROM investor f WHERE f.id = c.owner_id)     
             ELSE (SELECT f.investor_name FROM lead f WHERE f.id = c.owner_id) END AS parent, c.title AS info
       FROM contact c WHERE c.id = d.record_id AND {may_see_contact}
     OFFSET 0) x
 WHERE h.grams @@ CAST(:grams AS tsquery) AND h.id < :before
 ORDER BY h.id DESC
 LIMIT :limit

-- name: search_talk @sqlite
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int, grams text, before int, limit int
SELECT d.id, d.record_id, d.name, d.alias, d.code, d.body, t.content AS label, CASE WHEN t.project_id IS NULL THEN 'LEAD' ELSE 'PROJECT' END AS parent_kind, coalesce(t.project_id, t.lead_id) AS parent_id,
       coalesce((SELECT f.name FROM project f WHERE f.id = t.project_id), (SELECT f.investor_name FROM lead f WHERE f.id = t.lead_id)) AS parent, t.talk_date AS info
  FROM search_gram h CROSS JOIN search_doc d ON d.id = h.rowid JOIN talk t ON t.id = d.record_id
 WHERE h.search_gram MATCH :grams AND h.rowid < :before AND {may_see_talk}
 ORDER BY h.rowid DESC
 LIMIT :limit

-- name: search_talk @postgres
-- plan: each time
SELECT d.id, d.record_id, d.name, d.alias, d.code, d.body, x.label, x.parent_kind, x.parent_id, x.parent, x.info
  FROM search_gram h JOIN search_doc d ON d.id = h.id
 CROSS JOIN LATERAL
    (SELECT t.content AS label, CASE WHEN t.project_id IS NULL THEN 'LEAD' ELSE 'PROJECT' END AS parent_kind, coalesce(t.project_id, t.lead_id) AS parent_id, coalesce((SELECT f.name FROM project f WHERE f.id = t.project_id), (SELECT f.investor_name FROM lead f WHERE f.id = t.lead_id)) AS parent, t.talk_date AS info
       FROM talk t WHERE t.id = d.record_id AND {may_see_talk}
     OFFSET 0) x
 WHERE h.grams @@ CAST(:grams AS tsquery) AND h.id < :before
 ORDER BY h.id DESC
 LIMIT :limit

-- name: search_evidence @sqlite
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int, grams text, before int, limit int
SELECT d.id, d.record_id, d.name, d.alias, d.code, d.body, g.file_name AS label, 'PROJECT' AS parent_kind, p.id AS parent_id,
       p.name AS parent, g.kind AS info
  FROM search_gram h CROSS JOIN search_doc d ON d.id = h.rowid JOIN evidence g ON g.id = d.record_id JOIN project p ON p.id = g.project_id
 WHERE h.search_gram MATCH :grams AND h.rowid < :before AND {may_see_file}
 ORDER BY h.rowid DESC
 LIMIT :limit

-- name: search_evidence @postgres
-- plan: each time
SELECT d.id, d.record_id, d.name, d.alias, d.code, d.body, x.label, x.parent_kind, x.parent_id, x.parent, x.info
  FROM search_gram h JOIN search_doc d ON d.id = h.id
 CROSS JOIN LATERAL
    (SELECT g.file_name AS label, 'PROJECT' AS parent_kind, p.id AS parent_id, p.name AS parent, g.kind AS info
       FROM evidence g JOIN project p ON p.id = g.project_id WHERE g.id = d.record_id AND {may_see_file}
     OFFSET 0) x
 WHERE h.grams @@ CAST(:grams AS tsquery) AND h.id < :before
 ORDER BY h.id DESC
 LIMIT :limit

-- ---- the index ----

-- name: search_doc_get
-- params: id int
SELECT name, alias, code, body, marks FROM search_doc WHERE id = :id

-- name: search_doc_put
-- params: id int, record_id int, name text, alias text, code text, body text, marks text
INSERT INTO search_doc (id, record_id, name, alias, code, body, marks)
VALUES (:id, :record_id, :name, :alias, :code, :body, :marks)
ON CONFLICT (id) DO UPDATE SET name = :name, alias = :alias, code = :code, body = :body, marks = :marks

-- name: search_grams_drop @sqlite
-- params: id int, grams text
INSERT INTO search_gram (search_gram, rowid, grams) VALUES ('delete', :id, :grams)

-- name: search_grams_drop @postgres
DELETE FROM search_gram WHERE id = :id AND length(:grams) >= 0

-- name: search_grams_add @sqlite
-- params: id int, grams text
INSERT INTO search_gram (rowid, grams) VALUES (:id, :grams)

-- name: search_grams_add @postgres
INSERT INTO search_gram (id, grams) VALUES (:id, array_to_tsvector(string_to_array(:grams, ' ')))
ON CONFLICT (id) DO UPDATE SET grams = excluded.grams

-- Whether the entry has these grams. Entry 0 names the scheme that the index was made with: it is gone
-- wherever the grams are, so an index that did not come along is noticed.
-- name: search_grams_have @sqlite
-- params: id int, grams text
SELECT count(*) FROM search_gram WHERE search_gram MATCH :grams AND rowid = :id

-- name: search_grams_have @postgres
SELECT count(*) FROM search_gram WHERE grams @@ CAST(:grams AS tsquery) AND id = :id

-- name: search_docs_clear
DELETE FROM search_doc

-- name: search_grams_clear @sqlite
INSERT INTO search_gram (search_gram) VALUES ('delete-all')

-- name: search_grams_clear @postgres
DELETE FROM search_gram

-- Around the filling of a whole city in one transaction: the index is made when all rows are there.
-- name: search_bulk_begin @sqlite
INSERT INTO search_gram (search_gram, rank) VALUES ('automerge', 0)

-- name: search_bulk_begin @postgres
DROP INDEX IF EXISTS search_gram_grams

-- name: search_bulk_end @sqlite
INSERT INTO search_gram (search_gram, rank) VALUES ('automerge', 8)

-- name: search_bulk_end @postgres
CREATE INDEX search_gram_grams ON search_gram USING gin (grams)

-- Many small parts become one, once all is written.
-- name: search_grams_settle @sqlite
INSERT INTO search_gram (search_gram) VALUES ('optimize')

-- name: search_grams_settle @postgres
SELECT gin_clean_pending_list('search_gram_grams')

-- How common each gram is, for the planner. FTS5 has no use for it.
-- name: search_grams_count @sqlite
SELECT 0 AS n

-- name: search_grams_count @postgres
ANALYZE search_gram

-- Entries of no row; the ids are 8 x the record's and its kind (search.h), from 1.
-- name: search_docs_stray
SELECT count(*)
  FROM search_doc d
 WHERE CASE d.id % 8
       WHEN 1 THEN NOT EXISTS (SELECT 1 FROM project x WHERE x.id = d.record_id)
       WHEN 2 THEN NOT EXISTS (SELECT 1 FROM investor x WHERE x.id = d.record_id)
       WHEN 3 THEN NOT EXISTS (SELECT 1 FROM lead x WHERE x.id = d.record_id)
       WHEN 4 THEN NOT EXISTS (SELECT 1 FROM contact x WHERE x.id = d.record_id)
       WHEN 5 THEN NOT EXISTS (SELECT 1 FROM talk x WHERE x.id = d.record_id)
       WHEN 6 THEN NOT EXISTS (SELECT 1 FROM evidence x WHERE x.id = d.record_id)
       ELSE 1 = 1 END

-- name: search_rows_project
-- params: after int, limit int
SELECT * FROM project WHERE id > :after ORDER BY id LIMIT :limit

-- name: search_rows_investor
-- params: after int, limit int
SELECT * FROM investor WHERE id > :after ORDER BY id LIMIT :limit

-- name: search_rows_lead
-- params: after int, limit int
SELECT * FROM lead WHERE id > :after ORDER BY id LIMIT :limit

-- name: search_rows_contact
-- params: after int, limit int
SELECT * FROM contact WHERE id > :after ORDER BY id LIMIT :limit

-- name: search_rows_talk
-- params: after int, limit int
SELECT * FROM talk WHERE id > :after ORDER BY id LIMIT :limit

-- name: search_rows_evidence
-- params: after int, limit int
SELECT * FROM evidence WHERE id > :after ORDER BY id LIMIT :limit
