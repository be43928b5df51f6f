# setup.mk - a newcomer's commands: help, setup, demo, run; and clean, routes, release.
#
# `make demo` and `make test` work on a bare Debian 12. The packages are installed by a first make,
# and the rest is done by a second: what pkg-config knows is read when a make starts.
# SPDX-License-Identifier: EUPL-1.2
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
AGAIN = $(MAKE) --no-print-directory -j$(JOBS)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST) | sort

setup: ## install what the build lacks (debian/control, package-lock.json); root or sudo
	@make/setup.sh

demo: setup ## install what is missing, build, create the demo in demo/, serve it on port 8080
	@$(AGAIN) all
	@$(BUILD)/oppvekst demo --dir demo $(DEMO_FLAGS)

run: all ## rebuild, seed the demo, serve it on port 8080
	@$(BUILD)/oppvekst demo --dir demo $(DEMO_FLAGS)

routes: all ## every route with its permission
	@$(BUILD)/oppvekst routes

clean: ## remove what was built (the demo's database in demo/ stays)
	rm -rf build

# Symbols go to a file of their own, which gdb finds beside the program.
release: ## build/release/: the stripped program, its symbols, and an archive to install from
	@$(AGAIN) BUILD=build/release OPT='-O2 -g -ffile-prefix-map=$(CURDIR)=.' all
	@cd build/release && objcopy --only-keep-debug oppvekst oppvekst.debug && \
	    strip --strip-unneeded oppvekst && objcopy --add-gnu-debuglink=oppvekst.debug oppvekst
	@tar --sort=name --owner=0 --group=0 --numeric-owner --mtime='@$(shell git log -1 --format=%ct)' \
	    -cJf build/release/oppvekst-$(shell git describe --always --dirty).tar.xz \
	    LICENSE README.md -C build/release oppvekst
	@ls -l build/release/oppvekst build/release/*.tar.xz

.PHONY: help setup demo run routes clean release
