# Makefile - wildcards only: a new slice, page, query file, migration or test edits nothing here.
# A newcomer's two targets are `demo` and `test`; `make help` lists the rest.
# SPDX-License-Identifier: EUPL-1.2
BUILD   ?= build
CC      ?= gcc
ifeq ($(origin CC),default)
CC      := gcc
endif
CLANG_FORMAT ?= clang-format
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

# ---- what there is -----------------------------------------------------------------------------
ALL_C      := $(sort $(wildcard src/base/*.c src/platform/*/*.c src/slices/*/*.c src/app/*.c))
TEST_C     := $(sort $(wildcard src/base/test-*.c src/platform/*/test-*.c src/slices/*/test-*.c src/app/test-*.c))
TESTING_C  := $(sort $(wildcard src/*/testing*.c src/platform/*/testing*.c src/slices/*/testing*.c))
MAIN_C     := src/app/main.c
LIB_C      := $(filter-out $(TEST_C) $(TESTING_C) $(MAIN_C),$(ALL_C))
MIGRATIONS := $(sort $(wildcard src/slices/*/[0-9][0-9][0-9][0-9]-*.sql src/platform/*/[0-9][0-9][0-9][0-9]-*.sql))
QUERIES    := $(filter-out $(MIGRATIONS),$(sort $(wildcard src/slices/*/*.sql src/platform/*/*.sql)))
PAGES      := $(sort $(wildcard src/slices/*/*.html src/platform/*/*.html src/app/*.html))
FUZZ_C     := $(sort $(wildcard fuzz/*.c))
CATALOGUES := $(sort $(wildcard po/*.po))
STATIC     := $(sort $(wildcard static/*))
SEED       := $(sort $(wildcard src/slices/*/seed/* src/app/seed/*))
FOLDERS    := $(sort $(dir $(ALL_C) $(wildcard src/*/*.h src/*/*/*.h)))

GEN        := $(BUILD)/gen
SQL_H      := $(QUERIES:src/%.sql=$(GEN)/%.sql.h)
HTML_H     := $(PAGES:src/%.html=$(GEN)/%.html.h)
EMBED_C    := $(GEN)/migrations.c $(GEN)/static.c $(GEN)/catalogues.c $(GEN)/seed.c
LIB_O      := $(LIB_C:%.c=$(BUILD)/o/%.o) $(EMBED_C:%.c=%.o)
TESTING_O  := $(TESTING_C:%.c=$(BUILD)/o/%.o)
TESTS      := $(TEST_C:src/%.c=$(BUILD)/test/%)
LIB        := $(BUILD)/liboppvekst.a

# ---- how it is compiled ------------------------------------------------------------------------
PKGS       := glib-2.0 gio-2.0 sqlite3 libpq libmicrohttpd libsodium cairo pangocairo pangoft2 fontconfig \
              harfbuzz harfbuzz-subset icu-i18n icu-uc jansson zlib libbrotlienc libcurl liboath libzip expat \
              xlsxwriter libseccomp libqrencode
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
LAZY       := libpq libcurl# loaded when first needed: see src/base/lazy.h
PKG_LIBS   := $(shell pkg-config --libs $(filter-out $(LAZY),$(PKGS)) 2>/dev/null) -lcmark-gfm -lcmark-gfm-extensions -lstemmer -lglpk -lm -pthread
WARN       := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 \
              -Wvla -Wno-missing-field-initializers -Werror
HARDEN     := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fcf-protection -fPIE
HARDEN_LD  := -pie -Wl,-z,relro,-z,now,-z,noexecstack
# A start of the program is mostly the loader looking 17,000 names up, library by library in this order:
# first those that most of the names are found in. (The sanitizers must come first themselves.)
FIRST      := -Wl,--push-state,--no-as-needed -lc -lstdc++ -lcrypto -licuuc -Wl,--pop-state
ifdef SANITIZE
FIRST      :=
OPT        := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
HARDEN     :=
HARDEN_LD  :=
else
OPT        ?= -O2 -g
endif
INCLUDES   := $(addprefix -I,$(FOLDERS:%/=%)) -I$(GEN)
CFLAGS_ALL := -std=gnu17 $(OPT) $(WARN) $(HARDEN) -D_GNU_SOURCE -DG_LOG_DOMAIN='"oppvekst"' $(INCLUDES) \
              $(patsubst -I%,-isystem %,$(PKG_CFLAGS)) $(CFLAGS)
LDFLAGS_ALL := $(OPT) $(HARDEN_LD) $(FIRST) $(LDFLAGS)
TOOL_CFLAGS := -std=gnu17 -O1 -g $(WARN) -D_GNU_SOURCE -Isrc/base $(patsubst -I%,-isystem %,$(PKG_CFLAGS))

all: $(BUILD)/oppvekst ## the program, build/oppvekst

$(BUILD)/oppvekst: $(BUILD)/o/$(MAIN_C:.c=.o) $(LIB)
	@echo "  LD    $@"
	@$(CC) $(LDFLAGS_ALL) -o $@ $^ $(PKG_LIBS)

$(LIB): $(LIB_O)
	@rm -f $@ && ar rcs $@ $^

# A file sees the generated headers of its own folder only.
$(BUILD)/o/%.o: %.c | $(SQL_H) $(HTML_H)
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) $(CFLAGS_ALL) -I$(GEN)/$(patsubst src/%/,%,$(dir $<)) -MMD -MP -c -o $@ $<

$(GEN)/%.o: $(GEN)/%.c
	@$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# ---- what is generated -------------------------------------------------------------------------
TOOLS := $(patsubst tools/%.c,$(BUILD)/tools/%,$(wildcard tools/*.c))
$(BUILD)/tools/pagegen: $(wildcard tools/pagegen/*.[ch])
$(BUILD)/tools/sqlgen: $(wildcard tools/sqlgen/*.[ch]) src/platform/db/sqltext.c src/platform/db/ddl.c src/platform/db/rewrite.c
$(BUILD)/tools/sqlgen: TOOL_CFLAGS += -Isrc/platform/db
$(BUILD)/tools/sqlgen: TOOL_LIBS := -lpq
$(BUILD)/tools/%: tools/%.c src/base/app.c src/base/app.h
	@mkdir -p $(@D)
	@echo "  TOOL  $@"
	@$(CC) $(TOOL_CFLAGS) -o $@ $(filter %.c,$^) $(PKG_LIBS) $(TOOL_LIBS)

$(GEN)/%.sql.h: src/%.sql $(MIGRATIONS) $(BUILD)/tools/sqlgen
	@mkdir -p $(@D)
	@$(BUILD)/tools/sqlgen $(addprefix --migration=,$(MIGRATIONS)) $< > $@

$(GEN)/%.html.h: src/%.html $(BUILD)/tools/pagegen
	@mkdir -p $(@D)
	@$(BUILD)/tools/pagegen $< > $@

$(GEN)/migrations.c: $(MIGRATIONS) $(BUILD)/tools/embed
	@mkdir -p $(@D)
	@$(BUILD)/tools/embed migrations $(MIGRATIONS) > $@

$(GEN)/static.c: $(STATIC) $(BUILD)/node_modules.stamp $(BUILD)/tools/embed
	@mkdir -p $(@D)
	@$(BUILD)/tools/embed static $(STATIC) designsystem.css=node_modules/@digdir/designsystemet-css/dist/src/index.css \
	    designsystem-theme.css=node_modules/@digdir/designsystemet-css/dist/theme/designsystemet.css > $@

$(GEN)/seed.c: $(SEED) $(BUILD)/tools/embed
	@mkdir -p $(@D)
	@$(BUILD)/tools/embed seed $(SEED) > $@

$(GEN)/%.mo: po/%.po
	@mkdir -p $(@D)
	@msgfmt --check --output-file=$@ $<

$(GEN)/catalogues.c: $(CATALOGUES:po/%.po=$(GEN)/%.mo) $(BUILD)/tools/embed
	@$(BUILD)/tools/embed catalogues $(filter %.mo,$^) > $@

$(BUILD)/node_modules.stamp: package-lock.json
	@mkdir -p $(@D)
	@[ -d node_modules ] && [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --silent
	@touch $@

# ---- tests -------------------------------------------------------------------------------------
$(BUILD)/test/%: $(BUILD)/o/src/%.o $(TESTING_O) $(LIB)
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS_ALL) -o $@ $^ $(PKG_LIBS)

tests: $(TESTS) # every test program of this BUILD
.PHONY: all tests

include $(sort $(wildcard make/*.mk))
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
