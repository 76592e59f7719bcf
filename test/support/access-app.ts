import type { SignInSettings } from '#access/sign-in-settings.ts';
import type { ReadingAccess } from '#domain/operations.ts';
import { checkWithheldInStore } from '#store/withheld.ts';
import { NO_METRICS } from '#telemetry/metrics.ts';

import { createApp } from '../../src/app.ts';
import type { openCallerLimits } from '../../src/open-caller-limits.ts';
import type { TestDirectory } from './test-directory.ts';

interface AccessOptions {
  /** Callers come from where `x-forwarded-for` says; by default nobody is counted. */
  limits?: ReturnType<typeof openCallerLimits>;
  /** By default anybody may read. */
  reading?: ReadingAccess;
}

/** The application on a test's directory, where people sign in as these settings say. */
export function createAccessApp(
  directory: TestDirectory,
  signIn: SignInSettings,
  { limits, reading = 'open' }: AccessOptions = {},
) {
  const { store, log, engine } = directory;
  const withheld = checkWithheldInStore(store.db);
  return createApp({
    openDirectory: () => ({ store, log, engine, withheld, now: () => new Date() }),
    checkHealth: async () => [],
    reading: () => reading,
    signIn: () => signIn,
    metrics: NO_METRICS,
    limits: limits && ((_env, header) => limits.forRequest('127.0.0.1', header('x-forwarded-for'))),
    readOuts: limits?.readOuts.list,
  });
}
