# soak.mk - what takes long: kill -9 at random moments, 200 times on each engine; 10,000 idle connections;
# every page for everyone who can see it.
# SPDX-License-Identifier: EUPL-1.2
SOAK_KILLS ?= 200

soak: all ## 200 + 200 kills under writes, 10,000 idle connections, axe for everyone: an hour
	@OPPVEKST=$(BUILD)/oppvekst test/soak/run $(SOAK_KILLS)
	@CLIENTS_IDLE=10000 CLIENTS_SECONDS=20 test/clients/run $(BUILD)/oppvekst
	@AXE_FULL=1 node test/browser/axe.test.mjs

.PHONY: soak
