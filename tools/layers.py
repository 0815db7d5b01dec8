#!/usr/bin/env python3
"""Holds the sources against the arrows of docs/ARCHITECTURE.md.

Fails on an include against an arrow, an engine's or a server's header outside its layer, SQL in a C
string outside store, and on the C library's calls that we do not use.
"""

import glob
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Who may include whom; every layer may include itself and base.
ARROWS = {
    "base": set(),
    "sheet": set(),
    "solve": set(),
    "store": set(),
    "domain": {"store", "sheet"},
    "api": {"domain", "store", "sheet"},
    "http": {"api", "domain", "store"},
}
ONLY_IN = {  # header -> layers that may include it
    "microhttpd.h": {"http"},
    "sqlite3.h": {"store"},
    "libpq-fe.h": {"store"},
    "zip.h": {"sheet"},
    "xlsxwriter.h": {"sheet"},
    "expat.h": {"sheet"},
    "magic.h": {"domain"},
    "sodium.h": {"domain"},
}
FORBIDDEN = r"\b(malloc|calloc|realloc|free|sprintf|vsprintf|strcpy|strcat|strtok|localtime|gets|atoi|system|popen)\s*\("
SQL = r'"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE)\s'


def bare(text):
    """Without comments; literals stay."""
    text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group().count("\n"), text, flags=re.S)
    return re.sub(r"//[^\n]*", "", text)


def check(path):
    layer = os.path.relpath(path, os.path.join(ROOT, "src")).split(os.sep)
    layer = layer[0] if len(layer) > 1 else None  # None: main, app and the command line
    text = bare(open(path, encoding="utf-8").read())
    without_literals = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', text)
    for number, line in enumerate(text.split("\n"), 1):
        m = re.match(r'\s*#include\s*[<"]([^>"]+)[>"]', line)
        if m:
            target = m.group(1).split("/")[0]
            if layer and "/" in m.group(1) and target in ARROWS and target not in ARROWS[layer] | {layer, "base"}:
                yield number, f"{layer} includes {m.group(1)}: no arrow leads there"
            if m.group(1) in ONLY_IN and layer not in ONLY_IN[m.group(1)]:
                yield number, f"<{m.group(1)}> is for {', '.join(ONLY_IN[m.group(1)])} alone"
        if layer not in ("store", None) and re.search(SQL, line):
            yield number, "SQL in a C string: it belongs into a .sql file"
    if layer != "base":
        for number, line in enumerate(without_literals.split("\n"), 1):
            m = re.search(FORBIDDEN, line)
            if m:
                yield number, f"{m.group(1)}(): use base (arena, buf, str, day)"


def main():
    bad = 0
    for path in sorted(glob.glob(os.path.join(ROOT, "src/**/*.[ch]"), recursive=True)):
        for number, text in check(path):
            print(f"{os.path.relpath(path, ROOT)}:{number}: {text}")
            bad += 1
    print(f"layers: {bad} against the rules" if bad else "layers: as drawn")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
