#!/usr/bin/env python3
"""Prints sizes of our C for the reader; fails on none of them."""

import glob
import os
import re

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def functions(text):
    """Lines of each function: from its head at the left edge, which may take several lines, to the `}` there."""
    head = start = None
    for number, line in enumerate(text.split("\n")):
        if re.match(r"[a-z_].*\(", line):
            head = number
        if head is not None and re.search(r"\)\s*\{$", line):
            start, head = head, None
        elif line == "}" and start is not None:
            yield number - start + 1
            start = None
        elif line.endswith(";"):
            head = None


def main():
    sizes, files, deep, code = [], [], 0, 0
    for path in glob.glob(os.path.join(ROOT, "src/**/*.c"), recursive=True):
        text = open(path, encoding="utf-8").read()
        sizes += functions(text)
        files.append((text.count("\n"), os.path.relpath(path, ROOT)))
        code += sum(1 for line in text.split("\n") if line.strip())
        deep += sum(1 for line in text.split("\n") if line.startswith("\t" * 5))
    sizes.sort()
    files.sort(reverse=True)
    print(f"functions: {len(sizes)}, median {sizes[len(sizes) // 2]} lines, 95th percentile {sizes[len(sizes) * 95 // 100]}; "
          f"code deeper than 4: {100 * deep / code:.1f} %; longest files: "
          + ", ".join(f"{name} {n}" for n, name in files[:3]))


if __name__ == "__main__":
    main()
