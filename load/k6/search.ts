import { check } from 'k6';
import { SharedArray } from 'k6/data';
import http from 'k6/http';
import { scenario } from 'k6/execution';

/**
 * The same queries as `npm run load`, by k6: `k6 run -e QUERIES=file.json -e URL=http://… [-e SECONDS=60] load/k6/search.ts`.
 * `npm run load -- --queries-to FILE` writes the file.
 */
const SECONDS = Number(__ENV['SECONDS'] ?? 60);
const NAMES = ['typed', 'near-me', 'comes-to', 'facets', 'suggestions', 'lookups', 'mix'] as const;
const RATES: Record<string, number> = {
  typed: 100,
  'near-me': 30,
  'comes-to': 30,
  facets: 30,
  suggestions: 100,
  lookups: 100,
  mix: 200,
};

const paths = Object.fromEntries(
  NAMES.map((name) => [
    name,
    new SharedArray(name, () => (JSON.parse(open(__ENV['QUERIES']!)) as Record<string, string[]>)[name]!),
  ]),
);

export const options = {
  scenarios: Object.fromEntries(
    NAMES.map((name, index) => [
      name,
      {
        executor: 'constant-arrival-rate',
        rate: RATES[name],
        timeUnit: '1s',
        duration: `${SECONDS}s`,
        startTime: `${index * (SECONDS + 5)}s`,
        preAllocatedVUs: 50,
        maxVUs: 200,
      },
    ]),
  ),
  summaryTrendStats: ['med', 'p(90)', 'p(99)', 'max'],
  thresholds: {
    http_req_failed: ['rate==0'],
    'http_req_duration{scenario:typed}': ['med<6', 'p(99)<25'],
    'http_req_duration{scenario:near-me}': ['p(99)<20'],
    'http_req_duration{scenario:comes-to}': ['p(99)<20'],
    'http_req_duration{scenario:suggestions}': ['p(99)<20'],
    'http_req_duration{scenario:mix}': ['p(99)<60'],
  },
};

// oxlint-disable-next-line import/no-default-export -- what k6 runs
export default function ask(): void {
  const list = paths[scenario.name]!;
  const path = list[scenario.iterationInTest % list.length]!;
  const response = http.get(`${__ENV['URL']}${path}`, { headers: { 'accept-encoding': 'identity' } });
  check(response, { 'status is 200': (it) => it.status === 200 });
}
