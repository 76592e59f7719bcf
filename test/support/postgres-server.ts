import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface PostgresServer extends AsyncDisposable {
  /** Of the maintenance database: `postgres://postgres:any@127.0.0.1:port/postgres` (any password will do). */
  url: string;
  /** Of the server's first process; another one after a restart. */
  readonly pid: number;
  /** Ends all its processes at once with SIGKILL, as the death of the machine would. */
  kill(): Promise<void>;
  /** Starts it again on its data and its port once it was killed; waits for what is left of the one before. */
  restart(): Promise<void>;
}

const RESTART_TIMEOUT_MS = 60_000;

/** The folder of `initdb` and `postgres`; undefined when no server is installed. */
export async function findPostgresBinaries(): Promise<string | undefined> {
  const candidates = [process.env['POSTGRES_BIN'], await askPgConfig(), ...listDebianFolders()];
  return candidates.find((folder) => folder !== undefined && existsSync(join(folder, 'initdb')));
}

/**
 * Starts a fresh Postgres server on a free loopback port, as the user `postgres` when we are root (it refuses root). Stopped, and its
 * data removed, when disposed of.
 * @param keptFolder the data is there: taken up if there is some, and left there when the server is stopped
 */
export async function startPostgresServer(
  binaries: string,
  settings: readonly string[] = [],
  keptFolder?: string,
): Promise<PostgresServer> {
  const folder = keptFolder ?? (await mkdtemp(join(tmpdir(), 'correspondants-pg-')));
  await mkdir(folder, { recursive: true });
  const user = await postgresUser();
  if (user) await chown(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) {
    const initdb = [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ];
    await run(join(binaries, 'initdb'), initdb, { ...user, cwd: folder, env: {} });
  }
  const port = await findFreePort();
  const options = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    ...settings,
  ];
  const start = async () => {
    const child = spawn(join(binaries, 'postgres'), ['-D', data, ...options.flatMap((it) => ['-c', it])], {
      ...user,
      cwd: folder,
      env: {},
      stdio: 'ignore',
    });
    const exited = once(child, 'exit');
    await waitUntilListening(data, port, child);
    return { child, exited };
  };
  let server = await start();
  return {
    url: `postgres://postgres:any@127.0.0.1:${port}/postgres`,
    get pid() {
      return server.child.pid!;
    },
    kill: async () => {
      // Stopped first, so that it starts no further process meanwhile.
      server.child.kill('SIGSTOP');
      const children = listChildren(server.child.pid!);
      for (const pid of children) process.kill(pid, 'SIGKILL');
      server.child.kill('SIGKILL');
      await server.exited;
    },
    restart: async () => {
      const deadline = performance.now() + RESTART_TIMEOUT_MS;
      for (;;) {
        try {
          server = await start();
          return;
        } catch (error) {
          // As long as processes of the one before are ending, the data are theirs.
          if (performance.now() > deadline) throw error;
          await delay(100);
        }
      }
    },
    [Symbol.asyncDispose]: async () => {
      server.child.kill(keptFolder === undefined ? 'SIGQUIT' : 'SIGINT');
      await server.exited;
      if (keptFolder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Linux only. */
function listChildren(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}

async function waitUntilListening(
  data: string,
  port: number,
  child: { pid?: number | undefined; exitCode: number | null },
): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`Postgres did not start (exit code ${child.exitCode})`);
    // The first line says whose file it is (a killed server leaves its own), the last one how far the server is.
    const state = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
    if (state.startsWith(`${child.pid}\n`) && state.includes(String(port)) && /\nready\s*$/.test(state))
      return;
    await delay(20);
  }
}

async function postgresUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const passwd = await readFile('/etc/passwd', 'utf8');
  const entry = passwd.split('\n').find((line) => line.startsWith('postgres:'));
  if (entry === undefined) throw new Error('there is no user named postgres to run the server as');
  const [, , uid, gid] = entry.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

async function askPgConfig(): Promise<string | undefined> {
  const answer = await run('pg_config', ['--bindir']).catch(() => undefined);
  return answer?.stdout.trim();
}

function listDebianFolders(): string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  const versions = readdirSync(root).toSorted((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(root, version, 'bin'));
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
