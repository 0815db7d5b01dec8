#!/usr/bin/env python3
"""Turns the files of data/ into C tables: divisions and industries are inside the program.

    embed_data.py DATA_DIR OUTPUT.c

What is refused is refused with file, line and rule: a code that stands twice, a parent that is not
there, a level that does not fit, a row of another width. The tables are declared in
src/domain/reference_data.h.
"""

import csv
import hashlib
import os
import re
import sys

PLACEHOLDERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
LEVELS = {"province": 0, "prefecture": 1, "county": 2, "township": 3}
INDUSTRY_LEVELS = {"section": 1, "division": 2, "group": 3, "class": 4}  # length of the code

# What is cut off a full name to get the name that people write. 内蒙古 keeps its last two characters.
KINDS = {
    0: r"(特别行政区|(壮族|回族|维吾尔)?自治区|省|市)$",
    1: r"(自治州|地区|盟|市)$",
    2: r"(自治县|自治旗|(?<!开发)(?<!管理)(?<!示范)(?<!名胜)(?<!园)区|县|市|旗)$",
    3: r"$",  # a township is written in full: 羊口镇
}
PEOPLES = ("维吾尔族 土家族 布依族 哈尼族 景颇族 傈僳族 朝鲜族 蒙古族 哈萨克族 柯尔克孜族 达斡尔族 鄂温克族 鄂伦春族 "
           "俄罗斯族 塔吉克族 锡伯族 撒拉族 东乡族 保安族 裕固族 仡佬族 仫佬族 毛南族 拉祜族 布朗族 独龙族 普米族 阿昌族 "
           "德昂族 基诺族 纳西族 畲族 壮族 苗族 彝族 藏族 回族 侗族 瑶族 白族 傣族 黎族 满族 羌族 土族 佤族 怒族 水族 各族 "
           "蒙古 哈萨克 柯尔克孜 塔吉克 锡伯").split()


class Refused(Exception):
    pass


def read(folder, name, columns):
    path = os.path.join(folder, name)
    with open(path, encoding="utf-8", newline="") as f:
        rows = list(csv.reader(f))
    if not rows or rows[0] != columns:
        raise Refused(f"{path}:1: the header must be {','.join(columns)}")
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(columns):
            raise Refused(f"{path}:{number}: {len(row)} columns; {len(columns)} are needed")
        yield f"{path}:{number}", dict(zip(columns, row))


class Region:
    def __init__(self, where, code, name, level, parent):
        self.where, self.code, self.name, self.level, self.parent = where, code, name, level, parent
        self.name_en, self.sort_no, self.is_zone = "", 0, False

    def placeholder(self):
        return self.level in (1, 2) and self.name in PLACEHOLDERS


def read_regions(folder):
    regions = {}

    def add(r):
        if r.code in regions:
            raise Refused(f"{r.where}: code {r.code} is there already: {regions[r.code].where}")
        if r.level not in LEVELS.values():
            raise Refused(f"{r.where}: level must be one of {', '.join(LEVELS)}")
        if (r.parent == "") != (r.level == 0) or (r.parent and r.parent not in regions):
            raise Refused(f"{r.where}: parent '{r.parent}' of {r.code} is not there")
        regions[r.code] = r

    for name in ("divisions_china.csv", "townships_weifang.csv"):
        for where, row in read(folder, name, ["code", "name", "level", "parent"]):
            add(Region(where, row["code"], row["name"], LEVELS.get(row["level"], -1), row["parent"]))
    units = read(folder, "weifang_units.csv",
                 ["code", "name", "name_en", "kind", "lon", "lat", "tile_col", "tile_row"])
    for sort_no, (where, row) in enumerate(units, 1):
        if row["code"] not in regions:
            add(Region(where, row["code"], row["name"], LEVELS["county"], row["code"][:4] + "00"))
        unit = regions[row["code"]]
        if unit.name != row["name"]:
            raise Refused(f"{where}: {row['code']} is '{unit.name}' in {unit.where}")
        unit.name_en, unit.sort_no, unit.is_zone = row["name_en"], sort_no, row["kind"] == "zone"
    return regions


def short_name(region):
    """寿光市 -> 寿光, 延边朝鲜族自治州 -> 延边; empty when less than two characters would stay."""
    text = re.sub(KINDS[region.level], "", region.name)
    was_autonomous = "自治" in region.name[len(text):]
    while was_autonomous:
        people = next((p for p in PEOPLES if text.endswith(p) and len(text) - len(p) >= 2), None)
        if not people:
            break
        text = text[:-len(people)]
    return text if 2 <= len(text) < len(region.name) else ""


def read_names(folder, regions):
    """[(name, code, is_short)], sorted by bytes; a name of several regions stands once for each."""
    names = {}
    for r in regions.values():
        if not r.placeholder():
            names[r.name, r.code] = False
            if short_name(r):
                names.setdefault((short_name(r), r.code), True)
    for where, row in read(folder, "region_aliases.csv", ["code", "alias"]):
        if row["code"] not in regions:
            raise Refused(f"{where}: no region has the code {row['code']}")
        names.setdefault((row["alias"], row["code"]), True)
    return sorted(((n, c, s) for (n, c), s in names.items()), key=lambda x: (x[0].encode(), x[1]))


def read_industries(folder):
    industries = {}
    columns = ["code", "name", "parent", "level", "section"]
    for where, row in read(folder, "gbt4754_2017.csv", columns):
        if row["code"] in industries:
            raise Refused(f"{where}: code {row['code']} is there already")
        if len(row["code"]) != INDUSTRY_LEVELS.get(row["level"]):
            raise Refused(f"{where}: {row['code']} is no code of a {row['level']}")
        if (row["parent"] == "") != (row["level"] == "section") or (row["parent"] and row["parent"] not in industries):
            raise Refused(f"{where}: parent '{row['parent']}' of {row['code']} is not there")
        industries[row["code"]] = row
    return industries


def c_str(text):
    if re.search(r'["\\?\x00-\x1f\x7f]', text):
        raise Refused(f"'{text}' has a character that no name here needs")
    return f'S_("{text}")'


def source(regions, names, industries, digest):
    codes = sorted(regions)
    place = {code: i for i, code in enumerate(codes)}
    out = ["/* Made by tools/embed_data.py from data/: change the files there. */",
           '#include "domain/reference_data.h"', "", "const struct region region_rows[] = {"]
    for code in codes:
        r = regions[code]
        out.append(f"\t{{{c_str(code)}, {c_str(r.name)}, {c_str(r.name_en)}, {c_str(r.parent)}, {r.level}, {r.sort_no}, "
                   f"{int(r.sort_no > 0)}, {int(r.is_zone)}, {int(r.placeholder())}}},")
    out += ["};", f"const size_t region_rows_n = {len(codes)};", "", "const struct region_name region_names[] = {"]
    out += [f"\t{{{c_str(n)}, {place[c]}, {int(s)}}}," for n, c, s in names]
    out += ["};", f"const size_t region_names_n = {len(names)};", "", "const struct industry industry_rows[] = {"]
    for code in sorted(industries):
        row = industries[code]
        out.append(f"\t{{{c_str(code)}, {c_str(row['name'])}, {c_str(row['parent'])}, {c_str(row['section'])}, "
                   f"{INDUSTRY_LEVELS[row['level']] - 1}}},")
    out += ["};", f"const size_t industry_rows_n = {len(industries)};", "",
            f"const struct str reference_digest = {c_str(digest)};", ""]
    return "\n".join(out)


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: embed_data.py DATA_DIR OUTPUT.c")
    folder, output = sys.argv[1:]
    try:
        regions = read_regions(folder)
        industries = read_industries(folder)
        body = source(regions, read_names(folder, regions), industries, "")
        digest = hashlib.sha256(body.encode()).hexdigest()
        text = source(regions, read_names(folder, regions), industries, digest)
    except (Refused, OSError, UnicodeDecodeError) as e:
        sys.exit(f"embed_data: {e}")
    with open(output, "w", encoding="utf-8", newline="\n") as f:
        f.write(text)


main()
