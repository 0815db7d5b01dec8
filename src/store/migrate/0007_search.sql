-- 0007_search - the index of the header's search. One row for each record that is looked for: its texts
-- folded (domain/search_text.h), fields parted by line feeds; id = 8 x the record's id + its kind. The
-- grams of a row are made from these columns alone, in C, for both engines.

CREATE TABLE search_doc (
  id {INT} PRIMARY KEY NOT NULL,
  record_id {INT} NOT NULL,
  name TEXT,
  alias TEXT,
  code TEXT,
  body TEXT,
  marks TEXT
) {STRICT};

-- The grams under the same id: no part of the city's data, made again where they are missing.
{ONLY sqlite}
CREATE VIRTUAL TABLE search_gram USING fts5 (grams, content='', detail=none, columnsize=0, tokenize='ascii');
{END}
{ONLY postgres}
CREATE TABLE search_gram (id BIGINT PRIMARY KEY, grams tsvector NOT NULL);
CREATE INDEX search_gram_grams ON search_gram USING gin (grams);
{END}
