import { describe, expect, test } from 'vitest';
import { LineCells } from '#sources/line-cells.ts';

describe('the cells of a line', () => {
  test('are those of the line at hand, whatever stood before', () => {
    const cells = new LineCells(3);
    for (const [line, expected] of [
      ['a| b |c', ['a', 'b', 'c']],
      ['||', [null, null, null]],
      ['\t|déjà|\u00a0', [null, 'déjà', null]],
    ] as const) {
      cells.take(line);
      expect([0, 1, 2].map((index) => cells.read(index))).toEqual(expected);
      expect(cells.count).toBe(3);
    }
  });

  test.each([
    ['', 1],
    ['a', 1],
    ['a|b|c|', 4],
    ['|'.repeat(500), 501],
  ])('%j has as many as it has, be they too many to be read', (line, count) => {
    const cells = new LineCells(3);
    cells.take(line);
    expect(cells.count).toBe(count);
  });

  test('one more than the columns can be read', () => {
    const cells = new LineCells(2);
    cells.take('a|b|c');
    expect(cells.read(2)).toBe('c');
  });

  test('the text between two is as published', () => {
    const cells = new LineCells(4);
    cells.take('a| b ||d');
    expect([cells.textBetween(1, 3), cells.textBetween(0, 0), cells.textBetween(2, 2)]).toEqual([
      ' b ||d',
      'a',
      '',
    ]);
  });
});
