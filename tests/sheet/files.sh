#!/bin/sh
# files.sh TOOL FOLDER - the command "sheet" over the files of a folder: the sheets of FILE must be
# those of FOLDER/expected/FILE.json, the cells of its sheet N those of FOLDER/expected/FILE.N.csv.
# Then wrong use and refused files: exit status, a reason on standard error, nothing on standard output.
tool=$1 folder=$2 failed=0 checked=0
out=$(mktemp) err=$(mktemp)
trap 'rm -f "$out" "$err"' EXIT

fail() {
	echo "FAIL: $*"
	failed=1
}

# same FILE OPTIONS... : standard output equals the file
same() {
	want=$1
	shift
	checked=$((checked + 1))
	"$tool" "$@" >"$out" 2>"$err" || fail "$* ended with $?: $(cat "$err")"
	cmp -s "$out" "$want" || { fail "$* differs from $want"; diff "$want" "$out" | head -5; }
}

# refused STATUS WORD OPTIONS...
refused() {
	status=$1 word=$2
	shift 2
	checked=$((checked + 1))
	"$tool" "$@" >"$out" 2>"$err"
	got=$?
	[ $got -eq "$status" ] || fail "$* ended with $got, not $status"
	[ -s "$out" ] && fail "$* wrote to standard output"
	grep -q -- "$word" "$err" || fail "$*: no \"$word\" on standard error"
}

for want in "$folder"/expected/*; do
	name=${want##*/}
	case $name in
	*.json) same "$want" --json "$folder/${name%.json}" ;;
	*.0.csv) same "$want" --csv "$folder/${name%.0.csv}" ;;
	*.csv)
		rest=${name%.csv}
		same "$want" --csv --sheet "${rest##*.}" "$folder/${rest%.*}"
		;;
	esac
done

refused 2 usage
refused 2 usage --json
refused 2 usage --csv --sheet x "$folder/utf8_mark.csv"
refused 2 usage --json --csv "$folder/utf8_mark.csv"
refused 2 usage --json --sheet 0 "$folder/utf8_mark.csv"
refused 2 usage --json a b
refused 1 sheet_no_sheet --csv --sheet 9 "$folder/formats.xlsx"
refused 1 sheet_not_found --json "$folder/no_such_file.xlsx"
refused 1 sheet_not_found --json "$folder"
: >"$out.csv"
refused 1 sheet_empty --json "$out.csv"
rm -f "$out.csv"
head -c 3000 "$folder/formats.xlsx" >"$out.xlsx"
refused 1 sheet_damaged --json "$out.xlsx"
rm -f "$out.xlsx"

[ $checked -ge 20 ] || fail "only $checked cases were found"
[ $failed -eq 0 ] && echo "$checked cases"
exit $failed
