import { isAppError } from '#domain/errors.ts';
import { configureLogging } from '#telemetry/configure-logging.ts';
import { serverStopped } from '#telemetry/events.ts';

import type { CommandIo } from './commands/command-io.ts';
import { readConfig, toSignInSettings } from './config.ts';
import { openHttpServer } from './http-server.ts';
import { loadDemo } from './load-demo.ts';
import { openDemoSignIn } from './open-demo-sign-in.ts';
import { serveDirectory } from './serve-directory.ts';
import { openServices } from './services.ts';
import { onStopSignal } from './stop-signals.ts';

const stopping = new AbortController();
onStopSignal((name) => stopping.abort(new Error(name)));

const io: CommandIo = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY ?? false,
  signal: stopping.signal,
  cwd: process.cwd(),
};

/** One clear sentence for what is expected to go wrong; a stack for a bug. */
try {
  await run();
} catch (error) {
  if (!stopping.signal.aborted) {
    if (!isAppError(error)) throw error;
    io.err(`${error.message}\n`);
    process.exitCode = 1;
  }
}

async function run(): Promise<void> {
  const config = readConfig(process.env);
  await configureLogging(config.logLevel);
  await using server = await openHttpServer(config.host, config.port);
  io.out('Starting.\n');
  await using services = await openServices(config, { engine: true }, stopping.signal);
  if (config.createsDemo) await loadDemo(services, io);
  await using demo = await openDemoSignIn(services, server.url);
  const signIn = demo?.settings ?? toSignInSettings(config);
  await using directory = await serveDirectory(server, services, stopping.signal, signIn);
  await directory.untilReady(stopping.signal);
  io.out(
    `Ready. The API and its documentation: ${server.url}/docs\n` +
      `A search to try: curl '${server.url}/v1/correspondents?q=martin&where=43'\n` +
      (demo ? `Sign in as somebody of the demonstration: ${server.url}/connexion\n` : ''),
  );
  const reason = await untilAborted(AbortSignal.any([stopping.signal, services.failed, directory.failed]));
  serverStopped({ reason: reason instanceof Error ? reason.message : String(reason) });
  if (!stopping.signal.aborted) throw reason;
}

function untilAborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    signal.addEventListener('abort', () => resolve(signal.reason), { once: true });
  });
}
