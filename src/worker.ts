import { checkWithheldInStore } from '#store/withheld.ts';
import { openCorrespondentLog } from '#store/correspondent-log.ts';
import { openPostgresStore } from '#store/postgres-store.ts';
import { openSearchEngine } from '#search/engine.ts';
import { configureLogging } from '#telemetry/configure-logging.ts';
import { NO_METRICS } from '#telemetry/metrics.ts';
import type { Directory } from '#directory/directory.ts';
import { openHttpSender } from '#profiles/http-sender.ts';
import { NO_SENDER } from '#profiles/sender.ts';

import { createApp } from './app.ts';
import { checkHealth } from './check-health.ts';
import { readConfig, toSignInSettings } from './config.ts';
import { openCallerLimits } from './open-caller-limits.ts';

/** Bindings and variables; `wrangler.toml` documents them. */
interface WorkerEnv {
  HYPERDRIVE: { connectionString: string };
  MEILI_URL: string;
  MEILI_KEY?: string;
  MEILI_INDEX?: string;
  /** `open`: anybody may read; anything else: keys only. */
  ACCESS?: string;
  /** Web hook that takes messages to people. */
  SENDER_URL?: string;
  SENDER_KEY?: string;
}

const ENGINE_TIMEOUT_MS = 10_000;
/** A request makes few statements at once; Hyperdrive pools behind. */
const CONNECTIONS_PER_REQUEST = 4;

let isLogging: Promise<void> | undefined;
let limits: ReturnType<typeof openCallerLimits> | undefined;

const app = createApp({
  openDirectory: (env) => openDirectory(env as WorkerEnv),
  reading: (env) => ((env as WorkerEnv).ACCESS === 'open' ? 'open' : 'keys'),
  signIn: (env) => {
    const settings = toSignInSettings(readConfig(env as Readonly<Record<string, unknown>>));
    // The name that a request was sent to is not ours to believe here.
    return settings?.publicUrl === undefined ? undefined : settings;
  },
  // As many buckets as isolates: what one of them lets through is no more than a bound.
  limits: (env, header) => {
    limits ??= openCallerLimits({
      ...readConfig(env as Readonly<Record<string, unknown>>),
      trustedProxies: 0,
    });
    return limits.forRequest(header('cf-connecting-ip'), undefined);
  },
  checkHealth: (directory) => checkHealth(directory, false),
  metrics: NO_METRICS,
  sender: (env) => {
    const { SENDER_URL: url, SENDER_KEY: key } = env as WorkerEnv;
    return url ? openHttpSender({ url, key }) : NO_SENDER;
  },
});

/** Read-only: imports, the index and edits belong to the Node processes. */
// oxlint-disable-next-line import/no-default-export -- what Workers call
export default {
  async fetch(
    request: Request,
    env: WorkerEnv,
    context: { waitUntil(work: Promise<unknown>): void },
  ): Promise<Response> {
    await (isLogging ??= configureLogging('info'));
    return app.fetch(request, env, context as never);
  },
};

/** Connections do not outlive a request on Workers, which close them at its end. */
function openDirectory(env: WorkerEnv): Directory {
  const store = openPostgresStore({
    url: env.HYPERDRIVE.connectionString,
    poolMax: CONNECTIONS_PER_REQUEST,
    isLongLived: false,
  });
  return {
    store,
    log: openCorrespondentLog(store),
    engine: openSearchEngine({
      url: env.MEILI_URL,
      key: env.MEILI_KEY,
      indexName: env.MEILI_INDEX ?? 'correspondents',
      timeoutMs: ENGINE_TIMEOUT_MS,
    }),
    withheld: checkWithheldInStore(store.db),
    now: () => new Date(),
  };
}
