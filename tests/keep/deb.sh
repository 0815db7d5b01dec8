#!/bin/sh
# The Debian package, unpacked and configured in a root of its own: user, folders, unit, conffile, upgrade, removal.
# Needs root (dpkg does); says so and passes by otherwise.
set -u
cd "$(dirname "$0")/../.." || exit 1
[ "$(id -u)" = 0 ] || { echo "1..0 # skip dpkg needs root"; exit 0; }
dir=$(mktemp -d /tmp/zhaoyin-deb-XXXXXX)
trap 'rm -rf "$dir"' EXIT
n=0
ok() {
	n=$((n + 1))
	if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; status=1; fi
}
status=0
echo "1..9"
deb=$(script/deb "$dir")
ok $? "script/deb makes $(basename "$deb")"
root=$dir/root
mkdir -p "$root/etc" "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates" "$root/usr/bin" "$root/tmp"
touch "$root/var/lib/dpkg/status" "$root/etc/shadow" "$root/etc/gshadow"
echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
echo 'root:x:0:' >"$root/etc/group"
run_dpkg() {
	dpkg --root="$root" --force-depends --force-script-chrootless --force-confold "$@" >"$dir/log" 2>&1 || { sed 's/^/# /' "$dir/log"; return 1; }
}
run_dpkg -i "$deb"
ok $? "it installs"
grep -q '^zhaoyin:.*:/var/lib/zhaoyin:/usr/sbin/nologin$' "$root/etc/passwd"
ok $? "the user has no shell"
[ "$(stat -c %a:%u "$root/var/lib/zhaoyin-keys")" = "700:$(grep '^zhaoyin:' "$root/etc/passwd" | cut -d: -f3)" ]
ok $? "its folders are its own"
[ "$("$root/usr/bin/zhaoyin" version)" = "$(build/zhaoyin version)" ]
ok $? "the program runs"
grep -q '^ExecStart=/usr/bin/zhaoyin serve' "$root/lib/systemd/system/zhaoyin.service"
ok $? "the unit is there"
echo 'ZHAOYIN_LISTEN=127.0.0.1:9000' >>"$root/etc/zhaoyin/zhaoyin.conf"
echo city >"$root/var/lib/zhaoyin/city.db"
run_dpkg -i "$deb" && grep -q 9000 "$root/etc/zhaoyin/zhaoyin.conf"
ok $? "settings survive an upgrade"
run_dpkg -r zhaoyin && [ ! -e "$root/usr/bin/zhaoyin" ] && [ -e "$root/var/lib/zhaoyin/city.db" ]
ok $? "a city survives removal"
run_dpkg -P zhaoyin && [ -e "$root/var/lib/zhaoyin/city.db" ] && [ ! -e "$root/etc/zhaoyin/zhaoyin.conf" ]
ok $? "and purge, which takes the settings"
exit $status
