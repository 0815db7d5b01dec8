#!/usr/bin/env python3
"""Makes the README's first change on a copy of the tree, builds it, and looks where the field shows up.

    first_change.py FOLDER     prints the path of the built program; used by the browser tests too

The web interface is not touched: what it draws comes from /api/v1/schema.
"""

import glob
import json
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def edit(path, old, new):
    text = open(path, encoding="utf-8").read()
    assert text.count(old) == 1, f"{path}: '{old}' stands {text.count(old)} times"
    with open(path, "w", encoding="utf-8") as f:
        f.write(text.replace(old, new))


def change(tree):
    number = max(int(os.path.basename(p)[:4]) for p in glob.glob(f"{tree}/src/store/migrate/*.sql")) + 1
    with open(f"{tree}/src/store/migrate/{number:04d}_pilot.sql", "w") as f:
        f.write("ALTER TABLE project ADD COLUMN pilot_no TEXT;\n")
    edit(f"{tree}/src/domain/project.h", "struct str source_note, note;",
         "struct str source_note, note;\n\tstruct str pilot_no; /* number in the province's pilot list */")
    row = re.search(r"^\t\{F\(note, F_LONG.*$", open(f"{tree}/src/domain/project_fields.c", encoding="utf-8").read(), re.M).group()
    edit(f"{tree}/src/domain/project_fields.c", row,
         '\t{F(pilot_no, F_TEXT, EDIT | SHOWN, OTHER, "试点编号", "Pilot no."), HEADS("试点编号"), .max = 40},\n' + row)


def build(tree):
    """A build folder beside the tree's own; what did not change comes from its cache where there is one."""
    subprocess.run(["meson", "setup", f"{tree}/build", tree, "-Dtests=false"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["ninja", "-C", f"{tree}/build", "zhaoyin"], check=True, stdout=subprocess.DEVNULL)
    return f"{tree}/build/zhaoyin"


def call(program, db, method, path, body=None, login="city_staff"):
    command = [program, "call", method, path, "--db", db, "--as", login] + ([json.dumps(body)] if body else [])
    out = subprocess.run(command, capture_output=True, text=True)
    assert out.returncode == 0, out.stderr
    return json.loads(out.stdout)


def look(program, folder):
    db = f"{folder}/pilot.db"
    subprocess.run([program, "demo", "--db", db], check=True, stdout=subprocess.DEVNULL)
    project = next(n for n in call(program, db, "GET", "/api/v1/schema")["nouns"] if n["name"] == "project")
    field = next(f for f in project["fields"] if f["name"] == "pilot_no")
    assert field["label"] == "试点编号" and field["list"] and field["filter"] and field["form"] and field["import"], field
    made = call(program, db, "POST", "/api/v1/projects", {"name": "试点项目", "region_code": "370783", "pilot_no": "P-1"})
    assert made["pilot_no"] == "P-1", made
    found = call(program, db, "GET", "/api/v1/projects?pilot_no=P-1&count=1")
    assert found["total"] == 1 and found["items"][0]["pilot_no"] == "P-1", found
    description = call(program, db, "GET", "/api/openapi.json")
    assert "pilot_no" in description["components"]["schemas"]["project"]["properties"]
    history = call(program, db, "GET", f"/api/v1/projects/{made['id']}/history")
    assert any(c["label"] == "试点编号" for item in history["items"] for c in item["changes"]), history
    sheet = f"{folder}/pilot.csv"
    with open(sheet, "w", encoding="utf-8") as f:
        f.write("项目名称,试点编号\n导入的试点项目,P-2\n")
    out = json.loads(subprocess.run([program, "import", "--dry-run", "--json", sheet], check=True, capture_output=True, text=True).stdout)
    assert out["sheets"][0]["columns"]["试点编号"] == "pilot_no", out


def main():
    folder = os.path.abspath(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    tree = f"{folder}/tree"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns("build*", "node_modules", ".git", "out", "__pycache__"))
    change(tree)
    program = build(tree)
    look(program, folder)
    print(program)


if __name__ == "__main__":
    main()
