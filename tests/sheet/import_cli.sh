#!/bin/sh
# import_cli.sh ZHAOYIN: the exit status of `import --yes` says whether the file had projects.
set -u
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
echo 1..2
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
