# fuzz.mk - one fuzzer for each parser: fuzz/fuzz-NAME.c, with its files in fuzz/corpus/NAME.
#
# `fuzz` looks for new trouble with clang's libFuzzer, and leaves what crashed in build/fuzz, to be
# copied into the corpus; `fuzz-corpus` runs every file of the corpora again, as a test.
# SPDX-License-Identifier: EUPL-1.2
FUZZ_SECONDS ?= 60
FUZZ_ENV     := LSAN_OPTIONS=suppressions=test/lsan.supp:print_suppressions=0
FUZZERS      := $(patsubst fuzz/fuzz-%.c,%,$(wildcard fuzz/fuzz-*.c))

fuzz: ## FUZZ_SECONDS (60) of fuzzing for each parser; crashes land in build/fuzz
	@$(AGAIN) BUILD=build/fuzz CC=clang SANITIZE=1 CFLAGS=-fsanitize=fuzzer-no-link fuzzers
	@for name in $(FUZZERS); do \
	    mkdir -p build/fuzz/found/$$name fuzz/corpus/$$name; \
	    echo "  FUZZ  $$name for $(FUZZ_SECONDS) s"; \
	    $(FUZZ_ENV) build/fuzz/fuzz-$$name -max_total_time=$(FUZZ_SECONDS) -max_len=16384 -verbosity=0 \
	        -print_final_stats=1 -artifact_prefix=build/fuzz/crash-$$name- \
	        build/fuzz/found/$$name fuzz/corpus/$$name || exit 1; \
	done

fuzz-corpus: ## every file of the fuzzers' corpora again, under ASan and UBSan
	@$(AGAIN) BUILD=build/asan SANITIZE=1 replayers
	@for name in $(FUZZERS); do $(FUZZ_ENV) build/asan/replay-$$name fuzz/corpus/$$name || exit 1; done

# Of one BUILD; the two targets above say which.
fuzzers: $(FUZZERS:%=$(BUILD)/fuzz-%)
replayers: $(FUZZERS:%=$(BUILD)/replay-%)

$(BUILD)/fuzz-%: $(BUILD)/o/fuzz/fuzz-%.o $(TESTING_O) $(LIB)
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS_ALL) -fsanitize=fuzzer -o $@ $^ $(PKG_LIBS)

$(BUILD)/replay-%: $(BUILD)/o/fuzz/fuzz-%.o $(BUILD)/o/fuzz/replay.o $(TESTING_O) $(LIB)
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS_ALL) -o $@ $^ $(PKG_LIBS)

.PHONY: fuzz fuzz-corpus fuzzers replayers
