/** A request that is well-formed, so that only who asks decides; `path` where `x` will not do for each part of it. */
interface RouteSample {
  body?: string;
  type?: string;
  path?: string;
}

const PAGE = '/v1/practitioners/99000000001/profile';
const DRAFT = JSON.stringify({ baseVersion: 0, profile: {} });
const ROLE = JSON.stringify({ who: '99000000001', role: 'administrator' });

const EXPERTISE = {
  title: 'Avis',
  domain: 'dermatologie',
  answers: ['Tout'],
  area: [{ kind: 'country', code: 'FR' }],
};
const TEAM = { name: 'Équipe', type: 'dac', missions: ['Tout'], area: [{ kind: 'country', code: 'FR' }] };

const FORM = 'application/x-www-form-urlencoded';
/** The forms of a page, its owner's and those of whoever fills it in for them. */
const PAGE_FORMS = [
  '',
  '/brouillon',
  '/brouillon/abandon',
  '/reprise',
  '/absence',
  '/absence/fin',
  '/absence/reprise',
  '/historique/:version/annulation',
].flatMap((path) =>
  [
    ['/espace', '/espace'],
    ['/espace/praticiens/:rpps', '/espace/praticiens/99000000001'],
  ].map(([pattern, address]): [string, RouteSample] => [
    `POST ${pattern}${path}`,
    { path: `${address}${path.replace(':version', '1')}`, body: 'rpps=99000000001&version=0', type: FORM },
  ]),
);

/** One a route that is no GET, by method and pattern. */
export const SAMPLES: Record<string, RouteSample> = {
  ...Object.fromEntries(PAGE_FORMS),
  'POST /v1/mailbox-activity': { body: '{}', type: 'application/x-ndjson' },
  'POST /v1/mailbox-channels': { body: '{}', type: 'application/x-ndjson' },
  'POST /v1/territories/:id/imports': { body: 'RPPS\n99000000001', type: 'text/csv' },
  'POST /v1/territories/:id/invitations': {
    path: '/v1/territories/velay/invitations',
    body: '{"people":[{"rpps":"99000000001"}]}',
  },
  'POST /territoires/:id/imports/:importId': { path: '/territoires/velay/imports/x' },
  'PATCH /v1/territories/:id/imports/:importId': {
    path: '/v1/territories/velay/imports/x',
    body: '{"lines":[]}',
  },
  'DELETE /v1/territories/:id/imports/:importId': { path: '/v1/territories/velay/imports/x' },
  'POST /territoires/:id/imports/:importId/abandon': {
    path: '/territoires/velay/imports/x/abandon',
  },
  'POST /v1/territories/:id/imports/:importId/confirm': {
    path: '/v1/territories/velay/imports/x/confirm',
    body: '{"version":1}',
  },
  'POST /v1/territories/:id/imports/:importId/undo': {
    path: '/v1/territories/velay/imports/x/undo',
    body: '{}',
  },
  'POST /v1/withheld': { body: JSON.stringify({ who: '99000000001', reason: 'liste rouge' }) },
  'DELETE /v1/withheld/:who': { path: '/v1/withheld/99000000001' },
  'PATCH /v1/territories/:id/error-reports/:report': {
    path: '/v1/territories/velay/error-reports/1',
    body: '{"state":"closed"}',
  },
  'PATCH /v1/error-reports/:report': { path: '/v1/error-reports/1', body: '{"state":"closed"}' },
  'PUT /v1/me/profile': { body: '{}' },
  'PATCH /v1/me/profile': { body: '{}' },
  'POST /v1/me/profile/history/:version/undo': { path: '/v1/me/profile/history/1/undo' },
  'PUT /v1/me/profile/draft': { body: DRAFT },
  'PUT /v1/practitioners/:rpps/profile': { path: PAGE, body: '{}' },
  'PATCH /v1/practitioners/:rpps/profile': { path: PAGE, body: '{}' },
  'POST /v1/practitioners/:rpps/profile/history/:version/undo': { path: `${PAGE}/history/1/undo` },
  'PUT /v1/practitioners/:rpps/profile/draft': { path: `${PAGE}/draft`, body: DRAFT },
  'DELETE /v1/practitioners/:rpps/profile/draft': { path: `${PAGE}/draft` },
  'POST /v1/me/delegates': { body: JSON.stringify({ delegate: '99000000007', name: 'Odile' }) },
  'PUT /v1/me/contacts/:kind': { path: '/v1/me/contacts/email', body: '{"address":"a@exemple.fr"}' },
  'DELETE /v1/me/contacts/:kind': { path: '/v1/me/contacts/email' },
  'POST /v1/me/contacts/:kind/verification': {
    path: '/v1/me/contacts/email/verification',
    body: '{"code":"000000"}',
  },
  'POST /v1/experts': {
    body: JSON.stringify({ declaredBy: { rpps: '99000000001' }, expertise: EXPERTISE }),
  },
  'PUT /v1/experts/:id': { path: '/v1/experts/expert-x', body: JSON.stringify(EXPERTISE) },
  'PATCH /v1/experts/:id': { path: '/v1/experts/expert-x', body: '{"title":"Avis"}' },
  'DELETE /v1/experts/:id': { path: '/v1/experts/expert-x' },
  'POST /v1/experts/:id/undo': { path: '/v1/experts/expert-x/undo', body: '{"version":2}' },
  'PUT /v1/experts/:id/billing': { path: '/v1/experts/expert-x/billing', body: '{"numbers":[]}' },
  'POST /v1/teams': {
    body: JSON.stringify({ declaredBy: { organizationId: '1430000018' }, team: TEAM }),
  },
  'PUT /v1/teams/:id': { path: '/v1/teams/team-x', body: JSON.stringify(TEAM) },
  'PATCH /v1/teams/:id': { path: '/v1/teams/team-x', body: '{"name":"Équipe"}' },
  'DELETE /v1/teams/:id': { path: '/v1/teams/team-x' },
  'POST /v1/teams/:id/undo': { path: '/v1/teams/team-x/undo', body: '{"version":2}' },
  'POST /espace/expertises/:id': {
    path: '/espace/expertises/nouvelle',
    body: 'do=publish',
    type: 'application/x-www-form-urlencoded',
  },
  'POST /espace/expertises/:id/historique': {
    path: '/espace/expertises/expert-x/historique',
    body: 'version=1',
    type: 'application/x-www-form-urlencoded',
  },
  'POST /espace/expertises/:id/facturation': {
    path: '/espace/expertises/expert-x/facturation',
    body: 'version=1',
    type: 'application/x-www-form-urlencoded',
  },
  'POST /espace/equipes/:id': {
    path: '/espace/equipes/nouvelle',
    body: 'do=publish',
    type: 'application/x-www-form-urlencoded',
  },
  'POST /espace/equipes/:id/historique': {
    path: '/espace/equipes/team-x/historique',
    body: 'version=1',
    type: 'application/x-www-form-urlencoded',
  },
  'POST /v1/roles': { body: ROLE },
  'POST /v1/roles/revocations': { body: ROLE },
};

/** What anybody may do: it keeps nothing, ends what is one's own, or is a word to others that is bounded elsewhere. */
export const FOR_ANYBODY = new Set([
  'POST /v1/patient-address',
  'POST /deconnexion',
  'POST /invitation/:token',
  'POST /v1/correspondents/:id/error-reports',
  'POST /correspondants/:id/erreur',
  'POST /structures/:id/erreur',
]);

/**
 * Whom a route that is a GET is for. `anybody`: the same for all, also where reading is not open. `reading`: whoever may search.
 * `export`: the same, and keys with the scope for it, but no other. `self`: whoever signed in, about themselves; `own-page`: the same as
 * a page, which no key opens. `privileged`: whoever has a role in what it is about. In a path, `EXPERT` and `TEAM` stand for one that
 * is declared.
 */
type Audience = 'anybody' | 'reading' | 'export' | 'self' | 'own-page' | 'privileged';

/** Every one, by pattern. */
export const READS: Record<string, { audience: Audience; path?: string }> = {
  '/': { audience: 'reading', path: '/?q=martin' },
  '/assets/:file': { audience: 'anybody' },
  '/carte/:z/:x/:y': { audience: 'anybody', path: '/carte/8/131/91' },
  '/connexion': { audience: 'anybody' },
  '/connexion/retour': { audience: 'anybody' },
  '/correspondants/:id': { audience: 'reading' },
  '/correspondants/:id/erreur': { audience: 'reading' },
  '/correspondants/:id/qr': { audience: 'reading' },
  '/correspondants/:id/vcard': { audience: 'reading' },
  '/docs': { audience: 'anybody' },
  '/docs.css': { audience: 'anybody' },
  '/embed': { audience: 'anybody' },
  '/embed/picker.d.ts': { audience: 'anybody' },
  '/embed/picker.js': { audience: 'anybody' },
  '/espace': { audience: 'self' },
  '/espace/absence': { audience: 'self' },
  '/espace/commune': { audience: 'self', path: '/espace/commune?latitude=45&longitude=3.9' },
  '/espace/consultations': { audience: 'self' },
  '/espace/contacts': { audience: 'self' },
  '/espace/delegues': { audience: 'self' },
  '/espace/equipes': { audience: 'self' },
  '/espace/equipes/:id': { audience: 'privileged', path: '/espace/equipes/TEAM' },
  '/espace/equipes/:id/historique': { audience: 'privileged', path: '/espace/equipes/TEAM/historique' },
  '/espace/expertises': { audience: 'self' },
  '/espace/expertises/:id': { audience: 'privileged', path: '/espace/expertises/EXPERT' },
  '/espace/expertises/:id/facturation': {
    audience: 'privileged',
    path: '/espace/expertises/EXPERT/facturation',
  },
  '/espace/expertises/:id/historique': {
    audience: 'privileged',
    path: '/espace/expertises/EXPERT/historique',
  },
  '/espace/historique': { audience: 'self' },
  '/espace/praticiens': { audience: 'self' },
  '/espace/praticiens/:rpps': { audience: 'privileged', path: '/espace/praticiens/99000000001' },
  '/espace/praticiens/:rpps/absence': {
    audience: 'privileged',
    path: '/espace/praticiens/99000000001/absence',
  },
  '/espace/praticiens/:rpps/historique': {
    audience: 'privileged',
    path: '/espace/praticiens/99000000001/historique',
  },
  '/exploitation': { audience: 'privileged' },
  '/exploitation/cles': { audience: 'privileged' },
  '/exploitation/erreurs': { audience: 'privileged' },
  '/exploitation/imports/:id': { audience: 'privileged', path: '/exploitation/imports/1' },
  '/exploitation/journal': { audience: 'privileged' },
  '/exploitation/oppositions': { audience: 'privileged' },
  '/health/live': { audience: 'anybody' },
  '/health/ready': { audience: 'anybody' },
  '/invitation/:token': { audience: 'anybody' },
  '/mon-espace': { audience: 'own-page' },
  '/openapi.json': { audience: 'anybody' },
  '/structures/:id': { audience: 'reading', path: '/structures/430000018' },
  '/structures/:id/erreur': { audience: 'reading', path: '/structures/430000018/erreur' },
  '/territoires': { audience: 'reading' },
  '/territoires/:id': { audience: 'reading' },
  '/territoires/:id/erreurs': { audience: 'privileged' },
  '/territoires/:id/imports': { audience: 'privileged' },
  '/territoires/:id/imports/:importId': { audience: 'privileged' },
  '/territoires/:id/invitations': { audience: 'privileged' },
  '/territoires/:id/professionnels': { audience: 'privileged' },
  '/v1/audit': { audience: 'privileged' },
  '/v1/changes': { audience: 'export' },
  '/v1/correspondents': { audience: 'reading' },
  '/v1/correspondents/:id': { audience: 'reading', path: '/v1/correspondents/99000000001' },
  '/v1/error-reports': { audience: 'privileged' },
  '/v1/experts': { audience: 'reading' },
  '/v1/experts/:id': { audience: 'reading', path: '/v1/experts/EXPERT' },
  '/v1/experts/:id/billing': { audience: 'privileged', path: '/v1/experts/EXPERT/billing' },
  '/v1/experts/:id/form': { audience: 'reading', path: '/v1/experts/EXPERT/form' },
  '/v1/experts/:id/history': { audience: 'privileged', path: '/v1/experts/EXPERT/history' },
  '/v1/form-models': { audience: 'anybody' },
  '/v1/me': { audience: 'self' },
  '/v1/me/audit': { audience: 'self' },
  '/v1/me/contacts': { audience: 'self' },
  '/v1/me/delegates': { audience: 'self' },
  '/v1/me/profile': { audience: 'self' },
  '/v1/me/profile/draft': { audience: 'self' },
  '/v1/me/profile/history': { audience: 'self' },
  '/v1/practitioners/:rpps/profile': { audience: 'reading', path: PAGE },
  '/v1/practitioners/:rpps/profile/draft': { audience: 'privileged', path: `${PAGE}/draft` },
  '/v1/practitioners/:rpps/profile/history': { audience: 'privileged', path: `${PAGE}/history` },
  '/v1/profile-model': { audience: 'reading' },
  '/v1/roles': { audience: 'privileged' },
  '/v1/sources': { audience: 'anybody' },
  '/v1/suggestions': { audience: 'reading', path: '/v1/suggestions?q=mar' },
  '/v1/teams': { audience: 'reading' },
  '/v1/teams/:id': { audience: 'reading', path: '/v1/teams/TEAM' },
  '/v1/teams/:id/form': { audience: 'reading', path: '/v1/teams/TEAM/form' },
  '/v1/teams/:id/history': { audience: 'privileged', path: '/v1/teams/TEAM/history' },
  '/v1/territories': { audience: 'anybody' },
  '/v1/territories/:id/board': { audience: 'privileged' },
  '/v1/territories/:id/board.csv': { audience: 'privileged' },
  '/v1/territories/:id/error-reports': { audience: 'privileged' },
  '/v1/territories/:id/imports': { audience: 'privileged' },
  '/v1/territories/:id/imports/:importId': { audience: 'privileged' },
  '/v1/territories/:id/invitations': { audience: 'privileged' },
  '/v1/territories/:id/professionals': { audience: 'privileged' },
  '/v1/territories/:id/professionals.csv': { audience: 'privileged' },
  '/v1/withheld': { audience: 'privileged' },
};
