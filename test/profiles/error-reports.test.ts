import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createKey } from '#access/application-keys.ts';
import type { Directory } from '#directory/directory.ts';
import type { Scope } from '#domain/actor.ts';
import { listAudit } from '#store/audit.ts';
import { putTerritories } from '#store/territories.ts';
import { checkWithheldInStore } from '#store/withheld.ts';
import { NO_METRICS } from '#telemetry/metrics.ts';

import { createApp } from '../../src/app.ts';
import { activity, openOfficialFolder } from '../support/official-files.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { STORE_KINDS } from '../support/test-store.ts';

const INS = '255081416802538';

describe.each(STORE_KINDS)('errors that people report, with %s', (kind) => {
  let directory: TestDirectory;
  let app: ReturnType<typeof createApp>;

  beforeAll(async () => {
    directory = await openTestDirectory(kind);
    await using folder = await openOfficialFolder();
    const rpps = await folder.writeActivity(
      ['99000000001', '99000000002', '99000000003'].map((id) => activity(id)),
    );
    await directory.import([{ source: 'rpps', path: rpps }]);
    await putTerritories(directory.store.db, [
      { id: 'velay', name: 'CPTS du Velay', communeCodes: ['43157'] },
      { id: 'ailleurs', name: 'CPTS d’ailleurs', communeCodes: ['43152'] },
    ]);
    const served: Directory = {
      ...directory,
      withheld: checkWithheldInStore(directory.store.db),
      now: () => new Date(),
    };
    app = createApp({
      openDirectory: () => served,
      checkHealth: async () => [],
      reading: () => 'open',
      metrics: NO_METRICS,
    });
  });

  afterAll(() => directory[Symbol.asyncDispose]());

  const ask = async (method: string, path: string, scope?: Scope, body?: object) => {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (scope)
      headers['authorization'] = `Bearer ${(await createKey(directory.store.db, 'test', [scope])).key}`;
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    return app.fetch(new Request(`http://localhost${path}`, init));
  };
  const report = (who: string, message: string, scope?: Scope) =>
    ask('POST', `/v1/correspondents/${who}/error-reports`, scope, { field: 'phone', message });
  const messagesOf = async (path: string, scope: Scope) => {
    const { reports } = (await (await ask('GET', path, scope)).json()) as { reports: { message: string }[] };
    return reports.map((it) => it.message);
  };

  test('are read by the coordinator of where it is and by administrators, closed, and opened again', async () => {
    const kept = await report('99000000001', 'Le numéro a changé.');
    expect(kept.status).toBe(201);
    const { id } = (await kept.json()) as { id: number };
    expect(await messagesOf('/v1/territories/velay/error-reports', 'territory:velay')).toContain(
      'Le numéro a changé.',
    );
    expect(await messagesOf('/v1/error-reports', 'admin')).toContain('Le numéro a changé.');
    expect(await messagesOf('/v1/territories/ailleurs/error-reports', 'territory:ailleurs')).toEqual([]);
    const close = (territory: string, state: string) =>
      ask('PATCH', `/v1/territories/${territory}/error-reports/${id}`, `territory:${territory}`, { state });
    expect((await close('ailleurs', 'closed')).status).toBe(404);
    expect((await close('velay', 'closed')).status).toBe(204);
    expect(await messagesOf('/v1/territories/velay/error-reports', 'territory:velay')).toEqual([]);
    expect(await messagesOf('/v1/territories/velay/error-reports?state=closed', 'territory:velay')).toEqual([
      'Le numéro a changé.',
    ]);
    expect((await close('velay', 'open')).status).toBe(204);
    expect((await ask('PATCH', `/v1/error-reports/${id}`, 'admin', { state: 'closed' })).status).toBe(204);
    expect(await messagesOf('/v1/error-reports', 'admin')).toEqual([]);
    const target = { kind: 'error-report', id: String(id) };
    const audited = await listAudit(directory.store.db, { target, limit: 9 });
    expect(audited.map((it) => it.details)).toEqual([
      { isClosed: true },
      { isClosed: false },
      { isClosed: true },
    ]);
    expect(JSON.stringify(audited)).not.toContain('numéro');
  });

  test.each([
    ['GET', '/v1/territories/velay/error-reports', 'territory:ailleurs'],
    ['GET', '/v1/territories/velay/error-reports', 'search'],
    ['GET', '/v1/error-reports', 'territory:velay'],
    ['PATCH', '/v1/error-reports/1', 'territory:velay'],
  ] as const)('are told to nobody else: %s %s with a key for %s', async (method, path, scope) => {
    const body = method === 'PATCH' ? { state: 'closed' } : undefined;
    expect((await ask(method, path, scope, body)).status).toBe(403);
    expect((await ask(method, path, undefined, body)).status).toBe(401);
  });

  test('that hold a patient, are too long, of no known field or about nobody are refused, and not kept', async () => {
    const before = await messagesOf('/v1/error-reports', 'admin');
    expect((await report('99000000001', `Pour ${INS}`)).status).toBe(400);
    expect((await report('99000000001', 'x'.repeat(2001))).status).toBe(400);
    expect((await report('99000000001', '  ')).status).toBe(400);
    expect((await report('99000000099', 'Personne')).status).toBe(404);
    const odd = { field: 'colour', message: 'x', severity: 'high' };
    const refused = await ask('POST', '/v1/correspondents/99000000001/error-reports', undefined, odd);
    expect(((await refused.json()) as { errors: unknown[] }).errors).toHaveLength(2);
    expect(await messagesOf('/v1/error-reports', 'admin')).toEqual(before);
  });

  test('by people whom nobody knows are few a day on one subject; applications go on', async () => {
    for (let count = 0; count < 5; count += 1)
      expect((await report('99000000002', 'Encore')).status).toBe(201);
    const refused = await report('99000000002', 'Encore');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await report('99000000002', 'Par une application', 'search')).status).toBe(201);
    expect((await report('99000000003', 'Un autre')).status).toBe(201);
  });

  test('are in no answer of the directory, and not in its feed', async () => {
    await report('99000000003', 'SECRET-DU-RAPPORT');
    for (const path of ['/v1/correspondents/99000000003', '/v1/correspondents?q=vallorbe', '/v1/changes'])
      expect(await (await ask('GET', path)).text(), path).not.toContain('SECRET-DU-RAPPORT');
  });
});
