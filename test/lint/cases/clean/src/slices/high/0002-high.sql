-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE tower (id BIGINT NOT NULL REFERENCES basis (id));
