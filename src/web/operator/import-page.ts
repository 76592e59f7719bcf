import { html } from 'hono/html';

import type { ImportReport, SourceReport } from '#domain/import-report.ts';

import { toCount, toFrenchNumber } from '../french-text.ts';
import { NOTHING, type Fragment } from '../page-frame.ts';
import type { Visitor } from '../visitor.ts';
import { toFrenchDuration, toFrenchInstant } from './french-instant.ts';
import { renderOperatorPage } from './operator-frame.ts';

const REJECTIONS_SHOWN = 100;
const MEASURES = {
  rejected: 'de lignes rejetées',
  disappearing: 'de lignes qui disparaîtraient',
  changing: 'de lignes qui changeraient',
};

/** The report of one run: what each file gave, what it changed, what was refused and why. */
export function renderImportPage(report: ImportReport, visitor: Visitor): Fragment {
  const { runId, startedAt, durationMs, sources, correspondents, breaches, rejections } = report;
  return renderOperatorPage(
    { title: `Import nº ${runId}`, path: '', visitor },
    html`<p>
        ${toFrenchInstant(startedAt)}, en ${toFrenchDuration(durationMs)}&nbsp;:
        ${toCount(correspondents.created, 'nouveau correspondant', 'nouveaux correspondants')},
        ${toCount(correspondents.changed, 'modifié')}, ${toCount(correspondents.removed, 'retiré')}.
      </p>
      ${
        breaches.length === 0
          ? NOTHING
          : html`<div class="note">
              <p>Arrêté avant tout changement&nbsp;:</p>
              <ul>
                ${breaches.map(
                  ({ source, measure, share, thresholdMax }) =>
                    html`<li>
                      ${source}&nbsp;: ${toPercent(share)} ${MEASURES[measure]}, pour
                      ${toPercent(thresholdMax)} permis
                    </li>`,
                )}
              </ul>
            </div>`
      }
      ${sources.map(renderSource)}
      ${
        rejections.length === 0
          ? NOTHING
          : html`<section aria-labelledby="rejections">
              <h2 id="rejections">Premières lignes rejetées</h2>
              <ul class="rejections">
                ${rejections.slice(0, REJECTIONS_SHOWN).map(
                  ({ file, line, column, detail }) =>
                    html`<li>
                      <code>${file}:${line}</code>${column === null ? '' : html` <bdi>${column}</bdi>`}
                      <bdi lang="en">${detail}</bdi>
                    </li>`,
                )}
              </ul>
            </section>`
      }`,
  );
}

function renderSource(it: SourceReport) {
  return html`<section aria-labelledby="source-${it.source}">
    <h2 id="source-${it.source}">${it.source}</h2>
    <p class="status">
      <bdi>${it.fileName}</bdi>,
      ${it.publishedAt === null ? 'sans date' : `publié le ${toFrenchInstant(it.publishedAt)}`}
    </p>
    ${
      it.isSameFile
        ? html`<p>Le fichier même du dernier import&nbsp;: rien à faire.</p>`
        : html`<p>
              ${toCount(it.lines, 'ligne')}&nbsp;: ${toFrenchNumber(it.accepted)} acceptées,
              ${toFrenchNumber(it.ignored)} ignorées, ${toFrenchNumber(it.rejected)} rejetées.
            </p>
            <div class="scrolls" tabindex="0" role="region" aria-label="Changements de ${it.source}">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Table</th>
                    <th scope="col" class="amount">Créées</th>
                    <th scope="col" class="amount">Changées</th>
                    <th scope="col" class="amount">Retirées</th>
                    <th scope="col" class="amount">Inchangées</th>
                  </tr>
                </thead>
                <tbody>
                  ${Object.entries(it.entities).map(
                    ([table, counts]) =>
                      html`<tr>
                        <th scope="row"><code>${table}</code></th>
                        <td class="amount">${toFrenchNumber(counts.created)}</td>
                        <td class="amount">${toFrenchNumber(counts.changed)}</td>
                        <td class="amount">${toFrenchNumber(counts.deactivated)}</td>
                        <td class="amount">${toFrenchNumber(counts.unchanged)}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
    }
  </section>`;
}

function toPercent(share: number): string {
  return `${(share * 100).toFixed(1).replace('.', ',')}\u00a0%`;
}
