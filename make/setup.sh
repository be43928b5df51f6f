#!/bin/sh
# setup.sh - install what this machine lacks, and nothing when it lacks nothing.
#
# usage: make/setup.sh [test] [bench] [pdf] [deb]     from the root of the project; `make setup` calls it
#
# The Debian packages are those of debian/control's Build-Depends, read here rather than by
# `apt-get build-dep`: that one may remove packages to get its way (a Node.js from elsewhere has npm
# inside and conflicts with Debian's), and it needs dpkg-dev first. apt is run with --no-remove. The
# profile `dev` is always on; the others add theirs. The npm packages are those of
# package-lock.json, put into node_modules without running any script.
# SPDX-License-Identifier: EUPL-1.2
set -eu

profiles=pkg.oppvekst.dev
for word in "$@"; do
    case $word in
    test | bench | pdf | deb) profiles="$profiles pkg.oppvekst.$word" ;;
    *)
        echo "setup.sh: unknown profile '$word' (test, bench, pdf, deb)" >&2
        exit 2
        ;;
    esac
done

say() {
    echo "setup: $*"
}

# What is installed, one line each: state, name, version, what it provides.
installed() {
    # shellcheck disable=SC2016 # the braces are dpkg-query's
    dpkg-query -W -f '${db:Status-Status}\t${Package}\t${Version}\t${Provides}\n'
}

# The first alternative of every dependency that nothing installed satisfies.
missing() {
    installed | awk -v profiles="$profiles" -F '\t' '
        function satisfied(want,    name, op, version, have) {
            name = want
            sub(/[ (:].*/, "", name)
            if (!(name in version_of)) return 0
            if (want !~ /\(/) return 1
            match(want, /\([<>=]+ *[^)]+\)/)
            op = substr(want, RSTART + 1, RLENGTH - 2)
            version = op
            sub(/^[<>=]+ */, "", version)
            sub(/ *[^<>=].*$/, "", op)
            have = version_of[name]
            if (have == "") return 0
            return system("dpkg --compare-versions \"" have "\" \"" op "\" \"" version "\"") == 0
        }
        # "<a> <!b c>": true when one bracket holds; no bracket at all holds too.
        function enabled(text,    groups, n, i, terms, m, j, name, all) {
            if (text !~ /</) return 1
            n = split(text, groups, "<")
            for (i = 2; i <= n; i++) {
                sub(/>.*/, "", groups[i])
                m = split(groups[i], terms, " ")
                all = 1
                for (j = 1; j <= m; j++) {
                    name = terms[j]
                    if (sub(/^!/, "", name) ? (name in active) : !(name in active)) all = 0
                }
                if (all) return 1
            }
            return 0
        }
        function consider(entry,    text, n, i, choice, name) {
            if (!enabled(entry)) return
            text = entry
            gsub(/<[^>]*>/, "", text)
            gsub(/^[ \t]+|[ \t]+$/, "", text)
            if (text == "") return
            n = split(text, choice, / *\| */)
            for (i = 1; i <= n; i++)
                if (satisfied(choice[i])) return
            name = choice[1]
            sub(/[ (:].*/, "", name)
            if (!(name in printed)) print name
            printed[name] = 1
        }
        BEGIN {
            n = split(profiles, list, " ")
            for (i = 1; i <= n; i++) active[list[i]] = 1
        }
        FILENAME == "-" {
            if ($1 != "installed") next
            version_of[$2] = $3
            n = split($4, provided, ", ")
            for (i = 1; i <= n; i++) {
                name = version = provided[i]
                sub(/ .*/, "", name)
                if (!sub(/^.*\(= */, "", version)) version = ""
                sub(/\).*/, "", version)
                if (!(name in version_of)) version_of[name] = version
            }
            next
        }
        /^#/ { next }
        /^[^ \t]/ { inside = /^Build-Depends:/ }
        inside { sub(/^Build-Depends:/, ""); depends = depends " " $0 }
        END {
            consider("build-essential") # implied by the policy, never listed
            n = split(depends, entries, ",")
            for (i = 1; i <= n; i++) consider(entries[i])
        }' - debian/control
}

install_packages() {
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null; then
        as_root=sudo
    else
        say "these Debian packages are missing:" "$@" >&2
        say "you are not root and there is no sudo; ask the machine's administrator for:" >&2
        echo "    apt-get install --no-install-recommends $*" >&2
        exit 1
    fi
    say "installing $# Debian packages:" "$@"
    $as_root apt-get update -qq || say "apt-get update had trouble; going on with the lists there are"
    log=$(mktemp)
    {
        $as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get install -y -q \
            --no-install-recommends --no-remove "$@" 2>&1 || echo "setup: apt-get failed"
    } | tee "$log" | progress
    if tail -n 1 "$log" | grep -q '^setup: apt-get failed$'; then
        cat "$log" >&2
        rm -f "$log"
        exit 1
    fi
    rm -f "$log"
}

# apt says three lines or more a package; of those, a tenth of the way at a time.
progress() {
    awk '/ newly installed,/ { steps = 2 * $3 }
        /^Unpacking |^Setting up / {
            done++
            if (steps && done * 10 >= steps * (tenth + 1)) {
                tenth = int(done * 10 / steps)
                printf "setup: %3d %%  %s\n", tenth * 10, $0
                fflush()
            }
        }'
}

if ! command -v dpkg-query >/dev/null; then
    say "this is not Debian; install the packages that debian/control lists and run the goal's" \
        "own parts (see HACKING.md)" >&2
    exit 1
fi

# shellcheck disable=SC2046 # package names hold no blanks
set -- $(missing)
if [ $# -gt 0 ]; then
    install_packages "$@"
    # shellcheck disable=SC2046
    set -- $(missing)
    if [ $# -gt 0 ]; then
        say "still missing after the installation:" "$@" >&2
        exit 1
    fi
fi

if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
    say "fetching the npm packages of package-lock.json"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    touch node_modules/.package-lock.json
fi
