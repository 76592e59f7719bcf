import { isAppError } from '#domain/errors.ts';
import { configureLogging } from '#telemetry/configure-logging.ts';

import type { CommandIo } from './commands/command-io.ts';
import { runCommand } from './commands/program.ts';
import { readConfig } from './config.ts';
import { forwardToServer } from './embedded/control-socket.ts';
import { giveWay } from './give-way.ts';
import { openServices, usesEmbedded } from './services.ts';
import { onStopSignal } from './stop-signals.ts';

const interrupted = new AbortController();
onStopSignal(() => interrupted.abort(new Error('interrupted')));

const io: CommandIo = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY ?? false,
  signal: interrupted.signal,
  cwd: process.cwd(),
};

/** One clear sentence for what is expected to go wrong; a stack for a bug. */
try {
  const config = readConfig(process.env);
  await configureLogging(config.logLevel === 'info' ? 'warning' : config.logLevel);
  const argv = process.argv.slice(2);
  process.exitCode = await runCommand(argv, io, async (needs, run) => {
    if (usesEmbedded(config, needs)) {
      const request = { argv, cwd: io.cwd, isTerminal: io.isTerminal };
      const exitCode = await forwardToServer(config.dataDir, request, io);
      if (exitCode !== undefined) return exitCode;
    }
    if (!needs.isLasting) giveWay();
    await using services = await openServices(config, needs, io.signal);
    return await run(services);
  });
} catch (error) {
  if (interrupted.signal.aborted) {
    io.err('Interrupted: nothing was left half done.\n');
    process.exitCode = 130;
  } else if (isAppError(error)) {
    io.err(`${error.message}\n`);
    process.exitCode = 1;
  } else {
    throw error;
  }
}
