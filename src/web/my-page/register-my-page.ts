import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';

import { findCommune } from '#domain/geography.ts';
import { listCommunesWithin } from '#domain/geography/communes-within.ts';
import { parseRpps } from '#domain/identifiers.ts';
import { toRequestInvalid } from '#domain/request-invalid.ts';
import type { AppEnv } from '#http/app-env.ts';
import { authorizeRequest } from '#http/authenticate.ts';
import type { BodyRoute } from '#http/limit-body.ts';
import { queryObject } from '#http/request-faults.ts';

import type { MapTiles } from '../map-tiles.ts';
import { signInLink } from '../visitor.ts';
import { ABSENCE_BODIES, registerAbsencePages } from './absence-routes.ts';
import { toCommuneLabel } from './communes-field.ts';
import { FILL_BODIES, registerFillPages } from './fill-routes.ts';
import { HISTORY_BODIES, registerHistoryPages } from './history-routes.ts';
import { OWNER_FORM_BODIES, registerOwnerPages } from './owner-routes.ts';

/** For `limitBody`. */
export const MY_PAGE_BODIES: BodyRoute[] = [
  ...FILL_BODIES,
  ...ABSENCE_BODIES,
  ...HISTORY_BODIES,
  ...OWNER_FORM_BODIES,
];

const NEAR_METERS = 25_000;
const degrees = (most: number) => z.coerce.number().min(-most).max(most);
const PositionSchema = queryObject({ latitude: degrees(90), longitude: degrees(180) });

/** `/espace`: filling in one's page, or that of somebody whose delegate or coordinator one is. */
export function registerMyPage(app: OpenAPIHono<AppEnv>, tiles: MapTiles): void {
  app.use('/espace/*', async (c, next) => {
    if (c.req.method === 'GET' && c.get('actor').kind === 'anonymous' && c.get('signIn'))
      return c.redirect(signInLink(c.req.path), 303);
    await next();
    c.res.headers.set('cache-control', 'private, no-store');
    return undefined;
  });
  app.get('/espace/commune', (c) => findNearest(c));
  app.get('/espace/praticiens', (c) => {
    authorizeRequest(c, 'read-self');
    const rpps = parseRpps(c.req.query('rpps') ?? '');
    return c.redirect(rpps === undefined ? '/mon-espace?rpps=inconnu' : `/espace/praticiens/${rpps}`, 303);
  });
  registerFillPages(app, tiles);
  registerAbsencePages(app);
  registerHistoryPages(app);
  registerOwnerPages(app);
}

/** The commune of a click on the map: the one whose centre is nearest. */
function findNearest(c: Context<AppEnv>) {
  authorizeRequest(c, 'read-self');
  const parsed = PositionSchema.safeParse(c.req.query());
  if (!parsed.success) throw toRequestInvalid('query', parsed.error);
  const [code] = listCommunesWithin(parsed.data, NEAR_METERS);
  const commune = code === undefined ? undefined : findCommune(code);
  return c.json({ label: commune ? (toCommuneLabel(commune.code) ?? null) : null });
}
