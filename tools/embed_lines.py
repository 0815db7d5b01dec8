#!/usr/bin/env python3
"""embed_lines.py NAME TEXT OUT.c: the lines of a text file as a sorted C table `NAME` of struct str.

Lines are folded to lower case (ASCII); empty lines and lines that start with '# ' are left out."""
import sys


def c_string(text):
    out = []
    for b in text.encode():
        c = chr(b)
        out.append("\\" + c if c in '"\\' else c if 32 <= b < 127 and c != "?" else f"\\{b:03o}")
    return '"' + "".join(out) + '"'


def fold(line):
    return "".join(c.lower() if c.isascii() else c for c in line)


def main():
    name, source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as f:
        lines = {fold(line.strip()) for line in f if line.strip() and not line.startswith("# ")}
    rows = "".join(f"\tS_({c_string(t)}),\n" for t in sorted(lines, key=lambda t: t.encode()))
    with open(target, "w", encoding="utf-8") as f:
        f.write(f'#include "domain/{name}.h"\n\nconst struct str {name}[] = {{\n{rows}}};\n'
                f"const size_t {name}_n = {len(lines)};\n")


main()
