#!/usr/bin/env python3
"""Runs the examples of docs/api-guide.md, one shell for all, against a served demo city.

A block's output must be the lines that follow `#>` in it. Usage: guide.py ZHAOYIN."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

ZHAOYIN = os.path.abspath(sys.argv[1])
GUIDE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../docs/api-guide.md")
MARK = "== block over =="


def main():
    blocks = re.findall(r"^```sh\n(.*?)^```$", open(GUIDE, encoding="utf-8").read(), re.M | re.S)
    folder = tempfile.mkdtemp(prefix="zhaoyin-guide-")
    db = os.path.join(folder, "city.db")
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run([ZHAOYIN, "demo", "--db", db], check=True, stdout=subprocess.DEVNULL, env=env)
    server = subprocess.Popen([ZHAOYIN, "serve", "--db", db, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True, env=env)
    for line in server.stdout:
        if line.startswith("ready "):
            env["ZHAOYIN"] = line.split()[1]
            break
    script = "".join(f"{b}\necho '{MARK}'\n" for b in blocks)
    ran = subprocess.run(["sh"], input=script, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    server.terminate()
    server.wait()
    shutil.rmtree(folder)
    outputs = ran.stdout.split(MARK + "\n")
    print(f"1..{len(blocks)}")
    failed = 0
    for n, block in enumerate(blocks, 1):
        want = "".join(line[3:] + "\n" for line in block.splitlines() if line.startswith("#> "))
        got = outputs[n - 1] if n <= len(outputs) else "(the shell ended)\n"
        got = got if got.endswith("\n") or not got else got + "\n"
        is_good = bool(want) and got == want
        failed += not is_good
        first = block.splitlines()[0][:60]
        print(f"{'ok' if is_good else 'not ok'} {n} - {first}")
        if not is_good:
            print("# want " + want.replace("\n", "\n#      ") + "\n# got  " + got.replace("\n", "\n#      "))
    return 1 if failed or not blocks else 0


sys.exit(main())
