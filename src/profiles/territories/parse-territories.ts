import { z } from 'zod';

import { AppError } from '#domain/errors.ts';
import { findCommune } from '#domain/geography.ts';
import { communeCodesOf, toCommuneMatch } from '#domain/geography/place-match.ts';
import type { Territory } from '#domain/territory.ts';

const TerritoriesSchema = z
  .array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,59}$/, 'It is made of small letters, digits and hyphens.'),
      name: z.string().trim().min(3).max(200),
      communes: z.array(z.string().max(10)).min(1).max(5000),
    }),
  )
  .min(1)
  .max(2000);

/**
 * Reads the territories of a JSON text: a list of `{ id, name, communes }`, communes by INSEE code (former ones too).
 * @throws AppError `request-invalid`, with every fault
 */
export function parseTerritories(text: string): Territory[] {
  const parsed = TerritoriesSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw invalid(parsed.error.issues.map((it) => ({ pointer: it.path.join('.'), detail: it.message })));
  }
  const faults: { pointer: string; detail: string }[] = [];
  const territories = parsed.data.map(({ id, name, communes }, index): Territory => {
    const codes = communes.flatMap((code, position) => {
      const commune = findCommune(code.trim().toUpperCase());
      if (commune) return communeCodesOf(toCommuneMatch(commune.code, false));
      faults.push({
        pointer: `${index}.communes.${position}`,
        detail: `${code} is no INSEE code of a commune.`,
      });
      return [];
    });
    return { id, name, communeCodes: [...new Set(codes)].sort() };
  });
  if (faults.length > 0) throw invalid(faults);
  return territories;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid([{ pointer: '', detail: 'The file is not JSON.' }]);
  }
}

function invalid(faults: { pointer: string; detail: string }[]): AppError {
  const detail = faults.map((fault) => `${fault.pointer}: ${fault.detail}`).join('\n');
  return new AppError('request-invalid', detail, { faults });
}
