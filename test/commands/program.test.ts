import { expect, test } from 'vitest';

import { runCommand } from '../../src/commands/program.ts';

test.each([[[]], [['--force']], [['--accept-changes', '--threshold', '0.1']]])(
  'an import without a file and without --download is an error: %j',
  async (options) => {
    const said: string[] = [];
    const say = (text: string) => void said.push(text);
    const { signal } = new AbortController();
    const io = { out: say, err: say, isTerminal: false, signal, cwd: '/' };
    const exitCode = await runCommand(['import', ...options], io, () =>
      Promise.reject(new Error('it was run')),
    );
    expect(exitCode).toBe(1);
    expect(said.join('')).toContain('give at least one file (--rpps FILE …), or --download');
  },
);
