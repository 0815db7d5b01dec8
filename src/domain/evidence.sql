-- name: evidence_visible
-- params: scope_lo text, scope_hi text, own text, actor int, subject int, reader int
SELECT g.*, CASE WHEN g.secrecy = 'SEALED' OR p.secrecy = 'SEALED' THEN 'SEALED'
                 WHEN g.secrecy = 'INTERNAL' OR p.secrecy = 'INTERNAL' THEN 'INTERNAL'
                 ELSE 'OPEN' END AS grade
  FROM evidence g JOIN project p ON p.id = g.project_id
 WHERE {may_see_file}

-- name: blob_put
-- params: sha256 text, size_bytes int, mime text, bytes blob, at_ms int
INSERT INTO file_blob (sha256, size_bytes, mime, bytes, created_at_ms)
VALUES (:sha256, :size_bytes, :mime, :bytes, :at_ms)
ON CONFLICT (sha256) DO NOTHING

-- name: blob_get
-- params: sha256 text
SELECT bytes FROM file_blob WHERE sha256 = :sha256
