export interface HttpCall {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

/** Through the API; the engine, asked what the API asks it; the engine, given the text as it was typed. */
export const SIDES = ['api', 'engine', 'plain'] as const;
export type Side = (typeof SIDES)[number];

/** For each query, what each side is asked: one call, or several one after the other. */
export type Exchange = Record<Side, HttpCall[]>;

export interface ClientOrder {
  exchanges: Exchange[];
  warmUpRounds: number;
  rounds: number;
  throughput: { connections: number; secondsEach: number; turns: number };
}

export interface Throughput {
  requestsPerSecond: number;
  latenciesMs: number[];
}

export interface ClientAnswer {
  /** By round, then by query. */
  latenciesMs: Record<Side, number[][]>;
  throughput: Record<Side, Throughput[]>;
  failures: number;
}
