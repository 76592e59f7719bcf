import { expect, test } from 'vitest';

import { listViolations, type KeptPage } from '../../load/check-histories.ts';
import type { EditRecord, EditorsLog } from '../../load/contending-editor.ts';

const change = (version: number, name: string, before: string | null, after: string) => ({
  version,
  at: '2026-11-20T08:00:00Z',
  by: { kind: 'owner' as const, name },
  changes: [{ field: 'remarks' as const, before, after }],
});
/** Anne said one thing, and Lise another when she had read it. */
const PAGE: KeptPage = {
  rpps: '99000000001',
  version: 2,
  profile: { remarks: 'Lise 1' },
  history: [change(1, 'Anne', null, 'Anne 1'), change(2, 'Lise', 'Anne 1', 'Lise 1')],
};
const edit = (editor: string, value: string, baseVersion: number, version?: number): EditRecord => ({
  rpps: PAGE.rpps,
  editor,
  field: 'remarks',
  value,
  baseVersion,
  version,
});
const ANNES = edit('Anne', 'Anne 1', 0, 1);
const LISES = edit('Lise', 'Lise 1', 1, 2);
const log = (edits: EditRecord[], reads: EditorsLog['reads'] = []): EditorsLog => ({
  edits,
  reads,
  conflicts: 0,
  oddities: [],
});
const read = (version: number, remarks: string) => ({ rpps: PAGE.rpps, version, profile: { remarks } });

test('a history that holds what was acknowledged, and may be what was not answered, is sound', () => {
  expect(listViolations([PAGE], log([ANNES, LISES], [read(1, 'Anne 1'), read(2, 'Lise 1')]))).toEqual([]);
  const unanswered = edit('Lise', 'Lise 1', 1);
  expect(listViolations([PAGE], log([ANNES, unanswered, edit('Lise', 'Lise 2', 1)]))).toEqual([]);
});

test.each<[what: string, page: KeptPage, log: EditorsLog]>([
  ['lost', PAGE, log([ANNES, LISES, edit('Anne', 'Anne 2', 2, 3)])],
  ['overwrote', PAGE, log([ANNES, edit('Lise', 'Lise 1', 0, 2)])],
  ['as it never was', PAGE, log([ANNES, LISES], [read(1, 'Lise 1')])],
  ['nobody made', PAGE, log([ANNES])],
  ['nobody made', PAGE, log([ANNES, edit('Anne', 'Lise 1', 1, 2)])],
  ['acknowledged as', PAGE, log([ANNES, edit('Lise', 'Lise 1', 1, 3)])],
  ['does not lead', { ...PAGE, profile: { remarks: 'Anne 1' } }, log([ANNES, LISES])],
  ['at version', { ...PAGE, version: 3 }, log([ANNES, LISES])],
  [
    'began from what was not there',
    { ...PAGE, history: [PAGE.history[0]!, change(2, 'Lise', null, 'Lise 1')] },
    log([ANNES, LISES]),
  ],
])('what is not sound is told: %s', (what, page, told) => {
  expect(listViolations([page], told)).toEqual([expect.stringContaining(what)]);
});
