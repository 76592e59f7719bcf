import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { grantRole } from '#access/roles.ts';
import { putTerritories } from '#store/territories.ts';

import { DEMO_PEOPLE } from '../../src/demo/demo-people.ts';
import {
  activity,
  openOfficialFolder,
  personalMailbox,
  type OfficialFolder,
} from '../support/official-files.ts';
import { serveSite, type ServedSite } from '../support/served-site.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { STORE_KINDS } from '../support/test-store.ts';

const OPERATOR = { actor: { kind: 'operator' } } as const;
const MARIE = DEMO_PEOPLE.find((it) => it.givenName === 'Marie')!.rpps!;
const EXPERTISE = {
  title: 'Avis en diabétologie pédiatrique',
  domain: 'diabetologie',
  answers: ['Diabète de type 1 de l’enfant', 'Pompe à insuline'],
  area: [{ kind: 'departement', code: '43' }],
  mailbox: 'marie.martin@exemple.mssante.fr',
};
const TEAM = {
  name: 'Appui du Velay',
  type: 'dac',
  missions: ['Situations complexes'],
  area: [{ kind: 'territory', code: 'velay' }],
};

interface Shown {
  id: string;
  version: number;
}

describe.each(STORE_KINDS)('an expert and a team, over HTTP with %s', (kind) => {
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
    await importPeople([MARIE, '99000000777']);
    await putTerritories(directory.store.db, [
      { id: 'velay', name: 'CPTS du Velay', communeCodes: ['43157', '43089'] },
    ]);
    const who = provider.subjectOf('Odile VERNASSAL');
    await grantRole(directory.store.db, { who, role: 'coordinator', target: 'velay' }, OPERATOR);
    await directory.untilIndexed();
  });

  afterAll(async () => {
    await site[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
    await provider[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
  });

  async function importPeople(people: readonly string[]) {
    const rows = people.map((rpps) =>
      activity(rpps, { "Nom d'exercice": 'MARTIN', "Prénom d'exercice": 'MARIE', 'Code profession': '10' }),
    );
    const boxes = people.map((rpps) =>
      personalMailbox(rpps, rpps === MARIE ? 'marie.martin@exemple.mssante.fr' : 'autre@exemple.mssante.fr'),
    );
    await directory.import([
      { source: 'rpps', path: await folder.writeActivity(rows) },
      { source: 'mssante', path: await folder.writeMailboxes(boxes) },
    ]);
  }

  const send = async (name: string, method: string, path: string, body?: object, version?: number) => {
    const { fetch: ask } = await provider.signIn(site, name);
    const answer = await ask(path, {
      method,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(answer.ok, await answer.clone().text()).toBe(true);
    return (await answer.json()) as Shown;
  };
  const idsOf = async (query: string) => {
    const answer = await fetch(`${site.url}/v1/correspondents?${query}`);
    return ((await answer.json()) as { results: { id: string }[] }).results.map((it) => it.id);
  };
  const until = (condition: () => Promise<boolean>) => expect.poll(condition, { timeout: 30_000 }).toBe(true);

  test.each([
    [
      'an expertise',
      'Marie MARTIN',
      '/v1/experts',
      { declaredBy: { rpps: MARIE }, expertise: EXPERTISE },
      'kind=expert&where=43&q=diabète pédiatrique',
    ],
    [
      'a team',
      'Odile VERNASSAL',
      '/v1/teams',
      { declaredBy: { territoryId: 'velay' }, team: TEAM },
      'kind=team&where=le puy&q=situations complexes',
    ],
  ])(
    '%s is declared by whoever may, found, read with its form, and gone when withdrawn',
    async (_, name, path, body, query) => {
      const [model] = (
        (await (await fetch(`${site.url}/v1/form-models`)).json()) as { models: { form: object }[] }
      ).models;
      const { id, version } = await send(name, 'POST', path, body);
      await until(async () => (await idsOf(query)).includes(id));
      const changed = await send(name, 'PATCH', `${path}/${id}`, { form: model!.form }, version);
      expect(await (await fetch(`${site.url}${path}/${id}/form`)).json()).toEqual(model!.form);
      await send(name, 'DELETE', `${path}/${id}`, undefined, changed.version);
      expect((await fetch(`${site.url}/v1/correspondents/${id}`)).status).toBe(404);
      await until(async () => !(await idsOf(query)).includes(id));
    },
  );

  test('the expertise of somebody who leaves the RPPS goes with them, and comes back with them', async () => {
    const { id } = await send('Marie MARTIN', 'POST', '/v1/experts', {
      declaredBy: { rpps: MARIE },
      expertise: EXPERTISE,
    });
    await directory.untilIndexed();
    const shown = async () => [
      (await idsOf('kind=expert&where=43')).includes(id),
      (await fetch(`${site.url}/v1/experts/${id}`)).status,
      (await fetch(`${site.url}/v1/experts/${id}/form`)).status === 404,
    ];
    expect((await shown()).slice(0, 2)).toEqual([true, 200]);
    await importPeople(['99000000777']);
    await directory.untilIndexed();
    expect(await shown()).toEqual([false, 404, true]);
    const feed = await (await fetch(`${site.url}/v1/changes?limit=1000`)).text();
    expect(feed).not.toContain('Pompe à insuline');
    await importPeople([MARIE, '99000000777']);
    await directory.untilIndexed();
    expect((await shown()).slice(0, 2)).toEqual([true, 200]);
  });

  test('answers to a form are refused by each way to send them, unread', async () => {
    const { id } = await send('Marie MARTIN', 'POST', '/v1/experts', {
      declaredBy: { rpps: MARIE },
      expertise: EXPERTISE,
    });
    for (const path of [`/v1/experts/${id}/form`, `/correspondants/${id}`, `/v1/experts/${id}`]) {
      const answer = await fetch(`${site.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ patient: { age: 7 }, question: 'Hypoglycémies nocturnes' }),
      });
      expect([400, 404, 405], path).toContain(answer.status);
      expect(await answer.text(), path).not.toContain('Hypoglycémies');
    }
  });
});
