-- Tables of the store's own tests: they know no noun of the trade either.
CREATE TABLE thing (
	id {PK},
	name TEXT NOT NULL,
	code TEXT,
	amount_fen {INT} CHECK (amount_fen >= 0), -- a comment; with a semicolon
	sort_date TEXT,
	data {BLOB},
	row_version {INT} NOT NULL DEFAULT 1,
	CHECK (name <> 'a;b')
) {STRICT};
CREATE UNIQUE INDEX thing_name ON thing (name);
CREATE INDEX thing_code ON thing (code, id);

CREATE TABLE part (
	id {PK},
	thing_id {INT} NOT NULL REFERENCES thing (id),
	label TEXT NOT NULL
) {STRICT};

CREATE TABLE counter (
	name TEXT NOT NULL,
	n {INT} NOT NULL,
	PRIMARY KEY (name)
) {STRICT_NOROWID};
