#!/bin/sh
# run.sh - proves that each rule of the lint fires where it should and nowhere else. TAP on stdout.
#
# cases/RULE/ is a small tree that breaks one rule; its `expect` has a line "FILE:LINE RULE" for each
# finding of that rule. cases/clean/ breaks none. Usage: test/lint/run.sh build/tools/lint
# SPDX-License-Identifier: EUPL-1.2
lint=${1:?usage: run.sh PATH-TO-LINT}
cd "$(dirname "$0")/cases" || exit 2
case $lint in /*) ;; *) lint=$OLDPWD/$lint ;; esac
n=0
failed=0

report() { # ok?, name, diagnosis
    n=$((n + 1))
    if [ "$1" = 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        printf '%s\n' "$3" | sed 's/^/# /'
        failed=1
    fi
}

# "src/a.c:3: message [rule]" -> "src/a.c:3 rule"
places() { sed 's/^\([^:]*:[0-9]*\): .*\[\([a-z-]*\)\]$/\1 \2/'; }

for rule in $("$lint" --list | cut -d' ' -f1); do
    if [ ! -s "$rule/expect" ]; then
        report 1 "/lint/$rule/has-a-case" "cases/$rule/expect is missing or empty"
        continue
    fi
    got=$("$lint" --root "$rule" --only "$rule" | places)
    wanted=$(cat "$rule/expect")
    [ "$got" = "$wanted" ]
    report $? "/lint/$rule/fires" "got:
$got
wanted:
$wanted"
done

got=$("$lint" --root clean)
report $? "/lint/clean/passes" "$got"
"$lint" --root nowhere >/dev/null 2>&1
[ $? = 2 ]
report $? "/lint/wrong-use/exit-code" "an empty tree should be wrong use"
echo "1..$n"
exit $failed
