import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const AUTOGROUP = '/proc/self/autogroup';
const hasAutogroups = existsSync(AUTOGROUP) && /nice -?\d+/.test(readFileSync(AUTOGROUP, 'utf8'));

/** Gives way, then shows how nice it is to others. */
const COMMAND = `
  import { readFileSync } from 'node:fs';
  import { getPriority } from 'node:os';
  const { giveWay } = await import(${JSON.stringify(fileURLToPath(new URL('../src/give-way.ts', import.meta.url)))});
  giveWay();
  console.log('session', /nice (-?\\d+)/.exec(readFileSync('${AUTOGROUP}', 'utf8'))[1], 'process', getPriority());
`;
const NODE_OPTIONS = ['--input-type=module', '-e', COMMAND];
const nicest = Math.min(19, getPriority() + 19);

/** What a program says that leads a session of its own. */
async function runInSession(program: string, options: string[]): Promise<string[]> {
  const env = { ...process.env, EXECUTABLE: process.execPath, COMMAND };
  const leader = spawn(program, options, { env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  return (await text(leader.stdout)).trim().split('\n');
}

describe.skipIf(!hasAutogroups)('a command that gives way', () => {
  test('does so with the session that it leads', async () => {
    const said = await runInSession(process.execPath, NODE_OPTIONS);
    expect(said).toEqual([`session 19 process ${nicest}`]);
  });

  test('leaves a session alone that others go on using', async () => {
    const script = `"$EXECUTABLE" --input-type=module -e "$COMMAND"; sed 's/.*nice/after/' ${AUTOGROUP}`;
    const said = await runInSession('sh', ['-c', script]);
    expect(said).toEqual([`session 0 process ${nicest}`, 'after 0']);
  });
});
