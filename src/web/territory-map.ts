import { html } from 'hono/html';

import { assetPath } from './asset.ts';
import type { MapTiles } from './map-tiles.ts';

/** Where `territory.js` puts a map of what has a `data-position` on the page; without scripts it is not there. */
export function renderTerritoryMap(tiles: MapTiles, label: string) {
  return html`<div
    class="js territory-map"
    role="group"
    aria-label="${label}"
    data-script="${assetPath('map.js')}"
    data-leaflet-js="${assetPath('leaflet.js')}"
    data-leaflet-css="${assetPath('leaflet.css')}"
    data-tiles="${tiles.address}"
    data-attribution="${tiles.attribution}"
  ></div>`;
}
