/** A request that is well-formed, so that only who asks decides; `path` where `x` will not do for each part of it. */
interface RouteSample {
  body?: string;
  type?: string;
  path?: string;
}

const ROLE = JSON.stringify({ who: '99000000001', role: 'administrator' });

/** One a route that is no GET, by method and pattern. */
export const SAMPLES: Record<string, RouteSample> = {
  'POST /v1/mailbox-activity': { body: '{}', type: 'application/x-ndjson' },
  'POST /v1/mailbox-channels': { body: '{}', type: 'application/x-ndjson' },
  'POST /v1/territories/:id/spreadsheet-checks': { body: 'RPPS\n99000000001', type: 'text/csv' },
  'POST /v1/withheld': { body: JSON.stringify({ who: '99000000001', reason: 'liste rouge' }) },
  'DELETE /v1/withheld/:who': { path: '/v1/withheld/99000000001' },
  'PATCH /v1/territories/:id/error-reports/:report': {
    path: '/v1/territories/velay/error-reports/1',
    body: '{"state":"closed"}',
  },
  'PATCH /v1/error-reports/:report': { path: '/v1/error-reports/1', body: '{"state":"closed"}' },
  'POST /v1/roles': { body: ROLE },
  'POST /v1/roles/revocations': { body: ROLE },
};

/** What anybody may do: it keeps nothing, ends what is one's own, or is a word to others that is bounded elsewhere. */
export const FOR_ANYBODY = new Set([
  'POST /v1/patient-address',
  'POST /deconnexion',
  'POST /v1/correspondents/:id/error-reports',
  'POST /correspondants/:id/erreur',
  'POST /structures/:id/erreur',
]);
