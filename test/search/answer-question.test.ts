import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { CorrespondentQuestion } from '#domain/question.ts';
import { openSearchEngine } from '#search/engine.ts';
import { answerQuestion, answerQuestionByKind } from '#search/answer-question.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import { foldText } from '#domain/fold.ts';
import type { PlaceFilter } from '#search/place-filter.ts';
import { openRandom, randomText } from './random-correspondent.ts';
import {
  LE_PUY,
  LYON_3,
  manyProfessionals,
  place,
  professional,
  question,
  service,
} from './sample-correspondents.ts';
import { fillIndex, openTestEngine } from './test-index.ts';

const braz = professional('LE BRAZ', 'Jean-Pierre', { places: [LE_PUY] });
const amboise = professional("D'AMBOISE", 'Médéric', {
  profession: { code: '10', label: 'Médecin' },
  places: [LYON_3],
  savoirFaire: [{ type: 'S', code: 'SM04', label: 'Cardiologie et maladies vasculaires' }],
  mailboxes: [{ address: 'mederic.amboise@medecin.mssante.fr', type: 'PER', lastOpenedOn: null }],
});
const kine = professional('QUENARDEL', 'Zoé', { places: [LE_PUY] });
const nurse = professional('QUENARDEL', 'Yann', { profession: { code: '60', label: 'Infirmier' } });
const secretariat = service('secretariat.cardio@ch-lepuy.mssante.fr', 'Secrétariat de cardiologie', LE_PUY);
const unnamed = {
  ...service('x1@hop.mssante.fr', 'Y', place()),
  name: 'Bureau des entrées',
  serviceName: null,
};

const mariel = professional('TREVIDICH', 'Mariel');
const tangi = professional('TREVIDICH', 'Tangi');
const marielNearby = professional('KERVADECH', 'Mariel');
const marie = professional('KERVADECH', 'Marie');

const thomases = Array.from({ length: 60 }, (_, index) => professional('THOMAS', `Ewen${index}`));
const thomassin = professional('THOMASSIN', 'Ewen');
const girard = professional('GIRARD', 'Ewen');
const girardot = professional('GIRARDOT', 'Ewen');

const engine = openTestEngine();
const legoffs = Array.from({ length: 60 }, (_, index) => professional('LEGOFF', `Ewen${index}`));
const legoffic = professional('LEGOFFIC', 'Ewen');
const visiting = professional('LEGOFF', 'Soizic', {
  profile: { ways: { homeVisits: true } },
});
const leroux = professional('LEROUX', 'Clémence');
const leRoux = professional('LE ROUX', 'Clémence');
const cabinet = service('leroux@cab.mssante.fr', 'Cabinet Clémence Leroux', place());
const practice = service('cabinet.legoff@cab.mssante.fr', 'Cabinet Legoff', place());
const quitterie = professional('THOMAS', 'Quitterie');
const quitterios = Array.from({ length: 6 }, () => professional('QUITTERIO', 'Thomas'));
const named = [
  quitterie,
  ...quitterios,
  practice,
  cabinet,
  leroux,
  leRoux,
  legoffic,
  visiting,
  ...legoffs,
  mariel,
  tangi,
  marielNearby,
  marie,
  ...thomases,
  thomassin,
  girard,
  girardot,
];
const all = [braz, amboise, kine, nurse, secretariat, unnamed, ...named, ...manyProfessionals(1500)];
beforeAll(() => fillIndex(engine, all));
afterAll(() => engine[Symbol.asyncDispose]());

const placesOf = (where: PlaceFilter | undefined) => ({
  where,
  whereElse: undefined,
  whereWords: undefined,
  near: undefined,
});
const search = (asked: Partial<CorrespondentQuestion>, where?: PlaceFilter) =>
  answerQuestion(engine, question(asked), placesOf(where));
const namesOf = async (asked: Partial<CorrespondentQuestion>, where?: PlaceFilter) =>
  (await search(asked, where)).results.map((found) => found.id);

test('what is found is the whole correspondent', async () => {
  expect((await search({ rpps: amboise.rpps! })).results).toStrictEqual([amboise]);
});

describe('a common name before the last word', () => {
  test('is meant as it stands', async () => {
    expect(await namesOf({ text: 'marie kervadech' })).toEqual([marie.id]);
    expect((await namesOf({ text: 'marie kervad' }))[0]).toBe(marie.id);
  });

  test('is taken for a slip where nobody is called so', async () => {
    expect(await namesOf({ text: 'marie trevidich' })).toEqual([mariel.id]);
  });

  test('stands beside given names that nobody knows', async () => {
    expect((await namesOf({ text: 'thomas quitterie' }))[0]).toBe(quitterie.id);
  });

  test('finds names written in one word or two, and services called so', async () => {
    expect((await namesOf({ text: 'leroux clemence' })).toSorted()).toEqual(
      [leroux.id, leRoux.id, cabinet.id].toSorted(),
    );
  });

  test('is found in services called so as well, whether it is a value or a text', async () => {
    expect((await namesOf({ text: 'clemence leroux' })).toSorted()).toEqual(
      [leroux.id, leRoux.id, cabinet.id].toSorted(),
    );
  });

  test('leaves those of that surname before those of that given name', async () => {
    const { results } = await search({ text: 'martin marie' });
    expect(results.map((it) => it.familyName)).toEqual(Array.from({ length: 10 }, () => 'MARTIN'));
  });

  test('says with `explain` that it was', async () => {
    const searchesOf = async (text: string) =>
      (await search({ text, explain: true })).tried!.map((it) => it.searches.at(-1)!);
    const ofSurname = await searchesOf('marie trevidich');
    expect(ofSurname.map(({ q }) => q)).toEqual(['"marie" trevidich', 'marie trevidich']);
    // A given name that is hardly a surname is a value.
    const [asValue, asText] = await searchesOf('nathalie trevidich');
    expect(asValue).toMatchObject({
      q: 'trevidich',
      filter: expect.stringContaining('nameWords IN ["nathalie"]') as string,
    });
    expect(asText!.q).toBe('nathalie trevidich');
  });

  test('leaves the kinds of an answer by kind as they are', async () => {
    const groups = await answerQuestionByKind(
      engine,
      question({ text: 'marie trevidich' }),
      placesOf(undefined),
    );
    expect(groups[0]!.results.map((it) => it.id)).toEqual([mariel.id]);
  });
});

describe('a word alone', () => {
  const walk = async (text: string, limit: number) => {
    const ids: string[] = [];
    let total = 0;
    do {
      const page = await search({ text, limit, offset: ids.length });
      total = page.total.value;
      ids.push(...page.results.map((it) => it.id));
    } while (ids.length < total);
    return ids;
  };
  const idsOf = (correspondents: Correspondent[]) => correspondents.map((it) => it.id).toSorted();
  const families = (isMeant: (word: string) => boolean) =>
    all.filter(({ familyName }) => {
      const name = foldText(familyName ?? '');
      return [...name.split(' '), name.replaceAll(' ', '')].some(isMeant);
    });

  test('that begins many family names gives those called just so, then those whose name begins so', async () => {
    const called = families((word) => word === 'legoff');
    const begun = families((word) => word.startsWith('legoff'));
    expect(new Set(called.map((it) => it.familyName))).toEqual(new Set(['LEGOFF', 'LE GOFF']));
    expect(begun).toContain(legoffic);
    const ids = await walk('legoff', 7);
    expect(ids.slice(0, called.length).toSorted()).toEqual(idsOf(called));
    expect(ids.toSorted()).toEqual(idsOf(begun));
    expect(await walk('legoff', 50)).toEqual(ids);
    expect((await walk('lego', 50)).toSorted()).toEqual(idsOf(families((word) => word.startsWith('lego'))));
  });

  test('that is a given name too is meant as it stands where many bear it, and may be a beginning where few do', async () => {
    const { results, total } = await search({ text: 'thomas', limit: 50 });
    expect(results.every((it) => it.familyName === 'THOMAS')).toBe(true);
    const bearers = all.filter((it) => /\bthomas\b/i.test(it.name));
    expect(bearers).toContain(quitterios[0]);
    expect(bearers).not.toContain(thomassin);
    expect(total).toEqual({ value: bearers.length, exact: true });
    expect(await namesOf({ text: 'girard' })).toEqual([girard.id, girardot.id]);
  });

  test('counts facets over all of them', async () => {
    const { facets, total } = await search({ text: 'legoff', facets: ['profession'] });
    const counted = facets!.profession!.reduce((sum, it) => sum + it.count, 0);
    expect(counted).toBe(total.value);
  });

  test('that begins few may be a slip, or a given name', async () => {
    expect((await namesOf({ text: 'girrard' }))[0]).toBe(girard.id);
    expect((await namesOf({ text: 'mariel' })).slice(0, 2).toSorted()).toEqual(
      [mariel.id, marielNearby.id].toSorted(),
    );
  });

  test('that begins family names hides no service from those who ask for services', async () => {
    expect(await namesOf({ text: 'legoff', kinds: ['service'] })).toEqual([practice.id]);
    const groups = await answerQuestionByKind(engine, question({ text: 'legoff' }), placesOf(undefined));
    expect(groups.map(({ kind, total }) => [kind, total.value > 0])).toEqual([
      ['professional', true],
      ['service', true],
      ['expert', false],
      ['team', false],
    ]);
  });

  test('beside how it is to be done puts those who do it so first, however few they are', async () => {
    const { results, total } = await search({ text: 'legoff qui fait des visites à domicile', limit: 50 });
    expect(results[0]!.id).toBe(visiting.id);
    expect(total.value).toBeGreaterThan(60);
  });
});

interface Sent {
  path: string;
  body: { q?: string; queries?: object[] };
}

describe('what the engine is asked', () => {
  const record = async (asked: Partial<CorrespondentQuestion>, where?: PlaceFilter) => {
    const sent: Sent[] = [];
    const recording: typeof fetch = async (input, init) => {
      sent.push({ path: new URL(String(input)).pathname, body: JSON.parse(String(init!.body)) });
      return fetch(input, init);
    };
    const { url, key } = inject('engine');
    const recorded = openSearchEngine({
      url,
      key,
      indexName: engine.indexName,
      timeoutMs: 10_000,
      fetch: recording,
    });
    const { results } = await answerQuestion(recorded, question(asked), placesOf(where));
    return { sent, results };
  };

  test.each([
    'quenardel montilliers',
    'kervadechx',
    'xyzzyx montilliers',
    'j. xyzzyx',
    'xyzzyx kine',
    'lam',
    'maison de retraite yssingeaux',
  ])('no search twice for %j', async (text) => {
    const { sent } = await record({ text });
    const queriesOf = ({ body: { queries, ...only } }: Sent) => queries ?? [only];
    for (const one of sent) {
      const together = queriesOf(one).map((it) => JSON.stringify({ ...it, limit: 0 }));
      expect(new Set(together).size).toBe(together.length);
    }
    const all = sent.flatMap(queriesOf).map((it: { indexUid?: string }) => {
      const { indexUid: _, ...query } = it;
      return JSON.stringify(query);
    });
    expect(all.filter((it, index) => all.indexOf(it) < index)).toEqual([]);
  });

  test('a name that nobody has where one asks is looked for in few ways there', async () => {
    const { sent, results } = await record({ text: 'kervadech' }, { departementCodes: ['2A'] });
    expect(results.map((it) => it.familyName)).toEqual(['KERVADECH', 'KERVADECH']);
    const asked = sent.filter(({ body }) => body.q === 'kervadech');
    expect(asked.length).toBeLessThanOrEqual(3);
  });
});

describe('words', () => {
  test.each([
    ['lebraz', braz],
    ['le braz', braz],
    ['le-braz jean pierre', braz],
    ['jeanpierre lebraz', braz],
    ["d'amboise", amboise],
    ['damboise', amboise],
    ['amboise mederic', amboise],
    ['ambboise', amboise],
    ['ambo', amboise],
    ['quenardel kine', kine],
    ['kine quenardel', kine],
    ['quenardel infirm', nurse],
    ['quenardel puy', kine],
    ['secretariat cardio', secretariat],
    ['cardiologie emile roux', secretariat],
    ['bureau entrees', unnamed],
    ['secretariat.cardio', secretariat],
    ['ch-lepuy.mssante.fr', secretariat],
    ['mederic.amboise@medecin.mssante.fr', amboise],
    [' MEDERIC.AMBOISE@medecin.mssante.fr ', amboise],
    [kine.rpps!, kine],
    [`8${kine.rpps!}`, kine],
  ])('%s finds its correspondent first', async (text, expected) => {
    expect((await namesOf({ text }))[0]).toBe(expected.id);
  });

  test('a word that no correspondent has does not hide those that the other words mean', async () => {
    expect((await namesOf({ text: 'quenardel xyzzy' })).slice(0, 2).toSorted()).toEqual(
      [kine.id, nurse.id].toSorted(),
    );
  });
});

describe('filters', () => {
  test.each<[string, Partial<CorrespondentQuestion>, PlaceFilter | undefined, string[]]>([
    ['kind', { kinds: ['service'] }, undefined, [secretariat.id, unnamed.id, practice.id, cabinet.id]],
    ['a FINESS of a site', { finess: '430000018', kinds: ['service'] }, undefined, [secretariat.id]],
    ['a FINESS of a legal entity', { finess: '430000117', kinds: ['service'] }, undefined, [secretariat.id]],
    ['a mailbox', { mailbox: 'x1@hop.mssante.fr' }, undefined, [unnamed.id]],
    ['profession', { text: 'quenardel', professionCodes: ['60'] }, undefined, [nurse.id]],
    ['savoir-faire', { savoirFaireCodes: ['SM04', 'SM99'] }, undefined, [amboise.id]],
    ['having a mailbox', { text: 'amboise', hasMailbox: true }, undefined, [amboise.id]],
    [
      'the commune of an arrondissement',
      { text: 'mederic', communeCodes: ['69123'], hasMailbox: true },
      undefined,
      [amboise.id],
    ],
    [
      'a place by any of its codes',
      { text: 'zoe' },
      { postcodes: ['75001'], departementCodes: ['43'] },
      [kine.id],
    ],
    ['an empty list', { kinds: [] }, undefined, []],
  ])('%s', async (_, asked, where, expected) => {
    expect((await namesOf(asked, where)).toSorted()).toEqual(expected.toSorted());
  });
});

test('a place that holds nobody gives way to others, and the answer says so', async () => {
  const { results, widened } = await search({ text: 'zoe quenardel' }, {});
  expect(results.map((it) => it.id)).toEqual([kine.id]);
  expect(widened).toEqual(['other-places']);
});

const NASTY_TEXTS = [
  '"',
  '""',
  '"martin',
  '-martin',
  '- martin',
  '-"martin marie"',
  'martin -marie',
  '--',
  '*',
  '\\',
  '\\"',
  "'",
  '\u0000',
  'mar\u0000tin',
  '\u202emartin',
  '😀',
  '😀 martin',
  '👩‍⚕️',
  '\ud83d',
  'a\ud83d',
  '(',
  'kind = service',
  '" OR kind = "x',
  '%00',
  '{{',
  '\n\r\t',
  '\u00a0',
  '．',
  '‐',
  '—martin',
  '﹣martin',
  '－martin',
  'x'.repeat(10_000),
  'martin '.repeat(1400),
  '😀'.repeat(5000),
  '中文 字',
  'العربية',
  'Ω',
  '0',
  'e'.repeat(499) + '😀',
];

describe('a text of any content', () => {
  test.each(NASTY_TEXTS.map((text) => [JSON.stringify(text.slice(0, 30)), text] as const))(
    '%s is answered',
    async (_, text) => {
      const { results, total } = await search({ text });
      expect(total.value).toBeGreaterThanOrEqual(results.length);
    },
  );

  test('at random is answered', { timeout: 120_000 }, async () => {
    const random = openRandom(4);
    for (let round = 0; round < 300; round += 1) await search({ text: randomText(random, 60) });
  });

  test.each([
    '-martin',
    '"martin"',
    '－martin',
    '—martin',
    '- martin',
    'x -martin',
    '﹣martin',
    '−martin',
    '‑martin',
  ])('%s excludes nobody and asks for no exact phrase', async (text) => {
    const { results } = await search({ text });
    expect(results[0]?.familyName).toMatch(/martin/i);
  });

  test.each(['"', '--', '\u0000', '😀', '…'])('%j, which nobody is called, finds nobody', async (text) => {
    expect((await search({ text })).total).toEqual({ value: 0, exact: true });
  });
});

describe('walking the pages', () => {
  const texts = [
    undefined,
    'martin',
    'martin kine',
    'marie infirm',
    'jean med',
    'goff',
    'le puy',
    'medecin lyon',
    'dupon',
    'bernard petit',
    'j',
  ];
  test.each(texts.flatMap((text) => [7, 50].map((limit) => [text, limit] as const)))(
    '%s by %i gives exactly as many distinct ids as its total says',
    async (text, limit) => {
      const ids = new Set<string>();
      const first = await search({ text, limit });
      for (let offset = 0; offset < first.total.value; offset += limit) {
        const { results, total } = await search({ text, limit, offset });
        expect(total).toEqual(first.total);
        for (const { id } of results) ids.add(id);
      }
      expect(ids.size).toBe(first.total.value);
    },
  );

  test('past the last that can be reached there is nothing, and no error', async () => {
    expect((await search({ offset: 9_999_999 })).results).toEqual([]);
    expect((await search({ offset: 9_999, limit: 50 })).results).toEqual([]);
  });
});

test('by kind, each has its own total and results, in the usual order', async () => {
  const groups = await answerQuestionByKind(engine, question({ text: 'cardiologie' }), placesOf(undefined));
  expect(groups.map(({ kind, total }) => [kind, total.value])).toEqual([
    ['professional', 1],
    ['service', 1],
    ['expert', 0],
    ['team', 0],
  ]);
  expect(groups[1]!.results).toStrictEqual([secretariat]);
});

describe('an engine that cannot answer', () => {
  const ask = (options: {
    url: string;
    key?: string;
    indexName?: string;
    timeoutMs?: number;
    fetch?: typeof fetch;
  }) =>
    answerQuestion(
      openSearchEngine({ indexName: 'none', timeoutMs: 1000, ...options }),
      question(),
      placesOf(undefined),
    );
  test.each([
    ['is away', () => ask({ url: 'http://127.0.0.1:9' })],
    ['has no such index', () => ask(inject('engine'))],
    ['refuses the key', () => ask({ url: engine.url, key: 'wrong' })],
    ['is overloaded', () => ask({ url: 'http://x', fetch: async () => new Response('{}', { status: 503 }) })],
    ['answers something else', () => ask({ url: 'http://x', fetch: async () => new Response('<html>') })],
    ['answers nothing in time', () => ask({ url: 'http://x', timeoutMs: 20, fetch: neverAnswer })],
  ])('that %s is unavailable', async (_, asked) => {
    await expect(asked()).rejects.toMatchObject({ name: 'AppError', code: 'search-unavailable' });
  });

  test('a caller that gives up gets its own reason', async () => {
    const gaveUp = new Error('gave up');
    await expect(
      answerQuestion(engine, question(), placesOf(undefined), AbortSignal.abort(gaveUp)),
    ).rejects.toBe(gaveUp);
  });
});

/** Until it is aborted. */
const neverAnswer: typeof fetch = (_, options) =>
  new Promise((_resolve, reject) => {
    options?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
  });
