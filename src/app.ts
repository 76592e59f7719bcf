import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import { closest } from 'fastest-levenshtein';

import type { ReadOut } from '#access/read-out-watch.ts';
import type { SignInSettings } from '#access/sign-in-settings.ts';
import type { IndexComparison } from '#directory/index-comparison.ts';
import type { Directory } from '#directory/directory.ts';
import { AppError, isAppError, type AppErrorCode } from '#domain/errors.ts';
import type { AppEnv } from '#http/app-env.ts';
import { DECLARATION_BODIES, registerDeclarations } from '#http/declaration-routes.ts';
import { DOCS_CSS, renderDocsPage, type ApiDescription } from '#http/docs-page.ts';
import { registerFindCorrespondents } from '#http/find-correspondents-route.ts';
import { registerGetCorrespondent } from '#http/get-correspondent-route.ts';
import { registerAudit } from '#http/audit-routes.ts';
import { registerMe } from '#http/me-route.ts';
import { registerRoles, ROLES_BODIES } from '#http/roles-routes.ts';
import { registerHealth, type HealthCheck } from '#http/health-routes.ts';
import { ERROR_REPORT_BODIES, registerErrorReports } from '#http/error-report-routes.ts';
import { registerListChanges } from '#http/list-changes-route.ts';
import { INVITATION_BODY, registerInvitations } from '#http/invitation-routes.ts';
import { limitBody } from '#http/limit-body.ts';
import { limitRate, type CallerLimits } from '#http/limit-rate.ts';
import { registerListSources } from '#http/list-sources-route.ts';
import { registerListTerritories } from '#http/list-territories-route.ts';
import { registerSuggestions } from '#http/suggestions-route.ts';
import { PATIENT_ADDRESS_BODY, registerPatientAddress } from '#http/patient-address-route.ts';
import { authenticate } from '#http/authenticate.ts';
import { MAILBOX_BODIES, registerMailboxActivity } from '#http/mailbox-activity-routes.ts';
import type { ReadingAccess } from '#domain/operations.ts';
import { NO_SENDER, type Sender } from '#profiles/sender.ts';
import { OWNER_BODIES, registerOwner } from '#http/owner-routes.ts';
import { PROFILE_BODIES, registerProfiles } from '#http/profile-routes.ts';
import { IMPORT_BODIES, registerTerritoryImports } from '#http/territory-import-routes.ts';
import { registerTerritories } from '#http/territory-routes.ts';
import { watchReadOut } from '#http/watch-read-out.ts';
import { registerWithheld, WITHHELD_BODY } from '#http/withheld-routes.ts';
import { toProblem } from '#http/problem.ts';
import { refuseAnswers } from '#http/refuse-answers.ts';
import { refusePatientIdentity } from '#http/refuse-patient-identity.ts';
import { toRequestInvalid } from '#domain/request-invalid.ts';
import { afterAnswer } from '#http/after-answer.ts';
import { openToPages, sayAlways, sayStandardHeaders } from '#http/standard-headers.ts';
import { linkOriginOf } from '#http/public-origin.ts';
import { assetPath } from '#web/asset.ts';
import { renderFaultPage } from '#web/fault-page.ts';
import { toMapTiles } from '#web/map-tiles.ts';
import { MY_PAGE_BODIES, registerMyPage } from '#web/my-page/register-my-page.ts';
import { showTypedAgain } from '#web/my-page/show-typed-again.ts';
import { DECLARE_BODIES, registerDeclarePages } from '#web/declared/declare-routes.ts';
import { pageHeaders } from '#web/page-headers.ts';
import { INVITATION_FORM_BODY, registerInvitationPages } from '#web/invitation-routes.ts';
import { registerPages } from '#web/register-pages.ts';
import { registerTerritoryPages, TERRITORY_FORM_BODIES } from '#web/territory-routes.ts';
import { registerSignIn, SIGN_OUT_BODY } from '#web/sign-in-routes.ts';
import { visitorOf } from '#web/visitor.ts';
import { OPERATOR_BODIES, registerOperatorPages } from '#web/operator/operator-routes.ts';
import { REPORT_FORM_BODIES } from '#web/report-routes.ts';
import { dependencyFailed, requestFailed, requestServed } from '#telemetry/events.ts';
import { toStoreError } from '#store/store-error.ts';
import type { Metrics } from '#telemetry/metrics.ts';

export interface AppServices {
  /** For one request: Workers open what they need for each, Node gives the same to all. */
  openDirectory: (env: unknown) => Directory;
  checkHealth: HealthCheck;
  /** Whether anybody may read; for one request, as `openDirectory`. */
  reading: (env: unknown) => ReadingAccess;
  /** How people sign in, for one request; by default nobody does. */
  signIn?: ((env: unknown) => SignInSettings | undefined) | undefined;
  /** Who is calling how often, for one request; by default nobody is counted. */
  limits?: ((env: unknown, header: (name: string) => string | undefined) => CallerLimits) | undefined;
  metrics: Metrics;
  /** Started from the operator's page; by default it is not offered. */
  indexComparison?: IndexComparison | undefined;
  /** Who reads the directory out today, for the operator's page. */
  readOuts?: (() => ReadOut[]) | undefined;
  /** For one request; by default there is none, and what needs one says so. */
  sender?: ((env: unknown) => Sender) | undefined;
  /** Background of the maps; by default drawn here. */
  mapTiles?: string | undefined;
}

const VERSION = '0.1.0';
/** What pages of other origins may read, as the picker does. */
const OPEN_READS = ['/v1/correspondents', '/v1/suggestions'];

/** Where the parts of a request are, as faults name them. */
const POINTERS: Record<string, string> = { param: 'path', json: 'body' };

/** Every interface on one application, the same on Node and on Workers. */
export function createApp(services: AppServices): OpenAPIHono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw toRequestInvalid(POINTERS[result.target] ?? result.target, result.error);
    },
  });
  const tiles = toMapTiles(services.mapTiles);
  const sayPagePolicy = pageHeaders(tiles.origin);
  app.use(async (c, next) => {
    const startedAtMs = performance.now();
    sayStandardHeaders(c);
    const requestId = crypto.randomUUID();
    c.set('requestId', requestId);
    const directory = services.openDirectory(c.env);
    // One instant a request: at midnight an answer is not of two days.
    const now = directory.now();
    c.set('directory', { ...directory, now: () => now });
    c.set('reading', services.reading(c.env));
    c.set('sender', services.sender?.(c.env) ?? NO_SENDER);
    c.set('signIn', services.signIn?.(c.env));
    c.set(
      'limits',
      services.limits?.(c.env, (name) => c.req.header(name)),
    );
    sayAlways(c, 'x-request-id', requestId);
    await next();
    sayPagePolicy(c);
    const durationMs = performance.now() - startedAtMs;
    const route = routePath(c, -1);
    const { method } = c.req;
    const { status } = c.res;
    afterAnswer(c, () => {
      services.metrics.requestServed({ route, method, status, durationSeconds: durationMs / 1000 });
      requestServed({ route, method, status, durationMs: Math.round(durationMs * 10) / 10, requestId });
    });
  });
  for (const path of OPEN_READS) app.use(path, openToPages);
  // Few middlewares: each one takes a hundredth of a millisecond of every request.
  app.use((c, next) => {
    refusePatientIdentity(c);
    refuseAnswers(c);
    return next();
  });
  app.use(
    limitBody([
      PATIENT_ADDRESS_BODY,
      ...MAILBOX_BODIES,
      ...ROLES_BODIES,
      WITHHELD_BODY,
      ...PROFILE_BODIES,
      ...OWNER_BODIES,
      ...IMPORT_BODIES,
      INVITATION_BODY,
      ...TERRITORY_FORM_BODIES,
      INVITATION_FORM_BODY,
      SIGN_OUT_BODY,
      ...ERROR_REPORT_BODIES,
      ...REPORT_FORM_BODIES,
      ...OPERATOR_BODIES,
      ...MY_PAGE_BODIES,
      ...DECLARATION_BODIES,
      ...DECLARE_BODIES,
    ]),
  );
  app.use('/espace/*', showTypedAgain);
  app.use(authenticate);
  app.use((c, next) => {
    limitRate(c);
    watchReadOut(c);
    return next();
  });
  registerFindCorrespondents(app);
  registerGetCorrespondent(app);
  registerSuggestions(app);
  registerListChanges(app);
  registerListSources(app);
  registerListTerritories(app);
  registerPatientAddress(app);
  registerMailboxActivity(app);
  registerTerritories(app);
  registerTerritoryImports(app);
  registerInvitations(app);
  registerWithheld(app);
  registerErrorReports(app);
  registerMe(app);
  registerRoles(app);
  registerAudit(app);
  registerProfiles(app);
  registerOwner(app);
  registerDeclarations(app);
  registerHealth(app, services.checkHealth);
  registerMetrics(app, services.metrics);
  registerDocs(app);
  registerOperatorPages(app, services);
  registerPages(app, tiles);
  registerTerritoryPages(app, tiles);
  registerInvitationPages(app);
  registerMyPage(app, tiles);
  registerSignIn(app);
  registerDeclarePages(app);
  app.notFound((c) => {
    throw notFound(app, c.req.method, c.req.path);
  });
  app.onError(async (thrown, c) => {
    const error = await toBodyFault(toStoreError(thrown), c);
    const requestId = c.get('requestId');
    const { problem, status, headers } = toProblem(error, requestId);
    if (status === 500) requestFailed({ route: routePath(c, -1), requestId, error });
    if (isAppError(error) && status === 503) {
      dependencyFailed({ dependency: DEPENDENCIES[error.code] ?? 'search', error });
    }
    if (c.req.header('accept')?.includes('text/html')) {
      return c.html(renderFaultPage(error, requestId, visitorOf(c)), status as 500, headers);
    }
    return c.body(JSON.stringify(problem), status as 500, {
      ...headers,
      'content-type': 'application/problem+json',
    });
  });
  return app;
}

const DEPENDENCIES: Partial<Record<AppErrorCode, 'store' | 'sender' | 'identity-provider'>> = {
  'sign-in-unavailable': 'identity-provider',
  'store-unavailable': 'store',
  'sender-missing': 'sender',
  'sender-unavailable': 'sender',
};

/** What the framework throws for a body that is no JSON or no form, or says that it is something else. */
async function toBodyFault(error: unknown, c: Context): Promise<unknown> {
  try {
    // Kept as a promise, whatever its type says.
    await (c.req.bodyCache.formData as unknown);
  } catch (why) {
    if (why === error) return notOfType('The body is not a form.');
  }
  if (!(error instanceof HTTPException && (error.status === 400 || error.status === 415))) return error;
  return notOfType('The body is not JSON.');
}

function notOfType(detail: string): AppError {
  return new AppError('request-invalid', detail, { faults: [{ pointer: 'body', detail }] });
}

function registerMetrics(app: OpenAPIHono<AppEnv>, { render }: Metrics): void {
  if (render === undefined) return;
  app.get('/metrics', async (c) => {
    const { contentType, body } = await render();
    return c.body(body, 200, { 'content-type': contentType });
  });
}

function registerDocs(app: OpenAPIHono<AppEnv>): void {
  const info = {
    title: 'Correspondants',
    version: VERSION,
    description: 'The directory of the people and the service mailboxes of the French health system.',
  };
  app.doc31('/openapi.json', { openapi: '3.1.0', info });
  app.get('/docs', (c) => {
    const api = app.getOpenAPI31Document({ openapi: '3.1.0', info }) as unknown as ApiDescription;
    const origin = linkOriginOf(c);
    return c.html(renderDocsPage(api, { origin, script: assetPath('docs.js') }));
  });
  app.get('/docs.css', (c) =>
    c.body(DOCS_CSS, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600' }),
  );
}

function notFound(app: OpenAPIHono<AppEnv>, method: string, path: string): AppError {
  const routes = app.routes.filter((route) => route.method !== 'ALL');
  const allowed = routes.filter((route) => toPattern(route.path).test(path)).map((route) => route.method);
  if (allowed.length > 0) {
    return new AppError('method-not-allowed', `${method} is not allowed here.`, {
      allowed: [...new Set(allowed)],
    });
  }
  const nearest = closest(path.slice(0, 200), [...new Set(routes.map((route) => route.path))]);
  return new AppError('route-not-found', `There is nothing at this address. The nearest is ${nearest}.`, {
    nearest,
  });
}

function toPattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);
}
