# msgids.awk - the msgids of a .po file (--no-wrap) as plain text, one a line, header left out.
# SPDX-License-Identifier: EUPL-1.2
/^msgid / && $0 != "msgid \"\"" { text = substr($0, 8); print substr(text, 1, length(text) - 1); next }
/^msgid ""$/ { many = 1; next }
many && /^"/ { if (seen) print substr($0, 2, length($0) - 2); next }
/^msgstr/ { many = 0; seen = 1 }
/^msgid_plural / { print "    | " substr($0, 15, length($0) - 15) }
