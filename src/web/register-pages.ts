import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { cors } from 'hono/cors';
import { renderSVG } from 'uqr';

import {
  findCorrespondents,
  findCorrespondentsByKind,
  type FoundCorrespondents,
} from '#directory/find-correspondents.ts';
import { getCorrespondent } from '#directory/get-correspondent.ts';
import { parseCorrespondentId } from '#domain/correspondent-id.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import { AppError, isAppError } from '#domain/errors.ts';
import type { Facet } from '#domain/question.ts';
import type { AppEnv } from '#http/app-env.ts';
import { authorizeRequest } from '#http/authenticate.ts';
import { mayEditProfile } from '#http/profile-editor.ts';
import { linkOriginOf } from '#http/public-origin.ts';
import { toQuestion } from '#http/find-correspondents-route.ts';
import { signalOf } from '#http/request-signal.ts';

import { getDeclaration } from '#profiles/declarations/read-declaration.ts';

import { findAsset, readAsset } from './asset.ts';
import { renderCorrespondentPage, type DeclaredView } from './correspondent-page.ts';
import { declarePath } from './declared/declare-frame.ts';
import { renderEmbedPage } from './embed-page.ts';
import { renderFault } from './fault-page.ts';
import { findStructure } from './find-structure.ts';
import { renderTile, type MapTiles } from './map-tiles.ts';
import { PAGE_SIZE, parsePageQuery, type PageQuery } from './page-query.ts';
import { registerReportPages } from './report-routes.ts';
import { renderSearchPage, type SearchAnswer } from './search-page.ts';
import { renderStructurePage } from './structure-page.ts';
import { toVcard } from './vcard.ts';
import { visitorOf } from './visitor.ts';

/** Of the form of the demonstration of the picker. */
const SENT_SHOWN_MAX = 20;
const FOR_GOOD = 'public, max-age=31536000, immutable';

/** The pages that anybody may see, and what they are made of. */
export function registerPages(app: OpenAPIHono<AppEnv>, tiles: MapTiles): void {
  app.get('/', async (c) => {
    const directory = c.get('directory');
    const shown = { url: c.req.url, now: directory.now(), tiles, visitor: visitorOf(c) };
    const query = parsePageQuery(c.req.url);
    if (Object.keys(query).every((name) => name === 'page')) {
      return c.html(renderSearchPage({ ...shown, query, answer: undefined, fault: undefined }));
    }
    authorizeRequest(c, 'search');
    try {
      const answer = await search(directory, query, signalOf(c));
      return c.html(renderSearchPage({ ...shown, query, answer, fault: undefined }));
    } catch (error) {
      const isAskers = isAppError(error) && ['place-unknown', 'patient-address-refused'].includes(error.code);
      if (!isAskers) throw error;
      return c.html(
        renderSearchPage({ ...shown, query, answer: undefined, fault: renderFault(error, c.req.url) }),
      );
    }
  });

  app.get('/correspondants/:id', async (c) => {
    authorizeRequest(c, 'search');
    const directory = c.get('directory');
    const it = await getCorrespondent(directory, c.req.param('id'));
    const [declared, fillPath] = await Promise.all([findDeclaredView(c, it.id), findFillPath(c, it)]);
    const shown = { origin: linkOriginOf(c), now: directory.now(), visitor: visitorOf(c) };
    return c.html(renderCorrespondentPage(it, { ...shown, declared, fillPath }));
  });

  app.get('/correspondants/:id/vcard', async (c) => {
    authorizeRequest(c, 'search');
    const it = await getCorrespondent(c.get('directory'), c.req.param('id'));
    return c.body(toVcard(it, linkOriginOf(c)), 200, {
      'content-type': 'text/vcard; charset=utf-8',
      'content-disposition': `attachment; filename="${it.id.slice(0, 80)}.vcf"`,
    });
  });

  app.get('/correspondants/:id/qr', async (c) => {
    authorizeRequest(c, 'search');
    const it = await getCorrespondent(c.get('directory'), c.req.param('id'));
    const address = `${linkOriginOf(c)}/correspondants/${encodeURIComponent(it.id)}`;
    return c.body(renderSVG(address, { border: 1 }), 200, { 'content-type': 'image/svg+xml' });
  });

  app.get('/structures/:id', async (c) => {
    authorizeRequest(c, 'search');
    const directory = c.get('directory');
    const { finess, found } = await findStructure(directory, c.req.param('id'), signalOf(c));
    return c.html(renderStructurePage(finess, found, directory.now(), visitorOf(c)));
  });

  registerReportPages(app);

  app.get('/carte/:z/:x/:y', (c) => {
    const [z, x, y] = [c.req.param('z'), c.req.param('x'), c.req.param('y')].map((it) =>
      /^\d{1,6}$/.test(it) ? Number(it) : Number.NaN,
    ) as [number, number, number];
    if (!(z <= 17 && x < 2 ** z && y < 2 ** z)) {
      throw new AppError('route-not-found', 'The map has no such tile.', { nearest: '/carte/{z}/{x}/{y}' });
    }
    return c.body(renderTile(z, x, y), 200, {
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=86400',
    });
  });

  app.get('/assets/:file', (c) => {
    const asset = findAsset(c.req.param('file'));
    if (asset === undefined) throw new AppError('route-not-found', 'No such file.', { nearest: undefined });
    return c.body(asset.text, 200, { 'content-type': asset.contentType, 'cache-control': FOR_GOOD });
  });

  app.get('/embed', (c) =>
    c.html(
      renderEmbedPage(linkOriginOf(c), (c.req.queries('to') ?? []).slice(0, SENT_SHOWN_MAX), visitorOf(c)),
    ),
  );
  for (const name of ['picker.js', 'picker.d.ts'] as const) {
    app.get(`/embed/${name}`, cors({ origin: '*', allowMethods: ['GET'] }), (c) => {
      const { text, contentType } = readAsset(name);
      return c.body(text, 200, { 'content-type': contentType, 'cache-control': 'public, max-age=3600' });
    });
  }
}

/** Where whoever looks at it may fill in the page of a professional; undefined when they may not. */
async function findFillPath(c: Context<AppEnv>, { kind, rpps }: Correspondent): Promise<string | undefined> {
  const actor = c.get('actor');
  if (kind !== 'professional' || rpps === null || actor.kind !== 'person') return undefined;
  if (actor.rpps === rpps) return '/espace';
  return (await mayEditProfile(c, rpps)) ? `/espace/praticiens/${rpps}` : undefined;
}

/** Undefined for a professional or a service. */
async function findDeclaredView(c: Context<AppEnv>, id: string): Promise<DeclaredView | undefined> {
  const parsed = parseCorrespondentId(id);
  if (parsed?.kind !== 'expert' && parsed?.kind !== 'team') return undefined;
  const { kind, key } = parsed;
  const { db } = c.get('directory').store;
  const { declaration, mayEdit } = await getDeclaration(db, kind, key, c.get('actor'));
  return { form: declaration.content.form, editPath: mayEdit ? declarePath(kind, id) : undefined };
}

const FACETS_SHOWN: Facet[] = ['profession', 'savoirFaire', 'departement', 'way', 'act'];

/** While the engine is away, the plain search of the store: without counts and without an order by distance. */
async function search(
  directory: AppEnv['Variables']['directory'],
  query: PageQuery,
  signal: AbortSignal,
): Promise<SearchAnswer> {
  try {
    return await searchWith(directory, query, FACETS_SHOWN, signal);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'search-unavailable') throw error;
    return searchWith(directory, { ...query, sort: undefined, explain: undefined }, undefined, signal);
  }
}

async function searchWith(
  directory: AppEnv['Variables']['directory'],
  query: PageQuery,
  facets: Facet[] | undefined,
  signal: AbortSignal,
): Promise<SearchAnswer> {
  const question = {
    ...toQuestion(query, directory.now()),
    facets,
    limit: PAGE_SIZE,
    offset: ((query.page ?? 1) - 1) * PAGE_SIZE,
  };
  const [found, groups] = await Promise.all([
    findCorrespondents(directory, question, signal),
    findCorrespondentsByKind(
      directory,
      { ...question, kinds: undefined, facets: undefined, limit: 1, offset: 0 },
      signal,
    ),
  ]);
  return {
    found,
    totals: groups.map(
      ({ kind, total }: { kind: SearchAnswer['totals'][number]['kind'] } & FoundCorrespondents) => ({
        kind,
        total,
      }),
    ),
  };
}
