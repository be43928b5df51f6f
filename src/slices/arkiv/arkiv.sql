-- arkiv.sql - what has been delivered to the archive, and what the archive answered.
-- SPDX-License-Identifier: EUPL-1.2

-- query arkiv_rows(int owner, int rapport) -> rows(text part, text? sha256, int? exported_at, text hjemmel, text public_title, text? until, text number, text archive_id, text? receipt_on)
SELECT d.part, d.sha256, d.exported_at, d.hjemmel, d.public_title, d.until, d.number, d.archive_id, d.receipt_on
  FROM arkiv_dokument d WHERE d.owner = :owner AND d.rapport = :rapport ORDER BY d.part;

-- query arkiv_put_export(int owner, int rapport, text part, text? sha256, int exported_at, int? changed_by) -> nothing
INSERT INTO arkiv_dokument (owner, rapport, part, sha256, exported_at, hjemmel, public_title, until, number,
                            archive_id, receipt_on, changed_by)
VALUES (:owner, :rapport, :part, :sha256, :exported_at, '', '', NULL, '', '', NULL, :changed_by)
ON CONFLICT (owner, rapport, part) DO UPDATE
   SET sha256 = excluded.sha256, exported_at = excluded.exported_at, changed_by = excluded.changed_by;

-- query arkiv_put_receipt(int owner, int rapport, text part, text number, text archive_id, text? receipt_on, int? changed_by) -> nothing
INSERT INTO arkiv_dokument (owner, rapport, part, sha256, exported_at, hjemmel, public_title, until, number,
                            archive_id, receipt_on, changed_by)
VALUES (:owner, :rapport, :part, NULL, NULL, '', '', NULL, :number, :archive_id, :receipt_on, :changed_by)
ON CONFLICT (owner, rapport, part) DO UPDATE
   SET number = excluded.number, archive_id = excluded.archive_id, receipt_on = excluded.receipt_on,
       changed_by = excluded.changed_by;

-- query arkiv_put_access(int owner, int rapport, text part, text hjemmel, text public_title, text? until, int? changed_by) -> nothing
INSERT INTO arkiv_dokument (owner, rapport, part, sha256, exported_at, hjemmel, public_title, until, number,
                            archive_id, receipt_on, changed_by)
VALUES (:owner, :rapport, :part, NULL, NULL, :hjemmel, :public_title, :until, '', '', NULL, :changed_by)
ON CONFLICT (owner, rapport, part) DO UPDATE
   SET hjemmel = excluded.hjemmel, public_title = excluded.public_title, until = excluded.until,
       changed_by = excluded.changed_by;

-- query arkiv_packages(int owner, int rapport) -> rows(int id, int generation, int files, int size, text sha256, int kept, int made_at, int? made_by)
SELECT p.id, p.generation, p.files, p.size, p.sha256, CASE WHEN p.data IS NULL THEN 0 ELSE 1 END AS kept,
       p.made_at, p.made_by
  FROM arkiv_pakke p WHERE p.owner = :owner AND p.rapport = :rapport ORDER BY p.made_at DESC, p.id DESC LIMIT 20;

-- query arkiv_package_insert(int owner, int id, int rapport, text message, int generation, int files, int size, text sha256, blob data, int made_at, int? made_by) -> nothing
INSERT INTO arkiv_pakke (owner, id, rapport, message, generation, files, size, sha256, data, made_at, made_by)
VALUES (:owner, :id, :rapport, :message, :generation, :files, :size, :sha256, :data, :made_at, :made_by);

-- query arkiv_package_data(int owner, int rapport, int id) -> rows(blob? data, int made_at)
SELECT p.data, p.made_at FROM arkiv_pakke p
 WHERE p.owner = :owner AND p.rapport = :rapport AND p.id = :id AND p.data IS NOT NULL;

-- query arkiv_packages_old(int owner, int before) -> rows(int n)
SELECT count(*) AS n FROM arkiv_pakke p WHERE p.owner = :owner AND p.made_at < :before AND p.data IS NOT NULL;

-- query arkiv_packages_empty(int owner, int before) -> nothing
UPDATE arkiv_pakke SET data = NULL WHERE owner = :owner AND made_at < :before AND data IS NOT NULL;
