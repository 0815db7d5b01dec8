-- 0009_edit_index - edits of no bulk act, nearly all, leave its index alone: each write touched a page more.

DROP INDEX record_edit_bulk;
CREATE INDEX record_edit_bulk ON record_edit (bulk_id, record_id) WHERE bulk_id IS NOT NULL;
