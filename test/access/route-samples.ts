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
