import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import {
  askJudgedQueries,
  askPlainEngine,
  askThroughApi,
  type JudgedAnswer,
} from '../test/relevance/ask-judged-queries.ts';
import { listJudgedQueries } from '../test/relevance/list-judged-queries.ts';
import { measureClasses, toTable, type ClassMeasure } from '../test/relevance/measure-classes.ts';
import { openRelevanceDirectory } from '../test/relevance/relevance-directory.ts';

const USAGE = `node scripts/relevance.ts [options]
  --against plain        the same queries to the bare engine, in the same run
  --class NAME           only the classes whose names begin so
  --show                 the queries that fail, with what came first
  --json                 the measures as JSON
  --write-floors         what is measured becomes the floors that the tests keep (test/relevance/floors.json)
`;

const { values } = parseArgs({
  options: {
    against: { type: 'string' },
    class: { type: 'string', default: '' },
    show: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    'write-floors': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const isPart = values.class !== '' && values['write-floors'];
if (values.help || isPart || (values.against !== undefined && values.against !== 'plain')) {
  process.stderr.write(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else {
  await run();
}

async function run(): Promise<void> {
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort(new Error('stopped')));
  const startedAt = performance.now();
  const tell = (step: string) =>
    process.stderr.write(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${step}\n`);
  await using directory = await openRelevanceDirectory(stopping.signal, tell);
  const queries = listJudgedQueries(directory.paths).filter((it) => it.class.startsWith(values.class));
  tell(`${queries.length} judged queries`);
  if (queries.length === 0) throw new Error(`no class begins with "${values.class}"`);
  const answers = await askJudgedQueries(queries, askThroughApi(directory));
  tell('asked');
  const measures = measureClasses(answers);
  const against =
    values.against === undefined ? undefined : await askJudgedQueries(queries, askPlainEngine(directory));
  if (against) tell('asked the plain engine');
  if (values.show) answers.filter((it) => !it.isSuccess).forEach(showFailure);
  tellRefusals(answers);
  if (values['write-floors']) writeFloors(measures);
  process.stdout.write(
    values.json
      ? `${JSON.stringify(measures, null, 1)}\n`
      : `${toTable(measures, against && measureClasses(against))}\n`,
  );
}

function showFailure({ query, found, rank, refusal }: JudgedAnswer): void {
  const asked = Object.entries(query.parameters).map(([name, value]) => `${name}=${value}`);
  process.stdout.write(
    `[${query.class}] ${asked.join(' & ')}\n  wanted: ${query.wanted}, at ${query.atRank}; was at ${rank ?? '-'}\n`,
  );
  if (refusal !== undefined) process.stdout.write(`  refused: ${refusal}\n`);
  for (const { id, text } of found.slice(0, 5))
    process.stdout.write(`  ${query.accepted.has(id) ? '+' : '-'} ${text}\n`);
}

/** In per cent with one decimal, rounded down. */
function writeFloors(measures: readonly ClassMeasure[]): void {
  const floors = measures.map((it) => [it.class, Math.floor(it.success * 1000) / 10]);
  const path = new URL('../test/relevance/floors.json', import.meta.url);
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(floors), null, 2)}\n`);
}

/** Each reason once: a parameter that is not known yet is no reason to stop. */
function tellRefusals(answers: readonly JudgedAnswer[]): void {
  const counts = new Map<string, number>();
  for (const { refusal } of answers)
    if (refusal !== undefined) counts.set(refusal, (counts.get(refusal) ?? 0) + 1);
  for (const [refusal, count] of counts) process.stderr.write(`${count} queries were refused (${refusal})\n`);
}
