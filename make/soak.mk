# soak.mk - what takes long: kill -9 at random moments, 200 times on each engine.
# SPDX-License-Identifier: EUPL-1.2
SOAK_KILLS ?= 200

soak: all ## kill -9 of server and jobs under writes, 200 times on SQLite and 200 on PostgreSQL
	@OPPVEKST=$(BUILD)/oppvekst test/soak/run $(SOAK_KILLS)

.PHONY: soak
