import { listCommunesInBox } from '#domain/geography/communes-within.ts';

/** Background of the map. */
export interface MapTiles {
  /** Address with `{z}`, `{x}` and `{y}`. */
  address: string;
  /** HTML, as who draws them wants to be named. */
  attribution: string;
  /** Of somebody else's, for the policy of the pages; undefined for ours. */
  origin: string | undefined;
}

/** Drawn here from the communes we know, so that a map needs no internet. */
const OWN_TILES: MapTiles = {
  address: '/carte/{z}/{x}/{y}',
  attribution: 'Communes\u00a0: INSEE, IGN',
  origin: undefined,
};

/** @param address the setting: `https://…/{z}/{x}/{y}.png`, of a server whose terms are met; undefined for ours */
export function toMapTiles(address: string | undefined): MapTiles {
  if (address === undefined) return OWN_TILES;
  return { address, attribution: '© OpenStreetMap', origin: new URL(address.replace(/[{}]/g, '')).origin };
}

const TILE_PX = 256;
/** Around each centre, so that neighbours make one land. */
const LAND_METERS = 7500;
const LABEL_CELL_PX = { width: 150, height: 44 };

/**
 * A tile of the usual grid (Web Mercator), as SVG: land, and the names of the communes that are the largest around. The choice
 * of names is the same for neighbouring tiles, so that none is cut.
 * @param z 0 to 17; `x` and `y` within the grid of that zoom
 */
export function renderTile(z: number, x: number, y: number): string {
  const margin = 140;
  const corner = (px: number, py: number) =>
    toPosition((x * TILE_PX + px) / worldPx(z), (y * TILE_PX + py) / worldPx(z));
  const northWest = corner(-margin, -margin);
  const southEast = corner(TILE_PX + margin, TILE_PX + margin);
  const communes = listCommunesInBox(northWest, southEast);
  const metersPerPx = (40_075_017 * Math.cos((northWest.latitude * Math.PI) / 180)) / worldPx(z);
  const radius = Math.max(1.2, LAND_METERS / metersPerPx);
  const points = communes.map((commune) => {
    const at = toPixels(commune, z);
    return { commune, x: at.x - x * TILE_PX, y: at.y - y * TILE_PX };
  });
  const land = thinOut(
    points.filter((it) => isNear(it, radius)),
    radius / 2,
  );
  const labels = chooseLabels(points, x, y).filter((it) => isNear(it, margin));
  const names = labels.map(
    (it) =>
      `<text x="${round(it.x)}" y="${round(it.y - 6)}" font-size="${it.commune.population! > 40_000 ? 13 : 11}">${escapeXml(it.commune.name)}</text>`,
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${TILE_PX} ${TILE_PX}" width="${TILE_PX}" height="${TILE_PX}">` +
    `<rect width="256" height="256" fill="#d9e4e6"/>${toDiscs(land, radius, '#f4f1e9')}${toDiscs(labels, 2.5, '#8a8f86')}` +
    `<g fill="#3d4a48" stroke="#f4f1e9" stroke-width="3" paint-order="stroke" text-anchor="middle" font-family="system-ui, sans-serif">${names.join('')}</g></svg>`
  );
}

/** One point a cell: the discs around them still touch, and far views are as light as near ones. */
function thinOut(points: Point[], cellPx: number): Point[] {
  const cells = new Map(
    points.map((it) => [`${Math.floor(it.x / cellPx)}/${Math.floor(it.y / cellPx)}`, it]),
  );
  return [...cells.values()];
}

/** As one path of round caps, which is smaller and drawn faster than so many circles. */
function toDiscs(points: Point[], radius: number, colour: string): string {
  const path = points.map((it) => `M${Math.round(it.x)} ${Math.round(it.y)}h0`).join('');
  return `<path d="${path}" stroke="${colour}" stroke-width="${round(radius * 2)}" stroke-linecap="round"/>`;
}

interface Point {
  commune: { name: string; population: number | null; code: string; parentCode: string | null };
  x: number;
  y: number;
}

/** The most populous of each cell of a grid that all tiles share. */
function chooseLabels(points: Point[], tileX: number, tileY: number): Point[] {
  const best = new Map<string, Point>();
  for (const point of points) {
    if (point.commune.parentCode !== null || !point.commune.population) continue;
    const column = Math.floor((tileX * TILE_PX + point.x) / LABEL_CELL_PX.width);
    const line = Math.floor((tileY * TILE_PX + point.y) / LABEL_CELL_PX.height);
    const cell = `${column}/${line}`;
    const other = best.get(cell);
    if (!other || other.commune.population! < point.commune.population) best.set(cell, point);
  }
  return [...best.values()];
}

function isNear({ x, y }: Point, px: number): boolean {
  return x > -px && y > -px && x < TILE_PX + px && y < TILE_PX + px;
}

function worldPx(z: number): number {
  return TILE_PX * 2 ** z;
}

function toPixels({ latitude, longitude }: { latitude: number; longitude: number }, z: number) {
  const sine = Math.sin((latitude * Math.PI) / 180);
  const down = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return { x: ((longitude + 180) / 360) * worldPx(z), y: down * worldPx(z) };
}

function toPosition(right: number, down: number) {
  return {
    longitude: right * 360 - 180,
    latitude: (Math.atan(Math.sinh(Math.PI * (1 - 2 * down))) * 180) / Math.PI,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
