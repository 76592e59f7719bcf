import { html } from 'hono/html';

import type { ErrorReport } from '#domain/error-report.ts';

import { NOTHING } from './page-frame.ts';
import { REPORTED_LABELS } from './report-page.ts';
import { toFrenchDate } from './territory-charts.ts';
import { renderCsrf, renderTerritoryPage, territoryPath, type TerritoryView } from './territory-frame.ts';

/** What people said is wrong on pages of the territory. */
export function renderTerritoryReportsPage(
  view: TerritoryView,
  state: 'open' | 'closed',
  reports: readonly ErrorReport[],
) {
  const path = territoryPath(view.territory.id, '/erreurs');
  const tab = (to: string, label: string, isCurrent: boolean) =>
    html`<a href="${to}" ${isCurrent ? html`aria-current="page"` : NOTHING}>${label}</a>`;
  return renderTerritoryPage(
    view,
    '/erreurs',
    html`<nav class="tabs" aria-label="Erreurs">
        ${tab(path, 'À lire', state === 'open')} ${tab(`${path}?etat=fermees`, 'Fermées', state === 'closed')}
      </nav>
      ${
        reports.length === 0
          ? html`<p class="nothing">
              ${state === 'open' ? 'Aucune erreur à lire.' : 'Aucune erreur fermée.'}
            </p>`
          : html`<ul class="import-lines">
              ${reports.map(
                (it) =>
                  html`<li class="import-line">
                    <h2>
                      ${it.subjectId.startsWith('structure-') ? html`<a href="/structures/${it.subjectId.slice(10)}"><bdi>${it.subjectName}</bdi></a>` : html`<a href="/correspondants/${encodeURIComponent(it.subjectId)}"><bdi>${it.subjectName}</bdi></a>`}
                    </h2>
                    <p class="status">${REPORTED_LABELS[it.field]}, ${toFrenchDate(it.reportedAt)}</p>
                    <p class="said"><bdi>${it.message}</bdi></p>
                    <form method="post" action="${path}/${it.id}">
                      ${renderCsrf(view.visitor)}
                      <input type="hidden" name="state" value="${state === 'open' ? 'closed' : 'open'}" />
                      <button type="submit">
                        ${state === 'open' ? 'Fermer' : 'Rouvrir'}<bdi class="out-of-sight"
                          >&nbsp;: ${it.subjectName}</bdi
                        >
                      </button>
                    </form>
                  </li>`,
              )}
            </ul>`
      }`,
  );
}
