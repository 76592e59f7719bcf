import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { DEMO_PEOPLE, type DemoPerson } from '../../src/demo/demo-people.ts';
import { activity, openOfficialFolder, type OfficialFolder } from '../support/official-files.ts';
import { serveSite, type ServedSite } from '../support/served-site.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { STORE_KINDS } from '../support/test-store.ts';

const HELENE = personOf('Hélène', 'MARTIN').rpps!;
const MARIE = personOf('Marie', 'MARTIN').rpps!;
const SYLVIES_ADDRESS = `${personOf('Sylvie', 'POLIGNAC').id}@exemple.fr`;
const HER_PAGE = `/v1/practitioners/${HELENE}/profile`;

interface Page {
  version: number;
  profile: Record<string, unknown>;
}

/** Whoever asks: over the network, as a browser with its cookie or as an application with a token. */
type Asks = (path: string, init?: RequestInit) => Promise<Response>;

describe.each(STORE_KINDS)('the page of a professional, over HTTP with %s', (kind) => {
  let directory: TestDirectory;
  let provider: TestProvider;
  let folder: OfficialFolder;
  let site: ServedSite;

  beforeAll(async () => {
    [directory, provider, folder] = await Promise.all([
      openTestDirectory(kind),
      openTestProvider(),
      openOfficialFolder(),
    ]);
    site = await serveSite(directory, provider.settings);
    await importFiles('CABINET DES DENTELLES', []);
    await directory.untilIndexed();
  });

  afterAll(async () => {
    await site[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
    await provider[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
  });

  async function importFiles(structure: string, further: Record<string, string>[]) {
    const helene = { "Nom d'exercice": 'MARTIN', "Prénom d'exercice": 'HELENE' };
    const path = await folder.writeActivity([
      activity(HELENE, { ...helene, 'Raison sociale site': structure }),
      activity(MARIE, { "Nom d'exercice": 'MARTIN', "Prénom d'exercice": 'MARIE', 'Code profession': '10' }),
      ...further.map((cells) => activity(HELENE, { ...helene, ...cells })),
    ]);
    await directory.import([{ source: 'rpps', path }]);
  }

  const asAnybody: Asks = (path, init) => fetch(`${site.url}${path}`, init);
  const signIn = async (name: string): Promise<Asks> => (await provider.signIn(site, name)).fetch;
  const withToken =
    (token: string): Asks =>
    (path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${token}`);
      return fetch(`${site.url}${path}`, { ...init, headers });
    };
  const read = async (): Promise<{ etag: string; page: Page }> => {
    const response = await asAnybody(HER_PAGE);
    return { etag: response.headers.get('etag')!, page: (await response.json()) as Page };
  };
  const patch = async (ask: Asks, change: object, path = HER_PAGE, etag?: string) =>
    ask(path, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'if-match': etag ?? (await read()).etag },
      body: JSON.stringify(change),
    });
  const find = async (
    query: string,
  ): Promise<{ rpps: string; places: { organization: { name: string } }[] }[]> => {
    const response = await asAnybody(`/v1/correspondents?${query}`);
    expect(response.status).toBe(200);
    return ((await response.json()) as { results: never[] }).results;
  };
  const isFound = async (query: string) => (await find(query)).some((it) => it.rpps === HELENE);
  const until = (condition: () => Promise<boolean>) => expect.poll(condition, { timeout: 30_000 }).toBe(true);

  test('is edited by its owner who signed in, and then found by what it says', async () => {
    const helene = await signIn('Hélène MARTIN');
    const edited = await patch(helene, { ways: { homeVisits: true } }, '/v1/me/profile');
    expect(edited.status).toBe(200);
    expect(edited.headers.get('etag')).toBe((await read()).etag);
    await until(() => isFound('homeVisits=true&profession=70&where=le+puy'));
    expect((await patch(helene, { ways: { homeVisits: null } }, '/v1/me/profile')).status).toBe(200);
    await until(async () => !(await isFound('homeVisits=true&where=le+puy')));
  });

  test('is not edited by whoever has not read it as it is', async () => {
    const helene = await signIn('Hélène MARTIN');
    const { etag } = await read();
    expect((await patch(helene, { remarks: 'Une' }, '/v1/me/profile', etag)).status).toBe(200);
    const second = await patch(helene, { remarks: 'Autre' }, '/v1/me/profile', etag);
    expect([second.status, (await read()).page.profile['remarks']]).toEqual([412, 'Une']);
    const none = await helene('/v1/me/profile', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(none.status).toBe(428);
  });

  test('says the same after a national import, and is found where the import puts the person', async () => {
    const helene = await signIn('Hélène MARTIN');
    const said = {
      ways: { homeVisits: true, nightDuty: false },
      acts: ['kinesitherapie-respiratoire'],
      homeVisitArea: { communeCodes: ['43040'] },
      remarks: 'Sonnez deux fois.',
    };
    expect((await patch(helene, said)).status).toBe(200);
    const before = await read();
    expect(before.page.profile).toMatchObject(said);
    await importFiles('MAISON DE SANTE DES DENTELLES', [
      {
        'Identifiant technique de la structure': 'R1099000000777',
        'Raison sociale site': 'CABINET DE BRIOUDE',
        'Code postal (coord. structure)': '43100',
        'Code commune (coord. structure)': '43040',
        'Libellé commune (coord. structure)': 'Brioude',
      },
    ]);
    expect(await read()).toEqual(before);
    await until(() => isFound('homeVisits=true&where=brioude'));
    const [found] = await find(`act=kinesitherapie-respiratoire&rpps=${HELENE}`);
    expect(found).toMatchObject({ profile: { ways: said.ways, remarks: said.remarks } });
    expect(found!.places.map((it) => it.organization.name).toSorted()).toEqual([
      'CABINET DE BRIOUDE',
      'MAISON DE SANTE DES DENTELLES',
    ]);
    expect(await isFound('comesTo=brioude')).toBe(true);
  });

  test('is edited by a delegate until the very moment that the owner revokes them', async () => {
    const helene = await signIn('Hélène MARTIN');
    const sylvie = await signIn('Sylvie POLIGNAC');
    expect((await patch(sylvie, { remarks: 'Avant' })).status).toBe(403);
    const named = await helene('/v1/me/delegates', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ delegate: SYLVIES_ADDRESS, name: 'Sylvie' }),
    });
    expect(named.status).toBe(201);
    const { id } = (await named.json()) as { id: string };
    expect((await patch(sylvie, { remarks: 'Pendant' })).status).toBe(200);
    const history = (await (await helene('/v1/me/profile/history')).json()) as { changes: { by: object }[] };
    expect(history.changes[0]!.by).toEqual({ kind: 'delegate', name: 'Sylvie POLIGNAC' });
    expect((await sylvie(`${HER_PAGE}/history`)).status).toBe(200);
    expect((await sylvie('/v1/me/contacts')).status).toBe(403);
    expect((await helene(`/v1/me/delegates/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await patch(sylvie, { remarks: 'Après' })).status).toBe(403);
    expect((await sylvie(`${HER_PAGE}/history`)).status).toBe(403);
    expect((await read()).page.profile['remarks']).toBe('Pendant');
  });

  test('is edited by nobody else: another professional, one with the same address elsewhere, nobody', async () => {
    const helene = await signIn('Hélène MARTIN');
    const named = await helene('/v1/me/delegates', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ delegate: SYLVIES_ADDRESS, name: 'Sylvie' }),
    });
    expect(named.status).toBe(201);
    await using elsewhere = await openTestProvider();
    const strangers: Asks[] = [
      asAnybody,
      withToken(await elsewhere.tokenOf('Sylvie POLIGNAC')),
      withToken(await elsewhere.tokenOf('Hélène MARTIN')),
      await signIn('Marie MARTIN'),
      withToken(await provider.tokenOf('Marie MARTIN')),
      withToken(await provider.tokenOf('Hélène MARTIN', 'https://ailleurs.exemple.fr')),
      await signIn('Berthe ALLÈGRE'),
    ];
    const before = await read();
    const statuses: number[] = [];
    for (const ask of strangers) statuses.push((await patch(ask, { remarks: 'Intrus' })).status);
    expect(statuses).toEqual([401, 401, 401, 403, 403, 401, 403]);
    expect(await read()).toEqual(before);
  });

  test('is edited with a token of its owner as with their cookie, and says through which application', async () => {
    const helene = withToken(await provider.tokenOf('Hélène MARTIN'));
    expect((await patch(helene, { remarks: 'Par un logiciel' }, '/v1/me/profile')).status).toBe(200);
    expect((await read()).page.profile['remarks']).toBe('Par un logiciel');
    const { changes } = (await (await helene('/v1/me/profile/history')).json()) as {
      changes: { version: number }[];
    };
    const undone = await helene(`/v1/me/profile/history/${changes[0]!.version}/undo`, { method: 'POST' });
    expect(undone.status).toBe(200);
    expect((await read()).page.profile['remarks']).not.toBe('Par un logiciel');
    const { events } = (await (await helene('/v1/me/audit')).json()) as { events: object[] };
    expect(events[0]).toMatchObject({
      operation: 'undo-profile-change',
      actorKind: 'person',
      application: 'correspondants',
      target: { kind: 'practitioner', id: HELENE },
    });
  });
});

function personOf(givenName: string, familyName: string): DemoPerson {
  return DEMO_PEOPLE.find((it) => it.givenName === givenName && it.familyName === familyName)!;
}
