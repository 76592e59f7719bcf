import { closest } from 'fastest-levenshtein';
import { z } from 'zod';

/**
 * An object of these members and no other: an unknown one is a fault that names the nearest.
 * @param word what a member is called: "parameter", "member"
 */
export function strictObject<Shape extends z.ZodRawShape>(shape: Shape, word = 'member') {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined;
      const nearest = (key: string) =>
        known.length === 0 ? 'None is taken here.' : `The nearest is "${closest(key, known)}".`;
      return issue.keys
        .map((key) => `There is no ${word} named "${key.slice(0, 80)}". ${nearest(key)}`)
        .join('\n');
    },
  });
}
