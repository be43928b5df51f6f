-- eier.sql - owners: who they are, how their clock stands, and the settings of the installation.
-- SPDX-License-Identifier: EUPL-1.2

-- query eier_select(int id) -> rows(int id, text number, text name, text language, text? host, int demo, text? demo_date)
SELECT e.id, e.number, e.name, e.language, e.host, e.demo, e.demo_date
  FROM eier e
 WHERE e.id = :id;

-- query eier_select_number(text number) -> rows(int id)
SELECT e.id FROM eier e WHERE e.number = :number;

-- query eier_select_host(text host) -> rows(int id)
SELECT e.id FROM eier e WHERE e.host = :host;

-- query eier_select_all() -> rows(int id, text number, text name, text language, text? host, int demo, text? demo_date)
SELECT e.id, e.number, e.name, e.language, e.host, e.demo, e.demo_date
  FROM eier e
 ORDER BY e.name COLLATE nb, e.id;

-- query eier_insert(int id, text number, text name, text language, int demo, text? demo_date, int created_at) -> nothing
INSERT INTO eier (id, number, name, language, host, demo, demo_date, created_at)
VALUES (:id, :number, :name, :language, NULL, :demo, :demo_date, :created_at);

-- query eier_update_date(int id, text? demo_date) -> rows(int id)
UPDATE eier SET demo_date = :demo_date WHERE id = :id AND demo = 1 RETURNING id;

-- query eier_setting_select(text key) -> rows(text value)
SELECT i.value FROM installasjon i WHERE i.key = :key;

-- query eier_setting_insert(text key, text value) -> nothing
INSERT INTO installasjon (key, value) VALUES (:key, :value) ON CONFLICT (key) DO NOTHING;

-- query eier_option_select(int owner, text key) -> rows(text value)
SELECT i.value FROM eier_innstilling i WHERE i.owner = :owner AND i.key = :key;

-- query eier_option_upsert(int owner, text key, text value) -> nothing
INSERT INTO eier_innstilling (owner, key, value) VALUES (:owner, :key, :value)
ON CONFLICT (owner, key) DO UPDATE SET value = excluded.value;

-- query eier_option_delete(int owner, text key) -> nothing
DELETE FROM eier_innstilling WHERE owner = :owner AND key = :key;
