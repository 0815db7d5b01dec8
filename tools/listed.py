#!/usr/bin/env python3
"""Every test file is in a meson.build, or another test uses it: what nobody runs tests nothing."""
import glob
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def main():
    named = set()
    for path in glob.glob(os.path.join(ROOT, "tests/**/meson.build"), recursive=True):
        named |= set(re.findall(r"'([^']+)'", open(path, encoding="utf-8").read()))
    for path in glob.glob(os.path.join(ROOT, "tests/*/*.py")):
        named |= set(re.findall(r"^from (\w+) import", open(path, encoding="utf-8").read(), re.M))
    named = {os.path.basename(n) for n in named}
    bad = 0
    for pattern in ("tests/api/*.t", "tests/unit/*_test.c", "tests/http/*.py", "tests/keep/*.py", "tests/keep/*.sh"):
        for path in sorted(glob.glob(os.path.join(ROOT, pattern))):
            name = os.path.basename(path)
            if name in named or os.path.splitext(name)[0] in named:
                continue
            print(f"{os.path.relpath(path, ROOT)}: no meson.build runs it")
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
