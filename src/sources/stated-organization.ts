import { hashLanes } from '#domain/content-hash.ts';
import type { OrganizationRecord } from '#domain/records.ts';
import type { LineCells } from './line-cells.ts';
import type { StructureIdentifiers } from './organization-identifiers.ts';

/** The structure that a line names, and what it states of it. */
export interface StatedOrganization {
  /** {@link OrganizationRecord.id}; null for a line without a structure. */
  id: string | null;
  /** Null also where an earlier line stated the same in the same words. */
  organization: OrganizationRecord | null;
}

/** How one kind of file names and describes structures. */
export interface OrganizationFormat {
  /** Of all columns that `identify` and `describe` read. */
  positions: readonly number[];
  identify(cells: LineCells): StructureIdentifiers;
  /** @returns null without identifier, name and address */
  describe(cells: LineCells, identifiers: StructureIdentifiers): OrganizationRecord | null;
}

/**
 * Reads the structures of one file, each statement once: two lines of the RPPS in three repeat what another says of a hospital, and
 * to read and stage them all took half of the time for that file.
 */
export function createOrganizationReader(
  format: OrganizationFormat,
): (cells: LineCells) => StatedOrganization {
  const runs = toRuns(format.positions);
  const met = new MetTexts();
  return (cells) => {
    const identifiers = format.identify(cells);
    const { id } = identifiers;
    if (id !== null && met.meet(textOf(cells, runs))) return { id, organization: null };
    const organization = format.describe(cells, identifiers);
    return { id: organization?.id ?? null, organization };
  };
}

interface Run {
  first: number;
  last: number;
}

/** Columns that are not meant may stand between two of a run: to cut them out costs more than they tell apart. */
const GAP_MAX = 2;

function toRuns(positions: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (const position of positions.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && position - run.last <= GAP_MAX + 1) run.last = position;
    else runs.push({ first: position, last: position });
  }
  return runs;
}

function textOf(cells: LineCells, runs: readonly Run[]): string {
  let text = '';
  for (const { first, last } of runs) text += `${cells.textBetween(first, last)}|`;
  return text;
}

/** A power of two; three in four are filled at most. */
const PLACES = 2 ** 21;
const TEXTS_MAX = PLACES * 0.75;

/**
 * Which texts were met before, known by 64 bits each (`hashLanes`: two of them always agree), in 16 MB from the first one on. In a
 * file of a million different ones the chance that any two are taken for one is one in nine million; roles would then name a
 * structure of which nothing is known from this file.
 */
class MetTexts {
  #places: Uint32Array | undefined;
  #count = 0;

  /** Whether it was met before. Past a million and a half different ones, new ones are no longer kept. */
  meet(text: string): boolean {
    const lanes = (this.#places ??= new Uint32Array(PLACES * 2));
    const [high, low] = hashLanes(text);
    let place = low & (PLACES - 1);
    while (lanes[place * 2] !== 0 || lanes[place * 2 + 1] !== 0) {
      if (lanes[place * 2] === high && lanes[place * 2 + 1] === low) return true;
      place = (place + 1) & (PLACES - 1);
    }
    if (this.#count < TEXTS_MAX) {
      this.#count += 1;
      lanes[place * 2] = high;
      lanes[place * 2 + 1] = low;
    }
    return false;
  }
}
