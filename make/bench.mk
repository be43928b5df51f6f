# bench.mk - measure ours beside its peers; the table is kept in bench/README.md.
# SPDX-License-Identifier: EUPL-1.2
bench: ## measure beside Express, PHP, Django, sqlite3, WeasyPrint; writes bench/README.md
	@make/setup.sh test bench
	@$(AGAIN) all
	@node bench/run.mjs $(BENCH_FLAGS)

# Programs of bench/ that measure a part from inside.
$(BUILD)/bench/%: $(BUILD)/o/bench/%.o $(TESTING_O) $(LIB)
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS_ALL) -o $@ $^ $(PKG_LIBS)

.PHONY: bench
