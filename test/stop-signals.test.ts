import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

/** A program that says what stops it, and answers each line with its own. */
function startProgram(sameWithinMs: number) {
  const module = JSON.stringify(fileURLToPath(new URL('../src/stop-signals.ts', import.meta.url)));
  const code = `
    const { onStopSignal } = await import(${module});
    onStopSignal((name) => console.log('stop', name), ${sameWithinMs});
    process.stdin.on('data', (line) => process.stdout.write(line));
    console.log('ready');
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value as string | undefined;
  return { child, next };
}

test('a signal that comes twice at once stops once, in order', async () => {
  const { child, next } = startProgram(60_000);
  expect(await next()).toBe('ready');
  child.kill('SIGINT');
  expect(await next()).toBe('stop SIGINT');
  child.kill('SIGINT');
  child.kill('SIGTERM');
  child.stdin.write('alive\n');
  expect(await next()).toBe('alive');
  expect(child.exitCode).toBeNull();
});

test('a later one ends it at once', async () => {
  const { child, next } = startProgram(0);
  expect(await next()).toBe('ready');
  child.kill('SIGINT');
  expect(await next()).toBe('stop SIGINT');
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
});
