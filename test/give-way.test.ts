import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const AUTOGROUP = '/proc/self/autogroup';
const hasAutogroups = existsSync(AUTOGROUP) && /nice -?\d+/.test(readFileSync(AUTOGROUP, 'utf8'));

/** Shows how nice its session is to others once it has given way. */
const COMMAND = `
  import { readFileSync } from 'node:fs';
  import { getPriority } from 'node:os';
  const { giveWay } = await import(${JSON.stringify(fileURLToPath(new URL('../src/give-way.ts', import.meta.url)))});
  giveWay();
  console.log('session', /nice (-?\\d+)/.exec(readFileSync('${AUTOGROUP}', 'utf8'))[1], 'process', getPriority());
`;
const SHOW_SESSION = `sed 's/.*nice/after/' ${AUTOGROUP}`;

/** What a script says that runs in a session of its own; `$NODE` runs the command. */
async function runInSession(script: string): Promise<string[]> {
  const env = { ...process.env, EXECUTABLE: process.execPath, COMMAND };
  const run = script.replaceAll('$NODE', '"$EXECUTABLE" --input-type=module -e "$COMMAND"');
  const shell = spawn('sh', ['-c', run], { env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  return (await text(shell.stdout)).trim().split('\n');
}

describe.skipIf(!hasAutogroups)('a command that gives way', () => {
  test('does so with its session, which has its priority back when it has ended', async () => {
    const said = await runInSession(`$NODE; ${SHOW_SESSION}`);
    expect(said).toEqual(['session 10 process 10', 'after 0']);
  });

  test('leaves a session alone in which other programs run', async () => {
    const said = await runInSession(`sleep 600 & other=$!; $NODE; kill $other; ${SHOW_SESSION}`);
    expect(said).toEqual(['session 0 process 10', 'after 0']);
  });
});
