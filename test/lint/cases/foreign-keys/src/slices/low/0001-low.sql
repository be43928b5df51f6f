-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE basis (id BIGINT NOT NULL,
  up BIGINT REFERENCES tower (id), self BIGINT REFERENCES basis (id),
  lost BIGINT REFERENCES nowhere (id));
