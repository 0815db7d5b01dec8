#!/usr/bin/env python3
"""Turns .sql files into C tables at build time.

    sqlgen.py queries    --header H --source C --depfile D  DIR...
    sqlgen.py migrations --source C --depfile D  DIR

A query file holds blocks:

    -- name: project_set_stage            (or: -- name: x @sqlite / -- name: x @postgres)
    -- params: stage text, id int         (left out when there are none; types int, text, blob)
    UPDATE project SET stage = :stage WHERE id = :id

    -- plan: each time                  (PostgreSQL plans it for the values at hand, whatever it costs)

A plain block serves both engines; a variant beside it serves its engine alone. A variant without
a params line has that of its plain block or of the first variant. Other `--` comments are dropped.

A rule that several queries share is a fragment: `-- fragment: may_see_project`, its text, and
`{may_see_project}` where a query of any file wants it (its params are the query's own).

A migration is DIR/NNNN_name.sql: statements that end with `;` at the end of a line, for both
engines through {PK} {INT} {BLOB} {STRICT} {STRICT_NOROWID} {ONLY sqlite}..{END} {ONLY postgres}..{END}.
TEXT becomes TEXT COLLATE "C" on PostgreSQL: order, ranges and lower() then agree with SQLite.

What is refused is refused with file, line, rule and remedy. Outputs that would not change are left
alone, so that nothing is compiled again for a comment.
"""

import argparse
import hashlib
import os
import re
import sys

ENGINES = ("sqlite", "postgres")
TYPES = ("int", "text", "blob")
MAX_PARAMS = 100

# Words that only one engine knows, or that mean different things (docs/ARCHITECTURE.md, the subset).
# Each row: pattern, what to write instead.
DENY = [
    (r"::", "CAST(x AS type)"),
    (r"\?\d*", ":name"),
    (r"\$\d+", ":name"),
    (r'"', "plain names in lower case, text in single quotes"),
    (r"`|\[", "plain names in lower case"),
    (r"->", "JSON is stored as text and opened in C"),
    (r"/\*", "-- comments"),
    (r"\bjson\w*\s*\(", "JSON is stored as text and opened in C"),
    (r"\b(now|date|time|datetime|julianday|strftime|unixepoch|date_trunc|to_char|to_date|extract|age)\s*\(",
     "a parameter for now, substr() for the month, day arithmetic in C"),
    (r"\bcurrent_(date|time|timestamp)\b|\binterval\b", "a parameter"),
    (r"\b(group_concat|string_agg|array_agg|total)\s*\(", "aggregate in C"),
    (r"\b(avg|round|floor|ceil)\s*\(", "integer sums and counts, divided in C"),
    (r"\b(ifnull|nvl)\s*\(", "coalesce()"),
    (r"\b(iif|if)\s*\(|\bdecode\s*\(", "CASE"),
    (r"\b(greatest|least)\s*\(", "CASE"),
    (r"\b(concat|concat_ws|printf|format)\s*\(", "||"),
    (r"\b(instr|strpos|position|charindex)\s*\(", "COND_HAS or LIKE .. ESCAPE"),
    (r"\b(random|randomblob|gen_random_uuid)\s*\(", "a parameter"),
    (r"\b(generate_series|unnest|last_insert_rowid|changes|nextval|currval)\s*\(", "a parameter or RETURNING"),
    (r"\b(ilike|glob|regexp|match|similar\s+to)\b", "lower(x) LIKE .. ESCAPE"),
    (r"\b(rowid|oid|ctid)\b", "the id column"),
    (r"\binsert\s+or\b|\bor\s+(replace|ignore)\b|\breplace\s+into\b", "ON CONFLICT (cols) DO .."),
    (r"\bon\s+conflict\s+do\b|\bon\s+conflict\s+on\b", "ON CONFLICT (cols) DO .."),
    (r"\bmerge\s+into\b", "UPDATE, then INSERT when nothing changed"),
    (r"\bfor\s+(update|share)\b", "WHERE row_version = :version"),
    (r"\blateral\b", "a correlated subquery or a join"),
    (r"\bdistinct\s+on\b", "a window function"),
    (r"\blimit\s+-\s*1\b|\blimit\s+all\b", "no LIMIT"),
    (r"\bdelete\s+from\s+\w+\s+using\b", "WHERE .. IN (SELECT ..)"),
    (r"\b(pragma|sqlite_\w+|pg_\w+|information_schema)\b", "nothing of one engine"),
    (r"\b(boolean|serial|bigserial|jsonb|timestamptz?)\b", "INTEGER 0/1, TEXT"),
    (r"\bcast\s*\(.*\bas\s+(integer|int|int8|varchar|numeric|real)\s*\)", "CAST(x AS BIGINT) or AS TEXT"),
]


class Refused(Exception):
    pass


def refuse(path, line, text):
    raise Refused(f"{path}:{line}: {text}")


def blank_literals(sql):
    """The same length, with the inside of '..' as spaces, so that words are looked for outside."""
    return re.sub(r"'(?:[^']|'')*'", lambda m: "'" + " " * (len(m.group()) - 2) + "'", sql)


def drop_comment(line):
    """A line without its -- comment; a -- inside a literal stays (literals end on their line)."""
    at = blank_literals(line).find("--")
    return line if at < 0 else line[:at].rstrip()


def outside_literals(sql, change):
    """The text with change(part) for each part that is not inside '..'."""
    parts = re.split(r"('(?:[^']|'')*')", sql)
    parts[::2] = [change(p) for p in parts[::2]]
    return "".join(parts)


def squeeze(sql):
    """White space outside literals becomes one space."""
    return outside_literals(sql, lambda part: re.sub(r"\s+", " ", part)).strip()


# ---- queries ----

class Block:
    def __init__(self, path, line, name, engine):
        self.path, self.line, self.name, self.engine = path, line, name, engine
        self.params = None  # [(name, type)] or None when there is no params line
        self.is_fragment = False
        self.is_planned_each_time = False
        self.lines = []

    def where(self):
        return self.path, self.line


def parse_params(block, line, text):
    params = []
    for part in filter(None, (p.strip() for p in text.split(","))):
        m = re.fullmatch(r"([a-z][a-z0-9_]*)\s+([a-z]+)", part)
        if not m or m.group(2) not in TYPES:
            refuse(block.path, line, f"parameter '{part}': write NAME TYPE with a type of {', '.join(TYPES)}")
        if m.group(1) in [p[0] for p in params]:
            refuse(block.path, line, f"parameter '{m.group(1)}' stands twice in the params line")
        params.append(m.groups())
    if len(params) > MAX_PARAMS:
        refuse(block.path, line, f"{len(params)} parameters; up to {MAX_PARAMS}")
    return params


def parse_blocks(path):
    blocks = []
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.rstrip()
            m = re.match(r"\s*--\s*(name|fragment|params|plan):\s*(.*)$", line)
            if m and m.group(1) in ("name", "fragment"):
                n = re.fullmatch(r"([a-z][a-z0-9_]*)(?:\s+@(sqlite|postgres))?", m.group(2).strip())
                if not n:
                    refuse(path, number, f"'{m.group(2)}': write a name of a-z, 0-9, _ and, if needed, @sqlite or @postgres")
                blocks.append(Block(path, number, n.group(1), n.group(2)))
                blocks[-1].is_fragment = m.group(1) == "fragment"
                continue
            text = drop_comment(line)
            if m and m.group(1) == "plan":
                if not blocks or blocks[-1].lines or m.group(2).strip() != "each time":
                    refuse(path, number, "a plan line says 'each time', above the text")
                blocks[-1].is_planned_each_time = True
            elif m:
                if not blocks or blocks[-1].lines or blocks[-1].params is not None:
                    refuse(path, number, "a params line stands once, right below its name line")
                blocks[-1].params = parse_params(blocks[-1], number, m.group(2))
            elif text.strip():
                if not blocks:
                    refuse(path, number, "SQL before the first '-- name:' line")
                blocks[-1].lines.append(text)
    return blocks


def two_argument(sql, word):
    """True when word(a, b) occurs: SQLite's scalar max and min, which PostgreSQL has not."""
    for m in re.finditer(r"\b" + word + r"\s*\(", sql, re.I):
        depth = 1
        for c in sql[m.end():]:
            depth += (c == "(") - (c == ")")
            if depth == 0:
                break
            if depth == 1 and c == ",":
                return True
    return False


def check_text(block, sql):
    bare = blank_literals(sql)
    if not sql:
        refuse(*block.where(), f"query '{block.name}' has no text")
    if ";" in bare:
        refuse(*block.where(), f"query '{block.name}' has ';': one statement without it")
    if bare.count("(") != bare.count(")"):
        refuse(*block.where(), f"query '{block.name}' has unequal parentheses")
    if sql.count("'") % 2:
        refuse(*block.where(), f"query '{block.name}' has an open text literal")
    if block.engine:
        return
    for pattern, instead in DENY:
        m = re.search(pattern, bare, re.I)
        if m:
            refuse(*block.where(), f"query '{block.name}' has '{m.group()}', which the engines do not share; "
                   f"write {instead}, or a variant with @sqlite or @postgres")
    for word in ("max", "min"):
        if two_argument(bare, word):
            refuse(*block.where(), f"query '{block.name}' has {word}(a, b), which only SQLite knows; write CASE")


def number_params(block, sql, params):
    """:name -> $n by first use. Returns the text and, for each $n, its place in the params line."""
    names = [p[0] for p in params]
    order = []

    def replace(m):
        name = m.group(1)
        if name not in names:
            refuse(*block.where(), f"query '{block.name}' uses :{name}, which its params line does not declare")
        if names.index(name) not in order:
            order.append(names.index(name))
        return f"${order.index(names.index(name)) + 1}"

    text = outside_literals(sql, lambda part: re.sub(r"(?<!:):([a-z][a-z0-9_]*)", replace, part))
    for name in names:
        if names.index(name) not in order:
            refuse(*block.where(), f"query '{block.name}' declares '{name}' and does not use :{name}")
    return text, order


class Query:
    def __init__(self, name, params, texts, is_planned_each_time):
        self.name, self.params, self.texts = name, params, texts  # texts: engine -> (sql, order)
        self.is_planned_each_time = is_planned_each_time


def make_query(name, blocks):
    by_engine = {}
    for b in blocks:
        if b.engine in by_engine:
            other = by_engine[b.engine]
            refuse(*b.where(), f"query '{name}' is there already: {other.path}:{other.line}")
        by_engine[b.engine] = b
    declared = [b for b in blocks if b.params is not None]
    params = declared[0].params if declared else []
    for b in declared:
        if b.params != params:
            refuse(*b.where(), f"query '{name}': the params lines of its variants differ")
    texts = {}
    for engine in ENGINES:
        block = by_engine.get(engine) or by_engine.get(None)
        if not block:
            refuse(*blocks[0].where(), f"query '{name}' has no text for {engine}")
        sql = squeeze("\n".join(block.lines))
        check_text(block, sql)
        texts[engine] = number_params(block, sql, params)
    return Query(name, params, texts, any(b.is_planned_each_time for b in blocks))


def put_fragments(block, fragments):
    """{name} -> the fragment's text, which may use fragments that stand before it."""
    def replace(m):
        if m.group(1) not in fragments:
            refuse(*block.where(), f"query '{block.name}' uses {m.group()}, and there is no such fragment")
        return "(" + "\n".join(fragments[m.group(1)].lines) + ")"

    block.lines = [re.sub(r"\{([a-z][a-z0-9_]*)\}", replace, line) for line in block.lines]


def read_queries(paths):
    by_name, fragments = {}, {}
    all_blocks = [b for path in paths for b in parse_blocks(path)]
    for block in all_blocks:
        if block.is_fragment and block.name in fragments:
            refuse(*block.where(), f"fragment '{block.name}' is there already")
        if block.is_fragment:
            put_fragments(block, fragments)
            fragments[block.name] = block
    for block in all_blocks:
        if not block.is_fragment:
            put_fragments(block, fragments)
            by_name.setdefault(block.name, []).append(block)
    return [make_query(name, by_name[name]) for name in sorted(by_name)]


# ---- C ----

def c_string(text):
    out = []
    for b in text.encode("utf-8"):
        c = chr(b)
        if c in '"\\':
            out.append("\\" + c)
        elif 32 <= b < 127 and c != "?":
            out.append(c)
        else:
            out.append(f"\\{b:03o}")  # three octal digits never swallow the next character
    return '"' + "".join(out) + '"'


def c_bytes(values):
    return "(const uint8_t[]){" + ", ".join(map(str, values)) + "}" if values else "NULL"


MADE = "/* Made by tools/sqlgen.py from the .sql files: change those. */\n"


def queries_header(queries):
    names = "".join(f"\tQ_{q.name.upper()},\n" for q in queries)
    return (MADE + "#ifndef STORE_QUERIES_H\n#define STORE_QUERIES_H\n\n#include \"store/query.h\"\n\n"
            "enum query_id {\n" + names + "\tQ__N\n};\n\n"
            "/* Static; id is below Q__N. */\n"
            "const struct query_def *query_def(enum query_id id);\n\n#endif\n")


def queries_source(queries):
    rows = []
    for q in queries:
        names = ", ".join(c_string(p[0]) for p in q.params)
        texts = ", ".join(f"{{{c_string(q.texts[e][0])}, {c_bytes(q.texts[e][1])}}}" for e in ENGINES)
        rows.append(f"\t[Q_{q.name.upper()}] = {{{c_string(q.name)}, {{{texts}}}, {len(q.params)},\n\t\t"
                    + (f"(const char *const[]){{{names}}}" if names else "NULL") + ", "
                    + c_bytes([TYPES.index(p[1]) for p in q.params]) + (", true" if q.is_planned_each_time else ", false") + "},\n")
    return (MADE + '#include "store/queries.h"\n\n#include <assert.h>\n\n'
            '#pragma GCC diagnostic ignored "-Woverlength-strings"\n\n'
            "/* One row more than there are queries: C has no array of none. */\n"
            "static const struct query_def defs[Q__N + 1] = {\n" + "".join(rows) + "\t[Q__N] = {0},\n};\n\n"
            "const struct query_def *query_def(enum query_id id) {\n\tassert(id < Q__N);\n\treturn &defs[id];\n}\n")


# ---- migrations ----

MACROS = {
    "{PK}": ("INTEGER PRIMARY KEY AUTOINCREMENT", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"),
    "{INT}": ("INTEGER", "BIGINT"),
    "{BLOB}": ("BLOB", "BYTEA"),
    "{STRICT_NOROWID}": ("STRICT, WITHOUT ROWID", ""),
    "{STRICT}": ("STRICT", ""),
}

# In the part that both engines run. `AS TYPE` of a cast is let through.
DENY_DDL = [
    (r"(?<!\bas )\b(integer|int|bigint|smallint|int8|int4)\b", "{INT} or {PK}"),
    (r"\b(bytea|blob)\b", "{BLOB}"),
    (r"\b(boolean|bool)\b", "{INT} with CHECK (x IN (0, 1))"),
    (r"\b(varchar|char|character)\b", "TEXT"),
    (r"\b(serial|bigserial|autoincrement|identity)\b", "{PK}"),
    (r"\b(real|float|double|numeric|decimal)\b", "{INT} with the unit in the name"),
    (r"\b(timestamp|timestamptz|date|datetime)\b(?!_)", "TEXT for a day, {INT} for an instant"),
    (r"\b(jsonb?)\b", "TEXT"),
    (r"\b(strict|without\s+rowid)\b", "{STRICT} or {STRICT_NOROWID}"),
    (r"\bdeferrable\b|\bdefer_foreign_keys\b", "an order of writes that needs no deferring: a rule that "
     "fails at COMMIT would fail every job of the batch"),
    (r"\bcreate\s+(temp\w*\s+)?trigger\b", "application code in the same transaction"),
]


def split_only(path, text):
    """[(engine or None, text)] from {ONLY x}..{END}."""
    parts, at = [], 0
    for m in re.finditer(r"\{ONLY (\w+)\}(.*?)\{END\}", text, re.S):
        if m.group(1) not in ENGINES:
            refuse(path, text.count("\n", 0, m.start()) + 1, f"{{ONLY {m.group(1)}}}: sqlite or postgres")
        parts += [(None, text[at:m.start()]), (m.group(1), m.group(2))]
        at = m.end()
    return parts + [(None, text[at:])]


def check_ddl(path, common):
    bare = re.sub(r"\{\w+\}", lambda m: " " * len(m.group()), blank_literals(common))
    for pattern, instead in DENY_DDL:
        m = re.search(pattern, bare, re.I)
        if m:
            refuse(path, bare.count("\n", 0, m.start()) + 1, f"'{m.group()}' in DDL for both engines: write {instead}")


def expand(path, parts, engine):
    def replace(m):
        if m.group() not in MACROS:
            refuse(path, 1, f"'{m.group()}' is no macro; there are {' '.join(MACROS)} and {{ONLY engine}}..{{END}}")
        return MACROS[m.group()][ENGINES.index(engine)]

    text = "".join(t for e, t in parts if e in (None, engine))
    text = outside_literals(text, lambda part: re.sub(r"\{[^}]*\}", replace, part))
    if engine == "postgres":
        by_bytes = re.compile(r"(?<!\bAS )\bTEXT\b(?!\s+COLLATE)")
        text = outside_literals(text, lambda part: by_bytes.sub('TEXT COLLATE "C"', part))
    return text


def statements(path, text):
    out = [squeeze(s) for s in re.split(r";[ \t]*(?:\n|$)", text)]
    out = [re.sub(r"\s+$", "", s) for s in out if s]
    for s in out:
        if ";" in blank_literals(s):
            refuse(path, 1, f"';' inside a line of '{s[:60]}': each statement ends its line")
    return out


class Migration:
    def __init__(self, version, name, checksum, sql):
        self.version, self.name, self.checksum, self.sql = version, name, checksum, sql


def read_migration(path):
    m = re.fullmatch(r"(\d{4})_([a-z0-9_]+)\.sql", os.path.basename(path))
    if not m:
        refuse(path, 1, "a migration is named NNNN_name.sql")
    with open(path, encoding="utf-8") as f:
        text = "\n".join(drop_comment(line.rstrip()) for line in f) + "\n"
    parts = split_only(path, text)
    check_ddl(path, "".join(t if e is None else "\n" * t.count("\n") for e, t in parts))
    sql = {e: statements(path, expand(path, parts, e)) for e in ENGINES}
    for e in ENGINES:
        if not sql[e]:
            refuse(path, 1, f"no statement for {e}")
    # Of the text without comments and spacing: a comment may be corrected later, the DDL may not.
    checksum = hashlib.sha256(squeeze(text).encode("utf-8")).hexdigest()
    return Migration(int(m.group(1)), m.group(2), checksum, sql)


def read_migrations(paths):
    migrations = [read_migration(p) for p in paths]
    for i, (m, p) in enumerate(zip(migrations, paths), 1):
        if m.version != i:
            refuse(p, 1, f"migration {m.version:04} stands where {i:04} is due: numbers go 0001, 0002, .. without a gap")
    return migrations


def migrations_source(migrations):
    lists, rows = [], []
    for m in migrations:
        for e in ENGINES:
            texts = "".join(f"\t{c_string(s)},\n" for s in m.sql[e])
            lists.append(f"static const char *const {e}_{m.version:04}[] = {{\n{texts}\tNULL,\n}};\n")
        rows.append(f"\t{{{m.version}, {c_string(m.name)}, {c_string(m.checksum)}, "
                    f"{{sqlite_{m.version:04}, postgres_{m.version:04}}}}},\n")
    return (MADE + '#include "store/migrate.h"\n\n#pragma GCC diagnostic ignored "-Woverlength-strings"\n\n'
            + "".join(lists) + "\nstatic const struct migration list[] = {\n" + "".join(rows) + "\t{0},\n};\n\n"
            "const struct migration_set own_migrations = {list, sizeof list / sizeof *list - 1};\n")


# ---- files ----

def sql_files(dirs):
    return [os.path.join(d, f) for d in dirs for f in sorted(os.listdir(d)) if f.endswith(".sql")]


def write(path, text):
    if os.path.exists(path):
        with open(path, encoding="utf-8") as f:
            if f.read() == text:
                return
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def write_depfile(path, outputs, inputs):
    """The directories are inputs too: a new file in them is noticed."""
    with open(path, "w", encoding="utf-8") as f:
        f.write(" ".join(outputs) + ": " + " ".join(i.replace(" ", "\\ ") for i in inputs) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("queries", "migrations"))
    parser.add_argument("--header")
    parser.add_argument("--source", required=True)
    parser.add_argument("--depfile")
    parser.add_argument("dirs", nargs="+")
    args = parser.parse_args()
    files = sql_files(args.dirs)
    try:
        if args.what == "queries":
            queries = read_queries(files)
            write(args.header, queries_header(queries))
            write(args.source, queries_source(queries))
        else:
            write(args.source, migrations_source(read_migrations(files)))
    except Refused as e:
        sys.exit(str(e))
    if args.depfile:
        write_depfile(args.depfile, [args.source], args.dirs + files)


if __name__ == "__main__":
    main()
