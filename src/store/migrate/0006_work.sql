-- 0006_work - clocks and lights, the working-day calendar, the day a proposal is due.
-- The light of a day is a comparison of that day with dates that stand in the row: yellow_date and
-- red_date are the first days on which it is yellow or red, by whatever dimension comes first. They
-- change only when the project, its progress or its last contact does (domain/light.c).

ALTER TABLE project ADD COLUMN clock_day {INT};
ALTER TABLE project ADD COLUMN stopped_days {INT};
ALTER TABLE project ADD COLUMN target_days {INT};
ALTER TABLE project ADD COLUMN yellow_date TEXT;
ALTER TABLE project ADD COLUMN yellow_cause TEXT;
ALTER TABLE project ADD COLUMN red_date TEXT;
ALTER TABLE project ADD COLUMN red_cause TEXT;
ALTER TABLE project ADD COLUMN manual_light TEXT CHECK (manual_light IN ('YELLOW', 'RED'));
ALTER TABLE project ADD COLUMN manual_light_date TEXT;
ALTER TABLE project ADD COLUMN manual_light_reason TEXT;
CREATE INDEX project_red ON project (red_date, id);

ALTER TABLE proposal ADD COLUMN due_date TEXT;

-- Days that are not as their weekday says: holidays, and weekends that are worked instead.
CREATE TABLE work_day (
  day TEXT PRIMARY KEY NOT NULL,
  is_work {INT} NOT NULL CHECK (is_work IN (0, 1)),
  name TEXT,
  source TEXT NOT NULL,
  at_ms {INT} NOT NULL
) {STRICT_NOROWID};
