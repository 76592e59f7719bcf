import { setTimeout as delay } from 'node:timers/promises';

import type { HttpBindings } from '@hono/node-server';

import type { SignInSettings } from '#access/sign-in-settings.ts';
import type { Directory } from '#directory/directory.ts';
import { openIndexComparison } from '#directory/index-comparison.ts';
import { describeIndex } from '#search/describe-index.ts';
import { followChangeLog } from '#search/follow-change-log.ts';
import { listSourceStates } from '#store/import-runs.ts';
import { takeSnapshots } from '#profiles/territories/read-board.ts';
import type { Database } from '#store/store.ts';
import { refreshIndexedDays } from '#store/mailbox-activity.ts';
import { forgetOldPreviews } from '#store/territory-imports.ts';
import { openWithheldSet } from '#store/withheld.ts';
import { dependencyFailed, indexerEvent, serverStarted } from '#telemetry/events.ts';
import { openPromMetrics } from '#telemetry/prom-metrics.ts';

import { createApp } from './app.ts';
import { checkHealth } from './check-health.ts';
import { runCommand } from './commands/program.ts';
import { serveControl } from './embedded/control-socket.ts';
import type { HttpServer } from './http-server.ts';
import { openCallerLimits } from './open-caller-limits.ts';
import { openSender } from './open-sender.ts';
import type { Services } from './services.ts';

export interface ServedDirectory extends AsyncDisposable {
  /** Resolves when searches can be answered. */
  untilReady(signal: AbortSignal): Promise<void>;
  /** Aborted, with its reason, when the indexer met a bug. */
  failed: AbortSignal;
}

const READY_POLL_MS = 100;

/** Puts the application on the server, keeps the index up to date, and takes the commands of this folder's command line. */
export async function serveDirectory(
  server: HttpServer,
  services: Services,
  signal: AbortSignal,
  signIn: SignInSettings | undefined,
): Promise<ServedDirectory> {
  await using stack = new AsyncDisposableStack();
  const { store, log, config } = services;
  const engine = services.engine!;
  const withheld = stack.use(await openWithheldSet(store));
  const directory: Directory = { store, log, engine, withheld: withheld.check, now: () => new Date() };
  const failed = new AbortController();
  const ending = new AbortController();
  stack.defer(() => ending.abort(new Error('the server stops')));
  if (config.runsIndexer) stack.use(startIndexer(services, AbortSignal.any([signal, ending.signal]), failed));
  if (config.runsIndexer) stack.use(startDayRefresh(services));
  if (services.heldDataDir !== undefined) {
    stack.use(
      await serveControl({
        dataDir: services.heldDataDir,
        run: (request, io) =>
          runCommand(request.argv, { ...io, cwd: request.cwd }, (_needs, run) => run(services)),
      }),
    );
  }
  const sender = openSender(config);
  const limits = openCallerLimits(config);
  const check = () => checkHealth(directory, config.runsIndexer);
  const indexComparison = stack.use(openIndexComparison(engine, log));
  const app = createApp({
    openDirectory: () => directory,
    reading: () => config.reading,
    signIn: () => signIn,
    checkHealth: check,
    indexComparison,
    readOuts: limits.readOuts.list,
    mapTiles: config.mapTiles,
    sender: () => sender,
    limits: (connection, header) =>
      limits.forRequest(
        (connection as HttpBindings).incoming.socket.remoteAddress,
        header('x-forwarded-for'),
      ),
    metrics: openPromMetrics({
      indexLag: async () => (await describeIndex(engine, log)).lag,
      sourceAges: () => readSourceAges(directory),
      readOuts: () => limits.readOuts.list(),
    }),
  });
  server.serve((request, connection) => app.fetch(request, connection));
  serverStarted({ url: server.url, store: store.description, engine: new URL(engine.url).host });
  const owned = stack.move();
  return {
    untilReady: async (until) => {
      while ((await check()).some((it) => !it.isUp)) await delay(READY_POLL_MS, undefined, { signal: until });
    },
    failed: failed.signal,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function startIndexer(
  { log, engine }: Services,
  signal: AbortSignal,
  failed: AbortController,
): AsyncDisposable {
  const following = followChangeLog({
    engine: engine!,
    log,
    signal,
    onEvent: indexerEvent,
  }).catch((error: unknown) => {
    if (!signal.aborted) failed.abort(error);
  });
  return { [Symbol.asyncDispose]: () => following };
}

/** Previews of spreadsheets that nobody confirmed are forgotten after so long. */
const PREVIEW_DAYS = 30;

async function keepUpWithDay(db: Database, now: Date): Promise<void> {
  await refreshIndexedDays(db, now);
  await takeSnapshots(db, now);
  await forgetOldPreviews(db, PREVIEW_DAYS);
}

const DAY_REFRESH_MS = 10 * 60_000;

/** What nobody reports on today may still have to change in the index (see `refreshIndexedDays`); boards keep a number a day. */
function startDayRefresh({ store }: Services): Disposable {
  const refresh = () =>
    void keepUpWithDay(store.db, new Date()).catch((error: unknown) =>
      dependencyFailed({ dependency: 'store', error }),
    );
  refresh();
  const timer = setInterval(refresh, DAY_REFRESH_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

async function readSourceAges({ store, now }: Directory) {
  const states = await listSourceStates(store.db);
  return states.map(({ source, changedAt }) => ({
    source,
    seconds: (now().getTime() - Date.parse(changedAt)) / 1000,
  }));
}
