import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { grantRole } from '#access/roles.ts';
import { putTerritories } from '#store/territories.ts';

import {
  activity,
  openOfficialFolder,
  serviceMailbox,
  type OfficialFolder,
} from '../support/official-files.ts';
import { serveSite, type ServedSite } from '../support/served-site.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { STORE_KINDS } from '../support/test-store.ts';

const PEOPLE = 500;
const FAULTS = 40;
const HOSPITAL = '1430000018';
const OPERATOR = { actor: { kind: 'operator' } } as const;
const IMPORTS = '/v1/territories/velay/imports';
const SOON_MS = 10_000;
const rppsOf = (index: number) => `990000${String(10_000 + index)}`;

interface Import {
  id: string;
  version: number;
  counts: Record<string, number>;
  lines: { line: number; faults: object[] }[];
}

/** Whoever is signed in asks over the network, as their browser. */
type Asks = (method: string, path: string, body?: object | string) => Promise<Response>;

describe.each(STORE_KINDS)('the work of a coordinator and of a manager, over HTTP with %s', (kind) => {
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
    await importFiles('CABINET DES DENTELLES');
    await putTerritories(directory.store.db, [
      { id: 'velay', name: 'CPTS du Velay', communeCodes: ['43157'] },
    ]);
    const grant = (name: string, role: string, target: string) =>
      grantRole(directory.store.db, { who: provider.subjectOf(name), role, target }, OPERATOR);
    await grant('Odile VERNASSAL', 'coordinator', 'velay');
    await grant('Armand LAVOÛTE', 'manager', HOSPITAL);
    await directory.untilIndexed();
  }, 120_000);

  afterAll(async () => {
    await site[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
    await provider[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
  });

  async function importFiles(structure: string) {
    const people = Array.from({ length: PEOPLE }, (_, index) =>
      activity(rppsOf(index), { "Nom d'exercice": `NOM${index}`, 'Raison sociale site': structure }),
    );
    const rpps = await folder.writeActivity(people);
    const mssante = await folder.writeMailboxes([
      serviceMailbox('avis@ch-lepuy.mssante.fr', { 'Service de rattachement': 'PNEUMOLOGIE' }),
    ]);
    await directory.import([
      { source: 'rpps', path: rpps },
      { source: 'mssante', path: mssante },
    ]);
  }

  const signIn = async (name: string): Promise<Asks> => {
    const { fetch } = await provider.signIn(site, name);
    return (method, path, body) => {
      const isText = typeof body === 'string';
      const headers = { 'content-type': isText ? 'text/csv' : 'application/json' };
      const given = body && { headers, body: isText ? body : JSON.stringify(body) };
      return fetch(path, { method, ...given });
    };
  };
  const read = async <T = Import>(answer: Promise<Response>, status = 200): Promise<T> => {
    const { status: given, ...rest } = await answer.then(async (it) => ({
      status: it.status,
      text: await it.text(),
    }));
    expect(given, rest.text).toBe(status);
    return JSON.parse(rest.text) as T;
  };
  const countFound = async (query: string) => {
    const { total } = await read<{ total: { value: number } }>(
      fetch(`${site.url}/v1/correspondents?${query}`),
    );
    return total.value;
  };
  const untilFound = async (query: string, count: number) => {
    const deadline = Date.now() + SOON_MS;
    while ((await countFound(query)) !== count && Date.now() < deadline) await delay(50);
    expect(await countFound(query)).toBe(count);
  };

  test('500 lines with 40 faults are imported, corrected, confirmed, found, kept through a national import, and undone', async () => {
    const odile = await signIn('Odile VERNASSAL');
    const rows = Array.from({ length: PEOPLE }, (_, index) => {
      const isWrong = index < FAULTS;
      return isWrong && index % 2 === 0
        ? `1,09E+10;oui;dit par le territoire`
        : `${rppsOf(index)};${isWrong ? 'peut-être' : 'oui'};dit par le territoire`;
    });
    const sheet = ['RPPS;Visites à domicile;Remarques', ...rows].join('\r\n');
    const made = await read(odile('POST', `${IMPORTS}?fileName=cpts.csv`, sheet), 201);
    expect(made.counts).toMatchObject({ fault: FAULTS, change: PEOPLE - FAULTS });
    expect(await countFound('homeVisits=true')).toBe(0);
    const { lines } = await read(odile('GET', `${IMPORTS}/${made.id}?state=fault&limit=100`));
    const mended = lines.map(({ line }) => ({
      line,
      cells: { RPPS: rppsOf(line - 2), 'Visites à domicile': 'oui' },
    }));
    await read(odile('POST', `${IMPORTS}/${made.id}/confirm`, { version: made.version }), 409);
    const right = await read(
      odile('PATCH', `${IMPORTS}/${made.id}`, { version: made.version, lines: mended }),
    );
    expect(right.counts).toMatchObject({ fault: 0, change: PEOPLE });
    await read(odile('POST', `${IMPORTS}/${made.id}/confirm`, { version: right.version }));
    await untilFound('homeVisits=true&where=le+puy', PEOPLE);
    await importFiles('CABINET DE LA TOUR');
    await directory.untilIndexed();
    expect(await countFound('homeVisits=true&where=le+puy')).toBe(PEOPLE);
    await read(odile('POST', `${IMPORTS}/${made.id}/undo`, {}));
    await untilFound('homeVisits=true', 0);
  }, 120_000);

  test('is nobody else’s: neither a secretary’s nor a manager’s', async () => {
    for (const name of ['Sylvie POLIGNAC', 'Armand LAVOÛTE']) {
      const ask = await signIn(name);
      expect((await ask('POST', IMPORTS, 'RPPS\n99000000001')).status).toBe(403);
    }
  });

  test('an expertise and a team are declared, found by what they answer, and their forms read', async () => {
    const armand = await signIn('Armand LAVOÛTE');
    const odile = await signIn('Odile VERNASSAL');
    const form = {
      type: 'object',
      title: 'Demande',
      properties: { motif: { type: 'string', title: 'Motif de la demande' } },
    };
    const expertise = {
      title: 'Avis de pneumologie',
      domain: 'dermatologie',
      answers: ['Dyspnée inexpliquée'],
      area: [{ kind: 'departement', code: '43' }],
      mailbox: 'avis@ch-lepuy.mssante.fr',
      form,
    };
    const team = {
      name: 'Équipe mobile du Velay',
      type: 'equipe-mobile-geriatrie',
      missions: ['Évaluation gérontologique à domicile'],
      public: 'personnes âgées',
      area: [{ kind: 'territory', code: 'velay' }],
      form,
    };
    const declared = [
      [
        armand,
        '/v1/experts',
        { declaredBy: { organizationId: HOSPITAL }, expertise },
        'kind=expert&q=dyspnée',
      ],
      [odile, '/v1/teams', { declaredBy: { territoryId: 'velay' }, team }, 'kind=team&q=gérontologique'],
    ] as const;
    for (const [ask, path, body, query] of declared) {
      const { id } = await read<{ id: string }>(ask('POST', path, body), 201);
      await untilFound(`${query}&where=Haute-Loire`, 1);
      expect(await read<object>(fetch(`${site.url}${path}/${id}/form`))).toMatchObject({
        title: 'Demande',
        properties: { motif: { title: 'Motif de la demande' } },
      });
    }
  });
});
