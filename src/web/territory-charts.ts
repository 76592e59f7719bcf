import { html, raw } from 'hono/html';

import type { DayNumbers, TerritoryNumbers } from '#domain/territory.ts';

import { toCount, toFrenchNumber } from './french-text.ts';
import { NOTHING } from './page-frame.ts';

type Pages = Pick<TerritoryNumbers, 'professionals' | 'completePages' | 'partialPages' | 'emptyPages'>;

/** "12 complètes, 3 partielles, 5 vides". */
export function describePages({ completePages, partialPages, emptyPages }: Pages): string {
  return [
    toCount(completePages, 'page complète', 'pages complètes'),
    toCount(partialPages, 'partielle'),
    toCount(emptyPages, 'vide'),
  ].join(', ');
}

/** "43 %", of no one: "–". */
export function toShare(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((100 * part) / whole)}\u00a0%`;
}

const BAR_WIDTH = 200;

/** Pages of a group as one bar: complete, partial, empty. @param isTold by the numbers beside it, so that it is only to be looked at */
export function renderPagesBar(numbers: Pages, isTold: boolean) {
  const { professionals, completePages, partialPages } = numbers;
  const scale = professionals === 0 ? 0 : BAR_WIDTH / professionals;
  const complete = round(completePages * scale);
  const partial = round(partialPages * scale);
  const told = isTold ? raw('aria-hidden="true"') : html`role="img" aria-label="${describePages(numbers)}"`;
  return html`<svg class="pages-bar" viewBox="0 0 ${BAR_WIDTH} 12" preserveAspectRatio="none" ${told}>
    <rect class="empty" width="${BAR_WIDTH}" height="12" />
    <rect class="complete" width="${complete}" height="12" />
    <rect class="partial" x="${complete}" width="${partial}" height="12" />
  </svg>`;
}

const CHART = { width: 640, height: 200, left: 44, right: 12, top: 12, bottom: 28 };
const DAYS_MAX = 366;

/** Complete and partial pages day by day, as a line each; nothing before the second day. */
export function renderProgress(progress: readonly DayNumbers[]) {
  const days = progress.filter((it) => it.completePages !== null).slice(-DAYS_MAX);
  const [first, last] = [days[0], days.at(-1)];
  if (days.length < 2 || !first || !last)
    return html`<p class="status">
      ${progress[0] ? `Compté chaque jour depuis le ${toFrenchDate(progress[0].day)}. ` : ''}La courbe
      commence au deuxième jour.
    </p>`;
  const most = Math.max(1, ...days.map((it) => (it.completePages ?? 0) + (it.partialPages ?? 0)));
  const startMs = Date.parse(first.day);
  const spanMs = Date.parse(last.day) - startMs;
  const x = (day: string) =>
    round(CHART.left + ((Date.parse(day) - startMs) / spanMs) * (CHART.width - CHART.left - CHART.right));
  const y = (count: number) =>
    round(CHART.height - CHART.bottom - (count / most) * (CHART.height - CHART.top - CHART.bottom));
  const line = (count: (it: DayNumbers) => number) =>
    days.map((it) => `${x(it.day)},${y(count(it))}`).join(' ');
  const label = `Du ${toFrenchDate(first.day)} au ${toFrenchDate(last.day)}\u00a0: pages complètes de ${first.completePages} à ${last.completePages}, partielles de ${first.partialPages} à ${last.partialPages}.`;
  return html`<figure class="progress">
    <svg viewBox="0 0 ${CHART.width} ${CHART.height}" role="img" aria-label="${label}">
      <g class="grid">
        ${[0, most].map(
          (count) =>
            html`<line
                x1="${CHART.left}"
                x2="${CHART.width - CHART.right}"
                y1="${y(count)}"
                y2="${y(count)}"
              />
              <text x="${CHART.left - 6}" y="${y(count) + 4}" text-anchor="end"
                >${toFrenchNumber(count)}</text
              >`,
        )}
        <text x="${CHART.left}" y="${CHART.height - 6}">${toFrenchDate(first.day)}</text>
        <text x="${CHART.width - CHART.right}" y="${CHART.height - 6}" text-anchor="end">
          ${toFrenchDate(last.day)}
        </text>
      </g>
      <polyline class="said" points="${line((it) => (it.completePages ?? 0) + (it.partialPages ?? 0))}" />
      <polyline class="complete" points="${line((it) => it.completePages ?? 0)}" />
    </svg>
    <figcaption class="status">
      Compté chaque jour depuis le ${toFrenchDate(first.day)} :
      <span class="key complete" aria-hidden="true"></span> pages complètes
      <span class="key said" aria-hidden="true"></span> pages où quelque chose est dit
    </figcaption>
    <details>
      <summary>Les nombres, jour par jour</summary>
      <div class="wide" tabindex="0" role="region" aria-label="Nombres jour par jour">
        <table>
          <thead>
            <tr>
              <th scope="col">Jour</th>
              <th scope="col">Professionnels</th>
              <th scope="col">Complètes</th>
              <th scope="col">Partielles</th>
              <th scope="col">Vides</th>
              <th scope="col">Erreurs signalées</th>
            </tr>
          </thead>
          <tbody>
            ${days.toReversed().map(
              (it) =>
                html`<tr>
                  <th scope="row">${toFrenchDate(it.day)}</th>
                  <td>${it.professionals}</td>
                  <td>${it.completePages}</td>
                  <td>${it.partialPages}</td>
                  <td>${it.emptyPages}</td>
                  <td>${it.errorReports ?? NOTHING}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>
  </figure>`;
}

/** @param day `2026-12-24`, of an instant too */
export function toFrenchDate(day: string): string {
  return day.slice(0, 10).split('-').reverse().join('/');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
