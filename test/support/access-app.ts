import type { SignInSettings } from '#access/sign-in-settings.ts';
import { checkWithheldInStore } from '#store/withheld.ts';
import { NO_METRICS } from '#telemetry/metrics.ts';

import { createApp } from '../../src/app.ts';
import type { TestDirectory } from './test-directory.ts';

/** The application on a test's directory, where people sign in as these settings say and anybody may read. */
export function createAccessApp(directory: TestDirectory, signIn: SignInSettings) {
  const { store, log, engine } = directory;
  const withheld = checkWithheldInStore(store.db);
  return createApp({
    openDirectory: () => ({ store, log, engine, withheld, now: () => new Date() }),
    checkHealth: async () => [],
    reading: () => 'open',
    signIn: () => signIn,
    metrics: NO_METRICS,
  });
}
