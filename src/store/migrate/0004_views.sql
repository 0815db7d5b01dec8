-- 0004_views - lists under a name: conditions, order and columns, one's own or shared to a unit.

CREATE TABLE saved_view (
  id {PK},
  noun TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT,
  columns TEXT,
  region_code TEXT,
  created_at_ms {INT} NOT NULL,
  created_by {INT},
  updated_at_ms {INT} NOT NULL,
  row_version {INT} NOT NULL DEFAULT 1,
  deleted_at_ms {INT}
) {STRICT};
CREATE INDEX saved_view_by ON saved_view (created_by, id);
