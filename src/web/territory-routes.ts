import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';

import { isAppError, type AppError, type AppErrorCode, type RequestFault } from '#domain/errors.ts';
import { IMPORT_LINE_STATES, type ImportLineState } from '#domain/territory-import.ts';
import type { MemberFilter } from '#domain/territory.ts';
import { isAllowed, type Operation } from '#domain/operations.ts';
import type { ProfileField } from '#domain/profile.ts';
import { listTerritories } from '#directory/list-territories.ts';
import type { AppEnv } from '#http/app-env.ts';
import { auditContextOf, authorizeRequest } from '#http/authenticate.ts';
import type { BodyRoute } from '#http/limit-body.ts';
import { publicOriginOf } from '#http/public-origin.ts';
import { signalOf } from '#http/request-signal.ts';
import { closeErrorReport, readErrorReports } from '#profiles/error-reports/handle-error-reports.ts';
import { amendImport } from '#profiles/territories/amend-import.ts';
import { confirmImport } from '#profiles/territories/confirm-import.ts';
import { describeField } from '#profiles/territories/describe-change.ts';
import { getTerritory } from '#profiles/territories/get-territory.ts';
import { invite } from '#profiles/territories/invite.ts';
import {
  countInvitationsOf,
  listTerritoryInvitations,
} from '#profiles/territories/list-territory-invitations.ts';
import { listTerritoryImports } from '#profiles/territories/list-territory-imports.ts';
import { listTerritoryMembers } from '#profiles/territories/list-territory-members.ts';
import { giveUpImport } from '#profiles/territories/give-up-import.ts';
import { makeImport } from '#profiles/territories/make-import.ts';
import { readBoard } from '#profiles/territories/read-board.ts';
import { readImport } from '#profiles/territories/read-import.ts';
import { undoImport } from '#profiles/territories/undo-import.ts';

import { readOutcomes } from './invitation-outcomes.ts';
import type { MapTiles } from './map-tiles.ts';
import { renderTerritoryBoardPage } from './territory-board-page.ts';
import { listTexts, toAmendments } from './territory-form.ts';
import { territoryPath, type TerritoryView } from './territory-frame.ts';
import { renderTerritoryImportPage } from './territory-import-page.ts';
import { renderTerritoryImportsPage } from './territory-imports-page.ts';
import { renderTerritoryInvitationsPage } from './territory-invitations-page.ts';
import { renderTerritoryMembersPage } from './territory-members-page.ts';
import { renderTerritoriesPage } from './territories-page.ts';
import { renderTerritoryPublicPage } from './territory-public-page.ts';
import { renderTerritoryReportsPage } from './territory-reports-page.ts';
import { signInLink, visitorOf } from './visitor.ts';

const ONE = '/territoires/{id}/imports/{importId}';
/** For `limitBody`. */
export const TERRITORY_FORM_BODIES: BodyRoute[] = [
  { method: 'POST', path: '/territoires/{id}/imports', bytesMax: 10_100_000 },
  { method: 'POST', path: ONE, bytesMax: 4_000_000 },
  { method: 'POST', path: `${ONE}/confirmer`, bytesMax: 1000 },
  { method: 'POST', path: `${ONE}/annuler`, bytesMax: 1000 },
  { method: 'POST', path: `${ONE}/abandon`, bytesMax: 1000 },
  { method: 'POST', path: '/territoires/{id}/invitations', bytesMax: 100_000 },
  { method: 'POST', path: '/territoires/{id}/erreurs/{report}', bytesMax: 1000 },
];

const MEMBERS_SHOWN = 50;
const LINES_SHOWN = 50;
const INVITED_AT_ONCE = 200;

/**
 * The pages of territories: what anybody may see, and what is their coordinators'. Whoever is not known is led to the sign-in, and
 * back.
 */
export function registerTerritoryPages(app: OpenAPIHono<AppEnv>, tiles: MapTiles): void {
  app.get('/territoires', async (c) => {
    authorizeRequest(c, 'search');
    return c.html(renderTerritoriesPage(await listTerritories(c.get('directory')), visitorOf(c)));
  });

  app.get('/territoires/:id', async (c) => {
    const id = c.req.param('id');
    const isCoordinated = isAllowed(c.get('actor'), 'read-territory', c.get('reading'), {
      territories: [id],
    });
    if (!isCoordinated || c.req.query('vue') === 'publique') {
      authorizeRequest(c, 'search');
      const shown = { visitor: visitorOf(c), isCoordinated, tiles };
      return c.html(renderTerritoryPublicPage(await getTerritory(dbOf(c), id), shown));
    }
    return withTerritory(c, 'read-territory', async (view) => {
      const board = await readBoard(dbOf(c), view.territory.id);
      return c.html(renderTerritoryBoardPage(view, board, tiles));
    });
  });

  app.get('/territoires/:id/professionnels', (c) =>
    withTerritory(c, 'read-territory', (view) => showMembers(c, view, undefined)),
  );

  app.get('/territoires/:id/invitations', (c) =>
    withTerritory(c, 'read-territory', (view) => showInvitations(c, view, undefined)),
  );

  app.post('/territoires/:id/invitations', (c) =>
    withTerritory(c, 'edit-territory', (view) => sendInvitations(c, view)),
  );

  app.get('/territoires/:id/imports', (c) =>
    withTerritory(c, 'read-territory', async (view) => {
      const imports = await listTerritoryImports(dbOf(c), view.territory.id);
      return c.html(renderTerritoryImportsPage(view, imports, []));
    }),
  );

  app.post('/territoires/:id/imports', (c) =>
    withTerritory(c, 'edit-territory', (view) => keepSpreadsheet(c, view)),
  );

  app.get('/territoires/:id/imports/:importId', (c) =>
    withTerritory(c, 'read-territory', (view) => showImport(c, view, undefined)),
  );

  app.post('/territoires/:id/imports/:importId', (c) =>
    withTerritory(c, 'edit-territory', (view) =>
      change(c, view, async (importId) => {
        const form = await c.req.parseBody({ all: true });
        const version = toVersion(form['version']);
        const amendment = { version, lines: toAmendments(form) };
        const { counts } = await amendImport(
          dbOf(c),
          view.territory.id,
          importId,
          amendment,
          auditContextOf(c),
        );
        const state = listTexts(form['lignes'])[0];
        const stays = state !== undefined && (state === 'toutes' || counts[state as ImportLineState] > 0);
        return stays ? `?lignes=${state}` : '';
      }),
    ),
  );

  app.post('/territoires/:id/imports/:importId/abandon', (c) =>
    withTerritory(c, 'edit-territory', (view) =>
      change(c, view, async (importId) => {
        await giveUpImport(dbOf(c), view.territory.id, importId, auditContextOf(c));
        return undefined;
      }),
    ),
  );

  app.post('/territoires/:id/imports/:importId/confirmer', (c) =>
    withTerritory(c, 'edit-territory', (view) =>
      change(c, view, async (importId) => {
        const form = await c.req.parseBody();
        const version = toVersion(form['version']) ?? 0;
        const options = { version, skipsUnresolved: form['skip'] === '1', audit: auditContextOf(c) };
        await confirmImport(dbOf(c), view.territory.id, importId, options);
        return '?lignes=change';
      }),
    ),
  );

  app.post('/territoires/:id/imports/:importId/annuler', (c) =>
    withTerritory(c, 'edit-territory', (view) =>
      change(c, view, async (importId) => {
        const version = toVersion((await c.req.parseBody())['version']);
        await undoImport(dbOf(c), view.territory.id, importId, { version, audit: auditContextOf(c) });
        return '';
      }),
    ),
  );

  app.get('/territoires/:id/erreurs', (c) =>
    withTerritory(c, 'close-error-report', async (view) => {
      const state = c.req.query('etat') === 'fermees' ? 'closed' : 'open';
      const reports = await readErrorReports(dbOf(c), { territoryId: view.territory.id, state });
      return c.html(renderTerritoryReportsPage(view, state, reports));
    }),
  );

  app.post('/territoires/:id/erreurs/:report', (c) =>
    withTerritory(c, 'close-error-report', async (view) => {
      const isClosed = (await c.req.parseBody())['state'] === 'closed';
      const territoryId = view.territory.id;
      const report = /^\d{1,9}$/.test(c.req.param('report') ?? '') ? Number(c.req.param('report')) : 0;
      await closeErrorReport(dbOf(c), report, { isClosed, territoryId }, auditContextOf(c));
      return c.redirect(territoryPath(territoryId, `/erreurs${isClosed ? '' : '?etat=fermees'}`), 303);
    }),
  );
}

type Page = Promise<Response> | Response;

/** @throws AppError `not-allowed`, `territory-not-found` */
async function withTerritory(
  c: Context<AppEnv>,
  operation: Operation,
  show: (view: TerritoryView) => Page,
): Promise<Response> {
  const id = c.req.param('id') ?? '';
  if (c.get('actor').kind === 'anonymous' && c.get('signIn') && c.req.method === 'GET') {
    const { pathname, search } = new URL(c.req.url);
    return c.redirect(signInLink(`${pathname}${search}`), 303);
  }
  authorizeRequest(c, operation, { territories: [id] });
  const { name } = await getTerritory(dbOf(c), id);
  c.header('cache-control', 'private, no-store');
  return show({ territory: { id, name }, visitor: visitorOf(c) });
}

function dbOf(c: Context<AppEnv>) {
  return c.get('directory').store.db;
}

const PAGES = ['empty', 'partial', 'complete'] as const;

function toFilter(query: URLSearchParams): MemberFilter {
  const oneOf = (name: string, yes: string, no: string) => {
    const value = query.get(name);
    return value === yes ? true : value === no ? false : undefined;
  };
  return {
    page: PAGES.find((it) => it === query.get('page')),
    isStale: oneOf('etat', 'anciennes', 'recentes'),
    hasMailbox: oneOf('messagerie', 'oui', 'non'),
    wasInvited: oneOf('invitation', 'oui', 'non'),
    profession: query.get('profession')?.slice(0, 10) || undefined,
    commune: query.get('commune')?.slice(0, 5) || undefined,
    text: query.get('nom')?.slice(0, 100) || undefined,
  };
}

async function showMembers(
  c: Context<AppEnv>,
  view: TerritoryView,
  fault: { text: string; query: URLSearchParams } | undefined,
) {
  const query = fault?.query ?? new URL(c.req.url).searchParams;
  const filter = toFilter(query);
  const { territory } = view;
  const [{ members, nextOffset }, board] = await Promise.all([
    listTerritoryMembers(dbOf(c), territory.id, filter, {
      offset: toOffset(query),
      limit: MEMBERS_SHOWN,
    }),
    readBoard(dbOf(c), territory.id),
  ]);
  return c.html(
    renderTerritoryMembersPage(view, {
      members,
      nextOffset,
      query: new URLSearchParams(
        [...query].filter(([name]) => !name.startsWith('resultat-') && name !== 'apres'),
      ),
      filter,
      professions: board.professions.map((it) => it.code),
      communes: board.communes.map((it) => it.code),
      told: readOutcomes(query),
      fault: fault?.text,
    }),
    fault === undefined ? 200 : 409,
  );
}

async function showInvitations(c: Context<AppEnv>, view: TerritoryView, fault: string | undefined) {
  const { id } = view.territory;
  const query = new URL(c.req.url).searchParams;
  const [{ invitations, nextOffset }, numbers] = await Promise.all([
    listTerritoryInvitations(dbOf(c), id, { offset: toOffset(query), limit: MEMBERS_SHOWN }),
    countInvitationsOf(dbOf(c), id),
  ]);
  const told = readOutcomes(query);
  return c.html(
    renderTerritoryInvitationsPage(view, { invitations, nextOffset, numbers, told, fault }),
    fault === undefined ? 200 : 409,
  );
}

function toOffset(query: URLSearchParams): number {
  return Number(/^\d{1,5}$/.exec(query.get('apres') ?? '')?.[0] ?? 0);
}

async function sendInvitations(c: Context<AppEnv>, view: TerritoryView) {
  const form = await c.req.parseBody({ all: true });
  const query = new URLSearchParams(listTexts(form['retour'])[0]?.slice(0, 1000));
  const emailOf = (rpps: string) => listTexts(form[`email-${rpps}`])[0]?.trim() || undefined;
  const typed = Object.keys(form).flatMap((name) => /^email-(\w{1,20})$/.exec(name)?.[1] ?? []);
  const chosen = new Set([...listTexts(form['rpps']), ...typed.filter((it) => emailOf(it) !== undefined)]);
  const isAgain = listTexts(form['again'])[0] === '1';
  const refuse = (text: string) =>
    isAgain ? showInvitations(c, view, text) : showMembers(c, view, { text, query });
  if (chosen.size === 0) return refuse('Choisissez au moins une personne à inviter.');
  if (chosen.size > INVITED_AT_ONCE) return refuse(`Invitez ${INVITED_AT_ONCE} personnes au plus à la fois.`);
  const origin = publicOriginOf(c);
  if (origin === undefined) return refuse(TEXTS['sender-missing']!);
  try {
    const invited = await invite(dbOf(c), c.get('sender'), {
      signal: signalOf(c),
      territoryId: view.territory.id,
      people: [...chosen].map((rpps) => ({ rpps, email: emailOf(rpps) })),
      isAgain,
      origin,
      audit: auditContextOf(c),
    });
    for (const [outcome, of] of Map.groupBy(invited, (it) => it.outcome))
      query.set(`resultat-${outcome}`, String(of.length));
  } catch (error) {
    const text = isAppError(error) ? TEXTS[error.code] : undefined;
    if (text === undefined) throw error;
    return refuse(text);
  }
  const path = territoryPath(view.territory.id, isAgain ? '/invitations' : '/professionnels');
  return c.redirect(`${path}?${query.toString()}`, 303);
}

async function keepSpreadsheet(c: Context<AppEnv>, view: TerritoryView) {
  const { id } = view.territory;
  const { file } = await c.req.parseBody();
  const refuse = async (faults: readonly RequestFault[]) =>
    c.html(renderTerritoryImportsPage(view, await listTerritoryImports(dbOf(c), id), faults), 400);
  if (!(file instanceof File) || file.size === 0)
    return refuse([{ pointer: 'fichier', detail: 'Choisissez un fichier qui n’est pas vide.' }]);
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const made = await makeImport(dbOf(c), id, { name: file.name, bytes }, auditContextOf(c));
    return c.redirect(territoryPath(id, `/imports/${made.id}`), 303);
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === 'limit-reached') {
      const detail = `${(error as AppError<'limit-reached'>).data.max} tableaux attendent déjà\u00a0: appliquez-en un, ou abandonnez-en un.`;
      return refuse([{ pointer: 'fichier', detail }]);
    }
    if (error.code !== 'request-invalid') throw error;
    return refuse((error as AppError<'request-invalid'>).data.faults);
  }
}

/** By default what is to be mended, else what changes. */
async function showImport(
  c: Context<AppEnv>,
  view: TerritoryView,
  fault: { text: string; items: readonly string[] } | undefined,
) {
  const { id } = view.territory;
  const importId = c.req.param('importId') ?? '';
  const asked = fault === undefined ? c.req.query('lignes') : undefined;
  const after = Number(/^\d{1,6}$/.exec(c.req.query('apres') ?? '')?.[0] ?? 0);
  const { import: found } = await readImport(dbOf(c), id, importId, { limit: 1 });
  const isToMend = (state: ImportLineState) => found.state === 'preview' && found.counts[state] > 0;
  const state =
    asked === 'toutes'
      ? undefined
      : (IMPORT_LINE_STATES.find((it) => it === asked) ??
        (['fault', 'doubtful'] as const).find(isToMend) ??
        (found.counts.change > 0 ? 'change' : undefined));
  const { lines, next } = await readImport(dbOf(c), id, importId, {
    states: state === undefined ? undefined : [state],
    after,
    limit: LINES_SHOWN,
  });
  return c.html(
    renderTerritoryImportPage(view, { import: found, lines, state, next, fault }),
    fault === undefined ? 200 : 409,
  );
}

/**
 * Does what a form asks, and shows the import as it is then; or why it was not done.
 * @param work gives the query of the page to show; undefined when the import is no more
 */
async function change(
  c: Context<AppEnv>,
  view: TerritoryView,
  work: (importId: string) => Promise<string | undefined>,
) {
  const importId = c.req.param('importId') ?? '';
  try {
    const query = await work(importId);
    const shown = query === undefined ? '' : `/${importId}${query}`;
    return c.redirect(territoryPath(view.territory.id, `/imports${shown}`), 303);
  } catch (error) {
    const text = isAppError(error) ? TEXTS[error.code] : undefined;
    if (text === undefined) throw error;
    return showImport(c, view, { text, items: toItems(error as AppError) });
  }
}

function toItems(error: AppError): string[] {
  if (error.code === 'import-outdated')
    return (error as AppError<'import-outdated'>).data.fields.map(
      ({ name, field }) => `${name} – ${describeField(field as ProfileField)}`,
    );
  return error.code === 'request-invalid'
    ? (error as AppError<'request-invalid'>).data.faults.map(
        ({ pointer, detail }) => `${pointer} – ${detail}`,
      )
    : [];
}

const TEXTS: Partial<Record<AppErrorCode, string>> = {
  'request-invalid': 'Ces corrections ne sont pas possibles. Rien n’a été changé.',
  'import-state': 'Cet import n’est plus dans l’état que vous aviez sous les yeux. Rien n’a été changé.',
  'import-changed': 'Quelqu’un a changé cet import entre-temps. Le voici tel qu’il est.',
  'import-unresolved':
    'Des lignes sont fausses ou douteuses\u00a0: corrigez-les, ou cochez «\u00a0Laisser de côté\u00a0». Rien n’a été appliqué.',
  'import-outdated':
    'Des pages ont changé depuis la vérification, là où ce tableau écrirait. Rien n’a été appliqué\u00a0: comparez à nouveau.',
  'sender-missing':
    'Aucun envoi de messages n’est possible d’ici\u00a0: qui tient l’annuaire doit le régler. Personne n’a été invité.',
};

function toVersion(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}
