import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { rowsOf } from '#store/store.ts';

import { acceptsOf, ANSWERS_NOTHING, listAddresses } from './addresses.ts';
import { textOf } from './answer-text.ts';
import type { CallerName } from './callers.ts';
import { PRIVATE_COLUMNS, PUBLIC_COLUMNS, TOLD_ALL_THE_SAME } from './columns.ts';
import { MARK, openPrivateWorld, type PrivateWorld } from './private-world.ts';

let world: PrivateWorld;

beforeAll(async () => {
  world = await openPrivateWorld();
}, 120_000);

afterAll(() => world[Symbol.asyncDispose]());

test('every column of the database is listed once, as public or as private', async () => {
  const rows = await rowsOf<{ name: string }>(
    world.directory.store.db,
    sql`select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`,
  );
  const listed = [
    ...Object.entries(PUBLIC_COLUMNS).flatMap(([table, columns]) =>
      columns.split(' ').map((column) => `${table}.${column}`),
    ),
    ...Object.keys(PRIVATE_COLUMNS),
  ];
  expect(rows.map((it) => it.name).toSorted()).toEqual(listed.toSorted());
});

test('every path of the API’s description is asked', () => {
  const described = world.app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: '', version: '' } });
  const paths = Object.entries(described.paths ?? {}).filter(([, it]) => 'get' in it);
  const patterns = paths.map(([path]) => path.replaceAll(/\{(\w+)\}/g, ':$1'));
  const asked = [...listAddresses(world.app, world.parts).keys()];
  expect(patterns.length).toBeGreaterThan(20);
  expect(asked).toEqual(expect.arrayContaining(patterns));
});

test('no private value is told to anybody but those who may read it', { timeout: 300_000 }, async () => {
  const values = await listPrivateValues();
  const told: string[] = [];
  const readers = new Map<string, Set<CallerName>>();
  const answered = new Set<string>();
  for (const [pattern, addresses] of listAddresses(world.app, world.parts)) {
    for (const address of addresses) {
      for (const caller of world.callers) {
        for (const accept of acceptsOf(pattern)) {
          const answer = await world.ask(caller, address, { headers: { accept } });
          const text = await textOf(answer);
          if (answer.ok) answered.add(pattern);
          for (const { value, columns, mayRead } of values) {
            if (caller.own.includes(value) || address.includes(value) || !holds(text, value)) continue;
            for (const column of columns)
              readers.set(column, (readers.get(column) ?? new Set()).add(caller.name));
            if (!mayRead.has(caller.name) && !columns.includes(TOLD_ALL_THE_SAME[pattern] ?? ''))
              told.push(`${columns.join(', ')} to ${caller.name}: ${address}`);
          }
        }
      }
    }
  }
  expect([...new Set(told)]).toEqual([]);
  // Whoever may read a value does: else this test would find nothing because it looks for nothing.
  const unread = Object.entries(PRIVATE_COLUMNS).filter(
    ([column, allowed]) => allowed.length > 0 && !readers.has(column),
  );
  expect(unread.map(([column]) => column)).toEqual([]);
  const patterns = [...listAddresses(world.app, world.parts).keys()];
  expect(patterns.filter((it) => !answered.has(it)).toSorted()).toEqual(ANSWERS_NOTHING);
});

test('no private value is in a document of the index', async () => {
  const documents = await world.listDocuments();
  expect(documents.length).toBeGreaterThan(3);
  const text = JSON.stringify(documents);
  const found = (await listPrivateValues()).filter(({ value }) => holds(text, value));
  expect(found).toEqual([]);
});

test('the audit tells what was done, without a private value', async () => {
  const text = JSON.stringify(await readTexts('audit_event.details'));
  const found = (await listPrivateValues()).filter(({ value }) => holds(text, value));
  expect(found).toEqual([]);
});

test('no private value is logged, whatever the level', async () => {
  expect(world.logLines.length).toBeGreaterThan(40);
  const text = world.logLines.join('');
  const found = (await listPrivateValues()).filter(({ value }) => holds(text, value));
  expect(found).toEqual([]);
});

test('nor when the database refuses a statement', async () => {
  const { rpps, expert } = world.parts;
  const draft = { baseVersion: 1, profile: { remarks: `${MARK} panne` } };
  const report = { field: 'phone', message: `${MARK} panne` };
  const numbers = [{ label: 'Acte', number: `${MARK} panne` }];
  const refused: [table: string, caller: CallerName, method: string, path: string, body: object][] = [
    ['private_contact', 'owner', 'PUT', '/v1/me/contacts/email', { address: `${MARK}.panne@exemple.fr` }],
    ['profile_draft', 'owner', 'PUT', '/v1/me/profile/draft', draft],
    ['error_report', 'nobody', 'POST', `/v1/correspondents/${rpps}/error-reports`, report],
    ['expertise_billing', 'owner', 'PUT', `/v1/experts/${expert}/billing`, { numbers }],
    ['withheld', 'administrator', 'POST', '/v1/withheld', { who: '99000000009', reason: `${MARK} panne` }],
  ];
  const linesBefore = world.logLines.length;
  for (const [table, name, method, path, body] of refused) {
    const caller = world.callers.find((it) => it.name === name)!;
    const rename = (from: string, to: string) =>
      world.directory.store.db.execute(
        sql`alter table ${sql.identifier(from)} rename to ${sql.identifier(to)}`,
      );
    await rename(table, 'away');
    const headers = { 'content-type': 'application/json', 'if-match': '"1"' };
    const answer = await world.ask(caller, path, { method, headers, body: JSON.stringify(body) });
    await rename('away', table);
    expect(answer.status, path).toBe(500);
    expect((await answer.text()).toUpperCase()).not.toContain('PANNE');
  }
  const lines = world.logLines.slice(linesBefore).join('');
  expect(lines).toContain('a statement failed');
  expect(lines).toContain('src/store/private-contacts.ts');
  expect(lines.toUpperCase()).not.toContain('PANNE');
});

interface PrivateValue {
  value: string;
  /** Where it is kept; what it is, for what is kept nowhere. */
  columns: string[];
  mayRead: ReadonlySet<CallerName>;
}

/** What the private columns hold, and what was given once. */
async function listPrivateValues(): Promise<PrivateValue[]> {
  const columnsOf = new Map<string, string[]>();
  for (const column of Object.keys(PRIVATE_COLUMNS)) {
    const texts = (await readTexts(column)).filter(isUnmistakable);
    if (texts.length === 0)
      throw new Error(`nothing private stands in ${column}: seed it in private-world.ts`);
    for (const text of texts) columnsOf.set(text, [...(columnsOf.get(text) ?? []), column]);
  }
  const kept = [...columnsOf].map(([value, columns]) => ({
    value,
    columns,
    mayRead: new Set(columns.flatMap((it) => PRIVATE_COLUMNS[it]!)),
  }));
  const given = Object.entries(world.secrets).map(([name, value]) => ({
    value,
    columns: [name],
    mayRead: new Set<CallerName>(),
  }));
  return [...kept, ...given];
}

/** Not a word that answers have for other reasons, nor the name of somebody whom the files name too. */
function isUnmistakable(text: string): boolean {
  return (text.length >= 12 || text.includes(MARK)) && !world.publicNames.includes(text);
}

/** The texts of a column; of JSON and lists, those within that bear the mark or are long. */
async function readTexts(column: string): Promise<string[]> {
  const [table, name] = column.split('.') as [string, string];
  const rows = await rowsOf<{ value: unknown }>(
    world.directory.store.db,
    sql`select to_json(${sql.identifier(name)}) as value from ${sql.identifier(table)} where ${sql.identifier(name)} is not null`,
  );
  return [...new Set(rows.flatMap(({ value }) => listTexts(value)))];
}

function listTexts(value: unknown): string[] {
  if (typeof value === 'string') {
    // Roles and sessions name people with a word before.
    if (!/^[[{]/.test(value)) return [value.replace(/^(?:rpps|email|subject):/, '')];
    return listTexts(JSON.parse(value)).filter((it) => it.includes(MARK));
  }
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(listTexts);
  return Array.isArray(value) ? inner : inner.filter((it) => it.includes(MARK));
}

/** Numbers count as such only when nothing of a longer one. */
function holds(text: string, value: string): boolean {
  return /^\d+$/.test(value) ? new RegExp(`(?<![\\w.])${value}(?![\\w.])`).test(text) : text.includes(value);
}
