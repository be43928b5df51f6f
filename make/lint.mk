# lint.mk - the house style held by machines: lint (rules and layout), lint-test, fmt.
# SPDX-License-Identifier: EUPL-1.2
LAID_OUT := $(sort $(wildcard src/*/*.[ch] src/*/*/*.[ch] tools/*.[ch] tools/*/*.[ch] fuzz/*.[ch] bench/*.[ch]))

$(BUILD)/tools/lint: $(wildcard tools/lint/*.[ch])

# Both are run before either fails, so that one run tells everything. One line for each file that is
# laid out otherwise is enough, as `make fmt` mends them all; a crash of clang-format is a finding too.
lint: $(BUILD)/tools/lint lint-test ## the rules of the house style, and clang-format
	@failed=0; $(BUILD)/tools/lint || failed=1; for file in $(LAID_OUT); do \
	    $(CLANG_FORMAT) $$file 2>$(BUILD)/lint-layout.err | cmp -s - $$file || { failed=1; \
	        echo "$$file:1: layout is not clang-format's; run make fmt [layout]"; }; \
	    grep -q 'Stack dump' $(BUILD)/lint-layout.err && echo "$$file:1: clang-format crashed [layout]"; \
	done; exit $$failed

lint-test: $(BUILD)/tools/lint # each rule fires on its bad example, and a clean tree passes
	@test/lint/run.sh $(BUILD)/tools/lint > $(BUILD)/lint-test.tap || { grep -v '^ok' $(BUILD)/lint-test.tap; exit 1; }

fmt: ## lay out all C as .clang-format says
	@printf '%s\n' $(LAID_OUT) | xargs -n 1 $(CLANG_FORMAT) -i

.PHONY: lint lint-test fmt
