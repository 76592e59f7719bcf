import { sql } from 'drizzle-orm';

import type { Directory } from '#directory/directory.ts';
import type { DependencyHealth } from '#http/health-routes.ts';
import { describeIndex } from '#search/describe-index.ts';

const HEALTH_TIMEOUT_MS = 3000;

/** How the two servers that the service needs are. */
export async function checkHealth(
  { store, log, engine }: Directory,
  runsIndexer: boolean,
): Promise<DependencyHealth[]> {
  const [storeHealth, searchHealth] = await Promise.all([
    inTime(store.db.execute(sql`select 1`)).then(
      () => ({ name: 'store' as const, isUp: true, detail: 'It answers.', detailForPeople: '' }),
      () => ({
        name: 'store' as const,
        isUp: false,
        detail: 'The database does not answer.',
        detailForPeople: '',
      }),
    ),
    inTime(describeIndex(engine, log)).then(
      (index) => ({
        name: 'search' as const,
        isUp: index.state === 'ready' || index.state === 'lagging',
        ...describeState(index, runsIndexer),
      }),
      () => ({
        name: 'search' as const,
        isUp: false,
        detail: 'The search engine does not answer.',
        detailForPeople: '',
      }),
    ),
  ]);
  return [storeHealth, searchHealth];
}

function describeState(
  { state, documents, lag }: Awaited<ReturnType<typeof describeIndex>>,
  runsIndexer: boolean,
) {
  const count = documents.toLocaleString('fr-FR');
  switch (state) {
    case 'ready':
      return { detail: `${documents} documents, up to date.`, detailForPeople: `${count} documents, à jour` };
    case 'lagging':
      return {
        detail: `${documents} documents, ${lag} changes behind.`,
        detailForPeople: `${count} documents, ${lag} changements de retard`,
      };
    case 'building':
      return {
        detail: `The index is being built: ${documents} documents so far.`,
        detailForPeople: `en construction : ${count} documents pour l’instant`,
      };
    case 'absent':
      return runsIndexer
        ? { detail: 'There is no index yet.', detailForPeople: 'il n’y a pas encore d’index' }
        : {
            detail: 'There is no index, and no indexer here (INDEXER=off).',
            detailForPeople: 'il n’y a pas d’index, et aucun indexeur ici (INDEXER=off)',
          };
  }
}

/** A check that hangs is a check that fails. */
async function inTime<T>(check: Promise<T>): Promise<T> {
  const timeout = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
  return Promise.race([
    check,
    new Promise<never>((_resolve, reject) => {
      timeout.addEventListener('abort', () => reject(timeout.reason), { once: true });
    }),
  ]);
}
