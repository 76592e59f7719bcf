import { html } from 'hono/html';

import type { FoundCorrespondents } from '#directory/find-correspondents.ts';

import { renderCard } from './correspondent-card.ts';
import { toAddressLine } from './correspondent-words.ts';
import { nameOfStructure } from './find-structure.ts';
import { toCount } from './french-text.ts';
import { NOTHING, renderPage } from './page-frame.ts';
import type { Visitor } from './visitor.ts';

/**
 * A structure and who can be written to there.
 * @param finess of the site or of the legal entity
 * @param found at least one
 */
export function renderStructurePage(finess: string, found: FoundCorrespondents, now: Date, visitor: Visitor) {
  const { name, site } = nameOfStructure(finess, found);
  const { value, exact } = found.total;
  return renderPage(
    { title: `${name} – Correspondants`, visitor },
    html`<p class="way-back"><a href="/">Nouvelle recherche</a></p>
      <div class="results-head">
        <h1><bdi>${name}</bdi></h1>
      </div>
      ${site ? html`<p class="place"><bdi>${[site.organization?.category?.label, toAddressLine(site)].filter(Boolean).join(' — ')}</bdi></p>` : NOTHING}
      <p class="status">FINESS ${finess} – <a href="/structures/${finess}/erreur">Signaler une erreur</a></p>
      <p class="way-back">
        ${exact ? '' : 'Plus de '}${toCount(value, 'correspondant')}${
          found.nextOffset === undefined
            ? ''
            : html` – <a href="/?finess=${finess}">les voir tous, les filtrer</a>`
        }
      </p>
      <ul class="cards">
        ${found.results.map((it) => renderCard(it, now))}
      </ul>`,
  );
}
