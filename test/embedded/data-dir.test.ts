import { mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findLockHolder, lockDataDir } from '#embedded/data-dir.ts';
import { runScript } from './child.ts';
import { makeTempFolder } from './temp-folder.ts';

const holdingScript = (dataDir: string) => `
  import { lockDataDir } from '#embedded/data-dir.ts';
  await lockDataDir(${JSON.stringify(dataDir)});
  console.log('held');
  setInterval(() => {}, 1000);`;

test('the folder is made for its owner only, and is free again after disposal', async () => {
  await using temp = await makeTempFolder();
  const dataDir = join(temp.path, 'a', 'data');
  {
    await using lock = await lockDataDir(dataDir);
    expect(lock.dataDir).toBe(dataDir);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    expect(await findLockHolder(dataDir)).toMatchObject({ pid: process.pid, socket: null });
  }
  expect(await findLockHolder(dataDir)).toBeUndefined();
  await using again = await lockDataDir(dataDir);
  expect(await findLockHolder(again.dataDir)).toBeDefined();
});

test('a folder that a living process holds is refused, whatever path leads to it', async () => {
  await using temp = await makeTempFolder();
  const dataDir = join(temp.path, 'data');
  await mkdir(dataDir);
  await symlink(dataDir, join(temp.path, 'other-name'));
  await using child = runScript(holdingScript(dataDir));
  expect(await child.nextLine()).toBe('held');
  await expect(lockDataDir(join(temp.path, 'other-name'))).rejects.toMatchObject({
    code: 'store-in-use',
    data: { dataDir, pid: child.pid },
  });
});

test('the lock of a process that was killed is taken over, by exactly one of many', async () => {
  await using temp = await makeTempFolder();
  const child = runScript(holdingScript(temp.path));
  expect(await child.nextLine()).toBe('held');
  await child.kill();
  const attempts = await Promise.allSettled(Array.from({ length: 20 }, () => lockDataDir(temp.path)));
  const won = attempts.filter((attempt) => attempt.status === 'fulfilled');
  expect(won).toHaveLength(1);
  for (const attempt of attempts) {
    if (attempt.status === 'rejected') expect(attempt.reason).toMatchObject({ code: 'store-in-use' });
  }
  expect(await readdir(temp.path)).toEqual(['lock.2.json']);
  await won[0]?.value[Symbol.asyncDispose]();
});

test('a pid that was given to another process does not hold, nor does a torn lock', async () => {
  await using temp = await makeTempFolder();
  const stale = { pid: process.pid, identity: 'before the reboot', startedAt: '2020-01-01', socket: null };
  for (const text of [JSON.stringify(stale), '', '{"pid":', 'null']) {
    await rm(temp.path, { recursive: true });
    await mkdir(temp.path);
    await writeFile(join(temp.path, 'lock.9.json'), text);
    await using lock = await lockDataDir(temp.path);
    expect(lock.dataDir).toBe(temp.path);
  }
});

test('a folder that cannot be made is a fault of DATA_DIR', async () => {
  await using temp = await makeTempFolder();
  await writeFile(join(temp.path, 'file'), '');
  for (const path of [join(temp.path, 'file'), join(temp.path, 'file', 'data')]) {
    await expect(lockDataDir(path)).rejects.toMatchObject({
      code: 'settings-invalid',
      data: { faults: [{ pointer: 'DATA_DIR' }] },
    });
  }
});
