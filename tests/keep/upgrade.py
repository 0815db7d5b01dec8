#!/usr/bin/env python3
"""Brings the stored cities of older schemas to the newest one, on SQLite and on PostgreSQL.

Each must come through whole: its records, its audit chain up to the head that was noted when it was made,
every invariant. A backup made by the new program before the upgrade is of the old schema and can be
restored. Usage: upgrade.py ZHAOYIN (through script/pg-test for the second half)."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

ZHAOYIN = os.path.abspath(sys.argv[1])
OLD = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../data/old")
failed = 0


def run(*args, key, want=0):
    env = {**os.environ, "ZHAOYIN_KEY_FILE": key, "ZHAOYIN_SEAL_FILE": key + ".seal", "LC_ALL": "en"}
    p = subprocess.run([ZHAOYIN, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)
    assert p.returncode == want, f"{' '.join(args)}: status {p.returncode}\n{p.stdout}{p.stderr}"
    return p.stdout + p.stderr


def newest():
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/store/migrate")
    return max(int(name[:4]) for name in os.listdir(folder) if name.endswith(".sql"))


def upgrade(db, key, head, version):
    """The steps that the administrator's guide names."""
    assert "older" in run("check", "--db", db, key=key, want=1), "an old schema is not checked by new rules"
    assert json.loads(run("migrate", "--db", db, "--json", key=key))["schema_version"] == newest() > version
    run("seal", "upgrade", "--db", db, key=key)
    check = json.loads(run("check", "--db", db, "--json", key=key))
    assert check["is_ok"] and len(check["checks"]) > 30
    listed = json.loads(run("call", "GET", "/api/v1/projects?count=1&labels=0", "--db", db, "--as", "lina", key=key))
    assert sorted(p["name"] for p in listed["items"]) == ["旧项目一", "旧项目三", "旧项目二"], listed
    contact = json.loads(run("call", "GET", "/api/v1/contacts/1", "--db", db, "--as", "lina", key=key))
    assert contact["mobile"] == "139****5678", contact["mobile"]
    assert "the chain holds" in run("audit", "verify", "--head", head, "--db", db, key=key)
    run("call", "POST", "/api/v1/projects", '{"name":"新项目","region_code":"370783"}', "--db", db, "--as", "lina", key=key)


def old_city(version, head, folder):
    db, key = os.path.join(folder, "city.db"), os.path.join(folder, "city.db.key")
    with gzip.open(os.path.join(OLD, f"schema-{version}.db.gz")) as f, open(db, "wb") as out:
        shutil.copyfileobj(f, out)
    shutil.copy(os.path.join(OLD, f"schema-{version}.key"), key)
    os.chmod(key, 0o600)
    kept = os.path.join(folder, "before.zyb")
    made = json.loads(run("backup", "--db", db, "--to", kept, "--json", key=key))
    assert made["schema_version"] == version and made["is_chain_proved"] and made["audit_head"] == head, made
    upgrade(db, key, head, version)
    again = os.path.join(folder, "again.db")
    assert json.loads(run("restore", "--from", kept, "--db", again, "--json", key=key))["schema_version"] == version
    upgrade(again, key, head, version)
    if not os.environ.get("ZHAOYIN_TEST_PG"):
        return
    url = f"{os.environ['ZHAOYIN_TEST_PG']}&schema=upgrade_{os.getpid()}_{version}"
    shutil.move(key + ".seal", key + ".seal.sqlite")  # sealed with keys of its own
    assert json.loads(run("restore", "--from", kept, "--db", url, "--json", key=key))["schema_version"] == version
    upgrade(url, key, head, version)


def main():
    global failed
    heads = re.findall(r"^\| schema-(\d+)\.db\.gz \| \d+ \| ([0-9a-f]{64}) \|$", open(os.path.join(OLD, "README.md")).read(), re.M)
    stored = [name for name in os.listdir(OLD) if name.endswith(".gz")]
    print(f"1..{len(stored)}")
    assert len(heads) == len(stored) >= 2
    for n, (version, head) in enumerate(heads, 1):
        folder = tempfile.mkdtemp(prefix="zhaoyin-upgrade-")
        try:
            old_city(int(version), head, folder)
            print(f"ok {n} - a city of schema {version} comes through")
        except AssertionError as e:
            failed += 1
            print(f"not ok {n} - a city of schema {version} comes through\n# " + str(e).replace("\n", "\n# "))
        finally:
            shutil.rmtree(folder)
    return 1 if failed else 0


sys.exit(main())
