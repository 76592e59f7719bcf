import { beforeAll, describe, expect, test } from 'vitest';

import { SearchQuerySchema } from '#http/query-parameters.ts';
import { release, withhold } from '#store/withheld.ts';

import { activity, openOfficialFolder, personalMailbox, serviceMailbox } from '../support/official-files.ts';
import type { TestDirectory } from '../support/test-directory.ts';

/** Asks the API under test. `path` begins with `/`. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

export interface ApiUnderTest {
  directory: TestDirectory;
  ask: Ask;
}

/** What the cases ask about: invented people around Le Puy-en-Velay, and many of one name. */
export async function importCaseFiles(
  directory: Pick<TestDirectory, 'store' | 'import' | 'untilIndexed'>,
): Promise<void> {
  await using folder = await openOfficialFolder();
  const martins = Array.from({ length: 37 }, (_, index) =>
    activity(`9900000${String(1000 + index)}`, {
      "Nom d'exercice": 'MARTIN',
      'Raison sociale site': 'MAISON DE SANTE',
      "Prénom d'exercice": ['PAUL', 'ANNE', 'HÉLÈNE'][index % 3]!,
      'Code postal (coord. structure)': index % 2 === 0 ? '43000' : '69003',
      'Code commune (coord. structure)': index % 2 === 0 ? '43157' : '69383',
    }),
  );
  const rpps = await folder.writeActivity([
    activity('99000000001'),
    activity('99000000002', {
      "Nom d'exercice": 'LE GOFF-D’ABOVILLE',
      "Prénom d'exercice": 'Anne-Laure',
      'Code profession': '10',
      "Code civilité d'exercice": 'DR',
      'Code type savoir-faire': 'S',
      'Code savoir-faire': 'SM04',
      'Numéro FINESS site': '430000018',
      'Numéro FINESS établissement juridique': '430000034',
      'Identifiant technique de la structure': 'F430000018',
      'Raison sociale site': 'CENTRE HOSPITALIER EMILE ROUX',
    }),
    activity('99000000003', {
      "Nom d'exercice": 'RETIRÉE',
      "Prénom d'exercice": 'ODE',
      'Raison sociale site': 'CABINET MEDICAL',
    }),
    ...martins,
  ]);
  const mssante = await folder.writeMailboxes([
    personalMailbox('99000000001', 'isaure.vallorbe@exemple.mssante.fr'),
    personalMailbox('99000000003', 'ode.retiree@exemple.mssante.fr'),
    serviceMailbox('cardio@ch-lepuy.mssante.fr'),
    serviceMailbox('secretariat@ch-lepuy.mssante.fr', { 'Service de rattachement': 'SECRETARIAT MARTIN' }),
  ]);
  await directory.import([
    { source: 'rpps', path: rpps },
    { source: 'mssante', path: mssante },
  ]);
  await withhold(directory.store.db, '899000000003', 'liste rouge');
  await directory.untilIndexed();
}

interface Result {
  id: string;
  kind: string;
  name: string;
  places: { commune: { code: string } | null }[];
  distanceMeters?: number;
}

/** The guarantees of the API, whatever serves it. */
export function describeApi(open: () => ApiUnderTest): void {
  let directory: TestDirectory;
  let ask: Ask;

  beforeAll(() => {
    ({ directory, ask } = open());
  });

  const json = async (path: string) => {
    const response = await ask(path);
    expect(response.status, path).toBe(200);
    return response.json() as Promise<Record<string, never> & { results: Result[]; next: string | null }>;
  };
  const names = async (query: string) =>
    (await json(`/v1/correspondents?${query}`)).results.map((it) => it.name);

  describe('the address of a patient', () => {
    const post = (body: string) =>
      ask('/v1/patient-address', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });

    test('is given for an INS whose key is right, and is not to be kept by anyone', async () => {
      const response = await post('{"ins":"2 55 08 14 168 025 38"}');
      expect(await response.json()).toEqual({ address: '255081416802538@patient.mssante.fr' });
      expect(response.headers.get('cache-control')).toBe('no-store');
    });

    test.each([
      ['{"ins":"255081416802537"}', 400, 'body.ins'],
      ['{"ins":"2550814168025"}', 400, 'body.ins'],
      ['{"ins":255081416802538}', 400, 'body.ins'],
      ['{"ins":"255081416802538","name":"x"}', 400, 'body.name'],
      ['{"ins":', 400, 'body'],
      [`{"ins":"${'2'.repeat(2000)}"}`, 413, undefined],
    ])('%s is refused without being repeated', async (body, status, pointer) => {
      const response = await post(body);
      const text = await response.text();
      expect(response.status, text).toBe(status);
      const problem = JSON.parse(text) as { errors?: { pointer: string }[] };
      expect(problem.errors?.[0]?.pointer).toBe(pointer);
      expect(text).not.toContain('2550814168025');
    });

    test('no other route takes a body', async () => {
      const response = await ask('/v1/correspondents', { method: 'POST', body: 'x' });
      expect(response.status).toBe(400);
    });
  });

  describe('a search', () => {
    test('finds a person with what she does, where, and her mailbox', async () => {
      const { results } = await json('/v1/correspondents?q=vallorbe');
      expect(results).toEqual([
        {
          id: 'professional-899000000001',
          kind: 'professional',
          name: 'Isaure VALLORBE',
          familyName: 'VALLORBE',
          givenNames: 'ISAURE',
          rpps: '99000000001',
          profession: { code: '70', label: 'Masseur-Kinésithérapeute' },
          savoirFaire: [],
          places: [
            {
              organization: {
                id: 'tR199000000001',
                name: 'CABINET VALLORBE',
                finess: null,
                finessJuridique: null,
                category: null,
              },
              address: '12 Rue DES DENTELLES',
              postcode: '43000',
              commune: { code: '43157', name: 'Le Puy-en-Velay' },
              departement: { code: '43', name: 'Haute-Loire' },
              country: null,
              phone: null,
              modeExercice: { code: 'L', label: 'Libéral, indépendant, artisan, commerçant' },
              position: {
                latitude: expect.closeTo(45.04, 1),
                longitude: expect.closeTo(3.88, 1),
                approximate: true,
              },
            },
          ],
          mailboxes: [{ address: 'isaure.vallorbe@exemple.mssante.fr', type: 'PER', status: 'unknown' }],
        },
      ]);
    });

    test.each([
      ['q=vallorbe isaure', 'Isaure VALLORBE'],
      ['q=VALORBE', 'Isaure VALLORBE'],
      ['q=le goff', 'Dr Anne-Laure LE GOFF-D’ABOVILLE'],
      ['q=anne laure d aboville', 'Dr Anne-Laure LE GOFF-D’ABOVILLE'],
      ['q=99000000001', 'Isaure VALLORBE'],
      ['q=isaure.vallorbe@exemple.mssante.fr', 'Isaure VALLORBE'],
      ['rpps=899000000001', 'Isaure VALLORBE'],
      ['mailbox=Isaure.Vallorbe@exemple.mssante.fr', 'Isaure VALLORBE'],
      ['q=cardiologie&kind=service', 'CARDIOLOGIE – CENTRE HOSPITALIER EMILE ROUX'],
      ['q=goff&finess=430000034', 'Dr Anne-Laure LE GOFF-D’ABOVILLE'],
      ['savoirFaire=SM04', 'Dr Anne-Laure LE GOFF-D’ABOVILLE'],
    ])('%s gives %s first', async (query, name) => {
      expect((await names(query))[0]).toBe(name);
    });

    test('narrows by every filter, and all of them together', async () => {
      const martinAtLePuy = await json('/v1/correspondents?q=martin&where=43&kind=professional&limit=50');
      expect(martinAtLePuy.results).toHaveLength(19);
      for (const filter of [
        'where=le+puy',
        'where=43000',
        'where=haute-loire',
        'commune=43157',
        'departement=43',
      ]) {
        const { total } = (await json(
          `/v1/correspondents?q=martin&kind=professional&${filter}`,
        )) as never as {
          total: unknown;
        };
        expect(total, filter).toEqual({ value: 19, exact: true });
      }
      expect(await names('q=martin&where=lyon+3e&profession=10')).toEqual([]);
      expect(await names('hasMailbox=true&kind=professional')).toEqual(['Isaure VALLORBE']);
    });

    test('gives Lyon for its arrondissements', async () => {
      const { results } = await json('/v1/correspondents?q=martin&where=lyon&limit=50');
      expect(results).toHaveLength(18);
    });

    test.each([
      'q=martin',
      'q=martin&near=43000',
      'q=kiné',
      'q=kiné le puy',
      'q=martyn paul',
      'where=43',
      'q=vallorbe',
    ])('%s walked by `next` gives exactly `total` distinct ids, whatever the page', async (query) => {
      for (const limit of [1, 7, 50]) {
        const ids = new Set<string>();
        let path: string | undefined = `/v1/correspondents?${query}&limit=${limit}`;
        let total: { value: number; exact: boolean } | undefined;
        while (path !== undefined) {
          const page = (await json(path)) as never as {
            results: Result[];
            next: string | null;
            total: { value: number; exact: boolean };
          };
          expect(page.total).toEqual((total ??= page.total));
          for (const { id } of page.results) ids.add(id);
          path =
            page.next === null ? undefined : `/v1/correspondents?${query}&limit=${limit}&cursor=${page.next}`;
        }
        expect(total).toEqual({ value: ids.size, exact: true });
        expect(ids.size).toBeGreaterThan(0);
      }
    });

    test('puts who is near first, and says what was understood', async () => {
      const answer = (await json('/v1/correspondents?q=kiné martin&near=69003&limit=30')) as never as {
        results: Result[];
        understood: { parts: { as: string; text: string }[]; near: { label: string } };
      };
      expect(answer.understood.parts).toMatchObject([
        { as: 'term', text: 'kine' },
        { as: 'name', text: 'martin' },
      ]);
      expect(answer.understood.near.label).toContain('69003');
      const communes = answer.results.map((it) => it.places[0]!.commune!.code);
      expect(communes.lastIndexOf('69383')).toBeLessThan(communes.indexOf('43157'));
    });

    test('sorted by distance gives the nearest place of practice first, with its distance, page after page', async () => {
      const query = 'q=martin&kind=professional&near=43000&sort=distance';
      const { results } = (await json(`/v1/correspondents?${query}&limit=50`)) as never as {
        results: (Result & { distanceMeters: number })[];
      };
      const distances = results.map((it) => it.distanceMeters);
      expect(distances).toEqual(distances.toSorted((a, b) => a - b));
      expect(results).toHaveLength(37);
      expect(distances[0]).toBeLessThan(5000);
      expect(distances.at(-1)).toBeGreaterThan(105_000);
      expect(distances.at(-1)).toBeLessThan(115_000);
      const walked: string[] = [];
      let page = await json(`/v1/correspondents?${query}&limit=10`);
      for (;;) {
        walked.push(...page.results.map((it) => it.id));
        if (page.next === null) break;
        page = await json(`/v1/correspondents?${query}&limit=10&cursor=${page.next}`);
      }
      expect(walked).toEqual(results.map((it) => it.id));
    });

    test('within so many kilometres of a place, wherever the place is told', async () => {
      for (const place of ['q=martin&near=43000', 'q=martin&where=le+puy', 'q=martin+le+puy']) {
        const near = await json(`/v1/correspondents?${place}&kind=professional&within=20&limit=50`);
        expect(near.results, place).toHaveLength(19);
        const far = await json(`/v1/correspondents?${place}&kind=professional&within=150&limit=50`);
        expect(far.results, place).toHaveLength(37);
      }
      const response = await ask('/v1/correspondents?q=martin&within=20');
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        code: 'request-invalid',
        errors: [{ pointer: 'query.within' }],
      });
    });

    test('where nobody does what is asked, the nearest who do come, and it is said', async () => {
      const { results, understood } = (await json(
        '/v1/correspondents?q=kiné&where=tence&kind=professional&limit=50',
      )) as never as { results: Result[]; understood: { widened: string[]; widenedToKm: number } };
      expect(understood.widened).toEqual(['other-places']);
      const meters = results.map((it) => it.distanceMeters!);
      expect(understood.widenedToKm).toBe(Math.ceil(Math.max(...meters) / 1000));
      const communes = results.map((it) => it.places[0]?.commune?.code);
      expect(communes[0]).toBe('43157');
      expect(communes.lastIndexOf('43157')).toBeLessThan(communes.indexOf('69383'));
    });

    test.each([
      ['homeVisits=false', 'query.homeVisits', 'cannot be told from a no'],
      ['nightDuty=yes', 'query.nightDuty', 'only be "true"'],
      ['present=false', 'query.present', 'only be "true"'],
      ['act=magie', 'query.act', '"magie" is not the code of an act'],
      ['homevisits=true', 'query.homevisits', 'nearest is "homeVisits"'],
    ])('refuses %s', async (query, pointer, detail) => {
      const response = await ask(`/v1/correspondents?${query}`);
      expect(response.status).toBe(400);
      const { errors } = (await response.json()) as { errors: { pointer: string; detail: string }[] };
      expect(errors).toEqual([{ pointer, detail: expect.stringContaining(detail) }]);
    });

    test('a misspelt town is that town, and the answer says so', async () => {
      expect(await json('/v1/correspondents?q=martin&where=grennoble')).toMatchObject({
        understood: { where: { kind: 'commune', code: '38185', label: 'Grenoble (38)' } },
      });
    });

    test('nobody is known to come to a place of which nobody says so, and a place that is none is told', async () => {
      expect((await json('/v1/correspondents?comesTo=Brioude')).results).toEqual([]);
      const response = await ask('/v1/correspondents?comesTo=Xyzxyz');
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'place-unknown' });
    });

    test('what a page may say is told, with labels', async () => {
      const model = (await json('/v1/profile-model')) as never as {
        schema: { properties: object };
        ways: object[];
        acts: { code: string }[];
      };
      expect(Object.keys(model.schema.properties)).toContain('homeVisitArea');
      expect(model.ways).toHaveLength(8);
      expect(model.acts.map((it) => it.code)).toContain('kinesitherapie-respiratoire');
    });

    test('a place that several communes are called gives the others, each of which may be asked by its label', async () => {
      const { understood } = (await json('/v1/correspondents?q=martin&where=saint-denis')) as never as {
        understood: { where: { code: string }; alternatives: { code: string; label: string }[] };
      };
      const [other] = understood.alternatives;
      expect(other!.code).not.toBe(understood.where.code);
      const again = (await json(
        `/v1/correspondents?q=martin&where=${encodeURIComponent(other!.label)}`,
      )) as never as { understood: { where: { code: string } } };
      expect(again.understood.where.code).toBe(other!.code);
    });

    test.each([
      ['q=martin&finess=999999999&kind=professional', 'martin'],
      ['q=mdph+43', '43'],
    ])(
      'a search without result (%s) tells the nearest one that gives some, which does',
      async (asked, text) => {
        const none = (await json(`/v1/correspondents?${asked}`)) as never as {
          results: Result[];
          understood: { tryInstead: { query: string; total: number } };
        };
        expect(none.results).toEqual([]);
        const { query, total } = none.understood.tryInstead;
        expect(new URLSearchParams(query).get('q')).toBe(text);
        const instead = (await json(`/v1/correspondents?${query}`)) as never as { total: { value: number } };
        expect(instead.total.value).toBe(total);
        expect(total).toBeGreaterThan(0);
      },
    );

    test('counts what is asked among all results, with labels', async () => {
      const { facets } = (await json(
        '/v1/correspondents?q=martin&limit=1&facets=kind,profession,departement',
      )) as never as { facets: Record<string, { code: string; label: string; count: number }[]> };
      expect(facets['kind']).toEqual([
        { code: 'professional', label: 'Professionnels', count: 37 },
        { code: 'service', label: 'Services', count: 1 },
      ]);
      expect(facets['departement']!.map(({ code, label }) => `${code} ${label}`)).toEqual([
        '43 Haute-Loire',
        '69 Rhône',
      ]);
      expect(facets['profession']![0]).toMatchObject({ label: 'Masseur-Kinésithérapeute', count: 37 });
    });

    test('explained, says what was searched and where each part of the text was found', async () => {
      const { tried, results } = (await json(
        '/v1/correspondents?q=kiné valorbe le puy&explain=true',
      )) as never as {
        tried: { searches: { q: string }[] }[];
        results: (Result & { matched: { part: string; in: string; how: string; value: string }[] })[];
      };
      expect(tried.at(-1)!.searches.at(-1)!.q).toBe('valorbe');
      expect(results[0]!.matched).toEqual([
        { part: 'kine', in: 'profession', how: 'stands-for', value: 'Masseur-Kinésithérapeute' },
        { part: 'valorbe', in: 'familyName', how: 'sounds-alike', value: 'VALLORBE' },
        { part: 'le puy', in: 'place', how: 'exact', value: 'Le Puy-en-Velay' },
      ]);
    });

    test('grouped by kind gives a page of each, and each goes on from its own `next`', async () => {
      const { groups } = (await json('/v1/correspondents?q=martin&groupBy=kind&limit=5')) as never as {
        groups: { kind: string; results: Result[]; next: string | null; total: { value: number } }[];
      };
      expect(groups.map(({ kind, total, results }) => [kind, total.value, results.length])).toEqual([
        ['professional', 37, 5],
        ['service', 1, 1],
        ['expert', 0, 0],
        ['team', 0, 0],
      ]);
      const { results } = await json(
        `/v1/correspondents?q=martin&kind=professional&limit=50&cursor=${groups[0]!.next}`,
      );
      const first = new Set(groups[0]!.results.map((it) => it.id));
      expect(results).toHaveLength(32);
      expect(results.some((it) => first.has(it.id))).toBe(false);
    });

    test('never shows who is withheld, by any of its keys', async () => {
      for (const query of [
        'q=retiree',
        'rpps=99000000003',
        'mailbox=ode.retiree@exemple.mssante.fr',
        'q=ode',
      ]) {
        expect(await names(query), query).toEqual([]);
      }
    });
  });

  describe('suggestions', () => {
    const suggestions = async (query: string) =>
      (
        (await json(`/v1/suggestions?${query}`)) as never as {
          suggestions: {
            kind: string;
            label: string;
            id: string | null;
            q: string | null;
            where: string | null;
          }[];
        }
      ).suggestions;

    test('mix what people do, places and people, each with the search that it makes', async () => {
      expect((await suggestions('q=kin'))[0]).toMatchObject({
        kind: 'profession',
        label: 'masseur-kinésithérapeute',
        q: 'masseur-kinésithérapeute',
      });
      expect(await suggestions('q=vallor')).toContainEqual(
        expect.objectContaining({
          kind: 'person',
          label: 'Isaure VALLORBE',
          id: 'professional-899000000001',
        }),
      );
      expect(await suggestions('q=le puy en v')).toContainEqual(
        expect.objectContaining({ kind: 'place', where: 'Le Puy-en-Velay (43)' }),
      );
      expect(await suggestions('q=kine gren')).toContainEqual(
        expect.objectContaining({ kind: 'place', q: 'kine', where: 'Grenoble (38)' }),
      );
      expect(await suggestions('q=martin&limit=3')).toHaveLength(3);
    });

    test('never show who is withheld, nor read a patient’s address', async () => {
      expect((await suggestions('q=retiree')).map((it) => it.label)).not.toContain('Ode RETIRÉE');
      const response = await ask('/v1/suggestions?q=123456789012345@patient.mssante.fr');
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'patient-address-refused' });
    });
  });

  describe('a request that is not right', () => {
    test('is told all its faults at once, with the nearest name of each unknown parameter', async () => {
      const response = await ask('/v1/correspondents?profesion=70&limit=0&kind=doctor&rpps=12&commune=99999');
      expect(response.status).toBe(400);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      const problem = (await response.json()) as {
        code: string;
        errors: { pointer: string; detail: string }[];
      };
      expect(problem.code).toBe('request-invalid');
      expect(problem.errors.map((it) => it.pointer).toSorted()).toEqual([
        'query.commune',
        'query.kind',
        'query.limit',
        'query.profesion',
        'query.rpps',
      ]);
      expect(problem.errors.find((it) => it.pointer === 'query.profesion')!.detail).toContain('"profession"');
    });

    test.each([
      ['/v1/correspondents?where=zzqqxx', 400, 'place-unknown'],
      ['/v1/correspondents?q=a&cursor=zz', 400, 'cursor-invalid'],
      ['/v1/correspondents?q=a&q=b', 400, 'request-invalid'],
      ['/v1/correspondents/professional-899000000099', 404, 'correspondent-not-found'],
      ['/v1/correspondents/99000000003', 404, 'correspondent-not-found'],
      ['/v1/correspondents/ode.retiree@exemple.mssante.fr', 404, 'correspondent-not-found'],
      ['/v1/correspondents/nobody', 400, 'request-invalid'],
      ['/v1/correspondents/199999999999999@patient.mssante.fr', 400, 'patient-address-refused'],
      ['/v1/correspondents?where=x%40patient.mssante.fr', 400, 'patient-address-refused'],
      ['/v1/correspondents?where=x@%70%61tient.mssante.fr', 400, 'patient-address-refused'],
      ['/v1/correspondents?q=255081416802538', 400, 'patient-address-refused'],
      ['/v1/correspondents?q=2+55+08+14+168+025+38', 400, 'patient-address-refused'],
      ['/v1/correspondents?q=%32%3550814168025%338', 400, 'patient-address-refused'],
      ['/v1/correspondents?q=%EF%BC%9255081416802538', 400, 'patient-address-refused'],
      ['/v1/correspondents?q=ins%202%2055%2008%2014%20168%20025%2038', 400, 'patient-address-refused'],
      ['/v1/changes?since=x@patient.mssante.fr', 400, 'patient-address-refused'],
      ['/nowhere/255081416802538', 400, 'patient-address-refused'],
      ['/v1/correspondents?q=199999999999999@patient.mssante.fr', 400, 'patient-address-refused'],
      ['/v1/changes?since=zz', 400, 'cursor-invalid'],
      ['/v1/changes?since=00000000-0000-0000-0000-000000000000.1.1', 410, 'change-feed-restarted'],
      ['/v1/correspondent', 404, 'route-not-found'],
    ])('%s is answered %i %s', async (path, status, code) => {
      const response = await ask(path);
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ status, code });
    });

    test('by another method is told which ones are allowed', async () => {
      const response = await ask('/v1/correspondents', { method: 'DELETE' });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET');
    });

    test('a cursor of another search is refused, not misread', async () => {
      const { next } = await json('/v1/correspondents?q=martin&limit=5');
      const response = await ask(`/v1/correspondents?q=vallorbe&limit=5&cursor=${next}`);
      expect(await response.json()).toMatchObject({ code: 'cursor-invalid' });
    });

    test('a query of any content never gives a 5xx', async () => {
      const texts = [
        '"', '""', '"martin', '-martin', '\\', "'; drop table practitioner; --", 'kind = expert', '\0', 'a\0b', '👩‍⚕️',
        '*', '(', ')', '[', '{', '\u202e', '%', '%00', 'é'.repeat(2000), 'a '.repeat(5000), '\n', '\ud800', '$$', 'NOT', 'IN []',
      ]; // prettier-ignore
      for (const text of texts) {
        for (const name of Object.keys(SearchQuerySchema.shape)) {
          const value = encodeURIComponent(text.toWellFormed());
          const response = await ask(`/v1/correspondents?${name}=${value}`);
          expect(response.status, `${name}=${value.slice(0, 40)}`).toBeLessThan(500);
        }
        const byId = await ask(`/v1/correspondents/${encodeURIComponent(text.toWellFormed())}`);
        expect(byId.status).toBeLessThan(500);
      }
    }, 120_000);
  });

  describe('one correspondent', () => {
    test.each([
      'professional-899000000001',
      '99000000001',
      '899000000001',
      'isaure.vallorbe@exemple.mssante.fr',
    ])('is found by %s', async (key) => {
      expect(await json(`/v1/correspondents/${encodeURIComponent(key)}`)).toMatchObject({
        id: 'professional-899000000001',
      });
    });

    test('that is a service is found by its address', async () => {
      expect(await json('/v1/correspondents/cardio@ch-lepuy.mssante.fr')).toMatchObject({ kind: 'service' });
    });
  });

  describe('the change feed', () => {
    type Change = { id: string; operation: string; correspondent: { id: string } | null; cursor: string };
    const walkFeed = async (copy: Map<string, unknown>, since?: string): Promise<string> => {
      let cursor = since;
      for (;;) {
        const page = (await json(
          `/v1/changes?limit=7${cursor === undefined ? '' : `&since=${cursor}`}`,
        )) as never as {
          changes: Change[];
          next: string;
          hasMore: boolean;
        };
        for (const { id, operation, correspondent } of page.changes) {
          if (operation === 'removed') copy.delete(id);
          else copy.set(id, correspondent);
        }
        cursor = page.next;
        if (!page.hasMore) return cursor;
      }
    };
    const readAll = async () => {
      const all = new Map<string, unknown>();
      for await (const batch of directory.log.walkCorrespondents(100)) {
        for (const { id } of batch) all.set(id, await json(`/v1/correspondents/${id}`));
      }
      return all;
    };

    test('walked from the start rebuilds the same directory elsewhere, and goes on from its cursor', async () => {
      const copy = new Map<string, unknown>();
      const cursor = await walkFeed(copy);
      expect(copy).toEqual(await readAll());
      expect(copy.size).toBe(41);
      await withhold(directory.store.db, '899000000002', 'opposition');
      const later = await walkFeed(copy, cursor);
      expect(copy.size).toBe(40);
      expect(copy).toEqual(await readAll());
      await release(directory.store.db, '899000000002');
      await walkFeed(copy, later);
      expect(copy).toEqual(await readAll());
      expect(copy.size).toBe(41);
    });

    test('comes as lines of JSON when asked so, each with the cursor to go on from', async () => {
      const response = await ask('/v1/changes', { headers: { accept: 'application/x-ndjson' } });
      expect(response.headers.get('content-type')).toBe('application/x-ndjson');
      const lines = (await response.text())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Change);
      const shown = lines.filter((it) => it.operation !== 'removed');
      expect(shown).toHaveLength(41);
      const { changes } = (await json(`/v1/changes?since=${lines.at(-2)!.cursor}`)) as never as {
        changes: Change[];
      };
      expect(changes).toEqual([lines.at(-1)]);
    });
  });

  describe('operations', () => {
    test('every source is told with its licence and its attribution, imported or not', async () => {
      const { sources } = (await json('/v1/sources')) as never as { sources: Record<string, unknown>[] };
      expect(sources.map((it) => it['source'])).toEqual([
        'postcodes',
        'finess',
        'rpps',
        'savoir-faire',
        'diplomes',
        'mssante',
      ]);
      for (const it of sources)
        expect(it).toMatchObject({ licence: 'Licence Ouverte 2.0', attribution: expect.any(String) });
      expect(sources[2]).toMatchObject({ publishedAt: '2026-11-20T05:00:00Z', lines: 40, rejected: 0 });
      expect(sources[1]).toMatchObject({ publishedAt: null, checkedAt: null });
    });

    test('it says that it lives and is ready', async () => {
      expect(await json('/health/live')).toEqual({ status: 'up', dependencies: [] });
      expect(await json('/health/ready')).toMatchObject({ status: 'up' });
    });

    test('its OpenAPI document describes every route, and the pages hold nothing from elsewhere', async () => {
      const api = (await json('/openapi.json')) as never as {
        openapi: string;
        paths: Record<string, unknown>;
      };
      expect(api.openapi).toBe('3.1.0');
      expect(Object.keys(api.paths)).toEqual(
        expect.arrayContaining([
          '/v1/correspondents',
          '/v1/correspondents/{id}',
          '/v1/changes',
          '/v1/sources',
        ]),
      );
      const page = await (await ask('/docs')).text();
      expect(page).toContain('GET /v1/correspondents');
      expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    });
  });
}
