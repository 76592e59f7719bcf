import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { createKey } from '#access/application-keys.ts';
import { grantRole } from '#access/roles.ts';
import type { Directory } from '#directory/directory.ts';
import { compareIndex } from '#search/compare-index.ts';
import { rebuildIndex } from '#search/rebuild-index.ts';
import { rowsOf } from '#store/store.ts';
import { putTerritories } from '#store/territories.ts';
import { checkWithheldInStore, release, withhold } from '#store/withheld.ts';
import { NO_METRICS } from '#telemetry/metrics.ts';

import { createApp } from '../../src/app.ts';
import { activity, openOfficialFolder, personalMailbox, serviceMailbox } from '../support/official-files.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { STORE_KINDS } from '../support/test-store.ts';

const HOSPITAL = '1430000018';
const OPERATOR = { actor: { kind: 'operator' } } as const;
const PRIVATE_NUMBER = 'FACTURATION-7431-ZEBRE';

const EXPERTISE = {
  title: 'Avis dermatologique',
  domain: 'dermatologie',
  answers: ['Suspicion de mélanome', 'Éruption fébrile'],
  doesNotAnswer: ['Suivi d’acné'],
  population: 'adultes',
  area: [{ kind: 'departement', code: '43' }],
  usualDelay: { value: 2, unit: 'days' },
  urgentNumbers: [{ case: 'Nécrolyse', phone: '04 71 04 32 10' }],
  mailbox: 'marie.martin@exemple.mssante.fr',
};
/** As it is kept. */
const EXPERTISE_KEPT = { ...EXPERTISE, urgentNumbers: [{ case: 'Nécrolyse', phone: '0471043210' }] };
const TEAM = {
  name: 'Équipe mobile du Velay',
  type: 'equipe-mobile-geriatrie',
  missions: ['Évaluation gérontologique à domicile'],
  public: 'personnes de plus de 75 ans',
  area: [{ kind: 'territory', code: 'velay' }],
  hours: [{ daysOfWeek: ['mon', 'tue'], availableStartTime: '09:00', availableEndTime: '17:00' }],
  mailbox: 'geriatrie@ch-lepuy.mssante.fr',
};
const FORM = {
  type: 'object',
  title: 'Demande d’avis',
  properties: {
    zone: { type: 'string', title: 'Zone atteinte' },
    age: { type: 'integer', title: 'Âge' },
  },
  required: ['zone'],
};

interface Declared {
  id: string;
  version: number;
  expertise: typeof EXPERTISE & { form?: unknown };
  team: typeof TEAM;
}

describe.each(STORE_KINDS)('experts and teams, with %s', (kind) => {
  let directory: TestDirectory;
  let provider: TestProvider;
  let app: ReturnType<typeof createApp>;
  type Person = Awaited<ReturnType<TestProvider['signIn']>>;
  let marie: Person;
  let helene: Person;
  let armand: Person;
  let odile: Person;
  let files: Awaited<ReturnType<typeof openOfficialFolder>>;
  let rppsPath: string;
  let mssantePath: string;

  beforeAll(async () => {
    [directory, provider] = await Promise.all([openTestDirectory(kind), openTestProvider()]);
    files = await openOfficialFolder();
    const { store, log, engine } = directory;
    const served: Directory = {
      store,
      log,
      engine,
      withheld: checkWithheldInStore(store.db),
      now: () => new Date(),
    };
    app = createApp({
      openDirectory: () => served,
      checkHealth: async () => [],
      reading: () => 'open',
      signIn: () => provider.settings,
      metrics: NO_METRICS,
    });
    marie = await provider.signIn(app, 'Marie MARTIN');
    helene = await provider.signIn(app, 'Hélène MARTIN');
    armand = await provider.signIn(app, 'Armand LAVOÛTE');
    odile = await provider.signIn(app, 'Odile VERNASSAL');
    const mariesRpps = await rppsOf(marie);
    rppsPath = await files.writeActivity([
      activity(mariesRpps, {
        "Nom d'exercice": 'MARTIN',
        "Prénom d'exercice": 'MARIE',
        'Code profession': '10',
        'Libellé profession': 'Médecin',
        "Code civilité d'exercice": 'DR',
        'Numéro FINESS site': '430000018',
        'Identifiant technique de la structure': 'F430000018',
        'Raison sociale site': 'CENTRE HOSPITALIER EMILE ROUX',
      }),
      activity(await rppsOf(helene), { "Nom d'exercice": 'MARTIN', "Prénom d'exercice": 'HÉLÈNE' }),
    ]);
    mssantePath = await files.writeMailboxes([
      personalMailbox(mariesRpps, 'marie.martin@exemple.mssante.fr', { "Nom d'exercice": 'MARTIN' }),
      serviceMailbox('geriatrie@ch-lepuy.mssante.fr', { 'Service de rattachement': 'GERIATRIE' }),
    ]);
    await importAll();
    await putTerritories(store.db, [
      { id: 'velay', name: 'CPTS du Velay', communeCodes: ['43157', '43089'] },
    ]);
    const grant = (name: string, role: string, target: string) =>
      grantRole(store.db, { who: provider.subjectOf(name), role, target }, OPERATOR);
    await grant('Armand LAVOÛTE', 'manager', HOSPITAL);
    await grant('Odile VERNASSAL', 'coordinator', 'velay');
  }, 120_000);

  afterAll(async () => {
    await files[Symbol.asyncDispose]();
    await provider[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
  });

  const importAll = () =>
    directory.import([
      { source: 'rpps', path: rppsPath },
      { source: 'mssante', path: mssantePath },
    ]);
  const rppsOf = async (person: Person) =>
    /99\d{9}/.exec(await (await person.fetch('/mon-espace')).text())![0];
  const send = (by: Person, method: string, path: string, body?: unknown, version?: number) =>
    by.fetch(path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const ask = async (path: string) => app.fetch(new Request(`http://localhost${path}`));
  const asExpertOf = async (person: Person, expertise: object = EXPERTISE) => {
    const answer = await send(person, 'POST', '/v1/experts', {
      declaredBy: { rpps: await rppsOf(person) },
      expertise,
    });
    expect(answer.status, await answer.clone().text()).toBe(201);
    return (await answer.json()) as Declared;
  };
  const asTeam = async (by: Person, declaredBy: object, team: object = TEAM) => {
    const answer = await send(by, 'POST', '/v1/teams', { declaredBy, team });
    expect(answer.status, await answer.clone().text()).toBe(201);
    return (await answer.json()) as Declared;
  };
  const idsOf = async (query: string) => {
    const { results } = (await (await ask(`/v1/correspondents?${query}`)).json()) as {
      results: { id: string }[];
    };
    return results.map((it) => it.id);
  };

  test('an expertise is declared by its professional, found by what it answers and by its area, and read', async () => {
    const { id } = await asExpertOf(marie);
    await directory.untilIndexed();
    for (const query of [
      'kind=expert&where=Haute-Loire',
      'kind=expert&where=le puy',
      'kind=expert&where=43000',
      'kind=expert&where=Yssingeaux&q=mélanome',
      'kind=expert&commune=43157',
      'kind=expert&departement=43',
      'kind=expert&near=brioude',
      'kind=expert&q=erupt',
      'q=avis dermato 43',
      'q=téléexpertise dermatologie haute-loire',
      'q=avis mélanome le puy',
    ]) {
      expect((await idsOf(query))[0], query).toBe(id);
    }
    expect(await idsOf('kind=expert&where=Lyon')).toEqual([]);
    expect(await (await ask(`/v1/correspondents/${id}`)).json()).toMatchObject({
      id,
      kind: 'expert',
      name: 'Avis dermatologique – Dr Marie MARTIN',
      mailboxes: [{ address: 'marie.martin@exemple.mssante.fr', status: 'unknown' }],
      places: [{ organization: { finess: '430000018' } }],
      expertise: {
        domain: { code: 'dermatologie', label: 'Dermatologie' },
        area: [{ kind: 'departement', code: '43', name: 'Haute-Loire' }],
        urgentNumbers: [{ case: 'Nécrolyse', phone: '0471043210' }],
        hasForm: false,
      },
    });
    const { groups } = (await (
      await ask('/v1/correspondents?q=avis dermatologique&groupBy=kind')
    ).json()) as { groups: { kind: string; total: { value: number } }[] };
    expect(groups.find((it) => it.kind === 'expert')!.total.value).toBe(1);
    const { suggestions } = (await (await ask('/v1/suggestions?q=avis derm')).json()) as {
      suggestions: { id: string; kind: string }[];
    };
    expect(suggestions).toContainEqual(expect.objectContaining({ id, kind: 'expert' }));
    const { results, facets } = (await (
      await ask('/v1/correspondents?q=mélanome&where=43&kind=expert&explain=true&facets=kind,departement')
    ).json()) as { results: { matched: unknown[] }[]; facets: unknown };
    expect(results[0]!.matched).toContainEqual(
      expect.objectContaining({ part: 'melanome', in: 'answers', how: 'exact' }),
    );
    expect(facets).toMatchObject({ kind: [{ code: 'expert', count: 1 }] });
  });

  test('an expertise for all of France is found from anywhere, and in no département more than in another', async () => {
    const { id, version } = await asExpertOf(marie, {
      ...EXPERTISE,
      title: 'Maladies rares de la peau',
      area: [{ kind: 'country', code: 'FR' }],
    });
    await directory.untilIndexed();
    for (const where of ['Lyon', '97400', 'Finistère', 'Corse', '48.85,2.35']) {
      expect(await idsOf(`kind=expert&where=${where}`), where).toContain(id);
    }
    expect(await idsOf('kind=expert&near=Brest&within=10')).toContain(id);
    expect(await idsOf('q=avis dermato brest')).toContain(id);
    const { facets } = (await (
      await ask('/v1/correspondents?kind=expert&where=Brest&facets=departement')
    ).json()) as { facets: { departement: unknown[] } };
    expect(facets.departement).toEqual([]);
    await send(marie, 'DELETE', `/v1/experts/${id}`, undefined, version);
  });

  test('a team is declared for a territory or a structure, and found first by what it is called', async () => {
    const mobile = await asTeam(armand, { organizationId: HOSPITAL });
    const dac = await asTeam(
      odile,
      { territoryId: 'velay' },
      {
        name: 'Appui aux professionnels',
        type: 'dac',
        missions: ['Situations complexes', 'Maintien à domicile'],
        area: [{ kind: 'departement', code: '43' }],
      },
    );
    await directory.untilIndexed();
    for (const query of [
      'q=équipe mobile gériatrique le puy',
      'q=équipe mobile de gériatrie&where=le puy',
      'q=emg le puy',
      'q=gérontologique&kind=team',
      'kind=team&where=CPTS du Velay&q=plus de 75 ans',
    ])
      expect((await idsOf(query))[0], query).toBe(mobile.id);
    for (const query of [
      'q=dac haute-loire',
      'q=dac 43',
      'q=appui à la coordination brioude',
      'q=dac le puy',
    ])
      expect((await idsOf(query))[0], query).toBe(dac.id);
    // Its area is the territory: when that grows, it is found there.
    expect(await idsOf('kind=team&where=Brioude')).not.toContain(mobile.id);
    await putTerritories(directory.store.db, [
      { id: 'velay', name: 'CPTS du Velay', communeCodes: ['43157', '43089', '43040'] },
    ]);
    await directory.untilIndexed();
    expect(await idsOf('kind=team&where=Brioude')).toContain(mobile.id);
  });

  test('who may not change it is refused, whoever it is', async () => {
    const { id, version } = await asExpertOf(marie);
    const rpps = await rppsOf(marie);
    const { key } = await createKey(directory.store.db, 'test', ['search', 'export', 'territory:velay']);
    const { key: adminKey } = await createKey(directory.store.db, 'test', ['admin']);
    const statusOf = async (
      authorization: string | undefined,
      method: string,
      path: string,
      body?: unknown,
    ) =>
      (
        await app.fetch(
          new Request(`http://localhost${path}`, {
            method,
            headers: {
              ...(authorization === undefined ? {} : { authorization }),
              ...(body === undefined ? {} : { 'content-type': 'application/json' }),
              'if-match': `"${version}"`,
            },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          }),
        )
      ).status;
    const writes: [string, string, unknown?][] = [
      ['POST', '/v1/experts', { declaredBy: { rpps }, expertise: EXPERTISE }],
      ['PUT', `/v1/experts/${id}`, EXPERTISE],
      ['PATCH', `/v1/experts/${id}`, { population: 'tous' }],
      ['DELETE', `/v1/experts/${id}`],
      ['GET', `/v1/experts/${id}/history`],
      ['POST', `/v1/experts/${id}/undo`, { version: 1 }],
      ['GET', `/v1/experts/${id}/billing`],
      ['PUT', `/v1/experts/${id}/billing`, { numbers: [] }],
    ];
    for (const [method, path, body] of writes) {
      expect(await statusOf(undefined, method, path, body), `${method} ${path}`).toBe(401);
      expect(await statusOf(`Bearer ${key}`, method, path, body), `${method} ${path}`).toBe(403);
      for (const other of [helene, armand, odile])
        expect((await send(other, method, path, body, version)).status, `${method} ${path}`).toBe(403);
    }
    expect(await statusOf(`Bearer ${adminKey}`, 'PATCH', `/v1/experts/${id}`, { population: 'tous' })).toBe(
      200,
    );
  });

  test('whoever answers for several reads them page by page', async () => {
    const second = (await asExpertOf(marie)).id;
    const first = (await asExpertOf(marie)).id;
    const ids: string[] = [];
    for (let after: string | null = ''; after !== null;) {
      const answer = await marie.fetch(`/v1/experts?mine=true&limit=1&after=${after}`);
      const page = (await answer.json()) as { declared: Declared[]; next: string | null };
      expect(page.declared).toHaveLength(1);
      ids.push(page.declared[0]!.id);
      after = page.next;
    }
    expect(ids).toEqual([...new Set(ids)].toSorted());
    expect(ids).toEqual(expect.arrayContaining([first, second]));
    for (const after of ['%00', 'a%00b'])
      expect((await marie.fetch(`/v1/experts?after=${after}`)).status).toBe(400);
    const asXml = { 'content-type': 'application/xml', 'if-match': '"1"' };
    const refused = await marie.fetch(`/v1/experts/${first}`, {
      method: 'PATCH',
      body: '<a/>',
      headers: asXml,
    });
    expect(refused.status).toBe(400);
  });

  test('two editors of one version: the second is refused, and neither change is lost', async () => {
    const { id } = await asExpertOf(marie);
    const path = `/v1/experts/${id}`;
    expect((await send(marie, 'PATCH', path, { population: 'enfants' })).status).toBe(428);
    const answers = await Promise.all(
      ['enfants', 'adultes et enfants', 'nourrissons', 'tous'].map((population) =>
        send(marie, 'PATCH', path, { population }, 1),
      ),
    );
    expect(answers.map((it) => it.status).toSorted()).toEqual([200, 412, 412, 412]);
    const saved = answers.find((it) => it.status === 200)!;
    expect(saved.headers.get('etag')).toBe('"2"');
    const now = (await (await ask(path)).json()) as Declared;
    expect(now).toEqual(await saved.json());
    expect((await send(marie, 'PUT', path, EXPERTISE, 1)).status).toBe(412);
    expect((await send(marie, 'PATCH', path, { population: null }, 2)).headers.get('etag')).toBe('"3"');
    expect(((await (await ask(path)).json()) as Declared).expertise).not.toHaveProperty('population');
    // Nothing new is no version.
    expect((await send(marie, 'PATCH', path, { title: EXPERTISE.title }, 3)).headers.get('etag')).toBe('"3"');
  });

  test('its history says who changed what; a change is undone, a deletion too', async () => {
    const { id } = await asExpertOf(marie, { ...EXPERTISE, title: 'Avis sur les plaies' });
    const path = `/v1/experts/${id}`;
    await send(marie, 'PATCH', path, { title: 'Avis sur les ulcères', population: 'tous' }, 1);
    await send(marie, 'PATCH', path, { answers: ['Ulcère de jambe'] }, 2);
    const undone = await send(marie, 'POST', `${path}/undo`, { version: 2 }, 3);
    expect(((await undone.json()) as Declared).expertise).toMatchObject({
      title: 'Avis sur les plaies',
      population: 'adultes',
      answers: ['Ulcère de jambe'],
    });
    await directory.untilIndexed();
    expect(await idsOf('kind=expert&q=avis plaies')).toContain(id);
    const gone = await send(marie, 'DELETE', path, undefined, 4);
    expect([gone.status, gone.headers.get('etag')]).toEqual([200, '"5"']);
    expect((await ask(path)).status).toBe(404);
    expect((await ask(`/v1/correspondents/${id}`)).status).toBe(404);
    await directory.untilIndexed();
    expect(await idsOf('kind=expert&q=avis plaies')).not.toContain(id);
    const feed = await (await ask('/v1/changes?limit=1000')).json();
    const { changes: last } = feed as { changes: { id: string; operation: string }[] };
    expect(last.find((it) => it.id === id)?.operation).toBe('removed');
    expect((await send(marie, 'PATCH', path, { population: 'x' }, 5)).status).toBe(404);
    expect((await send(marie, 'POST', `${path}/undo`, { version: 5 }, 5)).status).toBe(200);
    expect((await ask(path)).status).toBe(200);
    await directory.untilIndexed();
    expect(await idsOf('kind=expert&q=avis plaies')).toContain(id);
    const { changes } = (await (await send(marie, 'GET', `${path}/history`)).json()) as {
      changes: { version: number; by: { kind: string; name: string; undoes?: number }; changes: object[] }[];
    };
    expect(changes.map((it) => [it.version, it.by.kind, it.by.undoes])).toEqual([
      [6, 'owner', 5],
      [5, 'owner', undefined],
      [4, 'owner', 2],
      [3, 'owner', undefined],
      [2, 'owner', undefined],
      [1, 'owner', undefined],
    ]);
    expect(changes[4]!.changes).toContainEqual({ field: 'population', before: 'adultes', after: 'tous' });
    expect((await send(marie, 'POST', `${path}/undo`, { version: 1 }, 6)).status).toBe(400);
  });

  test('a declaration that is sent again, after an answer that got lost or at once, is made once', async () => {
    const body = {
      declaredBy: { rpps: await rppsOf(marie) },
      expertise: { ...EXPERTISE, title: 'Avis unique' },
    };
    const post = (key: string, by = marie, sent: object = body) =>
      by.fetch('/v1/experts', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(sent),
      });
    const key = '"8e03978e-40d5-43dd-bc93-6894a57f9324"';
    const answers = await Promise.all([post(key), post(key), post(key), post(key.slice(1, -1))]);
    expect(answers.map((it) => it.status)).toEqual([201, 201, 201, 201]);
    const ids = await Promise.all(answers.map(async (it) => ((await it.json()) as Declared).id));
    expect(new Set(ids).size).toBe(1);
    const [id] = ids;
    await send(marie, 'PATCH', `/v1/experts/${id}`, { population: 'tous' }, 1);
    const late = await post(key);
    expect([late.status, late.headers.get('location')]).toEqual([201, `/v1/experts/${id}`]);
    expect(await late.json()).toMatchObject({ id, version: 2, expertise: { population: 'tous' } });
    const other = { ...body, expertise: { ...body.expertise, title: 'Autre chose' } };
    const reused = await post(key, marie, other);
    expect([reused.status, await reused.json()]).toEqual([
      422,
      expect.objectContaining({ code: 'idempotency-key-reused' }),
    ]);
    // Somebody else's key is another one.
    const { key: admin } = await createKey(directory.store.db, 'test', ['admin']);
    const byKey = (request: string, init: RequestInit) =>
      app.fetch(
        new Request(`http://localhost${request}`, {
          ...init,
          headers: { ...init.headers, authorization: `Bearer ${admin}` },
        }),
      );
    const theirs = await post(key, { ...marie, fetch: byKey as Person['fetch'] });
    expect(((await theirs.json()) as Declared).id).not.toBe(id);
    for (const wrong of ['"short"', 'x'.repeat(129), '"8e03978e', 'é'.repeat(10)])
      expect((await post(wrong)).status, wrong).toBe(400);
  });

  test('one professional declares fifty, and no more until one is deleted', async () => {
    const practitionerId = `8${await rppsOf(helene)}`;
    const content = { title: 'Avis', domain: 'dermatologie', answers: ['Oui'], area: EXPERTISE.area };
    const { db } = directory.store;
    await db.execute(sql`insert into declaration (key, kind, practitioner_id, content, version)
      select 'full' || n, 'expert', ${practitionerId}, ${JSON.stringify(content)}, 1 from generate_series(1, 49) n`);
    const post = async () =>
      send(helene, 'POST', '/v1/experts', { declaredBy: { rpps: await rppsOf(helene) }, expertise: content });
    const both = await Promise.all([post(), post()]);
    expect(both.map((it) => it.status).toSorted()).toEqual([201, 409]);
    expect(await both.find((it) => it.status === 409)!.json()).toMatchObject({ code: 'limit-reached' });
    expect((await send(helene, 'DELETE', '/v1/experts/expert-full1', undefined, 1)).status).toBe(200);
    expect((await post()).status).toBe(201);
    const restored = await send(helene, 'POST', '/v1/experts/expert-full1/undo', { version: 2 }, 2);
    expect([restored.status, await restored.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'limit-reached' }),
    ]);
    await db.execute(sql`delete from declaration where practitioner_id = ${practitionerId}`);
  });

  test('undoing a change does not take back what somebody made of the same since', async () => {
    const { id } = await asExpertOf(marie);
    const path = `/v1/experts/${id}`;
    await send(marie, 'PATCH', path, { population: 'enfants', doesNotAnswer: null }, 1);
    await send(marie, 'PATCH', path, { population: 'nourrissons' }, 2);
    const refused = await send(marie, 'POST', `${path}/undo`, { version: 2 }, 3);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      code: 'declaration-changed',
      errors: [{ pointer: 'population', detail: 'It is "nourrissons" now.' }],
    });
    const now = await ask(path);
    expect(now.headers.get('etag')).toBe('"3"');
    expect(((await now.json()) as Declared).expertise.population).toBe('nourrissons');
    expect((await send(marie, 'POST', `${path}/undo`, { version: 3 }, 3)).status).toBe(200);
    const undone = await send(marie, 'POST', `${path}/undo`, { version: 2 }, 4);
    expect(((await undone.json()) as Declared).expertise).toEqual(EXPERTISE_KEPT);
    // Deleted and restored since: restoring once more is no way to it either.
    await send(marie, 'DELETE', path, undefined, 5);
    await send(marie, 'POST', `${path}/undo`, { version: 6 }, 6);
    expect((await send(marie, 'POST', `${path}/undo`, { version: 6 }, 7)).status).toBe(409);
  });

  test('a national re-import and a rebuilt index keep them, and index and store agree', async () => {
    const { id } = await asExpertOf(marie, { ...EXPERTISE, title: 'Avis qui reste' });
    const before = await (await ask(`/v1/correspondents/${id}`)).json();
    await importAll();
    await directory.import([
      { source: 'rpps', path: await rewritten(rppsPath, (text) => text.replaceAll('DENTELLES', 'CAPUCINS')) },
    ]);
    expect(await (await ask(`/v1/experts/${id}`)).json()).toMatchObject({ version: 1 });
    const after = (await (await ask(`/v1/correspondents/${id}`)).json()) as { places: { address: string }[] };
    expect(after.places[0]!.address).toContain('CAPUCINS');
    expect({ ...after, places: [] }).toEqual({ ...(before as object), places: [] });
    await directory.untilIndexed();
    const { engine, log } = directory;
    const work = { engine, log, signal: new AbortController().signal };
    const shownIn = async () =>
      (
        (await (await ask('/v1/correspondents?kind=expert&q=avis qui reste')).json()) as {
          results: { id: string; places: { address: string }[] }[];
        }
      ).results.find((it) => it.id === id);
    expect((await shownIn())!.places[0]!.address).toContain('CAPUCINS');
    expect(await rebuildIndex({ ...work, force: true })).toBeDefined();
    await directory.untilIndexed();
    expect((await shownIn())!.id).toBe(id);
    expect(await compareIndex({ ...work, repair: false })).toMatchObject({
      missing: { count: 0 },
      extra: { count: 0 },
      different: { count: 0 },
    });
  });

  const rewritten = async (path: string, change: (text: string) => string) => {
    const { readFile } = await import('node:fs/promises');
    return files.writeText(
      'PS_LibreAcces_Personne_activite_202611210600.txt',
      change(await readFile(path, 'utf8')),
    );
  };

  test.each(['the professional', 'the mailbox'])(
    'when %s is withheld, it vanishes at once from every answer, whatever the index holds',
    async (what) => {
      const title = `Avis retirable ${what}`;
      const { id } = await asExpertOf(marie, { ...EXPERTISE, title });
      await directory.untilIndexed();
      const paths = [
        '/v1/correspondents?kind=expert&where=43&limit=50',
        `/v1/correspondents?q=${title}`,
        '/v1/correspondents?groupBy=kind&q=retirable',
        '/v1/suggestions?q=avis retirable&limit=20',
        '/v1/experts?limit=100',
        `/v1/experts/${id}`,
        `/v1/correspondents/${id}`,
        '/v1/changes?limit=1000',
        `/correspondants/${id}`,
      ];
      const shown = async () => {
        const found: string[] = [];
        for (const path of paths) if ((await (await ask(path)).text()).includes(title)) found.push(path);
        return found;
      };
      expect(await shown()).toEqual(paths);
      const key = what === 'the mailbox' ? EXPERTISE.mailbox : `8${await rppsOf(marie)}`;
      await withhold(directory.store.db, key, 'opposition');
      expect(await shown()).toEqual([]);
      await directory.untilIndexed();
      expect(await shown()).toEqual([]);
      await release(directory.store.db, key);
      await directory.untilIndexed();
      expect(await shown()).toEqual(paths);
    },
  );

  test('billing numbers are read by its managers, and are in nothing else', async () => {
    const logs: string[] = [];
    const { configure, getConfig } = await import('@logtape/logtape');
    const config = getConfig();
    await configure({
      sinks: { kept: (record) => void logs.push(JSON.stringify(record)) },
      loggers: [{ category: [], sinks: ['kept'], lowestLevel: 'debug' }],
      reset: true,
    });
    const { id } = await asExpertOf(marie, { ...EXPERTISE, form: FORM });
    const path = `/v1/experts/${id}/billing`;
    const numbers = [{ label: 'Adeli', number: PRIVATE_NUMBER }];
    expect((await send(marie, 'PUT', path, { numbers })).status).toBe(428);
    expect((await send(marie, 'PUT', path, { numbers }, 0)).headers.get('etag')).toBe('"1"');
    expect((await send(marie, 'PUT', path, { numbers: [] }, 0)).status).toBe(412);
    expect(await (await send(marie, 'GET', path)).json()).toEqual({ numbers });
    await send(marie, 'PATCH', `/v1/experts/${id}`, { population: 'tous' }, 1);
    await directory.untilIndexed();
    const admin = (await createKey(directory.store.db, 'test', ['admin', 'search', 'export'])).key;
    for (const answer of [
      `/v1/correspondents/${id}`,
      `/v1/experts/${id}`,
      `/v1/experts/${id}/form`,
      `/v1/experts/${id}/history`,
      '/v1/experts?limit=100',
      '/v1/correspondents?kind=expert&limit=50&explain=true',
      `/v1/correspondents?q=${PRIVATE_NUMBER}`,
      '/v1/changes?limit=1000',
      `/correspondants/${id}`,
      '/?q=avis&kind=expert',
    ]) {
      const text = await (
        await app.fetch(
          new Request(`http://localhost${answer}`, { headers: { authorization: `Bearer ${admin}` } }),
        )
      ).text();
      if (!answer.includes('q=')) expect(text.length, answer).toBeGreaterThan(20);
      if (!answer.includes(PRIVATE_NUMBER)) expect(text, answer).not.toContain('ZEBRE');
    }
    const documents = await fetch(
      `${directory.engine.url}/indexes/${directory.engine.indexName}/documents?limit=1000`,
      { headers: engineHeaders() },
    );
    const text = await documents.text();
    expect(text).toContain(id);
    expect(text).not.toContain('ZEBRE');
    const tables = await rowsOf<{ name: string }>(
      directory.store.db,
      sql`select table_name as name from information_schema.tables
        where table_schema = 'public' and table_name <> 'expertise_billing'`,
    );
    expect(tables.map((it) => it.name)).toContain('audit_event');
    for (const { name } of tables) {
      const [found] = await rowsOf<{ count: number }>(
        directory.store.db,
        sql`select count(*)::int as count from ${sql.identifier(name)} t where t::text like '%ZEBRE%'`,
      );
      expect(found!.count, name).toBe(0);
    }
    expect(logs.length).toBeGreaterThan(5);
    expect(logs.join('\n')).not.toContain('ZEBRE');
    await configure({ ...(config ?? { sinks: {}, loggers: [] }), reset: true });
  });

  test('a request form is given as it was made, and takes no answers', async () => {
    const { id } = await asExpertOf(marie, { ...EXPERTISE, form: FORM });
    const form = await ask(`/v1/experts/${id}/form`);
    expect(form.headers.get('content-type')).toBe('application/schema+json');
    // In the order in which it is asked.
    expect(await form.text()).toBe(JSON.stringify(FORM));
    for (const method of ['POST', 'PUT', 'PATCH']) {
      const answer = await app.fetch(
        new Request(`http://localhost/v1/experts/${id}/form`, {
          method,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ zone: 'visage' }),
        }),
      );
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
      expect(((await answer.json()) as { detail: string }).detail).toContain('nothing of patients');
    }
    const without = await asExpertOf(marie);
    expect((await ask(`/v1/experts/${without.id}/form`)).status).toBe(404);
    const { models } = (await (await ask('/v1/form-models')).json()) as { models: { form: object }[] };
    for (const model of models) await asExpertOf(marie, { ...EXPERTISE, form: model.form });
  });

  const BAD: [what: string, change: object, pointer: string][] = [
    ['no answer', { answers: [] }, 'body.expertise.answers'],
    ['an unknown member', { nom: 'x' }, 'body.expertise.nom'],
    ['an unknown domain', { domain: 'astrologie' }, 'body.expertise.domain'],
    ['no area', { area: [] }, 'body.expertise.area'],
    ['an unknown commune', { area: [{ kind: 'commune', code: '99999' }] }, 'body.expertise.area.0.code'],
    ['an unknown territory', { area: [{ kind: 'territory', code: 'nul' }] }, 'body.area.0.code'],
    ['an unknown mailbox', { mailbox: 'x@y.mssante.fr' }, 'body.mailbox'],
    [
      'a number that is none',
      { urgentNumbers: [{ case: 'x', phone: 'abc' }] },
      'body.expertise.urgentNumbers.0.phone',
    ],
    ['a form that posts', { form: { ...FORM, action: '/v1/x' } }, 'body.expertise.form.action'],
    [
      'a form with an address',
      { form: { ...FORM, description: 'sur https://x.fr' } },
      'body.expertise.form.description',
    ],
    [
      'a form with a reference',
      { form: { ...FORM, properties: { a: { $ref: '#' } } } },
      'body.expertise.form.properties.a.$ref',
    ],
    [
      'a field without label',
      { form: { ...FORM, required: [], properties: { a: { type: 'string' } } } },
      'body.expertise.form.properties.a',
    ],
  ];
  test.each(BAD)('%s is refused, with where it is', async (_, change, pointer) => {
    const answer = await send(marie, 'POST', '/v1/experts', {
      declaredBy: { rpps: await rppsOf(marie) },
      expertise: { ...EXPERTISE, ...change },
    });
    expect(answer.status).toBe(400);
    const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
    expect(errors.map((it) => it.pointer)).toContain(pointer);
  });

  test('nobody declares in the place of another: owners are checked, and one only is given', async () => {
    const attempt = async (by: Person, declaredBy: object) =>
      (await send(by, 'POST', '/v1/experts', { declaredBy, expertise: { ...EXPERTISE, mailbox: undefined } }))
        .status;
    expect(await attempt(armand, { organizationId: HOSPITAL })).toBe(201);
    expect(await attempt(helene, { organizationId: HOSPITAL })).toBe(403);
    expect(await attempt(marie, {})).toBe(400);
    expect(await attempt(marie, { rpps: await rppsOf(marie), organizationId: HOSPITAL })).toBe(400);
    expect(await attempt(helene, { rpps: await rppsOf(marie) })).toBe(403);
    // Hélène's expertise cannot be answered from Marie's own mailbox.
    const answer = await send(helene, 'POST', '/v1/experts', {
      declaredBy: { rpps: await rppsOf(helene) },
      expertise: EXPERTISE,
    });
    expect(((await answer.json()) as { errors: object[] }).errors).toMatchObject([
      { pointer: 'body.mailbox' },
    ]);
  });

  test('the identity of a patient is refused wherever it is written', async () => {
    const answer = await send(marie, 'POST', '/v1/experts', {
      declaredBy: { rpps: await rppsOf(marie) },
      expertise: { ...EXPERTISE, answers: ['Voir 269054958815780@patient.mssante.fr'] },
    });
    expect(await answer.json()).toMatchObject({ code: 'patient-address-refused' });
  });

  test('a large form, a large body', async () => {
    const answer = await send(marie, 'POST', '/v1/experts', { text: 'x'.repeat(300_000) });
    expect(answer.status).toBe(413);
  });

  const engineHeaders = () => ({ authorization: `Bearer ${inject('engine').key}` });
});
