ALTER TABLE part ADD COLUMN mark TEXT;
{ONLY sqlite}
CREATE VIRTUAL TABLE thing_text USING fts5 (name);
{END}
{ONLY postgres}
CREATE INDEX thing_mark ON part USING btree (mark);
{END}
