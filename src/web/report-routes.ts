import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';

import { getCorrespondent } from '#directory/get-correspondent.ts';
import { isAppError } from '#domain/errors.ts';
import type { AppEnv } from '#http/app-env.ts';
import { authorizeRequest } from '#http/authenticate.ts';
import { ReportSchema } from '#http/error-report-routes.ts';
import type { BodyRoute } from '#http/limit-body.ts';
import { signalOf } from '#http/request-signal.ts';
import { reportError, toReportSubject, type ReportSubject } from '#profiles/error-reports/report-error.ts';

import { pagePath } from './correspondent-words.ts';
import { findStructure, nameOfStructure } from './find-structure.ts';
import { renderReportPage, renderReportThanks, TRAP, type ReportView } from './report-page.ts';
import { visitorOf } from './visitor.ts';

const BYTES_MAX = 20_000;
/** For `limitBody`. */
export const REPORT_FORM_BODIES: BodyRoute[] = [
  { method: 'POST', path: '/correspondants/{id}/erreur', bytesMax: BYTES_MAX },
  { method: 'POST', path: '/structures/{id}/erreur', bytesMax: BYTES_MAX },
];

interface ReportedPage {
  subject: ReportSubject;
  path: string;
}

/** "Signaler une erreur", on the page of each correspondent and structure. */
export function registerReportPages(app: OpenAPIHono<AppEnv>): void {
  for (const [path, find] of [
    ['/correspondants/:id/erreur', findReportedCorrespondent],
    ['/structures/:id/erreur', findReportedStructure],
  ] as const) {
    app.get(path, async (c) => {
      authorizeRequest(c, 'report-error');
      const page = await find(c);
      c.header('cache-control', 'no-store');
      const isSent = c.req.query('envoye') !== undefined;
      return c.html(
        isSent
          ? renderReportThanks(page.subject.name, page.path, visitorOf(c))
          : renderReportPage(toView(c, page)),
      );
    });
    app.post(path, async (c) => {
      authorizeRequest(c, 'report-error');
      const page = await find(c);
      return keepReport(c, page);
    });
  }
}

async function keepReport(c: Context<AppEnv>, page: ReportedPage) {
  const { csrf: _csrf, [TRAP]: trap, ...form } = await c.req.parseBody();
  const sent = `${page.path}/erreur?envoye=1`;
  if (typeof trap === 'string' && trap !== '') return c.redirect(sent, 303);
  const message = typeof form['message'] === 'string' ? form['message'].replaceAll('\r\n', '\n') : '';
  const given = { field: typeof form['field'] === 'string' ? form['field'] : undefined, message };
  const parsed = ReportSchema.safeParse({ ...form, message });
  const refuse = (fault: string, status: 400 | 429) =>
    c.html(renderReportPage({ ...toView(c, page), given, fault }), status, { 'cache-control': 'no-store' });
  if (!parsed.success) return refuse(FAULTS.form, 400);
  try {
    await reportError(c.get('directory').store.db, c.get('actor'), page.subject, parsed.data);
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === 'patient-address-refused') return refuse(FAULTS.patient, 400);
    if (error.code === 'too-many-requests') return refuse(FAULTS.many, 429);
    throw error;
  }
  return c.redirect(sent, 303);
}

const FAULTS = {
  form: 'Choisissez ce qui est faux, et dites ce qui serait juste en 2 000 caractères au plus.',
  patient: 'Ce message contient l’identité d’un patient\u00a0: retirez-la. Rien n’a été gardé.',
  many: 'Beaucoup d’erreurs ont été signalées depuis une heure\u00a0: réessayez plus tard.',
};

function toView(c: Context<AppEnv>, { subject, path }: ReportedPage): ReportView {
  return { name: subject.name, path, given: undefined, fault: undefined, visitor: visitorOf(c) };
}

async function findReportedCorrespondent(c: Context<AppEnv>): Promise<ReportedPage> {
  const it = await getCorrespondent(c.get('directory'), c.req.param('id') ?? '');
  return { subject: toReportSubject(it), path: pagePath(it.id) };
}

async function findReportedStructure(c: Context<AppEnv>): Promise<ReportedPage> {
  const { finess, found } = await findStructure(c.get('directory'), c.req.param('id') ?? '', signalOf(c));
  const { name, places } = nameOfStructure(finess, found);
  const communeCodes = places.flatMap((it) => it.commune?.code ?? []);
  return { subject: { id: `structure-${finess}`, name, communeCodes }, path: `/structures/${finess}` };
}
