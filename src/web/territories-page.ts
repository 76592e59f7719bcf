import { html } from 'hono/html';

import { toCount } from './french-text.ts';
import { renderPage } from './page-frame.ts';
import { territoryPath } from './territory-frame.ts';
import type { Visitor } from './visitor.ts';

/** Every territory, by name. */
export function renderTerritoriesPage(
  territories: readonly { id: string; name: string; communeCount: number }[],
  visitor: Visitor,
) {
  return renderPage(
    { title: 'Territoires – Correspondants', visitor },
    html`<div class="territory">
      <h1>Territoires</h1>
      ${
        territories.length === 0
          ? html`<p class="nothing">Aucun territoire n’est encore connu ici.</p>`
          : html`<ul class="import-list">
              ${territories.map(
                ({ id, name, communeCount }) =>
                  html`<li>
                    <a href="${territoryPath(id)}"><bdi>${name}</bdi></a>
                    <span class="status">${toCount(communeCount, 'commune')}</span>
                  </li>`,
              )}
            </ul>`
      }
    </div>`,
  );
}
