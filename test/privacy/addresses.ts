import { assetPath } from '#web/asset.ts';

import type { createApp } from '../../src/app.ts';

/** What the addresses of a directory are made of. */
export interface AddressParts {
  /** A professional with a page, as the files name them. */
  rpps: string;
  familyName: string;
  mailbox: string;
  /** Ids of what the professional declares, and of what a structure does. */
  expert: string;
  team: string;
  service: string;
  finess: string;
  territory: string;
  runId: number;
  /** Of a coordinator's spreadsheets; and an invitation that was not opened. */
  importIds: readonly string[];
  invitation: string;
}

/** By pattern of a route, the addresses under which it is asked; a pattern without parameters is asked as it is, too. */
function toAddresses(it: AddressParts): Record<string, string[]> {
  const name = encodeURIComponent(it.familyName.toLowerCase());
  const page = `/v1/practitioners/${it.rpps}/profile`;
  const ids = [it.rpps, it.mailbox, it.service, it.expert, it.team, `professional-8${it.rpps}`];
  const ofEach = (before: string, after = '') => ids.map((id) => `${before}${id}${after}`);
  return {
    '/': [`/?q=${name}`, '/?where=le+puy', '/?kind=expert', `/?q=${it.rpps}`],
    '/v1/correspondents': [
      `/v1/correspondents?q=${name}`,
      `/v1/correspondents?q=${name.slice(0, 5)}`,
      `/v1/correspondents?rpps=${it.rpps}`,
      `/v1/correspondents?mailbox=${it.mailbox}`,
      `/v1/correspondents?finess=${it.finess}`,
      '/v1/correspondents?where=velay',
      '/v1/correspondents?where=le+puy&sort=distance',
      '/v1/correspondents?comesTo=le+puy',
      '/v1/correspondents?homeVisits=true&facets=profession,way,act',
      '/v1/correspondents?groupBy=kind',
      '/v1/correspondents?kind=expert',
      '/v1/correspondents?kind=team&where=le+puy',
    ],
    '/v1/correspondents/:id': ofEach('/v1/correspondents/'),
    '/v1/suggestions': [`/v1/suggestions?q=${name.slice(0, 4)}`, '/v1/suggestions?q=avis'],
    '/v1/changes': ['/v1/changes?limit=1000'],
    '/v1/experts': ['/v1/experts?mine=true'],
    '/v1/experts/:id': [`/v1/experts/${it.expert}`],
    '/v1/experts/:id/form': [`/v1/experts/${it.expert}/form`],
    '/v1/experts/:id/history': [`/v1/experts/${it.expert}/history`],
    '/v1/experts/:id/billing': [`/v1/experts/${it.expert}/billing`],
    '/v1/teams': ['/v1/teams?mine=true'],
    '/v1/teams/:id': [`/v1/teams/${it.team}`],
    '/v1/teams/:id/form': [`/v1/teams/${it.team}/form`],
    '/v1/teams/:id/history': [`/v1/teams/${it.team}/history`],
    '/v1/practitioners/:rpps/profile': [page],
    '/v1/practitioners/:rpps/profile/history': [`${page}/history`],
    '/v1/practitioners/:rpps/profile/draft': [`${page}/draft`],
    '/v1/territories/:id/board': [`/v1/territories/${it.territory}/board`],
    '/v1/territories/:id/professionals.csv': [`/v1/territories/${it.territory}/professionals.csv`],
    '/v1/territories/:id/error-reports': [
      `/v1/territories/${it.territory}/error-reports`,
      `/v1/territories/${it.territory}/error-reports?state=closed`,
    ],
    '/v1/territories/:id/board.csv': [`/v1/territories/${it.territory}/board.csv`],
    '/v1/territories/:id/professionals': [`/v1/territories/${it.territory}/professionals`],
    '/v1/territories/:id/imports': [`/v1/territories/${it.territory}/imports`],
    '/v1/territories/:id/imports/:importId': it.importIds.map(
      (id) => `/v1/territories/${it.territory}/imports/${id}`,
    ),
    '/v1/territories/:id/invitations': [`/v1/territories/${it.territory}/invitations`],
    '/territoires/:id/invitations': [`/territoires/${it.territory}/invitations`],
    '/territoires/:id': [`/territoires/${it.territory}`],
    '/territoires/:id/professionnels': [`/territoires/${it.territory}/professionnels`],
    '/territoires/:id/imports': [`/territoires/${it.territory}/imports`],
    '/territoires/:id/imports/:importId': it.importIds.map(
      (id) => `/territoires/${it.territory}/imports/${id}`,
    ),
    '/territoires/:id/erreurs': [`/territoires/${it.territory}/erreurs`],
    '/invitation/:token': [`/invitation/${it.invitation}`],
    '/espace/praticiens': [`/espace/praticiens?rpps=${it.rpps}`],
    '/espace/praticiens/:rpps': [`/espace/praticiens/${it.rpps}`],
    '/espace/praticiens/:rpps/absence': [`/espace/praticiens/${it.rpps}/absence`],
    '/espace/praticiens/:rpps/historique': [`/espace/praticiens/${it.rpps}/historique`],
    '/espace/commune': ['/espace/commune?latitude=45.04&longitude=3.88'],
    '/correspondants/:id': ofEach('/correspondants/'),
    '/correspondants/:id/vcard': ofEach('/correspondants/', '/vcard'),
    '/correspondants/:id/qr': ofEach('/correspondants/', '/qr'),
    '/correspondants/:id/erreur': ofEach('/correspondants/', '/erreur'),
    '/structures/:id': [`/structures/${it.finess}`],
    '/structures/:id/erreur': [`/structures/${it.finess}/erreur`],
    '/exploitation/imports/:id': [`/exploitation/imports/${it.runId}`],
    '/espace/expertises/:id': [`/espace/expertises/${it.expert}`, '/espace/expertises/nouvelle'],
    '/espace/expertises/:id/historique': [`/espace/expertises/${it.expert}/historique`],
    '/espace/expertises/:id/facturation': [`/espace/expertises/${it.expert}/facturation`],
    '/espace/equipes/:id': [`/espace/equipes/${it.team}`, '/espace/equipes/nouvelle'],
    '/espace/equipes/:id/historique': [`/espace/equipes/${it.team}/historique`],
    '/carte/:z/:x/:y': ['/carte/9/263/183'],
    '/assets/:file': [assetPath('page.css')],
  };
}

/** What is asked for: as programs ask, and browsers. */
export function acceptsOf(pattern: string): string[] {
  if (pattern === '/v1/changes') return ['application/json', 'application/x-ndjson'];
  return [pattern.startsWith('/v1/') ? 'application/json' : 'text/html'];
}

/** What sends elsewhere only, or answers nothing to a GET without more than an address. */
export const ANSWERS_NOTHING = ['/connexion/retour', '/espace/praticiens'];

/**
 * Every address to ask with GET, by pattern, from the routes of the application itself.
 * @throws for a route that has parameters and no address here
 */
export function listAddresses(app: ReturnType<typeof createApp>, parts: AddressParts): Map<string, string[]> {
  const known = toAddresses(parts);
  const patterns = new Set(app.routes.filter((it) => it.method === 'GET').map((it) => it.path));
  const missing = [...patterns].filter((it) => it.includes(':') && known[it] === undefined);
  if (missing.length > 0)
    throw new Error(`no address in test/privacy/addresses.ts for ${missing.join(', ')}`);
  const gone = Object.keys(known).filter((it) => !patterns.has(it));
  if (gone.length > 0) throw new Error(`addresses of routes that are none: ${gone.join(', ')}`);
  const toAll = (it: string) => [...(it.includes(':') ? [] : [it]), ...(known[it] ?? [])];
  return new Map([...patterns].map((it) => [it, toAll(it)]));
}
