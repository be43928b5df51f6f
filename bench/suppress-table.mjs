// suppress-table.mjs - makes a table of schools x grades x tests x sexes x levels for the benchmark of
// suppression: the shape, totals and share of small cells of the peer's school tables, from a fixed seed.
// With 4, 12 and 40 schools it has 960, 2,496 and 7,872 cells, totals counted.
// SPDX-License-Identifier: EUPL-1.2
import { mkdirSync, writeFileSync } from 'node:fs';

const DIMENSIONS = ['skole', 'trinn', 'prove', 'kjonn', 'niva'];

/** Whole numbers from a seed: the low bits of a linear congruence are poor, so only high ones are used. */
function numbers(seed) {
    let state = seed;
    return (below) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
    };
}

/** Writes suppress-N.csv and suppress-N.json into a folder; tells how many cells there are. */
export function writeSuppression(folder, schools, interval) {
    const random = numbers(schools);
    const rows = [[...DIMENSIONS, 'ant'].join(',')];
    for (let s = 1; s <= schools; s++) {
        const size = 3 + random(5);
        for (const grade of [5, 8, 9])
            for (const test of ['Engelsk', 'Lesing', 'Regning'])
                for (const sex of ['Gutt', 'Jente'])
                    for (const level of [1, 2, 3]) {
                        const count = 1 + random(size) + random(size);
                        rows.push([`Skole${String(s).padStart(2, '0')}`, grade, test, sex, level, count].join(','));
                    }
    }
    const spec = {
        value: 'ant',
        dimensions: DIMENSIONS.map((name) => ({ name })),
        rule: { kind: 'count', max: 3, zeros: 'protect' },
        ...(interval ? { interval } : {}),
    };
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/suppress-${schools}.csv`, `${rows.join('\n')}\n`);
    writeFileSync(`${folder}/suppress-${schools}.json`, JSON.stringify(spec));
    return { cells: (schools + 1) * 4 * 4 * 3 * 4 };
}
