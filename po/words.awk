# words.awk - a catalogue holds the words of its own written standard: first words.txt, then the .po
# (--no-wrap). Set lang and file; exits 1 when a word of the other standard stands in a msgstr.
# SPDX-License-Identifier: EUPL-1.2
NR == FNR {
    if ($1 == lang) instead[$2] = substr($0, index($0, $3))
    next
}
/^#/ || /^$/ { next }
/^msgid/ { reading = 0; id = substr($0, index($0, "\"")) }
/^msgstr/ { reading = id != "\"\"" }
reading {
    text = tolower(substr($0, index($0, "\"")))
    gsub(/\\./, " ", text)
    gsub(/%[-0-9.*l]*[a-z]/, " ", text)
    gsub(/[^a-z\200-\377]+/, " ", text)
    n = split(text, word, " ")
    for (i = 1; i <= n; i++)
        if (word[i] in instead) {
            printf "%s: \"%s\" is not %s (%s), in the translation of %s\n", file, word[i], lang,
                   instead[word[i]], id > "/dev/stderr"
            bad = 1
        }
}
END { exit bad }
