-- SPDX-License-Identifier: EUPL-1.2
-- query basis_list() -> rows(int id)
SELECT id FROM basis;
