-- What a copy is proved with: files one after the other, in the order of their names.

-- name: blob_next
-- params: after text
SELECT sha256, size_bytes, bytes FROM file_blob WHERE sha256 > :after ORDER BY sha256 LIMIT 1
