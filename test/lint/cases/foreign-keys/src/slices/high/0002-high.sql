-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE tower (id BIGINT, FOREIGN KEY (id) REFERENCES basis (id));
