#!/bin/sh
# run.sh - proves that po/words.awk and po/msgids.awk see what they should. TAP on stdout.
# SPDX-License-Identifier: EUPL-1.2
cd "$(dirname "$0")/../.." || exit 2
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
n=0
failed=0

report() { # ok?, name
    n=$((n + 1))
    if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2" && failed=1; fi
}

# words LANG MSGID MSGSTR: exit code of the word check for a catalogue with that one message
words() {
    printf 'msgid ""\nmsgstr ""\n"Language: ikke ikkje\\n"\n\nmsgid "%s"\nmsgstr "%s"\n' "$2" "$3" >"$dir/x.po"
    LC_ALL=C awk -v file=x.po -v lang="$1" -f po/words.awk po/words.txt "$dir/x.po" 2>"$dir/err"
}

words nn 'No goal' 'Ikkje noko mål'; report $? /po/words/nynorsk-passes
words nb 'No goal' 'Ikke noe mål'; report $? /po/words/bokmal-passes
! words nn 'No goal' 'Ikke noko mål'; report $? /po/words/bokmal-in-nynorsk
grep -q '"ikke" is not nn (ikkje), in the translation of "No goal"' "$dir/err"; report $? /po/words/says-which
! words nb 'No goal' 'Det er ikkje mål'; report $? /po/words/nynorsk-in-bokmal
! words nn 'School' 'SKOLE'; report $? /po/words/capitals
words nn 'School' 'Skulehage og skoleringane'; report $? /po/words/whole-words-only
words nn 'write skjermet or ok' 'skriv skjermet eller ok'; report $? /po/words/codes-stay
! words nn 'It took %s' 'Det tok\nhvor %s'; report $? /po/words/after-an-escape

printf 'msgid ""\nmsgstr "x"\n\nmsgid "One"\nmsgstr ""\n\nmsgid "%%d school"\nmsgid_plural "%%d schools"\nmsgstr[0] ""\n' >"$dir/y.po"
[ "$(awk -f po/msgids.awk "$dir/y.po")" = "One
%d school
    | %d schools" ]; report $? /po/msgids/plain-text

# msgcmp and msgfmt are what po-check relies on for the rest
printf 'msgid "One %%d"\nmsgstr ""\n' >"$dir/x.pot"
printf '#, fuzzy\nmsgid "One %%d"\nmsgstr "Ein %%d"\n' >"$dir/fuzzy.po"
! msgcmp "$dir/fuzzy.po" "$dir/x.pot" 2>/dev/null; report $? /po/check/fuzzy
printf 'msgid "Two"\nmsgstr "To"\n' >"$dir/missing.po"
! msgcmp "$dir/missing.po" "$dir/x.pot" 2>/dev/null; report $? /po/check/missing
printf '#, c-format\nmsgid "One %%d"\nmsgstr "Ein %%s"\n' >"$dir/format.po"
! msgfmt --check-format -o /dev/null "$dir/format.po" 2>/dev/null; report $? /po/check/format
echo "1..$n"
exit $failed
