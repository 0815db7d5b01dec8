-- name: code_take
-- params: prefix text, n int
INSERT INTO code_counter (prefix, last_no) VALUES (:prefix, :n)
ON CONFLICT (prefix) DO UPDATE SET last_no = code_counter.last_no + :n

-- name: code_give_back
-- params: prefix text, n int
UPDATE code_counter SET last_no = last_no - :n WHERE prefix = :prefix

-- name: code_last
-- params: prefix text
SELECT last_no FROM code_counter WHERE prefix = :prefix
