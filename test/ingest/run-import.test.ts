import { expect, it } from 'vitest';

import { listImportRuns } from '#store/import-runs.ts';
import type { Store } from '#store/store.ts';

import { importFiles } from '../support/import-files.ts';
import { activity, openOfficialFolder } from '../support/official-files.ts';
import { openTestStore } from '../support/test-store.ts';

it('an import that was written is not told as failed when the housekeeping after it fails', async () => {
  await using store = await openTestStore('PGlite');
  await using folder = await openOfficialFolder();
  const path = await folder.writeActivity([activity('99700000001')]);
  const report = await importFiles(withoutHousekeeping(store), [{ source: 'rpps', path }]);
  expect(report.correspondents.created).toBe(1);
  expect((await listImportRuns(store.db, 1))[0]?.state).toBe('succeeded');
});

function withoutHousekeeping(store: Store): Store {
  return {
    ...store,
    openSession: async (onLost) => ({
      ...(await store.openSession(onLost)),
      settle: () => Promise.reject(new Error('the disk is full')),
    }),
  };
}
