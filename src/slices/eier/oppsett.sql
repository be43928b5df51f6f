-- oppsett.sql - what an owner sets for itself: its name, the language of its reports, its host name.
-- SPDX-License-Identifier: EUPL-1.2

-- query oppsett_select(int id) -> rows(text name, text language, text? host)
SELECT e.name, e.language, e.host FROM eier e WHERE e.id = :id;

-- query oppsett_update(int id, text name, text language, text? host) -> nothing
UPDATE eier SET name = :name, language = :language, host = :host WHERE id = :id;
