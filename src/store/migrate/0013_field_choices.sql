-- 0013_field_choices - a conflict of an import row is decided field by field: {"field":"file"|"stored"}.
-- A dry run from before does not say which fields are in conflict: it is run again.

ALTER TABLE import_row ADD COLUMN field_choices TEXT;
DELETE FROM import_row WHERE import_id IN (SELECT id FROM import_batch WHERE state = 'CHECKED');
UPDATE import_batch SET state = 'RECOGNISED', row_version = row_version + 1 WHERE state = 'CHECKED';
