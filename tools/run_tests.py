#!/usr/bin/env python3
"""Runs the suites one after the other and adds up their results.

Meson's tests (C unit, API scripts, HTTP) report through its JUnit file, node's test runner through
TAP. What failed is printed in full; the last line is `N passed, N failed`.
"""

import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIRST_CHANGE = os.path.join(ROOT, "build-first-change")


def run(title, command, cwd=ROOT, env=None):
    print(f"== {title}", flush=True)
    started = time.time()
    p = subprocess.run(command, cwd=cwd, env={**os.environ, **(env or {})}, stdout=subprocess.PIPE,
                       stderr=subprocess.STDOUT, text=True, errors="replace")
    print(f"   {time.time() - started:.0f} s", flush=True)
    return p.returncode, p.stdout


def meson():
    """Each TAP line of each program is one test; a program that crashed is one failure more."""
    code, out = run("unit, API and HTTP tests", ["meson", "test", "-C", "build", "--no-rebuild", "--print-errorlogs"])
    passed = failed = 0
    for case in ET.parse(os.path.join(ROOT, "build/meson-logs/testlog.junit.xml")).iter("testcase"):
        bad = case.find("failure") is not None or case.find("error") is not None
        skipped = case.find("skipped") is not None
        failed += bad
        passed += not bad and not skipped
    if code and not failed:
        failed = 1
    if code:
        print(out[-20000:])
    return passed, failed


def node(title, cwd, command, env=None):
    code, out = run(title, command, cwd=os.path.join(ROOT, cwd), env=env)
    passed = sum(int(n) for n in re.findall(r"^# pass (\d+)$", out, re.M))
    failed = sum(int(n) for n in re.findall(r"^# (?:fail|cancelled) (\d+)$", out, re.M))
    if code and not failed:
        failed = 1
    if code or not passed:
        print(out[-20000:])
    return passed, failed if passed else max(failed, 1)


def plain(title, command, cwd="."):
    code, out = run(title, command, cwd=os.path.join(ROOT, cwd))
    if code:
        print(out[-20000:])
    return (0, 1) if code else (1, 0)


def first_change():
    """The README's first change, made and looked at; the browser tests look at the same program."""
    return plain("the README's first change", ["python3", "tests/first_change.py", FIRST_CHANGE])


def browser():
    folder = os.path.join(ROOT, "tests/browser")
    lock, mark = os.path.join(folder, "package-lock.json"), os.path.join(folder, "node_modules/.lock")
    if not os.path.exists(mark) or open(lock).read() != open(mark).read():
        code, out = run("browser test packages", ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder)
        if code:
            print(out)
            return 0, 1
        with open(mark, "w") as f:
            f.write(open(lock).read())
    changed = os.path.join(FIRST_CHANGE, "tree/build/zhaoyin")
    return node("browser tests", "tests/browser", ["npm", "run", "-s", "test"], {"ZHAOYIN_FIRST_CHANGE": changed})


def main():
    results = [
        plain("layers and tables", ["script/check"]),
        meson(),
        node("web unit tests", "web", ["npm", "run", "-s", "test"]),
    ]
    if "--quick" not in sys.argv:
        results += [first_change(), browser()]
    passed, failed = (sum(r[i] for r in results) for i in (0, 1))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
