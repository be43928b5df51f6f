# pdf.mk - what others say of our PDF files.
# SPDX-License-Identifier: EUPL-1.2
check-pdf: ## the demo's reports by our rules, by qpdf, and by veraPDF: PDF/UA-1 and PDF/A-2a
	@make/setup.sh test pdf
	@$(AGAIN) all
	@test/plan program tools | grep -E '^(PDF|test/verapdf)' | $(RUN_TESTS)

.PHONY: check-pdf
