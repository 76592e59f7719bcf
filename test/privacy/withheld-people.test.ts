import { afterAll, beforeAll, expect, test } from 'vitest';

import { acceptsOf, listAddresses } from './addresses.ts';
import { textOf } from './answer-text.ts';
import type { CallerName } from './callers.ts';
import { openPrivateWorld, type PrivateWorld } from './private-world.ts';

let world: PrivateWorld;

beforeAll(async () => {
  world = await openPrivateWorld();
}, 120_000);

afterAll(() => world[Symbol.asyncDispose]());

/** Where administrators still read of somebody who is withheld: they withhold, and answer for what is declared. */
const FOR_ADMINISTRATORS = [
  '/v1/withheld',
  '/v1/audit',
  '/v1/experts/:id',
  '/v1/experts/:id/history',
  '/espace/expertises/:id',
  '/espace/expertises/:id/historique',
  '/espace/expertises/:id/facturation',
  '/exploitation/oppositions',
  '/exploitation/journal',
];

/** Who could read of the professional through which route, themselves apart. */
async function whereShown(): Promise<Map<string, CallerName[]>> {
  const { rpps, mailbox } = world.parts;
  const needles = ['VALLORBE', 'Vallorbe', rpps, mailbox, 'Sonnez deux fois', 'brouillon de', 'rappelez-moi'];
  const shown = new Map<string, CallerName[]>();
  for (const [pattern, addresses] of listAddresses(world.app, world.parts)) {
    for (const address of addresses) {
      for (const caller of world.callers.filter((it) => it.name !== 'owner')) {
        for (const accept of acceptsOf(pattern)) {
          const text = withoutTombstones(
            await textOf(await world.ask(caller, address, { headers: { accept } })),
          );
          const isShown = needles.some((it) => text.includes(it) && !isAskers(address, it));
          const names = shown.get(pattern) ?? [];
          if (isShown && !names.includes(caller.name)) shown.set(pattern, [...names, caller.name].toSorted());
        }
      }
    }
  }
  return shown;
}

/** An answer may say again what was asked, and what a coordinator's own spreadsheet holds. */
function isAskers(address: string, needle: string): boolean {
  return (
    decodeURIComponent(address).includes(needle) ||
    (needle === world.parts.rpps && /\/imports\//.test(address))
  );
}

function withoutAdministrators(shown: Map<string, CallerName[]>): Map<string, CallerName[]> {
  return new Map([...shown].filter(([pattern]) => !FOR_ADMINISTRATORS.includes(pattern)));
}

/** The feed names by its id whoever is not shown any more. */
function withoutTombstones(text: string): string {
  return text.replaceAll(/\{"id":"[^"]*","operation":"removed","correspondent":null,/g, '{');
}

test('whoever is withheld vanishes from every route at once, for everybody, and comes back when released', async () => {
  const administrator = world.callers.find((it) => it.name === 'key admin')!;
  const { rpps } = world.parts;
  const before = await whereShown();
  expect(before.size).toBeGreaterThan(20);
  const withheld = await world.ask(administrator, '/v1/withheld', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ who: rpps, reason: 'opposition' }),
  });
  expect(await withheld.json()).toEqual({ isNew: true });
  // Whatever the index still holds.
  const after = await whereShown();
  for (const pattern of FOR_ADMINISTRATORS)
    expect(['key admin', 'administrator'], pattern).toEqual(expect.arrayContaining(after.get(pattern) ?? []));
  expect([...withoutAdministrators(after)]).toEqual([]);
  await world.directory.untilIndexed();
  expect(JSON.stringify(await world.listDocuments())).not.toMatch(/VALLORBE|Vallorbe/);
  await world.ask(administrator, `/v1/withheld/${rpps}`, { method: 'DELETE' });
  await world.directory.untilIndexed();
  expect(withoutAdministrators(await whereShown())).toEqual(withoutAdministrators(before));
}, 300_000);
