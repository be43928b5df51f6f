-- 0014: the reasons of the thresholds in English, which the pages translate like every other text.
-- SPDX-License-Identifier: EUPL-1.2
UPDATE skjerming_regel SET source = 'Udir shows no group under 10, and Statistics Norway hides municipalities under 10'
 WHERE source = 'Udir viser ingen gruppe under 10; SSB skjermer kommuner under 10';
UPDATE skjerming_regel SET source = 'The owner’s own figures, under the duty of confidentiality'
 WHERE source = 'Eierens egne tall, taushetsplikt';
UPDATE skjerming_regel SET source = 'Counts of 1–5 and groups under 10 are hidden'
 WHERE source = 'Tall 1-5 og gruppe under 10 skjermes';
UPDATE skjerming_regel SET source = 'Groups under 10 are hidden'
 WHERE source = 'Gruppe under 10 skjermes';
UPDATE skjerming_regel SET source = 'GSI: counts of 1–5 are hidden; 0, and 6 or more, are shown'
 WHERE source = 'GSI: tall 1-5 skjermes, 0 og fra 6 vises';
UPDATE skjerming_regel SET source = 'A threshold of our own for the public'
 WHERE source = 'Egen terskel for offentlig visning';
UPDATE skjerming_regel SET source = 'At least five answers'
 WHERE source = 'Minst fem svar';
UPDATE skjerming_regel SET source = 'Hidden when 1–4 are bullied, or 1–4 are not'
 WHERE source = 'Skjermes når 1-4 er mobbet eller ikke mobbet';
UPDATE skjerming_regel SET source = 'KS (the municipalities’ association): at least three answers'
 WHERE source = 'KS: minst tre svar';
UPDATE skjerming_regel SET source = 'At least ten employees in public'
 WHERE source = 'Minst ti ansatte offentlig';
UPDATE skjerming_regel SET source = 'At least five employees for the leader'
 WHERE source = 'Minst fem ansatte for leder';
UPDATE skjerming_regel SET source = 'A share that comes to 1–5 pupils is hidden'
 WHERE source = 'Andel som svarer til 1-5 elever skjermes';
UPDATE skjerming_regel SET source = 'Not personal data'
 WHERE source = 'Ikke personopplysninger';
