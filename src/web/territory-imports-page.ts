import { html } from 'hono/html';

import type { RequestFault } from '#domain/errors.ts';
import type { ImportState, TerritoryImport } from '#domain/territory-import.ts';
import { SPREADSHEET_COLUMNS } from '#profiles/territories/spreadsheet-columns.ts';

import { toCount } from './french-text.ts';
import { NOTHING } from './page-frame.ts';
import { toFrenchDate } from './territory-charts.ts';
import { renderCsrf, renderTerritoryPage, territoryPath, type TerritoryView } from './territory-frame.ts';

export const IMPORT_STATES: Record<ImportState, string> = {
  preview: 'à vérifier',
  confirmed: 'appliqué',
  undone: 'annulé',
};

/** Where a spreadsheet is given, and those that were. @param faults why the last one could not be read */
export function renderTerritoryImportsPage(
  view: TerritoryView,
  imports: readonly TerritoryImport[],
  faults: readonly RequestFault[],
) {
  const { id } = view.territory;
  return renderTerritoryPage(
    view,
    '/imports',
    html`<section aria-labelledby="upload">
        <h2 id="upload">Déposer un tableau</h2>
        ${renderSteps(1)}
        ${
          faults.length === 0
            ? NOTHING
            : html`<div class="note" role="alert" id="faults">
                <p>Ce fichier ne peut pas être lu&nbsp;:</p>
                <ul>
                  ${faults.map(({ pointer, detail }) => html`<li><bdi>${pointer}</bdi> – <bdi>${detail}</bdi></li>`)}
                </ul>
              </div>`
        }
        <form
          method="post"
          action="${territoryPath(id, '/imports')}"
          enctype="multipart/form-data"
          class="fields"
        >
          ${renderCsrf(view.visitor)}
          <div>
            <label for="file">Fichier CSV</label>
            <p class="status" id="file-hint">
              Enregistré par votre tableur, 20&nbsp;000 lignes et 10&nbsp;Mo au plus. Rien n’est changé avant
              que vous ne confirmiez.
            </p>
            <input
              id="file"
              name="file"
              type="file"
              accept=".csv,.txt,text/csv"
              required
              aria-describedby="file-hint${faults.length === 0 ? '' : ' faults'}"
            />
          </div>
          <button class="main" type="submit">Vérifier ce tableau</button>
        </form>
        <details>
          <summary>Les colonnes que le tableau peut avoir</summary>
          <p>
            Le plus simple&nbsp;: partez du
            <a href="/v1/territories/${id}/professionals.csv" download>tableau des professionnels</a>,
            remplissez ses cellules, déposez-le. L’ordre des colonnes est libre. Il faut «&nbsp;RPPS&nbsp;»,
            ou «&nbsp;Nom&nbsp;» et «&nbsp;Commune&nbsp;». Une cellule vide laisse la page comme elle
            est&nbsp;; le mot «&nbsp;effacer&nbsp;» retire ce qu’elle dit. Plusieurs choses d’une cellule sont
            séparées par «&nbsp;|&nbsp;».
          </p>
          <p>${Object.values(SPREADSHEET_COLUMNS).join(' · ')}</p>
        </details>
      </section>
      <section aria-labelledby="imports">
        <h2 id="imports">Les tableaux déposés</h2>
        ${
          imports.length === 0
            ? html`<p>Aucun tableau n’a été déposé.</p>`
            : html`<ul class="import-list">
                ${imports.map(
                  (it) =>
                    html`<li>
                      <a href="${territoryPath(id, `/imports/${it.id}`)}"><bdi>${it.fileName}</bdi></a>
                      <span class="import-state ${it.state}">${IMPORT_STATES[it.state]}</span>
                      <span class="status"
                        >${toFrenchDate(it.createdAt)}, par <bdi>${it.createdBy.name}</bdi>,
                        ${toCount(it.people, 'page')}${it.counts.fault > 0 ? `, ${toCount(it.counts.fault, 'ligne fausse', 'lignes fausses')}` : ''}</span
                      >
                    </li>`,
                )}
              </ul>`
        }
      </section>`,
  );
}

/** Where one is among the steps of an import. */
export function renderSteps(current: 1 | 2 | 3) {
  const steps = ['Déposer', 'Vérifier et corriger', 'Appliqué'];
  return html`<ol class="steps" aria-label="Étapes">
    ${steps.map(
      (step, index) =>
        html`<li ${index + 1 === current ? html`aria-current="step"` : NOTHING}>${index + 1}. ${step}</li>`,
    )}
  </ol>`;
}
