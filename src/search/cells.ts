import { distanceMeters, type Position } from '#domain/geography/communes-within.ts';

/** Larger discs are covered by squares of 0.2 degrees, which reach some twenty kilometres out of them. */
export const SMALL_SQUARES_MAX_METERS = 10_000;

/** Squares of the map: of 0.02, 0.2 and 2 degrees, the larger ones for the larger discs, so that some hundreds always do. */
const SIZES = [
  { name: 'a', perDegree: 50, radiusMaxMeters: SMALL_SQUARES_MAX_METERS },
  { name: 'b', perDegree: 5, radiusMaxMeters: 100_000 },
  { name: 'c', perDegree: 0.5, radiusMaxMeters: Number.POSITIVE_INFINITY },
] as const;

type Size = (typeof SIZES)[number];

/** On the sphere of `distanceMeters`, and a little less so that nobody at the edge is missed. */
const LATITUDE_DEGREE_METERS = 111_000;
const LATITUDE_MAX = 89;

/** The square of each size that a point lies in. */
export function cellsOf({ latitude, longitude }: Position): string[] {
  return SIZES.map((size) => toCell(size, indexOf(size, latitude), indexOf(size, longitude)));
}

/** Squares that hold every point of a disc, and some around it. */
export function listCellsWithin(centre: Position, radiusMeters: number): string[] {
  const size = SIZES.find((it) => radiusMeters <= it.radiusMaxMeters)!;
  const around = [...squaresAround(size, centre, radiusMeters)];
  return [...new Set(around.map(({ row, column }) => toCell(size, row, column)))];
}

/** Squares of 0.2 degrees whose middle is at most so far: a disc with an edge of some ten kilometres, in few values. */
export function listMiddleCellsWithin(centre: Position, radiusMeters: number): string[] {
  const [, middling] = SIZES;
  const middleOf = (index: number) => (index + 0.5) / middling.perDegree;
  const near = [...squaresAround(middling, centre, radiusMeters)].filter(
    ({ row, column }) =>
      distanceMeters(centre, { latitude: middleOf(row), longitude: middleOf(column) }) <= radiusMeters,
  );
  return near.map(({ row, column }) => toCell(middling, row, column));
}

/** Those that a disc may reach into; round the earth the columns go on. */
function* squaresAround(size: Size, { latitude, longitude }: Position, radiusMeters: number) {
  const span = radiusMeters / LATITUDE_DEGREE_METERS;
  const farthest = Math.min(LATITUDE_MAX, Math.abs(latitude) + span);
  const width = Math.min(180, span / Math.cos((farthest * Math.PI) / 180));
  for (let row = indexOf(size, latitude - span); row <= indexOf(size, latitude + span); row += 1) {
    for (
      let column = indexOf(size, longitude - width);
      column <= indexOf(size, longitude + width);
      column += 1
    )
      yield { row, column };
  }
}

function indexOf({ perDegree }: Size, degrees: number): number {
  return Math.floor(degrees * perDegree);
}

/** Round the earth the columns begin again. */
function toCell({ name, perDegree }: Size, row: number, column: number): string {
  const columns = 360 * perDegree;
  return `${name}${row},${((column % columns) + columns) % columns}`;
}
