"""tools/sqlgen.py: what it makes, and that each thing it should refuse is refused with its place."""

import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tools"))
import sqlgen  # noqa: E402


class Folder(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.addCleanup(self.dir.cleanup)

    def write(self, name, text):
        path = os.path.join(self.dir.name, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path

    def queries(self, text):
        return sqlgen.read_queries([self.write("x.sql", text)])

    def migration(self, text, name="0001_x.sql"):
        return sqlgen.read_migrations([self.write(name, text)])[0]

    def refused(self, make, text, line, words):
        with self.assertRaises(sqlgen.Refused, msg=text) as caught:
            make(text)
        message = str(caught.exception)
        self.assertRegex(message, rf"\.sql:{line}: ")
        self.assertIn(words, message)


class Queries(Folder):
    def test_numbers_follow_first_use_and_values_the_params_line(self):
        q, = self.queries("-- name: x\n-- params: a int, b text, c blob\n"
                          "UPDATE t SET c = :c, b = CASE WHEN :c = 1 THEN :b END\n -- why\n WHERE a = :a\n")
        sql, order = q.texts["sqlite"]
        self.assertEqual(sql, "UPDATE t SET c = $1, b = CASE WHEN $1 = 1 THEN $2 END WHERE a = $3")
        self.assertEqual(order, [2, 1, 0])
        self.assertEqual(q.texts["postgres"], q.texts["sqlite"])

    def test_literals_and_comments(self):
        q, = self.queries("-- name: x\nSELECT 'a -- :b  ''; \"' AS t -- :gone\n")
        self.assertEqual(q.texts["sqlite"], ("SELECT 'a -- :b  ''; \"' AS t", []))

    def test_a_variant_stands_beside_its_plain_text(self):
        q, = self.queries("-- name: x\n-- params: a int\nSELECT :a AS n\n-- name: x @postgres\nSELECT :a::bigint AS n\n")
        self.assertEqual(q.texts["sqlite"][0], "SELECT $1 AS n")
        self.assertEqual(q.texts["postgres"][0], "SELECT $1::bigint AS n")

    def test_a_query_may_be_planned_each_time(self):
        each, other = self.queries("-- name: x\n-- params: a int\nSELECT :a AS n\n-- name: x @postgres\n-- plan: each time\nSELECT :a AS n\n"
                                   "-- name: y\nSELECT 1 AS n\n")
        self.assertTrue(each.is_planned_each_time)
        self.assertFalse(other.is_planned_each_time)
        self.refused(self.queries, "-- name: x\n-- plan: sometimes\nSELECT 1 AS n\n", 2, "each time")

    def test_c_strings(self):
        self.assertEqual(sqlgen.c_string('a"\\潍?1'), '"a\\"\\\\\\346\\275\\215\\0771"')

    def test_refusals(self):
        name = "-- name: x\n"
        for text, line, words in [
            ("SELECT 1\n", 1, "before the first"),
            ("-- name: X\nSELECT 1\n", 1, "write a name of a-z"),
            ("-- name: x @oracle\nSELECT 1\n", 1, "@sqlite or @postgres"),
            (name + "SELECT 1\n" + name + "SELECT 2\n", 3, "is there already"),
            (name, 1, "has no text"),
            (name + "SELECT :a\n", 1, "does not declare"),
            (name + "-- params: a int\nSELECT 1\n", 1, "does not use :a"),
            (name + "-- params: a float\nSELECT :a\n", 2, "a type of int, text, blob"),
            (name + "-- params: a int, a int\nSELECT :a\n", 2, "stands twice"),
            (name + "SELECT 1\n-- params: a int\n", 3, "right below its name line"),
            (name + "SELECT 1; DELETE FROM t\n", 1, "has ';'"),
            (name + "SELECT (1\n", 1, "unequal parentheses"),
            (name + "SELECT 'a\n", 1, "open text literal"),
            ("-- name: x @sqlite\nSELECT 1\n", 1, "no text for postgres"),
            ("-- name: x @sqlite\n-- params: a int\nSELECT :a\n-- name: x @postgres\n-- params: a text\nSELECT :a\n",
             4, "variants differ"),
        ]:
            self.refused(self.queries, text, line, words)

    def test_words_of_one_engine(self):
        for sql in ["SELECT a::int", "SELECT ?1", "SELECT $1", 'SELECT "a"', "SELECT now()", "SELECT date('now')",
                    "SELECT current_timestamp", "SELECT group_concat(a) FROM t", "SELECT ifnull(a, 1)", "SELECT iif(a, 1, 2)",
                    "SELECT avg(a) FROM t", "SELECT max(a, b) FROM t", "SELECT min( a, (b)) FROM t", "SELECT a FROM t WHERE a ILIKE 'x'",
                    "INSERT OR REPLACE INTO t (a) VALUES (1)", "SELECT a FROM t FOR UPDATE", "SELECT a FROM t LIMIT -1",
                    "SELECT json_extract(a, 'x') FROM t", "SELECT a ->> 'x' FROM t", "SELECT DISTINCT ON (a) a FROM t",
                    "SELECT rowid FROM t", "SELECT instr(a, 'x') FROM t", "SELECT CAST(sum(a) AS INTEGER) FROM t"]:
            self.refused(self.queries, "-- name: x\n" + sql + "\n", 1, "which")

    def test_words_that_both_engines_know(self):
        for sql in ["SELECT CAST(sum(a) AS BIGINT) AS a FROM t", "SELECT max(a) FROM t GROUP BY b, c",
                    "SELECT max(coalesce(a, 1)) OVER (PARTITION BY b, c) FROM t", "SELECT sign_date, update_time FROM t",
                    "INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET n = t.n + 1 RETURNING id",
                    "SELECT lower(a) LIKE '%now()%' ESCAPE '\\' FROM t ORDER BY a NULLS LAST LIMIT 5"]:
            self.queries("-- name: x\n" + sql + "\n")


class Migrations(Folder):
    def test_macros(self):
        m = self.migration("-- why; not\nCREATE TABLE t (\n  id {PK}, n {INT}, b {BLOB},\n  s TEXT CHECK (s <> 'a;TEXT')\n) {STRICT};\n"
                           "{ONLY sqlite}\nCREATE VIEW v AS SELECT CAST(n AS TEXT) AS n FROM t;\n{END}\n"
                           "{ONLY postgres}\nCREATE VIEW w AS SELECT CAST(n AS TEXT) AS n FROM t;\n{END}\n")
        self.assertEqual(m.sql["sqlite"], [
            "CREATE TABLE t ( id INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER, b BLOB, s TEXT CHECK (s <> 'a;TEXT') ) STRICT",
            "CREATE VIEW v AS SELECT CAST(n AS TEXT) AS n FROM t"])
        self.assertEqual(m.sql["postgres"], [
            "CREATE TABLE t ( id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, n BIGINT, b BYTEA, "
            "s TEXT COLLATE \"C\" CHECK (s <> 'a;TEXT') )",
            "CREATE VIEW w AS SELECT CAST(n AS TEXT) AS n FROM t"])

    def test_the_checksum_is_of_the_text_without_comments(self):
        one = self.migration("CREATE TABLE t (a {INT});\n").checksum
        self.assertEqual(one, self.migration("-- a table\nCREATE  TABLE t\n  (a {INT}); -- so\n").checksum)
        self.assertNotEqual(one, self.migration("CREATE TABLE t (b {INT});\n").checksum)

    def test_refusals(self):
        for text, line, words in [
            ("-- nothing\n", 1, "no statement"),
            ("CREATE TABLE t (\n a INTEGER\n);\n", 2, "{INT} or {PK}"),
            ("CREATE TABLE t (a BOOLEAN);\n", 1, "CHECK (x IN (0, 1))"),
            ("CREATE TABLE t (a VARCHAR(9));\n", 1, "write TEXT"),
            ("CREATE TABLE t (a DOUBLE PRECISION);\n", 1, "{INT}"),
            ("CREATE TABLE t (a {INT} REFERENCES u (id) DEFERRABLE INITIALLY DEFERRED);\n", 1, "fail every job"),
            ("CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; END;\n", 1, "application code"),
            ("CREATE TABLE t (a {NUMBER});\n", 1, "is no macro"),
            ("{ONLY mysql}\nSELECT 1;\n{END}\n", 1, "sqlite or postgres"),
            ("CREATE TABLE t (a {INT}); CREATE TABLE u (a {INT});\n", 1, "ends its line"),
        ]:
            self.refused(self.migration, text, line, words)

    def test_names_and_gaps(self):
        for name in ["1_x.sql", "0001-x.sql", "0001_X.sql"]:
            self.refused(lambda text, n=name: self.migration(text, n), "CREATE TABLE t (a {INT});\n", 1, "NNNN_name.sql")
        self.refused(lambda text: self.migration(text, "0002_x.sql"), "CREATE TABLE t (a {INT});\n", 1, "without a gap")


if __name__ == "__main__":
    unittest.main()
