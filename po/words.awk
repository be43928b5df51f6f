# words.awk - a catalogue holds the words of its own written standard: first words.txt, then the .po
# (--no-wrap). Set lang and file; exits 1 when a word of the other standard stands in a msgstr. A word
# that stands in the English msgid too is a code or a column's name, and stays as it is.
# SPDX-License-Identifier: EUPL-1.2
NR == FNR {
    if ($1 == lang) instead[$2] = substr($0, index($0, $3))
    next
}
/^#/ || /^$/ { next }
function words_of(text, word) {
    text = tolower(text)
    gsub(/\\./, " ", text)
    gsub(/%[-0-9.*l]*[a-z]/, " ", text)
    gsub(/[^a-z\200-\377]+/, " ", text)
    return split(text, word, " ")
}
/^msgid/ {
    reading = 0
    id = substr($0, index($0, "\""))
    if ($1 == "msgid") delete quoted
    for (i = words_of(id, word); i > 0; i--) quoted[word[i]] = 1
}
/^msgstr/ { reading = id != "\"\"" }
reading {
    n = words_of(substr($0, index($0, "\"")), word)
    for (i = 1; i <= n; i++)
        if (word[i] in instead && !(word[i] in quoted)) {
            printf "%s: \"%s\" is not %s (%s), in the translation of %s\n", file, word[i], lang,
                   instead[word[i]], id > "/dev/stderr"
            bad = 1
        }
}
END { exit bad }
