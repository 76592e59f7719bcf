import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { grantRole } from '#access/roles.ts';
import { putTerritories } from '#store/territories.ts';

import { DEMO_PEOPLE } from '../../src/demo/demo-people.ts';
import { activity, openOfficialFolder } from '../support/official-files.ts';
import { serveSite, type ServedSite } from '../support/served-site.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { STORE_KINDS } from '../support/test-store.ts';

const PEOPLE = 500;
const HELENE = DEMO_PEOPLE.find((it) => it.givenName === 'Hélène')!.rpps!;
/** Hélène MARTIN is the first. */
const rppsOf = (index: number) => (index === 0 ? HELENE : `9900002${String(1000 + index)}`);
/** Distinct, and no name resembles another. */
const nameOf = (index: number) =>
  index === 0
    ? 'MARTIN'
    : [...index.toString(6).padStart(4, '0')]
        .map((digit) => 'BACEDIFOGU'.slice(2 * Number(digit))[0])
        .join('L');

interface Import {
  id: string;
  version: number;
  counts: Record<'fault' | 'doubtful' | 'change' | 'same' | 'skipped', number>;
  people: number;
  leftByUndo: { name: string; field: string }[];
  lines: {
    line: number;
    faults: { column: string | null; detail: string }[];
    candidates: { rpps: string }[];
  }[];
}

describe.each(STORE_KINDS)('the spreadsheet of a territory, over HTTP with %s', (kind) => {
  let directory: TestDirectory;
  let provider: TestProvider;
  let site: ServedSite;
  let ask: (path: string, init?: RequestInit) => Promise<Response>;

  beforeAll(async () => {
    [directory, provider] = await Promise.all([openTestDirectory(kind), openTestProvider()]);
    site = await serveSite(directory, provider.settings);
    await importPeople('CABINET DES DENTELLES');
    await putTerritories(directory.store.db, [
      { id: 'velay', name: 'CPTS du Velay', communeCodes: ['43157'] },
    ]);
    const who = provider.subjectOf('Odile VERNASSAL');
    const operator = { actor: { kind: 'operator' } } as const;
    await grantRole(
      directory.store.db,
      { who: provider.subjectOf('Armand LAVOÛTE'), role: 'manager', target: '1430000018' },
      operator,
    );
    await grantRole(directory.store.db, { who, role: 'coordinator', target: 'velay' }, operator);
    ask = (await provider.signIn(site, 'Odile VERNASSAL')).fetch;
  }, 240_000);

  afterAll(async () => {
    await site[Symbol.asyncDispose]();
    await provider[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
  });

  async function importPeople(structure: string) {
    await using folder = await openOfficialFolder();
    const people = Array.from({ length: PEOPLE }, (_, index) =>
      activity(rppsOf(index), {
        "Nom d'exercice": nameOf(index),
        "Prénom d'exercice": 'HÉLÈNE',
        'Raison sociale site': structure,
      }),
    );
    await directory.import([{ source: 'rpps', path: await folder.writeActivity(people) }]);
  }

  const IMPORTS = '/v1/territories/velay/imports';
  const send = async (method: string, path: string, body: unknown) => {
    const response = await ask(`${IMPORTS}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Import };
  };
  const give = async (bytes: Uint8Array) => {
    const response = await ask(`${IMPORTS}?fileName=cpts.csv`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: bytes as Uint8Array<ArrayBuffer>,
    });
    expect(response.status).toBe(201);
    return (await response.json()) as Import;
  };
  const exported = async () =>
    new Uint8Array(await (await ask('/v1/territories/velay/professionals.csv')).arrayBuffer());
  const board = async () =>
    (await (await ask('/v1/territories/velay/board')).json()) as { emptyPages: number; partialPages: number };
  const countFound = async () => {
    const answer = await fetch(`${site.url}/v1/correspondents?homeVisits=true&where=le+puy&limit=1`);
    return ((await answer.json()) as { total: { value: number } }).total.value;
  };

  test('500 lines with 40 faults are mended, confirmed, found, kept through a national import, then undone but for what its owner has changed', async () => {
    const before = await exported();
    // As a French spreadsheet saves it: Windows-1252, `;`, every tenth line or so with something wrong.
    const lines = Array.from({ length: PEOPLE }, (_, index) => {
      if (index % 50 === 10) return `${rppsOf(index)};;;peut-être;`;
      if (index % 50 === 20) return '1,09E+10;;;oui;';
      if (index % 50 === 30) return ';INCONNUE;Le Pui-en-Velay;oui;';
      if (index % 50 === 40) return `${rppsOf(index)};;;oui;du 45/13/2026`;
      return index % 2 === 0 ? `${rppsOf(index)};;;oui;` : `;${nameOf(index)};Le Puy-en-Velay;oui;`;
    });
    const text = ['RPPS;Nom;Commune;Visites à domicile;Absence du', ...lines].join('\r\n');
    const made = await give(Uint8Array.from(text.replaceAll('’', "'"), (char) => char.charCodeAt(0)));
    expect(made.counts).toMatchObject({ fault: 40, doubtful: 0, change: 460 });
    expect((await board()).partialPages).toBe(0);

    const faulty = (await (await ask(`${IMPORTS}/${made.id}?state=fault&limit=100`)).json()) as Import;
    expect(faulty.lines.slice(0, 4).map((it) => [it.line, it.faults[0]?.column])).toEqual([
      [12, 'Visites à domicile'],
      [22, 'RPPS'],
      [32, 'Commune'],
      [42, 'Absence du'],
    ]);
    expect(faulty.lines[2]!.faults[0]!.detail).toContain('Le Puy-en-Velay (43157)');
    const refused = await send('POST', `/${made.id}/confirm`, { version: made.version });
    expect([refused.status, (await board()).partialPages]).toEqual([409, 0]);

    const amendments = faulty.lines.map(({ line }) => ({
      line,
      cells: { RPPS: rppsOf(line - 2), Nom: '', Commune: '', 'Visites à domicile': 'oui', 'Absence du': '' },
    }));
    const mended = await send('PATCH', `/${made.id}`, { version: made.version, lines: amendments });
    expect(mended.body.counts).toMatchObject({ fault: 0, doubtful: 0, change: PEOPLE });
    const confirmed = await send('POST', `/${made.id}/confirm`, { version: mended.body.version });
    expect([confirmed.status, confirmed.body.people]).toEqual([200, PEOPLE]);
    await expect.poll(countFound, { timeout: 30_000 }).toBe(PEOPLE);
    expect((await give(await exported())).counts).toMatchObject({ change: 0, same: PEOPLE, fault: 0 });
    // A national import leaves it as it is.
    await importPeople('CABINET DE LA TOUR');
    await directory.untilIndexed();
    expect(await countFound()).toBe(PEOPLE);

    const helene = await provider.signIn(site, 'Hélène MARTIN');
    const hers = await helene.fetch('/v1/me/profile');
    const edited = await helene.fetch('/v1/me/profile', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'if-match': hers.headers.get('etag')! },
      body: JSON.stringify({ ways: { homeVisits: false } }),
    });
    expect(edited.status).toBe(200);
    const undone = await send('POST', `/${made.id}/undo`, {});
    expect(undone.body.leftByUndo).toMatchObject([{ name: 'HÉLÈNE MARTIN', field: 'ways.homeVisits' }]);
    await expect.poll(countFound, { timeout: 30_000 }).toBe(0);
    expect(await board()).toMatchObject({ emptyPages: PEOPLE - 1, partialPages: 1 });
    const again = await give(before);
    expect(again.counts).toMatchObject({ change: 0, same: PEOPLE });
  });

  test('is for the coordinator of the territory alone', async () => {
    const paths = [IMPORTS, '/v1/territories/velay/board', '/v1/territories/velay/professionals.csv'];
    const given = { method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'RPPS\n99000021001' };
    const secretary = await provider.signIn(site, 'Sylvie POLIGNAC');
    const manager = await provider.signIn(site, 'Armand LAVOÛTE');
    for (const { fetch: asOther } of [secretary, manager]) {
      for (const path of paths) expect((await asOther(path)).status, path).toBe(403);
      expect((await asOther(IMPORTS, given)).status).toBe(403);
    }
    for (const path of paths) expect((await fetch(`${site.url}${path}`)).status, path).toBe(401);
    expect((await ask('/v1/territories/autre/board')).status).toBe(403);
  });
});
