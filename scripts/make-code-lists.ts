/**
 * Writes `src/domain/code-lists.json` from a folder of NOS terminologies.
 * Usage: `node scripts/make-code-lists.ts <folder of reference data>` (the one that holds `nos/`)
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface NosFile {
  id: string;
  url: string | null;
  version: string;
  concepts: { code: string; display: string; deprecated?: boolean; inactive?: boolean }[];
}

/** List → the terminologies that fill it, in the order of publication; `type` is the TRE_R04 code of a savoir-faire. */
const MEMBERS: Record<string, { file: string; type?: string }[]> = {
  profession: [{ file: 'TRE_G15' }, { file: 'TRE_R94' }, { file: 'TRE_R95' }, { file: 'TRE_R291' }],
  savoirFaire: [
    { file: 'TRE_R38', type: 'S' },
    { file: 'TRE_R39', type: 'C' },
    { file: 'TRE_R40', type: 'CEX' },
    { file: 'TRE_G13', type: 'OP' },
    { file: 'TRE_R42', type: 'DNQ' },
    { file: 'TRE_R43', type: 'CAPA' },
    { file: 'TRE_R44', type: 'PAC' },
    { file: 'TRE_R45', type: 'FQ' },
    { file: 'TRE_R97', type: 'DEC' },
    { file: 'TRE_R359', type: 'SST' },
  ],
  typeSavoirFaire: [{ file: 'TRE_R04' }],
  modeExercice: [{ file: 'TRE_R23' }],
  categorieProfessionnelle: [{ file: 'TRE_R09' }],
  civiliteExercice: [{ file: 'TRE_R11' }],
  genreActivite: [{ file: 'TRE_R22' }],
  role: [{ file: 'TRE_R21' }, { file: 'TRE_R85' }, { file: 'TRE_R96' }],
  secteurActivite: [{ file: 'TRE_R02' }],
  categorieEtablissement: [{ file: 'TRE_R66' }],
  typeMailbox: [{ file: 'TRE_R257' }],
};

const folder = join(process.argv[2] ?? '', 'nos');
const fileNames = readdirSync(folder).filter(
  (name) => !name.includes('.definitions.') && !name.includes('.partial.'),
);

function readNos(prefix: string): NosFile {
  const name = fileNames.find((candidate) => candidate.startsWith(`${prefix}-`));
  if (!name) throw new Error(`no ${prefix} in ${folder}`);
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as NosFile;
}

function toGroup(list: string, { file, type }: { file: string; type?: string }) {
  const nos = readNos(file);
  const codes = nos.concepts.map(({ code, display, deprecated, inactive }) =>
    deprecated || inactive ? [code, display, 0] : [code, display],
  );
  if (new Set(codes.map(([code]) => code)).size !== codes.length)
    throw new Error(`${list}: double code in ${nos.id}`);
  if (!nos.url) throw new Error(`${nos.id} has no canonical address`);
  return { system: nos.url, version: nos.version, type: type ?? null, codes };
}

/** JDV_J106 is the closed list of the professions of the RPPS: one that the terminologies miss would lose its label. */
function checkProfessions(groups: { codes: (string | number)[][] }[]): void {
  const known = new Set(groups.flatMap(({ codes }) => codes.map(([code]) => code)));
  const missing = readNos('JDV_J106').concepts.filter(({ code }) => !known.has(code));
  if (missing.length > 0) throw new Error(`JDV_J106 has ${missing.map(({ code }) => code).join(', ')}`);
}

const lists = Object.fromEntries(
  Object.entries(MEMBERS).map(([list, members]) => [list, members.map((member) => toGroup(list, member))]),
);
checkProfessions(lists['profession'] ?? []);
const head = JSON.stringify({
  source: 'Agence du Numérique en Santé, nomenclatures des objets de santé (NOS); FINESS for TRE_R66',
  licence: 'Licence Ouverte 2.0 (for the NOS content, to be confirmed by its publisher)',
  date: '2026-09-28',
  columns: ['code', 'label', '0 when deprecated'],
});
const body = Object.entries(lists).map(
  ([list, groups]) => `${JSON.stringify(list)}:${JSON.stringify(groups)}`,
);
const target = new URL('../src/domain/code-lists.json', import.meta.url);
writeFileSync(target, `${head.slice(0, -1)},"lists":{\n${body.join(',\n')}\n}}\n`);
