import type { ImportProgress } from '#domain/import-progress.ts';

import type { CommandIo } from './command-io.ts';

const BAR_WIDTH = 24;
const LINE_EVERY_MS = 5000;
const BAR_EVERY_MS = 100;

/** Shows how an import goes: one line that moves on a terminal, a line now and then otherwise. */
export function showProgress(io: CommandIo): {
  progress: (progress: ImportProgress) => void;
  end: () => void;
} {
  let shownAtMs = Number.NEGATIVE_INFINITY;
  let shownStep = '';
  const show = (text: string) => io.err(io.isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
  return {
    progress: (progress) => {
      const step = `${progress.step} ${'source' in progress ? progress.source : ''}`;
      const isDue = performance.now() - shownAtMs >= (io.isTerminal ? BAR_EVERY_MS : LINE_EVERY_MS);
      if (step === shownStep && !isDue) return;
      shownAtMs = performance.now();
      shownStep = step;
      show(describe(progress));
    },
    end: () => {
      if (io.isTerminal) show('');
    },
  };
}

function describe(progress: ImportProgress): string {
  switch (progress.step) {
    case 'read': {
      const share = progress.bytesTotal === 0 ? 1 : Math.min(1, progress.bytesRead / progress.bytesTotal);
      const filled = Math.round(share * BAR_WIDTH);
      const bar = `${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}`;
      return `reading ${progress.source} [${bar}] ${Math.floor(share * 100)} %, ${progress.lines.toLocaleString('en')} lines`;
    }
    case 'compare':
      return `comparing ${progress.source} (${progress.table})`;
    case 'write':
      return `writing ${progress.source} (${progress.table})`;
    case 'log':
      return 'writing the change log';
  }
}
