-- 0002_list_order - a page of projects costs its rows, not those of its region.
-- A region is a prefix: as a range of an index it gives rows in the order of places, and the newest of
-- them only after all were sorted. By equality with the county's six digits the index gives them in the
-- order of their ids; a scope wider than a county holds so many rows that the ids themselves are walked.

CREATE INDEX project_county ON project (substr(region_code, 1, 6), id);
CREATE INDEX project_county_stage ON project (substr(region_code, 1, 6), stage, id);
DROP INDEX project_region;
DROP INDEX project_stage;
CREATE INDEX project_stage ON project (stage, id);
