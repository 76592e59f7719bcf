import { openKeptServers } from './kept-servers.ts';
import { runCli } from './child-program.ts';
import { pinToCores } from './machine.ts';
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
pinToCores(2);
{
  await using servers = await openKeptServers(process.argv[2]!, '4GiB', stop.signal);
  const run = await runCli(['index', 'rebuild'], servers.env, stop.signal);
  console.log(run.exitCode, run.wallMs / 1000, run.output.slice(-600));
}
stop.abort();
