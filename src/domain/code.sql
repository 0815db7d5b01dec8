-- name: code_take
-- params: prefix text
INSERT INTO code_counter (prefix, last_no) VALUES (:prefix, 1)
ON CONFLICT (prefix) DO UPDATE SET last_no = code_counter.last_no + 1

-- name: code_last
-- params: prefix text
SELECT last_no FROM code_counter WHERE prefix = :prefix
