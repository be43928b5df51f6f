# deb.mk - the Debian package, and its life in a clean root.
#
# `deb` builds build/deb/oppvekst_VERSION_ARCH.deb from what is committed; `check-deb` installs,
# upgrades, removes and purges it in a bare Debian made by debootstrap, which wants root and the
# Debian archive.
# SPDX-License-Identifier: EUPL-1.2
VERSION := $(shell sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)

deb: ## build/deb/oppvekst_*.deb, from what is committed
	@make/setup.sh deb
	@rm -rf build/deb && mkdir -p build/deb/source
	@git archive HEAD | tar -x -C build/deb/source
	@cd build/deb/source && dpkg-buildpackage --build=binary --unsigned-source --unsigned-changes
	@ls -l build/deb/*.deb

check-deb: deb ## install, upgrade, remove and purge the package in a bare Debian
	@test/deb/life build/deb/oppvekst_$(VERSION)_*.deb

.PHONY: deb check-deb
