#!/usr/bin/env python3
"""Make a city for the allocation bench: alloc_make.py PROJECTS FACTORS PERIODS SEED > city.json

The shape follows the made-up city M-1: 16 counties, four classes, four ratings, alternatives (full,
phase 1, from the city pool, another site, delayed), quota between 0.55 and 0.85 of what is asked.
Chance is splitmix64, so that the bytes do not depend on the machine."""
import json
import math
import sys

FACTORS = [("land", "0.1mu", "stock", 300), ("energy", "tce", "flow", 0), ("capital", "10kyuan", "stock", 500),
           ("cod", "kg", "stock", 200), ("nh3n", "kg", "stock", 200), ("so2", "kg", "stock", 200), ("nox", "kg", "stock", 200),
           ("vocs", "kg", "stock", 200), ("water", "m3", "flow", 0), ("pm", "kg", "stock", 200)]
TYPICAL = [60, 400, 1300, 120, 12, 60, 200, 80, 900, 30]
SHARE = [0.68, 0.55, 0.8, 0.57, 0.54, 0.6, 0.53, 0.74, 0.6, 0.6]
COUNTIES = 16


class Chance:
    def __init__(self, seed):
        self.s = seed & (2**64 - 1)

    def bits(self):
        self.s = (self.s + 0x9E3779B97F4A7C15) & (2**64 - 1)
        z = self.s
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & (2**64 - 1)
        return z ^ (z >> 31)

    def unit(self):
        return (self.bits() >> 11) / 2**53

    def below(self, n):
        return self.bits() % n

    def pick(self, weights):
        x = self.unit() * sum(weights)
        for i, w in enumerate(weights):
            x -= w
            if x < 0:
                return i
        return len(weights) - 1

    def normal(self):
        return math.sqrt(-2 * math.log(1 - self.unit())) * math.cos(2 * math.pi * self.unit())


def uses(pool, demand, kinds, start, periods, scale):
    out = []
    for f, d in demand.items():
        amount = max(1, round(d * scale))
        out.append([pool, FACTORS[f][0], start + 1, periods if kinds[f] == "flow" else start + 1, amount])
    return out


def project(c, no, n_factors, periods, weights):
    county = c.pick(weights)
    cls = c.pick([0.033, 0.097, 0.285, 0.585])
    rating = c.pick([0.22, 0.395, 0.28, 0.105])
    size = math.exp(0.75 * c.normal()) * [9, 3.4, 1.5, 1][cls]
    kinds = [f[2] for f in FACTORS]
    demand = {}
    for f in range(n_factors):
        if f < 3 or c.unit() < 0.72:
            demand[f] = TYPICAL[f] * size * math.exp(0.8 * c.normal())
    start = c.below(periods)
    value = max(1, round(420 * size * math.exp(0.35 * c.normal()) * [1.25, 1.1, 0.9, 0.75][rating]))
    here = "c%02d" % (county + 1)
    alts = [{"id": "full", "value": value, "serve": 100, "use": uses(here, demand, kinds, start, periods, 1)}]
    if c.unit() < 0.47:
        alts.append({"id": "phase1", "value": max(1, round(value * 0.553)), "serve": 60, "use": uses(here, demand, kinds, start, periods, 0.55)})
    if c.unit() < 0.45:
        alts.append({"id": "citypool", "value": value, "serve": 100, "use": uses("city", demand, kinds, start, periods, 1)})
    if c.unit() < 0.45:
        other = c.below(COUNTIES)
        if other != county:
            scale = 0.93 + 0.15 * c.unit()
            alts.append({"id": "site-c%02d" % (other + 1), "value": max(1, round(value * (0.86 + 0.12 * c.unit()))), "serve": 100,
                         "use": uses("c%02d" % (other + 1), demand, kinds, start, periods, scale)})
    for late in (1, 2):
        if start + late < periods and c.unit() < 0.55:
            alts.append({"id": "delay%d" % late, "value": max(1, round(value * 0.947**late)), "serve": 100 - 4 * late,
                         "use": uses(here, demand, kinds, start + late, periods, 1)})
    p = {"id": "p%05d" % (no + 1), "county": here, "class": "PKCO"[cls], "rating": "ABCD"[rating], "invest": round(30000 * size), "alts": alts}
    if c.unit() < 0.4:
        p["last"] = alts[c.below(len(alts))]["id"]
    return p


def quota(c, projects, n_factors, periods, weights):
    rows = []
    for f in range(n_factors):
        need = [0.0] * periods
        for p in projects:
            for pool, name, a, b, amount in p["alts"][0]["use"]:
                if name == FACTORS[f][0]:
                    for t in range(a - 1, b):
                        need[t] += amount
        for pool in range(-1, COUNTIES):
            part = 0.2 if pool < 0 else 0.8 * weights[pool] / sum(weights)
            level = part * math.exp(0.0 if pool < 0 else 0.35 * c.normal()) * SHARE[f]
            rows.append({"pool": "city" if pool < 0 else "c%02d" % (pool + 1), "factor": FACTORS[f][0],
                         "amount": [round(level * n * math.exp(0.15 * c.normal())) for n in need]})
    return rows


def main():
    n, n_factors, periods, seed = map(int, sys.argv[1:5])
    c = Chance(seed * 1000003 + n)
    weights = [math.exp(0.7 * c.normal()) for _ in range(COUNTIES)]
    projects = [project(c, i, n_factors, periods, weights) for i in range(n)]
    city = {"format": "alloc/1", "name": "%dx%dx%d-%d" % (n, n_factors, periods, seed), "seed": seed,
            "periods": ["t%02d" % (t + 1) for t in range(periods)], "classes": list("PKCO"), "ratings": list("ABCD"),
            "factors": [dict(zip(("id", "unit", "kind", "carry_permille"), FACTORS[f])) for f in range(n_factors)],
            "pools": [{"id": "city", "kind": "city"}] + [{"id": "c%02d" % (q + 1), "kind": "county", "withdraw_permille": 150, "grant_permille": 300} for q in range(COUNTIES)],
            "quota": quota(c, projects, n_factors, periods, weights),
            "limits": [{"id": "cd-" + FACTORS[f][0], "rating": ["C", "D"], "factor": FACTORS[f][0], "max_permille": 350} for f in (1, 3, 5, 6, 7) if f < n_factors],
            "projects": projects}
    json.dump(city, sys.stdout, separators=(",", ":"))


if __name__ == "__main__":
    main()
