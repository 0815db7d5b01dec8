#!/usr/bin/env python3
"""rules_said.py SRC OUT.c - the rules that the code can say, as a C table for tables_test.

A rule is what stands where a parameter or a member named `rule` is (or `why` of a refusal to come, or `warn` of a doubt):
in calls, in assignments, in the notes of an import, in the tables of sheet and http. src/solve words
its own refusals. A second table has every literal that could be a key, so that a sentence that nothing
says is found too."""
import io
import os
import re
import sys

KEY = r'"([a-z][a-z0-9_]*)"'
PARAMETER = re.compile(r"^(?:static |inline )*[\w ]+?\**(\w+)\(((?:[^()]|\([^()]*\))*)\)(?: \{|;)$", re.M)


def arguments(text, at):
    """The arguments of the call whose '(' stands before `at`; None for an unclosed one."""
    depth, out, start, in_string = 1, [], at, False
    while at < len(text):
        c = text[at]
        if in_string:
            if c == "\\":
                at += 1
            in_string = c != '"'
        elif c == '"':
            in_string = True
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
        if not in_string and (depth == 0 or (depth == 1 and c == ",")):
            out.append(text[start:at])
            start = at + 1
            if depth == 0:
                return out
        at += 1
    return None


def functions(text):
    """Functions of a file -> the place of their parameter named rule, None where there is none."""
    found = {}
    for m in PARAMETER.finditer(text):
        names = [p.split()[-1].lstrip("*") for p in m[2].split(",") if p.strip()]
        found[m[1]] = names.index("rule") if "rule" in names else None
    return found


def said(path, text, takers):
    for name, place in takers.items():
        for m in re.finditer(rf"\b{name}\(", text):
            args = arguments(text, m.end())
            if args and len(args) > place and "struct str rule" not in args[place]:
                yield from re.findall(KEY, args[place])
    for m in re.finditer(r"\b(?:rule|why|warn)\s*=(?!=)\s*([^;]*?)[;}]", text):
        for part in re.finditer(r"(?:^|[?:])\s*S_?\(" + KEY + r"\)", m[1]):
            yield part[1]
    for m in re.finditer(r"\((?:const )?struct import_note\)\{", text):
        yield from re.findall(KEY, arguments(text, m.end())[1])
    for m in re.finditer(r"\[ERR_\w+\] = S_\(" + KEY + r"\)", text):
        yield m[1]
    if path.startswith("sheet"):
        yield from re.findall(r'"(sheet_[a-z]+)"', text)
    if path.startswith("http"):
        yield from re.findall(r'S_\("(http_[a-z_]+)"\)', text)


def sources(top):
    for folder, _, names in sorted(os.walk(top)):
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), top)
            if name.endswith((".c", ".h")) and not path.startswith("solve") and path != os.path.join("api", "words.c"):
                with open(os.path.join(top, path), encoding="utf-8") as f:
                    yield path, f.read()


def table(out, name, keys):
    out.write(f"const struct str {name}[] = {{\n")
    for k in sorted(keys):
        out.write(f'\tS_("{k}"),\n')
    out.write(f"}};\nconst size_t {name}_n = sizeof {name} / sizeof *{name};\n")


def main():
    files = dict(sources(sys.argv[1]))
    public = {}
    for path, text in files.items():
        if path.endswith(".h"):
            public.update(functions(text))
    rules, literals = set(), set()
    for path, text in files.items():
        literals.update(re.findall(KEY, text))
        known = {**public, **(functions(text) if path.endswith(".c") else {})}
        rules.update(said(path, text, {f: i for f, i in known.items() if i is not None}))
    assert {"no_right", "login_wait", "import_cut", "sheet_bomb", "http_too_large", "wrong_side"} <= rules, "the scan is blind"
    text = io.StringIO()
    text.write('#include "rules_said.h"\n\n')
    table(text, "rules_said", rules)
    table(text, "literals", literals)
    if not os.path.exists(sys.argv[2]) or open(sys.argv[2], encoding="utf-8").read() != text.getvalue():
        with open(sys.argv[2], "w", encoding="utf-8") as out:
            out.write(text.getvalue())


main()
