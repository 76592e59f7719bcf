import { SOURCE_IDS, type SourceId } from '#domain/source.ts';
import { listImportRuns, listSourceStates, type SourceState } from '#store/import-runs.ts';

import type { Directory } from './directory.ts';

export interface SourceFreshness {
  source: SourceId;
  /** Null for a source that was never imported. */
  state: SourceState | null;
}

/** What each official file last gave, so that a source that has died is seen, and the last run. */
export async function listSources(directory: Directory) {
  const [states, runs] = await Promise.all([
    listSourceStates(directory.store.db),
    listImportRuns(directory.store.db, 1),
  ]);
  const bySource = new Map(states.map((state) => [state.source, state]));
  const sources = SOURCE_IDS.map((source): SourceFreshness => ({
    source,
    state: bySource.get(source) ?? null,
  }));
  return { sources, lastRun: runs[0] ?? null };
}
