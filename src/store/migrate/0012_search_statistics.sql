-- 0012_search_statistics - the index as a filled one is kept. PostgreSQL must know how common a gram is,
-- also a rare one, to choose its way: by default it counts a thousand of them, now three thousand (more make planning slow).

{ONLY sqlite}
INSERT INTO search_gram (search_gram, rank) VALUES ('automerge', 8);
{END}
{ONLY postgres}
ALTER TABLE search_gram ALTER COLUMN grams SET STATISTICS 300;
ANALYZE search_gram;
{END}
