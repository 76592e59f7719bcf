import { expect, test } from 'vitest';

import { withEngine } from '#directory/engine-breaker.ts';
import { AppError } from '#domain/errors.ts';
import { EngineRefusal } from '#search/engine-connection.ts';
import { openSearchEngine } from '#search/engine.ts';

/** Opens nothing: what is asked here says by itself what the engine did. */
const openEngine = () =>
  openSearchEngine({ url: 'http://127.0.0.1:9', key: 'none', indexName: 'none', timeoutMs: 1000 });
const fails = (cause?: Error) => async () => {
  throw new AppError('search-unavailable', 'It does not answer.', {}, { cause });
};
const answers = async () => 'asked';
const instead = async () => 'instead';

test('an engine that answers nobody is left alone', async () => {
  const engine = openEngine();
  expect(await withEngine(engine, fails(), instead)).toBe('instead');
  expect(await withEngine(engine, answers, instead)).toBe('instead');
});

test('one that has just answered others is not taken from them by a question that fails', async () => {
  const engine = openEngine();
  expect(await withEngine(engine, answers, instead)).toBe('asked');
  expect(await withEngine(engine, fails(), instead)).toBe('instead');
  expect(await withEngine(engine, answers, instead)).toBe('asked');
});

test('one that refuses a question is there for the others', async () => {
  const engine = openEngine();
  const refusal = new EngineRefusal(400, 'invalid_search_facets', 'no such facet');
  expect(await withEngine(engine, fails(refusal), instead)).toBe('instead');
  expect(await withEngine(engine, answers, instead)).toBe('asked');
});

test('what is no failure of the engine is thrown as it is', async () => {
  const bug = async () => {
    throw new TypeError('a bug');
  };
  await expect(withEngine(openEngine(), bug, instead)).rejects.toThrow('a bug');
});
