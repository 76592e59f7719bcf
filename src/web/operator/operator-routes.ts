import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';

import { grantKey, listKnownKeys, withdrawKey } from '#access/manage-keys.ts';
import { readAudit } from '#access/read-audit.ts';
import type { ReadOut } from '#access/read-out-watch.ts';
import type { IndexComparison } from '#directory/index-comparison.ts';
import { getImportReport, listImports } from '#directory/list-imports.ts';
import { listSources } from '#directory/list-sources.ts';
import { AppError, isAppError } from '#domain/errors.ts';
import type { Operation } from '#domain/operations.ts';
import type { AppEnv } from '#http/app-env.ts';
import { auditContextOf, authorizeRequest } from '#http/authenticate.ts';
import type { HealthCheck } from '#http/health-routes.ts';
import type { BodyRoute } from '#http/limit-body.ts';
import { closeErrorReport, readErrorReports } from '#profiles/error-reports/handle-error-reports.ts';
import {
  listWithheld,
  releaseCorrespondent,
  withholdCorrespondent,
} from '#profiles/withheld/withhold-correspondent.ts';
import type { Metrics } from '#telemetry/metrics.ts';

import { signInLink, visitorOf } from '../visitor.ts';
import { renderAuditPage } from './audit-page.ts';
import { renderImportPage } from './import-page.ts';
import { renderKeysPage } from './keys-page.ts';
import { renderNowPage } from './now-page.ts';
import { renderReportsPage } from './reports-page.ts';
import { renderWithheldPage } from './withheld-page.ts';

const PATH = '/exploitation';
const IMPORTS_SHOWN = 20;
const BYTES_MAX = 4000;
/** For `limitBody`. */
export const OPERATOR_BODIES: BodyRoute[] = [
  '/comparaison',
  '/cles',
  '/cles/{id}/revocation',
  '/oppositions',
  '/oppositions/levee',
  '/erreurs/{id}',
].map((path) => ({ method: 'POST', path: `${PATH}${path}`, bytesMax: BYTES_MAX }));

export interface OperatorTools {
  checkHealth: HealthCheck;
  metrics: Metrics;
  /** Absent where no process outlives a request. */
  indexComparison?: IndexComparison | undefined;
  /** Who reads the directory out today; absent where nobody is counted. */
  readOuts?: (() => ReadOut[]) | undefined;
}

type PageContext = Context<AppEnv>;

/** The pages of whoever runs the directory. Nothing of them is kept by anybody on the way. */
export function registerOperatorPages(app: OpenAPIHono<AppEnv>, tools: OperatorTools): void {
  const guard = (operation: Operation) => async (c: PageContext, next: () => Promise<void>) => {
    if (c.req.method === 'GET' && c.get('actor').kind === 'anonymous' && c.get('signIn'))
      return c.redirect(signInLink(c.req.path), 303);
    authorizeRequest(c, operation);
    await next();
    c.res.headers.set('cache-control', 'private, no-store');
    return undefined;
  };
  app.use(`${PATH}/*`, guard('operate'));
  app.use(`${PATH}/oppositions/*`, guard('withhold'));
  app.use(`${PATH}/journal`, guard('read-audit'));
  registerNow(app, tools);
  registerKeys(app);
  registerWithheldPage(app);
  registerReports(app);
  registerAudit(app);
}

function registerNow(
  app: OpenAPIHono<AppEnv>,
  { checkHealth, metrics, indexComparison, readOuts }: OperatorTools,
) {
  app.get(PATH, async (c) => {
    const directory = c.get('directory');
    const [imports, { sources }, health] = await Promise.all([
      listImports(directory, IMPORTS_SHOWN),
      listSources(directory),
      checkHealth(directory),
    ]);
    const comparison = indexComparison?.read();
    const latencies = metrics.latencies?.();
    const shown = { imports, sources, health, comparison, latencies, readOuts: readOuts?.() };
    return c.html(renderNowPage({ ...shown, now: directory.now(), visitor: visitorOf(c) }));
  });
  app.get(`${PATH}/imports/:id`, async (c) => {
    const id = toNumber(c.req.param('id'));
    return c.html(renderImportPage(await getImportReport(c.get('directory'), id), visitorOf(c)));
  });
  app.post(`${PATH}/comparaison`, (c) => {
    indexComparison?.start();
    return c.redirect(PATH, 303);
  });
}

function registerKeys(app: OpenAPIHono<AppEnv>) {
  app.get(`${PATH}/cles`, async (c) => {
    const keys = await listKnownKeys(c.get('directory').store.db);
    return c.html(renderKeysPage({ keys }, visitorOf(c)));
  });
  app.post(`${PATH}/cles`, async (c) => {
    const { db } = c.get('directory').store;
    const form = await c.req.parseBody({ all: true });
    const others = textOf(form['others']).split(/\s+/);
    const scopes = [form['scope'] ?? [], others].flat().filter((it) => typeof it === 'string' && it !== '');
    try {
      const made = await grantKey(
        db,
        { name: textOf(form['name']), scopes: scopes as string[] },
        auditContextOf(c),
      );
      return c.html(renderKeysPage({ keys: await listKnownKeys(db), made }, visitorOf(c)));
    } catch (error) {
      if (!isAppError(error) || error.code !== 'request-invalid') throw error;
      const fault = 'La clé n’a pas été créée\u00a0: il faut un nom, et au moins une portée qui existe.';
      return c.html(renderKeysPage({ keys: await listKnownKeys(db), fault }, visitorOf(c)), 400);
    }
  });
  app.post(`${PATH}/cles/:id/revocation`, async (c) => {
    await withdrawKey(c.get('directory').store.db, c.req.param('id').slice(0, 40), auditContextOf(c));
    return c.redirect(`${PATH}/cles`, 303);
  });
}

function registerWithheldPage(app: OpenAPIHono<AppEnv>) {
  const path = `${PATH}/oppositions`;
  const show = async (c: PageContext, fault?: string) =>
    c.html(
      renderWithheldPage({ withheld: await listWithheld(c.get('directory').store.db), fault }, visitorOf(c)),
      fault === undefined ? 200 : 400,
    );
  const change = async (c: PageContext, work: (who: string, reason: string) => Promise<unknown>) => {
    const form = await c.req.parseBody();
    const reason = textOf(form['reason']).trim();
    try {
      await work(textOf(form['who']).trim().slice(0, 260), reason.slice(0, 500));
    } catch (error) {
      if (!isAppError(error) || !['request-invalid', 'patient-address-refused'].includes(error.code))
        throw error;
      return show(
        c,
        'Rien n’a changé\u00a0: il faut un numéro RPPS ou une adresse de messagerie, et un motif.',
      );
    }
    return c.redirect(path, 303);
  };
  app.get(path, (c) => show(c));
  app.post(path, (c) =>
    change(c, (who, reason) => {
      const fault = { pointer: 'reason', detail: 'A reason is needed.' };
      if (reason === '') throw new AppError('request-invalid', fault.detail, { faults: [fault] });
      return withholdCorrespondent(c.get('directory').store.db, who, reason, auditContextOf(c));
    }),
  );
  app.post(`${path}/levee`, (c) =>
    change(c, (who) => releaseCorrespondent(c.get('directory').store.db, who, auditContextOf(c))),
  );
}

function registerReports(app: OpenAPIHono<AppEnv>) {
  const path = `${PATH}/erreurs`;
  app.get(path, async (c) => {
    const state = c.req.query('etat') === 'closes' ? 'closed' : 'open';
    const reports = await readErrorReports(c.get('directory').store.db, { state });
    return c.html(renderReportsPage({ reports, state }, visitorOf(c)));
  });
  app.post(`${path}/:id`, async (c) => {
    const isClosed = textOf((await c.req.parseBody())['etat']) === 'close';
    const { db } = c.get('directory').store;
    await closeErrorReport(db, toNumber(c.req.param('id')), { isClosed }, auditContextOf(c));
    return c.redirect(path, 303);
  });
}

const EVENTS_SHOWN = 100;

function registerAudit(app: OpenAPIHono<AppEnv>) {
  app.get(`${PATH}/journal`, async (c) => {
    const given = c.req.query('avant');
    const before = given === undefined ? undefined : String(toNumber(given));
    const filter = { actorName: toFilter(c.req.query('qui')), operation: toFilter(c.req.query('quoi')) };
    const page = await readAudit(c.get('directory').store.db, { ...filter, before, limit: EVENTS_SHOWN });
    return c.html(renderAuditPage({ ...page, filter }, visitorOf(c)));
  });
}

function toFilter(text: string | undefined): string | undefined {
  return text?.trim().slice(0, 100) || undefined;
}

/** @throws AppError `route-not-found` */
function toNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new AppError('route-not-found', 'It is no number.', { nearest: undefined });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
