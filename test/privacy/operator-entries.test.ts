import { describe, expect, test } from 'vitest';

import { grantKey } from '#access/manage-keys.ts';
import { grantRole, revokeRole } from '#access/roles.ts';
import { parseTerritories } from '#profiles/territories/parse-territories.ts';
import { releaseCorrespondent, withholdCorrespondent } from '#profiles/withheld/withhold-correspondent.ts';
import type { Database } from '#store/store.ts';

import type { CommandIo } from '../../src/commands/command-io.ts';
import { runCommand } from '../../src/commands/program.ts';

const INS = '279035121518989';
const ADDRESS = `${INS}@patient.mssante.fr`;
/** Whatever is asked of it fails the test with another error than the one expected. */
const UNTOUCHED = {} as Database;
const AUDIT = { actor: { kind: 'operator' }, channel: 'cli' } as unknown as Parameters<typeof grantKey>[2];

function expectRefusal(run: () => unknown) {
  expect(run).toThrow(expect.objectContaining({ code: 'patient-address-refused' }));
}

describe('the identity of a patient is not taken by what operators enter', () => {
  test.each([
    ['withheld', 'add', ADDRESS, '--reason', 'opposition'],
    ['withheld', 'add', '99999999999', '--reason', `voir ${ADDRESS.toUpperCase()}`],
    ['keys', 'create', ADDRESS, '--scope', 'search'],
    ['roles', 'grant', 'https://connexion.exemple.fr', ADDRESS, 'administrator'],
    ['territories', 'list', `--${ADDRESS}`],
  ])('%j', async (...argv) => {
    const said: string[] = [];
    const say = (text: string) => void said.push(text);
    const io: CommandIo = {
      out: say,
      err: say,
      isTerminal: false,
      signal: new AbortController().signal,
      cwd: '/',
    };
    const running = runCommand(argv, io, () => Promise.reject(new Error('it was run')));
    await expect(running).rejects.toMatchObject({ code: 'patient-address-refused' });
    expect(said).toEqual([]);
  });

  test.each([
    [ADDRESS, 'opposition'],
    ['99999999999', `voir ${INS}`],
  ])('withheld: %j, %j', async (who, reason) => {
    const withholding = withholdCorrespondent(UNTOUCHED, who, reason, AUDIT);
    await expect(withholding).rejects.toMatchObject({ code: 'patient-address-refused' });
  });

  test('who is shown again', () => {
    expectRefusal(() => releaseCorrespondent(UNTOUCHED, ADDRESS, AUDIT));
  });

  test.each([
    [`https://connexion.exemple.fr ${ADDRESS}`, undefined],
    ['99999999999', INS],
  ])('a role for %j, %j', (who, target) => {
    const request = { who, role: target ? 'coordinator' : 'administrator', target };
    expectRefusal(() => grantRole(UNTOUCHED, request, AUDIT));
    expectRefusal(() => revokeRole(UNTOUCHED, request, AUDIT));
  });

  test.each([
    { id: 'velay', name: `CPTS de ${ADDRESS}`, communes: ['43157'] },
    { id: 'velay', name: 'CPTS du Velay', communes: [INS] },
    { id: INS, name: 'CPTS du Velay', communes: ['43157'] },
    { id: 'velay', name: 'CPTS du Velay', communes: ['43157'], [ADDRESS]: 1 },
  ])('a territory %j', (territory) => {
    expectRefusal(() => parseTerritories(JSON.stringify([territory])));
  });

  test('the name of a key', async () => {
    const granting = grantKey(UNTOUCHED, { name: `Clé de ${ADDRESS}`, scopes: ['search'] }, AUDIT);
    await expect(granting).rejects.toMatchObject({ code: 'patient-address-refused' });
  });
});
