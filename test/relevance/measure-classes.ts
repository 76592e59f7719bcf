import type { JudgedAnswer } from './ask-judged-queries.ts';

export interface ClassMeasure {
  class: string;
  queries: number;
  /** Share of queries with an accepted answer at the rank that the query asks for. */
  success: number;
  successAt1: number;
  successAt3: number;
  successAt5: number;
  /** Mean reciprocal rank, 0 beyond the tenth. */
  mrr: number;
  /** Among queries that accept five answers or more: those whose first five are all accepted. Null without such queries. */
  pureAt5: number | null;
}

const OVERALL = 'overall';

/** One measure a class, in the order of appearance, and one over all queries. */
export function measureClasses(answers: readonly JudgedAnswer[]): ClassMeasure[] {
  const classes = [...new Set(answers.map(({ query }) => query.class))];
  return [
    ...classes.map((name) =>
      measure(
        name,
        answers.filter(({ query }) => query.class === name),
      ),
    ),
    measure(OVERALL, answers),
  ];
}

function measure(name: string, answers: readonly JudgedAnswer[]): ClassMeasure {
  const shareOf = (isCounted: (answer: JudgedAnswer) => boolean, among = answers) =>
    among.filter(isCounted).length / among.length;
  const at = (rank: number) => shareOf((it) => it.rank !== undefined && it.rank <= rank);
  const wide = answers.filter(({ query }) => query.accepted.size >= 5);
  const isPure = ({ found, query }: JudgedAnswer) =>
    found.length >= 5 && found.slice(0, 5).every(({ id }) => query.accepted.has(id));
  return {
    class: name,
    queries: answers.length,
    success: shareOf(({ isSuccess }) => isSuccess),
    successAt1: at(1),
    successAt3: at(3),
    successAt5: at(5),
    mrr: answers.reduce((sum, { rank }) => sum + (rank === undefined ? 0 : 1 / rank), 0) / answers.length,
    pureAt5: wide.length === 0 ? null : shareOf(isPure, wide),
  };
}

/** As text; with the success of another way of searching beside it, when given. */
export function toTable(measures: readonly ClassMeasure[], against?: readonly ClassMeasure[]): string {
  const percent = (share: number | null) => (share === null ? '-' : (share * 100).toFixed(1));
  const header = [
    'class',
    'n',
    'success',
    '@1',
    '@3',
    '@5',
    'MRR',
    'pure@5',
    ...(against ? ['plain', 'plain@1'] : []),
  ];
  const rows = measures.map((it) => {
    const other = against?.find((one) => one.class === it.class);
    return [
      it.class,
      String(it.queries),
      ...[it.success, it.successAt1, it.successAt3, it.successAt5].map(percent),
      it.mrr.toFixed(3),
      percent(it.pureAt5),
      ...(other ? [percent(other.success), percent(other.successAt1)] : []),
    ];
  });
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]!.length)));
  return [header, ...rows]
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
        .join('  '),
    )
    .join('\n');
}
