# test.mk - the tests, and the commands a programmer runs between edits.
#
# test/plan says which programs there are, test/run runs them. Every program of src/**/test-*.c is
# built under AddressSanitizer and UndefinedBehaviorSanitizer in build/asan; clang's opinion of the
# whole code is heard in build/clang, without optimising, for its warnings need none.
# SPDX-License-Identifier: EUPL-1.2
ASAN  := BUILD=build/asan SANITIZE=1
CLANG := BUILD=build/clang CC=clang OPT=-O0 HARDEN=

# The runner starts makes of its own, which must not look for this one's job server. Under test/pg
# all programs share one cluster; those that want a database of it say `test/pg` once more.
RUN_TESTS = MAKEFLAGS= test/run --jobs $(JOBS)
WITH_PG   = MAKEFLAGS= test/pg env -u TEST_DB test/run --jobs $(JOBS)

objects: $(BUILD)/o/$(MAIN_C:.c=.o) $(LIB_O) $(TESTING_O) $(TEST_C:%.c=$(BUILD)/o/%.o)

# The tools too: lint and the catalogues' check run side by side and must not build them twice.
test-build:
	@$(AGAIN) all $(TOOLS)
	@$(AGAIN) $(ASAN) tests
	@$(AGAIN) $(CLANG) objects

test: ## everything: lint, gcc, clang, units on SQLite and PostgreSQL, generators, browser
	@make/setup.sh test
	@$(AGAIN) test-build || { echo "the build failed"; echo "0 passed, 1 failed"; exit 1; }
	@test/plan static tools unit pg program browser | $(WITH_PG)

check: ## every unit test under ASan and UBSan, on SQLite
	@$(AGAIN) $(ASAN) tests
	@test/plan unit | $(RUN_TESTS)

check-pg: ## the unit tests that use a database and every query, on a PostgreSQL of their own
	@$(AGAIN) all
	@$(AGAIN) $(ASAN) tests
	@test/plan pg | $(WITH_PG)

check-browser: all ## the browser tests, in Chromium
	@test/plan browser | $(RUN_TESTS)

golden: all ## accept the present routes as the right ones
	@mkdir -p test/golden
	@$(BUILD)/oppvekst routes > test/golden/routes.txt && git diff --stat -- test/golden

# A test program's object is no throw-away step on the way to it.
.SECONDARY:
.PHONY: objects test test-build check check-pg check-browser golden
