-- 0011_job_file_grade - the grade of a file that a job made: its owner may be cleared lower by the time he
-- fetches it. Files from before may hold what is sealed.

ALTER TABLE job_file ADD COLUMN secrecy TEXT NOT NULL DEFAULT 'SEALED' CHECK (secrecy IN ('OPEN', 'INTERNAL', 'SEALED'));
