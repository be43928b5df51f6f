-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE basis (id BIGINT NOT NULL);
