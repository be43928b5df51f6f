# lint.mk - the house style held by machines: lint (rules and layout), lint-test, fmt.
# SPDX-License-Identifier: EUPL-1.2
LAID_OUT := $(sort $(wildcard src/*/*.[ch] src/*/*/*.[ch] tools/*.[ch] tools/*/*.[ch] fuzz/*.[ch] bench/*.[ch]))

$(BUILD)/tools/lint: $(wildcard tools/lint/*.[ch])

# Both are run before either fails, so that one run tells everything. clang-format complains once
# for each place; one line for each file is enough, as `make fmt` mends them all.
lint: $(BUILD)/tools/lint lint-test ## the rules of the house style, and clang-format
	@failed=0; $(BUILD)/tools/lint || failed=1; \
	$(CLANG_FORMAT) --dry-run --Werror $(LAID_OUT) 2>&1 | awk -F: '/error: code should be clang-formatted/ \
	    && !seen[$$1]++ { print $$1 ":" $$2 ": layout is not clang-format'"'"'s; run make fmt [layout]" } \
	    END { exit length(seen) > 0 }' || failed=1; exit $$failed

lint-test: $(BUILD)/tools/lint # each rule fires on its bad example, and a clean tree passes
	@test/lint/run.sh $(BUILD)/tools/lint > $(BUILD)/lint-test.tap || { grep -v '^ok' $(BUILD)/lint-test.tap; exit 1; }

fmt: ## lay out all C as .clang-format says
	@$(CLANG_FORMAT) -i $(LAID_OUT)

.PHONY: lint lint-test fmt
