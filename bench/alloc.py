#!/usr/bin/env python3
"""Bench of the allocation engine against plain CBC on the same instances, one after the other.

    bench/alloc.py ZHAOYIN [--time 60] [--seeds 1,2] [--sizes S,M,L,XL] [--files A.json,...]
    bench/alloc.py ZHAOYIN --knapsack tests/data/alloc/mknap1.txt [--time 10]

ZHAOYIN is the program with its command, such as "build/src/zhaoyin allocate". Both get the same
seconds of CPU on one thread; every plan of ours is judged by `allocate check`. Printed per case:
value and true gap, CBC's value, the ratio, the uplift over the plan by hand with no class served
less, and the time that all explanations take."""
import argparse
import collections
import json
import os
import re
import resource
import shlex
import subprocess
import sys
import tempfile
import time

SIZES = {"S": (60, 4, 1), "M": (600, 8, 4), "L": (3000, 8, 8), "XL": (5000, 10, 12)}
HERE = os.path.dirname(os.path.abspath(__file__))


def write_lp(d, out):
    """The plain form of alloc/1 as an LP file: choices, balances, carry, withdraw, grant, limits."""
    periods = len(d["periods"])
    quota = {(q["pool"], q["factor"]): q["amount"] for q in d["quota"]}
    get = lambda q, f, t: quota.get((q, f), [0] * periods)[t]
    city = next(p["id"] for p in d["pools"] if p["kind"] == "city")
    rows, bounds, names = collections.defaultdict(list), [], 0
    def column(cap):
        nonlocal names
        names += 1
        bounds.append(("y%d" % names, cap))
        return "y%d" % names
    for p in d["pools"]:
        for f in d["factors"]:
            for t in range(periods):
                q, fid, b = p["id"], f["id"], get(p["id"], f["id"], t)
                carry = f.get("carry_permille", 0) * b // 1000
                if t + 1 < periods and carry:
                    k = column(carry)
                    rows[q, fid, t].append((1, k))
                    rows[q, fid, t + 1].append((-1, k))
                if q == city:
                    continue
                for sign, cap in ((1, p.get("withdraw_permille", 0) * b // 1000), (-1, p.get("grant_permille", 0) * b // 1000)):
                    if cap:
                        k = column(cap)
                        rows[q, fid, t].append((sign, k))
                        rows[city, fid, t].append((-sign, k))
    objective, choices, limits, fixed, binaries = [], [], collections.defaultdict(list), [], []
    for i, p in enumerate(d["projects"]):
        mine = []
        for j, a in enumerate(p["alts"]):
            x = "x%d_%d" % (i, j)
            use = collections.Counter()
            for q, f, t0, t1, amount in a["use"]:
                for t in range(t0 - 1, t1):
                    use[q, f, t] += amount
            for k, amount in use.items():
                rows[k].append((amount, x))
            for l in d.get("limits", []):
                if "rating" in l and p.get("rating") not in l["rating"]:
                    continue
                amount = sum(v for k, v in use.items() if k[1] == l["factor"])
                if amount:
                    limits[l["id"]].append((amount, x))
            mine.append(x)
            objective.append((a["value"], x))
            if p.get("fixed") == a["id"]:
                fixed.append(x)
        binaries += mine
        choices.append(mine)
    text = lambda terms: "".join("%+d %s\n" % t for t in terms)
    with open(out, "w") as o:
        o.write("Maximize\nobj: " + text(objective) + "Subject To\n")
        for n, mine in enumerate(choices):
            if mine:
                o.write("c%d: %s <= 1\n" % (n, " + ".join(mine)))
        for n, (k, terms) in enumerate(rows.items()):
            if terms:
                o.write("r%d: %s <= %d\n" % (n, text(terms), get(*k)))
        for n, l in enumerate(d.get("limits", [])):
            total = sum(sum(q["amount"]) for q in d["quota"] if q["factor"] == l["factor"])
            if limits[l["id"]]:
                o.write("l%d: %s <= %d\n" % (n, text(limits[l["id"]]), l["max_permille"] * total // 1000))
        for n, x in enumerate(fixed):
            o.write("f%d: %s = 1\n" % (n, x))
        o.write("Bounds\n" + "".join("0 <= %s <= %d\n" % b for b in bounds) + "Binaries\n" + "\n".join(binaries) + "\nEnd\n")


def cpu_children():
    r = resource.getrusage(resource.RUSAGE_CHILDREN)
    return r.ru_utime + r.ru_stime


def run(command):
    before, began = cpu_children(), time.monotonic()
    p = subprocess.run(command, capture_output=True, text=True)
    return p, cpu_children() - before, time.monotonic() - began


def cbc(path, seconds, folder):
    lp = os.path.join(folder, "plain.lp")
    write_lp(json.load(open(path)), lp)
    p, cpu, _ = run(["cbc", lp, "sec", str(seconds), "solve"])
    found = re.findall(r"Objective value:\s+(-?[\d.]+)", p.stdout)
    bound = re.findall(r"Upper bound:\s+(-?[\d.]+)", p.stdout)
    value = round(float(found[-1])) if found and "No feasible solution" not in p.stdout else None
    return value, float(bound[-1]) if bound else value, cpu


def ours(program, path, seconds, *more):
    p, cpu, wall = run(program + ["--time", str(seconds), "--objectives", "value", "--threads", "1", *more, "--json", path])
    return json.loads(p.stdout), cpu, wall, p.stdout


def judged(program, path, text, folder):
    plan = os.path.join(folder, "plan.json")
    with open(plan, "w") as f:
        f.write(text)
    return subprocess.run(program + ["check", "--objectives", "value", path, plan], capture_output=True).returncode == 0


def city(program, name, path, seconds, folder):
    a, cpu, wall, text = ours(program, path, seconds)
    s = a["stages"][0]
    accepted = judged(program, path, text, folder)
    plain, _, cbc_cpu = cbc(path, seconds, folder)
    uplift, *_ = ours(program, path, seconds, "--uplift")
    quick, short, *_ = ours(program, path, 2)
    _, explained, *_ = ours(program, path, 2, "--explain")
    print("| %s | %d | %.2f %% | %s | %.1f | %s | %s | %.1f | %.1f %% | %s | %.2f |" % (
        name, s["value"], 100 * s["gap"], s["status"], cpu, plain, "%.4f" % (s["value"] / plain) if plain else "-", cbc_cpu,
        uplift["hand"]["uplift_permille"] / 10, "yes" if accepted else "NO", max(0, explained - short)), flush=True)


def knapsack(program, path, seconds, folder):
    words = iter(open(path).read().split())
    number = lambda: float(next(words))
    for no in range(int(number())):
        n, m, best = int(number()), int(number()), number()
        scale = 10 if best != int(best) else 1
        profit = [number() for _ in range(n)]
        weight = [[int(number()) for _ in range(n)] for _ in range(m)]
        room = [int(number()) for _ in range(m)]
        scale = 1 if all(p == int(p) for p in profit) else 10
        d = {"format": "alloc/1", "name": "knapsack %d" % (no + 1), "periods": ["1"], "classes": ["k"],
             "factors": [{"id": "f%d" % f, "unit": "unit", "kind": "stock"} for f in range(m)],
             "pools": [{"id": "city", "kind": "city"}], "quota": [{"pool": "city", "factor": "f%d" % f, "amount": [room[f]]} for f in range(m)],
             "projects": [{"id": "p%03d" % i, "county": "city", "class": "k",
                           "alts": [{"id": "a", "value": round(profit[i] * scale), "use": [["city", "f%d" % f, 1, 1, weight[f][i]] for f in range(m) if weight[f][i]]}]}
                          for i in range(n)]}
        file = os.path.join(folder, "knapsack.json")
        json.dump(d, open(file, "w"))
        a, cpu, _, text = ours(program, file, seconds)
        s = a["stages"][0]
        print("| %s %d | %d | %g | %s | %s | %.2f |" % (os.path.basename(path), no + 1, s["value"], best * scale, s["status"],
              "yes" if judged(program, file, text, folder) else "NO", cpu), flush=True)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("program")
    p.add_argument("--time", type=float, default=60)
    p.add_argument("--seeds", default="1")
    p.add_argument("--sizes", default="S,M,L,XL")
    p.add_argument("--files", default="")
    p.add_argument("--knapsack", default="")
    o = p.parse_args()
    program = shlex.split(o.program)
    with tempfile.TemporaryDirectory() as folder:
        if o.knapsack:
            print("| problem | value | known best | status | accepted | CPU s |\n|---|---|---|---|---|---|")
            knapsack(program, o.knapsack, o.time, folder)
            return
        print("| instance | value | gap | status | CPU s | CBC | ratio | CBC CPU s | uplift over hand | accepted | reasons CPU s |\n|---|---|---|---|---|---|---|---|---|---|---|")
        for file in filter(None, o.files.split(",")):
            city(program, os.path.basename(file), file, o.time, folder)
        for size in filter(None, o.sizes.split(",")) if not o.files else []:
            for seed in o.seeds.split(","):
                path = os.path.join(folder, "city.json")
                with open(path, "w") as f:
                    subprocess.run([sys.executable, os.path.join(HERE, "alloc_make.py"), *map(str, SIZES[size]), seed], stdout=f, check=True)
                city(program, "%s-%s" % (size, seed), path, o.time, folder)


if __name__ == "__main__":
    main()
