import { html } from 'hono/html';

import { findCommune } from '#domain/geography.ts';
import type { Commune } from '#domain/geography/commune-tables.ts';
import type { Territory } from '#domain/territory.ts';

import { assetPath } from './asset.ts';
import { toCount } from './french-text.ts';
import type { MapTiles } from './map-tiles.ts';
import { NOTHING, renderPage } from './page-frame.ts';
import { territoryPath } from './territory-frame.ts';
import { renderTerritoryMap } from './territory-map.ts';
import type { Visitor } from './visitor.ts';

/** What anybody sees of a territory: what it is, its communes, and a search within it. */
export function renderTerritoryPublicPage(
  { id, name, communeCodes }: Territory,
  { visitor, isCoordinated, tiles }: { visitor: Visitor; isCoordinated: boolean; tiles: MapTiles },
) {
  const codes = new Set(communeCodes.map((code) => findCommune(code)?.code ?? code));
  const communes = [...codes]
    .flatMap((code) => findCommune(code) ?? [])
    // A city stands for its arrondissements.
    .filter(({ parentCode }) => parentCode === null || !codes.has(parentCode))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'fr'));
  return renderPage(
    {
      title: `${name} – Correspondants`,
      visitor,
      head: html`<script type="module" src="${assetPath('territory.js')}"></script>`,
    },
    html`<div class="territory">
      <h1><bdi>${name}</bdi></h1>
      <p>
        Un territoire de ${toCount(communes.length, 'commune')}, dont les professionnels de santé s’organisent
        ensemble.
      </p>
      <section aria-labelledby="search">
        <h2 id="search">Chercher dans ce territoire</h2>
        <form class="within" action="/" role="search">
          <label for="q">Qui, ou quoi</label>
          <input type="search" id="q" name="q" maxlength="200" aria-describedby="q-hint" autocomplete="off" />
          <input type="hidden" name="where" value="${name}" />
          <button class="main" type="submit">Chercher</button>
          <p class="status" id="q-hint">
            Un nom, une profession, un besoin&nbsp;: «&nbsp;kiné à domicile&nbsp;», «&nbsp;cardiologue&nbsp;»…
          </p>
        </form>
        <p><a href="/?where=${encodeURIComponent(name)}">Tous les correspondants du territoire</a></p>
      </section>
      <section aria-labelledby="communes">
        <h2 id="communes">${communes.length === 1 ? 'Sa commune' : 'Ses communes'}</h2>
        <div class="territory-communes">
          ${renderTerritoryMap(tiles, 'Carte des communes\u00a0; la liste dit la même chose')}
          <ul class="commune-list">
            ${communes.map(renderCommune)}
          </ul>
        </div>
      </section>
      ${renderCoordination(id, visitor, isCoordinated)}
    </div>`,
  );
}

function renderCommune({ code, name, latitude, longitude }: Commune) {
  const where = encodeURIComponent(code);
  return html`<li data-position="${latitude},${longitude}" data-told="${name}">
    <a href="/?where=${where}"><bdi>${name}</bdi></a>
  </li>`;
}

function renderCoordination(id: string, visitor: Visitor, isCoordinated: boolean) {
  if (isCoordinated)
    return html`<p class="actions"><a class="button" href="${territoryPath(id)}">Le tableau de bord</a></p>`;
  if (visitor.person !== undefined || visitor.signInPath === undefined) return NOTHING;
  return html`<p class="status">
    Vous coordonnez ce territoire&nbsp;? <a href="${visitor.signInPath}">Connectez-vous</a> pour voir son
    tableau de bord.
  </p>`;
}
