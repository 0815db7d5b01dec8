#!/bin/sh
# import_cli.sh ZHAOYIN: the exit status of `import --yes` says whether the file had projects; of what the
# city changed since a file was made, the stored value stays, and both outputs say so. A long report is whole.
set -u
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
echo 1..6
n=0
check() { # what, wanted status, got
	n=$((n + 1))
	if [ "$2" = "$3" ]; then echo "ok $n - $1"; else echo "not ok $n - $1: status $3, not $2"; fi
}
printf '县市区,个数,合计\n寿光市,3,12\n青州市,4,15\n' >"$dir/sum.csv"
printf '项目名称,总投资（万元）\n某项目,12\n' >"$dir/one.csv"
"$1" import --db "$dir/a.db" --init --yes "$dir/sum.csv" >"$dir/out" 2>"$dir/err"
got=$?
grep -q '汇总表' "$dir/err" || got="$got and no word of it"
check "a summary is said to be one and is invalid input" 1 "$got"
"$1" import --db "$dir/a.db" --yes "$dir/one.csv" >"$dir/out" 2>"$dir/err"
check "a list of projects is stored" 0 $?
# one field changed by both sides, one by the file alone
printf '项目名称,产业链环节,建设内容\n某某项目,甲,原内容\n' >"$dir/made.csv"
"$1" import --db "$dir/b.db" --init --yes "$dir/made.csv" >/dev/null 2>"$dir/err"
"$1" user add staff 甲 CITY_STAFF --scope 3707 --db "$dir/b.db" >/dev/null
code=$("$1" call GET /api/v1/projects/1 --db "$dir/b.db" --as staff | sed 's/.*"code":"\([^"]*\)".*/\1/')
printf '项目编号,数据版本,项目名称,产业链环节\n%s,1,某某项目,乙\n' "$code" >"$dir/first.csv"
"$1" import --db "$dir/b.db" --yes "$dir/first.csv" >/dev/null 2>"$dir/err"
printf '项目编号,数据版本,项目名称,产业链环节,建设内容\n%s,1,某某项目,丙,新内容\n' "$code" >"$dir/late.csv"
"$1" import --db "$dir/b.db" --yes --json "$dir/late.csv" >"$dir/out" 2>"$dir/err"
got=$?
grep -q '"updated":1.*"conflicts":1,"conflict_choice":"stored"' "$dir/out" || got="$got and no conflict counted"
grep -q '"conflict_fields":\[{"sheet":0,"row":2,"name":"某某项目","field":"chain_node","stored":"乙","file":"丙","taken":"stored"}\]' "$dir/out" || got="$got and no field named"
"$1" call GET /api/v1/projects/1 --db "$dir/b.db" --as staff >"$dir/now"
grep -q '"chain_node":"乙"' "$dir/now" && grep -q '"content":"新内容"' "$dir/now" || got="$got and other values stored"
check "what both sides changed stays as stored, what the file alone changed is taken" 0 "$got"
"$1" import --db "$dir/b.db" --yes "$dir/late.csv" >"$dir/out" 2>"$dir/err"
got=$?
grep -q '产业链环节.*系统值“乙”' "$dir/err" || got="$got and no word of it"
check "a person at the command line is told too" 0 "$got"
# more problems than a page of the report holds
seq 1 1100 | sed 's/.*/项目第&号,约&万元/' | sed '1i 项目名称,固定资产投资' >"$dir/long.csv"
"$1" import --db "$dir/c.db" --init --yes --json "$dir/long.csv" >"$dir/out" 2>"$dir/err"
got=$?
python3 -c 'import json, sys; p = json.load(open(sys.argv[1]))["problems"]; sys.exit(len(p) != 1100 or p[-1]["row"] != 1101)' "$dir/out" || got="$got and not every problem"
check "a long report is one document with every problem" 0 "$got"
"$1" import --db "$dir/d.db" --init --yes --json "$dir/long.csv" >/dev/full 2>"$dir/err"
got=$?
[ "$got" != 0 ] && [ -s "$dir/err" ] && got=refused
check "a report that cannot be written is no success" refused "$got"
