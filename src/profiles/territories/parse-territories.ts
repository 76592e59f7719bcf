import { z } from 'zod';

import { AppError } from '#domain/errors.ts';
import { foldText } from '#domain/fold.ts';
import { findCommune, listCommunesOfPostcode } from '#domain/geography.ts';
import { findPlaces } from '#domain/geography/find-places.ts';
import { nearestPlaceNames } from '#domain/geography/nearest-place-names.ts';
import { communeCodesOf, toCommuneMatch } from '#domain/geography/place-match.ts';
import { refusePatientAddress } from '#domain/refuse-patient-address.ts';
import type { Territory } from '#domain/territory.ts';

const TerritoriesSchema = z
  .array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,59}$/, 'It is made of small letters, digits and hyphens.'),
      name: z.string().trim().min(3).max(200),
      communes: z.array(z.string().max(100)).min(1).max(5000),
    }),
  )
  .min(1)
  .max(2000);

/**
 * Reads the territories of a JSON text: a list of `{ id, name, communes }`, communes by INSEE code (former ones too).
 * @throws AppError `request-invalid`, with every fault; `patient-address-refused`
 */
export function parseTerritories(text: string): Territory[] {
  // Before any fault, which repeats what is wrong.
  refusePatientAddress([text]);
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
        detail: `"${code}" is no INSEE code of a commune. ${adviseOn(code.trim())}`,
      });
      return [];
    });
    return { id, name, communeCodes: [...new Set(codes)].sort() };
  });
  faults.push(...findDoubles(territories));
  if (faults.length > 0) throw invalid(faults);
  return territories;
}

/** What somebody meant who wrote a postcode, a name, or something like it. */
function adviseOn(text: string): string {
  const ofPostcode = listCommunesOfPostcode(text);
  if (ofPostcode.length > 0) return `It is a postcode, of ${ofPostcode.map(toLabel).join(', ')}.`;
  const named = findPlaces(text, ADVISED_MAX).flatMap((it) =>
    it.kind === 'commune' ? (findCommune(it.code) ?? []) : [],
  );
  if (named.length > 0) return `Write the code: ${named.map(toLabel).join(', ')}.`;
  const near = nearestPlaceNames(text, ADVISED_MAX);
  return near.length === 0 ? 'Codes have five characters, as 43157.' : `The nearest: ${near.join(', ')}.`;
}

const ADVISED_MAX = 3;

function toLabel({ code, name }: { code: string; name: string }): string {
  return `${code} (${name})`;
}

function findDoubles(territories: readonly Territory[]): { pointer: string; detail: string }[] {
  const seen = new Map<string, number>();
  return territories.flatMap(({ id, name }, index) =>
    (
      [
        ['id', id],
        ['name', foldText(name)],
      ] as const
    ).flatMap(([member, value]) => {
      const first = seen.get(`${member} ${value}`);
      seen.set(`${member} ${value}`, first ?? index);
      return first === undefined
        ? []
        : [
            {
              pointer: `${index}.${member}`,
              detail: `Territory ${first} of the file has the same ${member}.`,
            },
          ];
    }),
  );
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
