import { expect, test } from 'vitest';
import {
  fromDocument,
  readHit,
  toDocument,
  toDocumentLine,
  VIEW_ATTRIBUTES,
} from '#search/correspondent-document.ts';
import type { EngineQuery } from '#search/engine.ts';
import { waitForTask } from '#search/wait-for-task.ts';
import { openRandom, randomCorrespondent } from './random-correspondent.ts';
import { LE_PUY, LYON_3, professional, service } from './sample-correspondents.ts';
import { fillIndex, openTestEngine } from './test-index.ts';

const MARTIN: EngineQuery = {
  q: 'martin',
  offset: 0,
  limit: 1,
  matchingStrategy: 'all',
  attributesToRetrieve: VIEW_ATTRIBUTES,
};

test('a document gives back exactly the correspondent it was made of, whatever that holds', () => {
  const random = openRandom(1);
  for (let round = 0; round < 3000; round += 1) {
    const correspondent = randomCorrespondent(random, `professional-${round}`);
    const stored = JSON.parse(toDocumentLine(correspondent).line);
    expect(fromDocument(readHit(stored))).toStrictEqual(correspondent);
  }
});

test('an index of an earlier version, whose views are no text, is read as well', async () => {
  await using engine = openTestEngine();
  const person = professional('MARTIN', 'Marie', { places: [LE_PUY] });
  await fillIndex(engine, [professional('DURAND', 'Paul', {})]);
  const earlier = { ...toDocument(person), view: JSON.parse(toDocument(person).view) };
  const task = await engine.sendDocuments(engine.indexName, JSON.stringify(earlier));
  await waitForTask(engine, task, new AbortController().signal);
  const { hits } = await engine.search(engine.indexName, MARTIN);
  expect(hits.map(fromDocument)).toStrictEqual([person]);
});

test('a search gives back the view and nothing that only serves to find', async () => {
  await using engine = openTestEngine();
  const person = professional('MARTIN', 'Marie', { places: [LE_PUY] });
  await fillIndex(engine, [person]);
  const { hits } = await engine.search(engine.indexName, { ...MARTIN, attributesToRetrieve: ['*'] });
  const shown: readonly string[] = VIEW_ATTRIBUTES;
  expect(hits.flatMap(Object.keys).filter((name) => !shown.includes(name))).toEqual([]);
  expect(hits.map(fromDocument)).toStrictEqual([person]);
});

test('the line is the document, and equal correspondents give equal revs', () => {
  const random = openRandom(2);
  for (let round = 0; round < 500; round += 1) {
    const correspondent = randomCorrespondent(random, `professional-${round}`);
    const { line, rev } = toDocumentLine(correspondent);
    expect(JSON.parse(line)).toStrictEqual(toDocument(correspondent));
    expect(toDocumentLine(structuredClone(correspondent))).toStrictEqual({ line, rev });
    expect(rev).toMatch(/^[0-9a-f]{16}$/);
  }
});

test('any change of a correspondent changes its rev', () => {
  const before = professional('MARTIN', 'Marie', { places: [LE_PUY] });
  const revs = [
    before,
    { ...before, civilite: null },
    { ...before, places: [{ ...LE_PUY, phone: '0471000000' }] },
    { ...before, places: [{ ...LE_PUY, position: { latitude: 45, longitude: 3, approximate: true } }] },
    { ...before, places: [{ ...LE_PUY, position: { latitude: 45, longitude: 3, approximate: false } }] },
    { ...before, mailboxes: [{ address: 'a@b.mssante.fr', type: 'PER' as const, lastOpenedOn: null }] },
    {
      ...before,
      mailboxes: [{ address: 'a@b.mssante.fr', type: 'PER' as const, lastOpenedOn: '2026-11-20' }],
    },
  ].map((correspondent) => toDocument(correspondent).rev);
  expect(new Set(revs).size).toBe(revs.length);
});

test('an arrondissement is found under its commune too', () => {
  const { communeCodes } = toDocument(professional('MARTIN', 'Marie', { places: [LYON_3, LE_PUY] }));
  expect(communeCodes).toEqual(['69383', '69123', '43157']);
});

test('names of several words are there joined', () => {
  expect(toDocument(professional("d'Aboville", 'Jean-Pierre')).joinedNames).toEqual([
    'daboville',
    'jeanpierre',
  ]);
  expect(toDocument(professional('de La Tour', 'Marie')).joinedNames).toEqual(['dela', 'latour', 'delatour']);
  expect(toDocument(professional('MARTIN', 'Marie')).joinedNames).toBeUndefined();
});

// When this fails because the document was meant to change: raise DOCUMENT_SHAPE, then put the new revs here.
test('the shape of documents does not change unnoticed', () => {
  const person = professional('LE GOFF', 'Jean-Pierre', {
    id: 'professional-810900000000',
    rpps: '10900000000',
    places: [LE_PUY, LYON_3],
    savoirFaire: [{ type: 'S', code: 'SM54', label: 'Médecine générale' }],
    mailboxes: [{ address: 'jp.legoff@kine.mssante.fr', type: 'PER', lastOpenedOn: '2026-11-18' }],
  });
  const secretariat = service('cardio@ch-lepuy.mssante.fr', 'Secrétariat de cardiologie', LE_PUY);
  expect([toDocument(person).rev, toDocument(secretariat).rev]).toMatchInlineSnapshot(`
    [
      "8b9c6154137a3b69",
      "83b0af346a93acf7",
    ]
  `);
});
