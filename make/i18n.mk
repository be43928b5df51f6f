# i18n.mk - message catalogues: pot, po-merge, po-todo, po-check.
#
# The flow: mark text in English with _(), N_(), ngettext() or {{_ }}; `make po-merge` carries new
# msgids into po/nb.po and po/nn.po (nothing is guessed: no fuzzy matching); `make po-todo` lists what
# waits for a translator as plain text; `make po-check` fails until nothing does. The template
# $(BUILD)/oppvekst.pot is made anew each time and never committed; in po/ neither line numbers nor
# dates of templates are kept, so that a diff shows what was translated.
# SPDX-License-Identifier: EUPL-1.2
POT      := $(BUILD)/oppvekst.pot
POT_FROM := $(sort $(filter-out $(TEST_C) $(TESTING_C),$(ALL_C)) $(wildcard src/*/*.h src/*/*/*.h src/app/*.def src/slices/*/*.def))
XGETTEXT := xgettext --language=C --from-code=UTF-8 --keyword --keyword=_ --keyword=N_ \
            --keyword=ngettext:1,2 --add-comments=i18n: --sort-by-file --no-wrap \
            --package-name=oppvekst --copyright-holder='the oppvekst project'

# Pages are read as the C that pagegen makes of them; its #line leads references back to the .html.
$(POT): $(POT_FROM) $(HTML_H)
	@mkdir -p $(@D)
	@$(XGETTEXT) --force-po --output=$@ $(POT_FROM) $(HTML_H)
	@sed -i 's/charset=CHARSET/charset=UTF-8/' $@

pot: $(POT) ## the translators' template, build/oppvekst.pot

po-merge: $(POT) ## bring po/*.po up to date with the source
	@for po in $(CATALOGUES); do \
	    msgmerge --quiet --update --backup=none --no-fuzzy-matching --no-wrap --sort-by-file $$po $(POT) && \
	    msgattrib --no-obsolete --no-wrap --add-location=file --output-file=$$po $$po && \
	    sed -i '/^"POT-Creation-Date:/d' $$po || exit 1; done

po-todo: $(POT) ## what nb and nn still lack, as plain text
	@for po in $(CATALOGUES); do echo "== $$po"; \
	    msgmerge --quiet --no-fuzzy-matching --no-wrap --output-file=- $$po $(POT) | \
	    msgattrib --untranslated --no-obsolete --no-wrap | awk -f po/msgids.awk; \
	    msgattrib --only-fuzzy --no-obsolete --no-wrap $$po | awk -f po/msgids.awk; done

# msgcmp: nothing missing, fuzzy or empty; msgfmt: format specifiers agree; words.awk: nb is bokmål
# and nn is nynorsk.
po-check: $(POT) po-test ## fail unless bokmål and nynorsk are complete and in their own words
	@failed=0; for po in $(CATALOGUES); do \
	    msgcmp $$po $(POT) || failed=1; \
	    msgfmt --check-format --check-domain --output-file=/dev/null $$po || failed=1; \
	    msgcat --no-wrap $$po | LC_ALL=C awk -v file=$$po -v lang=$(notdir $$(basename $$po .po)) \
	        -f po/words.awk po/words.txt - || failed=1; done; exit $$failed

po-test: # the checks themselves see what they should
	@mkdir -p $(BUILD) && test/po/run.sh > $(BUILD)/po-test.tap || { grep -v '^ok' $(BUILD)/po-test.tap; exit 1; }

.PHONY: pot po-merge po-todo po-check po-test
