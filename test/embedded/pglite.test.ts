import { copyFile, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { checkpointIfNeeded, openPglite } from '#embedded/pglite.ts';
import { runScript } from './child.ts';
import { makeTempFolder } from './temp-folder.ts';

vi.setConfig({ testTimeout: 120_000 });

test('what is written is there at the next opening, and nobody else may read the folder', async () => {
  await using temp = await makeTempFolder();
  {
    await using pg = await openPglite(temp.path);
    await pg.exec('create table a (n int); insert into a values (1)');
  }
  expect((await stat(join(temp.path, 'postgres'))).mode & 0o777).toBe(0o700);
  expect(await readdir(temp.path)).toEqual(['postgres']);
  await using pg = await openPglite(temp.path);
  expect((await pg.query('select n from a')).rows).toEqual([{ n: 1 }]);
});

test('the store may count on trigrams, unaccent, COPY, notifications, snapshots and advisory locks', async () => {
  await using pg = await openPglite(undefined);
  await pg.exec('create extension pg_trgm; create extension unaccent; create table a (n int, t text)');
  await pg.query("copy a from '/dev/blob'", [], { blob: new Blob(['1\tÉlodie\n2\t\\N\n']) });
  const heard: string[] = [];
  await pg.listen('changes', (payload) => heard.push(payload));
  await pg.transaction(async (tx) => {
    await tx.query("select pg_notify('changes', 'one')");
    expect(heard).toEqual([]);
  });
  expect(heard).toEqual(['one']);
  const { rows } = await pg.query(`
    select unaccent(t) as unaccented, similarity(t, 'Élodi') > 0.5 as similar, pg_try_advisory_lock(1) as locked,
      pg_snapshot_xmin(pg_current_snapshot()) <= pg_current_xact_id() as ordered
    from a where t is not null`);
  expect(rows).toEqual([{ unaccented: 'Elodie', similar: true, locked: true, ordered: true }]);
});

test('a template opens as a database of its own', async () => {
  await using first = await openPglite(undefined);
  await first.exec('create table a (n int); insert into a values (1)');
  const template = await first.dumpDataDir('none');
  await using second = await openPglite(undefined, { template });
  await second.exec('insert into a values (2)');
  expect((await first.query('select n from a')).rows).toEqual([{ n: 1 }]);
  expect((await second.query('select n from a')).rows).toEqual([{ n: 1 }, { n: 2 }]);
});

test('a process killed while it writes loses nothing that was committed and leaves nothing half done', async () => {
  await using temp = await makeTempFolder();
  let committed = 0;
  for (let round = 1; round <= 3; round++) {
    await using writer = runScript(`
      import { openPglite } from '#embedded/pglite.ts';
      const pg = await openPglite(${JSON.stringify(temp.path)});
      await pg.exec('create table if not exists whole (n int primary key); create table if not exists part (n int)');
      const { rows } = await pg.query('select coalesce(max(n), 0) + 1 as next from whole');
      for (let n = rows[0].next; ; n++) {
        await pg.transaction(async (tx) => {
          await tx.query('insert into whole values ($1)', [n]);
          await tx.query('insert into part select $1::int from generate_series(1, 100)', [n]);
        });
        console.log(n);
      }`);
    for (let lines = 0; lines < 20 * round; lines++) committed = Number(await writer.nextLine());
    await writer.kill();
    await using pg = await openPglite(temp.path);
    const { rows } = await pg.query<{ whole: number; parts: number }>(
      'select (select count(*) from whole)::int as whole, (select count(*) from part)::int as parts',
    );
    expect(rows[0]?.whole).toBeGreaterThanOrEqual(committed);
    expect(rows[0]?.parts).toBe((rows[0]?.whole ?? 0) * 100);
  }
});

test('a process killed while it makes the database leaves a folder that opens', async () => {
  await using temp = await makeTempFolder();
  await mkdir(join(temp.path, 'postgres.new', 'base'), { recursive: true });
  await writeFile(join(temp.path, 'postgres.new', 'PG_VERSION'), '18\n');
  await using pg = await openPglite(temp.path);
  expect((await pg.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

test('the write-ahead log is cut when it has grown', async () => {
  await using temp = await makeTempFolder();
  await using pg = await openPglite(temp.path);
  const directory = join(temp.path, 'postgres');
  expect(await checkpointIfNeeded(pg, directory)).toBe(false);
  await pg.exec(
    "create table a (t text); insert into a select repeat('x', 1000) from generate_series(1, 270000)",
  );
  expect(await checkpointIfNeeded(pg, directory)).toBe(true);
  expect(await checkpointIfNeeded(pg, directory)).toBe(false);
});

test('once Postgres has panicked every call says why, and the failure is announced', async () => {
  await using pg = await openPglite(undefined);
  await pg.exec('create table a (n int)');
  const { FS } = pg.Module;
  const write = FS.write.bind(FS);
  // What a full disk answers to the write-ahead log: ENOSPC.
  FS.write = (stream: { path?: string }, ...rest: unknown[]) => {
    if (stream.path?.includes('pg_wal')) throw new FS.ErrnoError(51);
    return write(stream, ...rest);
  };
  await expect(pg.exec('insert into a values (1)')).rejects.toMatchObject({ code: 'disk-full' });
  expect(pg.failed.aborted).toBe(true);
  await expect(pg.query('select 1')).rejects.toMatchObject({ code: 'disk-full' });
  await expect(pg.transaction((tx) => tx.query('select 1'))).rejects.toMatchObject({ code: 'disk-full' });
});

test('a database of another Postgres is refused before it is touched', async () => {
  await using temp = await makeTempFolder();
  const version = join(temp.path, 'postgres', 'PG_VERSION');
  await mkdir(join(temp.path, 'postgres'));
  await writeFile(version, '19\n');
  await expect(openPglite(temp.path)).rejects.toMatchObject({
    code: 'store-newer',
    data: { storeVersion: 19, supportedVersion: 18 },
  });
  await writeFile(version, '17\n');
  await expect(openPglite(temp.path)).rejects.toMatchObject({ code: 'store-unavailable' });
});

test('a database that is damaged is told in one sentence', async () => {
  await using temp = await makeTempFolder();
  await (await openPglite(temp.path)).close();
  await copyFile(
    join(temp.path, 'postgres', 'PG_VERSION'),
    join(temp.path, 'postgres', 'global', 'pg_control'),
  );
  await expect(openPglite(temp.path)).rejects.toMatchObject({
    code: 'store-unavailable',
    message: expect.stringContaining(join(temp.path, 'postgres')),
  });
});
