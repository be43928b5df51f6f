-- 0012: a tied vote is decided by the chair's casting vote (kommuneloven § 11-9); the duty in words
-- that can stand in running text.
-- SPDX-License-Identifier: EUPL-1.2
ALTER TABLE rapport_hendelse ADD COLUMN casting_vote BIGINT NOT NULL DEFAULT 0;

UPDATE lovhjemmel
   SET duty_nb = 'Kommunestyret skal hvert år drøfte en rapport om tilstanden: læringsresultater, frafall og læringsmiljø.'
 WHERE code IN ('TR-13-10', 'TR-13-3e');
UPDATE lovhjemmel
   SET duty_nb = 'Kommunestyret skal minst én gang i året orienteres om læringsmiljø, læringsresultater og gjennomføring.'
 WHERE code = 'INFO-17-12';
