import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { OfficialFilesOptions } from '#demo/official-files.ts';
import { PRESETS } from '#demo/presets.ts';
import type { PresetId } from '#demo/presets.ts';
import { writeOfficialFiles } from '#demo/write-official-files.ts';

const USAGE = `node scripts/make-corpus.ts --directory DIR --preset demo|national|relevance [options]
  --seed N               another set of the same sizes (--from-seed N is the same, for --differ)
  --differ 0.006         a second set: the one of the same preset and seed, but for that share of its people; adds differ.json
  --practitioners N      --service-mailboxes N   --personal-mailboxes N   --establishments N
  --published-at DATE    ISO 8601; with --differ, one day later than the first set by default
  --traps on|off         what true files do wrong; by preset
  --trailing-separator   --byte-order-mark   --crlf
`;

const { values } = parseArgs({
  options: {
    directory: { type: 'string' },
    preset: { type: 'string', default: 'demo' },
    seed: { type: 'string' },
    'from-seed': { type: 'string' },
    differ: { type: 'string' },
    practitioners: { type: 'string' },
    'service-mailboxes': { type: 'string' },
    'personal-mailboxes': { type: 'string' },
    establishments: { type: 'string' },
    'published-at': { type: 'string' },
    traps: { type: 'string' },
    'trailing-separator': { type: 'boolean', default: false },
    'byte-order-mark': { type: 'boolean', default: false },
    crlf: { type: 'boolean', default: false },
  },
});

const preset = PRESETS[values.preset as PresetId];
if (!preset || values.directory === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  const startedAt = performance.now();
  const { paths, counts } = await writeOfficialFiles(toOptions(values.directory));
  for (const path of Object.values(paths))
    process.stdout.write(`${path}  ${(statSync(path).size / 1e6).toFixed(1)} MB\n`);
  const memory = (process.resourceUsage().maxRSS / 1024).toFixed(0);
  process.stdout.write(
    `${JSON.stringify(counts)}\n${((performance.now() - startedAt) / 1000).toFixed(1)} s, ${memory} MB at most\n`,
  );
}

function toOptions(directory: string): OfficialFilesOptions {
  const number = (text: string | undefined, otherwise: number) =>
    text === undefined ? otherwise : Number(text);
  const differ = values.differ === undefined ? undefined : Number(values.differ);
  const nextDay = new Date(preset.publishedAt.getTime() + 86_400_000);
  return {
    ...preset,
    directory,
    seed: number(values['from-seed'] ?? values.seed, preset.seed),
    practitioners: number(values.practitioners, preset.practitioners),
    serviceMailboxes: number(values['service-mailboxes'], preset.serviceMailboxes),
    personalMailboxes: number(
      values['personal-mailboxes'],
      values.practitioners === undefined
        ? preset.personalMailboxes!
        : Math.round(Number(values.practitioners) * 0.24),
    ),
    establishments: number(values.establishments, preset.establishments),
    publishedAt:
      values['published-at'] === undefined
        ? differ === undefined
          ? preset.publishedAt
          : nextDay
        : new Date(values['published-at']),
    traps: values.traps === undefined ? preset.traps : values.traps === 'on',
    ...(differ === undefined ? {} : { differ }),
    physicalFormat: {
      trailingSeparator: values['trailing-separator'],
      byteOrderMark: values['byte-order-mark'],
      lineEnd: values.crlf ? '\r\n' : '\n',
    },
  };
}
