import { parseArgs } from 'node:util';

const USAGE = `npm run explain -- "kiné respi le puy" [options]
How a running directory reads a text, what it searched, and why each result stands there.
  --url URL      the directory; http://localhost:8787
  --where PLACE, --near PLACE, --kind KIND, --limit N    as in GET /v1/correspondents
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'http://localhost:8787' },
    where: { type: 'string' },
    near: { type: 'string' },
    kind: { type: 'string' },
    limit: { type: 'string', default: '10' },
    help: { type: 'boolean', default: false },
  },
});

const FILTER_LENGTH_MAX = 300;

interface Explained {
  detail?: string;
  total: { value: number; exact: boolean };
  understood: { parts: Part[]; where: Labelled | null; near: Labelled | null; widened: string[] };
  tried: {
    parts: Part[];
    widened: string[];
    searches: { q: string; attributes: string[] | null; filter: string | null }[];
  }[];
  results: {
    name: string;
    distanceMeters?: number;
    mailboxes: unknown[];
    matched: { part: string; in: string | null; how: string; value: string | null }[];
  }[];
}
interface Labelled {
  kind: string;
  label: string;
}
interface Part {
  as: string;
  text: string;
  place?: Labelled;
  meanings?: { label: string }[];
}

if (values.help || positionals.length === 0) {
  process.stderr.write(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else {
  await run(positionals.join(' '));
}

async function run(text: string): Promise<void> {
  const { url, where, near, kind, limit } = values;
  const asked = Object.entries({ q: text, where, near, kind, limit, explain: 'true' });
  const query = new URLSearchParams(asked.filter((it): it is [string, string] => it[1] !== undefined));
  const response = await fetch(`${url}/v1/correspondents?${query.toString()}`);
  const answer = (await response.json()) as Explained;
  if (!response.ok) {
    process.stderr.write(`${answer.detail ?? response.status}\n`);
    process.exitCode = 1;
    return;
  }
  const { understood, tried, results, total } = answer;
  print(`Read as      ${understood.parts.map(showPart).join(' · ') || 'nothing'}`);
  for (const [name, place] of [
    ['where', understood.where],
    ['near', understood.near],
  ] as const)
    if (place) print(`${name.padEnd(13)}${place.label} (${place.kind})`);
  if (understood.widened.length > 0) print(`Widened      ${understood.widened.join(', ')}`);
  for (const [index, stage] of tried.entries()) {
    const isLast = index === tried.length - 1;
    print(`\n${index + 1}. ${stage.parts.map(showPart).join(' · ')}${isLast ? '   ← answered' : ''}`);
    for (const { q, attributes, filter } of stage.searches)
      print(
        `   "${q}" in ${attributes?.join(', ') ?? 'everything'}${filter ? `\n     where ${cut(filter)}` : ''}`,
      );
  }
  print(`\n${total.exact ? '' : 'more than '}${total.value} results`);
  for (const [index, result] of results.entries()) {
    const meters = result.distanceMeters;
    const distance = meters === undefined ? '' : `, ${(meters / 1000).toFixed(1)} km`;
    print(
      `${String(index + 1).padStart(3)}. ${result.name}${distance}${result.mailboxes.length > 0 ? ', mailbox' : ''}`,
    );
    for (const { part, in: place, how, value } of result.matched)
      print(`       ${part}: ${how}${place ? ` in ${place}, "${value}"` : ''}`);
  }
}

function showPart({ as, text, place, meanings }: Part): string {
  const meant = place?.label ?? meanings?.map((it) => it.label).join(' or ');
  return `${text} [${as}${meant ? `: ${meant}` : ''}]`;
}

function cut(filter: string): string {
  return filter.length > FILTER_LENGTH_MAX
    ? `${filter.slice(0, FILTER_LENGTH_MAX)}… (${filter.length})`
    : filter;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
