import { html } from 'hono/html';

import type { ReadOut } from '#access/read-out-watch.ts';
import type { ComparisonState } from '#directory/index-comparison.ts';
import type { ImportSummary } from '#directory/list-imports.ts';
import type { SourceFreshness } from '#directory/list-sources.ts';
import type { ImportProgress } from '#domain/import-progress.ts';
import type { ImportState } from '#domain/import-report.ts';
import type { DependencyHealth } from '#http/health-routes.ts';
import type { RouteLatency } from '#telemetry/recent-latencies.ts';

import { toCount, toFrenchNumber } from '../french-text.ts';
import { NOTHING, type Fragment } from '../page-frame.ts';
import type { Visitor } from '../visitor.ts';
import { toFrenchAge, toFrenchDuration, toFrenchInstant } from './french-instant.ts';
import { renderCsrf, renderOperatorPage } from './operator-frame.ts';

export interface OperatorNow {
  imports: ImportSummary[];
  sources: SourceFreshness[];
  health: DependencyHealth[];
  /** Undefined where no process can compare: on Workers. */
  comparison: ComparisonState | undefined;
  /** Undefined where none are kept. */
  latencies: RouteLatency[] | undefined;
  /** Undefined where nobody is counted. */
  readOuts: ReadOut[] | undefined;
  now: Date;
  visitor: Visitor;
}

const EVERY_RUNNING = 'every 2s';
const EVERY = 'every 10s';

/** What goes on: imports, sources, index, answers. It keeps itself up to date where scripts run. */
export function renderNowPage(it: OperatorNow): Fragment {
  const isRunning = it.imports.some((run) => run.state === 'running') || it.comparison?.state === 'running';
  return renderOperatorPage(
    { title: 'Exploitation', path: '/exploitation', visitor: it.visitor, isLive: true },
    html`<div
      id="now"
      hx-get="/exploitation"
      hx-select="#now"
      hx-target="this"
      hx-swap="outerMorph"
      hx-trigger="${isRunning ? EVERY_RUNNING : EVERY}"
    >
      ${renderHealth(it.health)} ${renderImports(it)} ${renderSources(it)} ${renderComparison(it)}
      ${renderReadOuts(it.readOuts)} ${renderLatencies(it.latencies)}
    </div>`,
  );
}

function renderHealth(health: DependencyHealth[]) {
  const names = { store: 'Base de données', search: 'Moteur de recherche' };
  return html`<section aria-labelledby="health">
    <h2 id="health">État</h2>
    <ul class="states">
      ${health.map(
        ({ name, isUp, detailForPeople }) =>
          html`<li>
            <span class="dot ${isUp ? 'active' : 'failed'}" aria-hidden="true"></span>
            <strong>${names[name]}</strong>&nbsp;: ${isUp ? 'répond' : 'ne répond pas'}
            <small>${detailForPeople}</small>
          </li>`,
      )}
    </ul>
  </section>`;
}

const STATES: Record<ImportState, string> = {
  running: 'en cours',
  succeeded: 'fait',
  refused: 'refusé par un seuil',
  failed: 'a échoué',
  interrupted: 'interrompu',
};

/** After so long without news a run has probably died. */
const SILENT_MS = 60_000;

function renderImports({ imports, now }: OperatorNow) {
  const running = imports.find((it) => it.state === 'running');
  return html`<section aria-labelledby="imports">
    <h2 id="imports">Imports</h2>
    ${running ? renderRunning(running, now) : NOTHING}
    ${
      imports.length === 0
        ? html`<p class="status">Rien n’a encore été importé.</p>`
        : html`<div class="scrolls" tabindex="0" role="region" aria-label="Derniers imports">
            <table>
              <thead>
                <tr>
                  <th scope="col">Import</th>
                  <th scope="col">Début</th>
                  <th scope="col">Durée</th>
                  <th scope="col">État</th>
                  <th scope="col" class="amount">Nouveaux</th>
                  <th scope="col" class="amount">Modifiés</th>
                  <th scope="col" class="amount">Retirés</th>
                  <th scope="col" class="amount">Lignes rejetées</th>
                </tr>
              </thead>
              <tbody>
                ${imports.map((it) => renderImport(it, now))}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

function renderImport(
  { id, state, startedAt, finishedAt, correspondents, rejected }: ImportSummary,
  now: Date,
) {
  const tookMs = (finishedAt === null ? now.getTime() : Date.parse(finishedAt)) - Date.parse(startedAt);
  const amount = (count: number | null | undefined) =>
    html`<td class="amount">${count === null || count === undefined ? '–' : toFrenchNumber(count)}</td>`;
  return html`<tr>
    <th scope="row">
      ${correspondents === null ? `nº ${id}` : html`<a href="/exploitation/imports/${id}">nº ${id}</a>`}
    </th>
    <td>${toFrenchInstant(startedAt)}</td>
    <td>${toFrenchDuration(Math.max(0, tookMs))}</td>
    <td><span class="state ${state}">${STATES[state]}</span></td>
    ${amount(correspondents?.created)} ${amount(correspondents?.changed)} ${amount(correspondents?.removed)}
    ${amount(rejected)}
  </tr>`;
}

function renderRunning({ id, progress, progressAt, startedAt }: ImportSummary, now: Date) {
  const isSilent = now.getTime() - Date.parse(progressAt ?? startedAt) > SILENT_MS;
  const share = progress?.step === 'read' && progress.bytesTotal > 0 ? toShare(progress) : undefined;
  return html`<div class="running">
    <p>
      <strong id="running-import">Import nº ${id}</strong>&nbsp;:
      ${progress === null ? 'commence' : describe(progress)}
    </p>
    ${
      share === undefined
        ? html`<progress aria-labelledby="running-import"></progress>`
        : html`<progress aria-labelledby="running-import" max="100" value="${share}">
            ${share}&nbsp;%
          </progress>`
    }
    ${
      isSilent
        ? html`<p class="note">
            Pas de nouvelles depuis plus d’une minute&nbsp;: le programme qui importait s’est peut-être
            arrêté.
          </p>`
        : NOTHING
    }
  </div>`;
}

function toShare({ bytesRead, bytesTotal }: { bytesRead: number; bytesTotal: number }): number {
  return Math.min(100, Math.floor((bytesRead / bytesTotal) * 100));
}

function describe(progress: ImportProgress): string {
  switch (progress.step) {
    case 'read':
      return `lecture de ${progress.source}, ${toCount(progress.lines, 'ligne')} (${toShare(progress)} %)`;
    case 'compare':
      return `comparaison de ${progress.source} (${progress.table})`;
    case 'write':
      return `écriture de ${progress.source} (${progress.table})`;
    case 'log':
      return 'écriture du journal des changements';
  }
}

/** A daily file that gave nothing new for so long is probably dead. */
const STALE_MS = 3 * 86_400_000;

function renderSources({ sources, now }: OperatorNow) {
  return html`<section aria-labelledby="sources">
    <h2 id="sources">Fichiers officiels</h2>
    <div class="scrolls" tabindex="0" role="region" aria-label="Fraîcheur des fichiers">
      <table>
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">Publié</th>
            <th scope="col">Vérifié</th>
            <th scope="col">Dernière nouveauté</th>
            <th scope="col" class="amount">Lignes</th>
            <th scope="col" class="amount">Rejetées</th>
          </tr>
        </thead>
        <tbody>
          ${sources.map(({ source, state }) => {
            if (state === null)
              return html`<tr>
                <th scope="row">${source}</th>
                <td colspan="5">jamais importé</td>
              </tr>`;
            const isStale = now.getTime() - Date.parse(state.checkedAt) > STALE_MS;
            return html`<tr>
              <th scope="row">${source}</th>
              <td>${toFrenchInstant(state.publishedAt)}</td>
              <td>
                ${toFrenchAge(state.checkedAt, now)}${isStale ? html` <span class="state failed">à relancer</span>` : NOTHING}
              </td>
              <td>${toFrenchAge(state.changedAt, now)}</td>
              <td class="amount">${toFrenchNumber(state.lines)}</td>
              <td class="amount">${toFrenchNumber(state.rejected)}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
  </section>`;
}

const STEPS = {
  'catch-up': 'attend l’index',
  read: 'lit l’index',
  compare: 'compare chaque correspondant',
  recheck: 'revoit ce qui diffère',
};

function renderComparison({ comparison, visitor, now }: OperatorNow) {
  if (comparison === undefined) return NOTHING;
  return html`<section aria-labelledby="comparison">
    <h2 id="comparison">Index et base comparés</h2>
    ${renderComparisonState(comparison, now)}
    ${
      comparison.state === 'running'
        ? NOTHING
        : html`<form method="post" action="/exploitation/comparaison">
            ${renderCsrf(visitor)}<button type="submit">Comparer maintenant</button>
          </form>`
    }
  </section>`;
}

function renderComparisonState(it: ComparisonState, now: Date) {
  switch (it.state) {
    case 'never':
      return html`<p class="status">Pas encore comparés par ce serveur.</p>`;
    case 'running': {
      const { step, done, total } = it.progress;
      const value = total === 0 ? NOTHING : html`max="${total}" value="${Math.min(done, total)}"`;
      return html`<p>
          En cours&nbsp;:
          ${STEPS[step]}${total === 0 ? '' : ` (${toFrenchNumber(done)} sur ${toFrenchNumber(total)})`}.
        </p>
        <progress aria-labelledby="comparison" ${value}></progress>`;
    }
    case 'failed':
      return html`<p class="note">La comparaison n’a pas abouti. <span lang="en">${it.reason}</span></p>`;
    case 'done': {
      const { stored, indexed, missing, extra, different, lag } = it.report;
      const count = missing.count + extra.count + different.count;
      return html`<p>
          <span class="state ${count === 0 ? 'succeeded' : 'failed'}"
            >${count === 0 ? 'Aucune différence' : toCount(count, 'différence')}</span
          >, ${toFrenchAge(it.finishedAt, now)}, en
          ${toFrenchDuration(it.finishedAt.getTime() - it.startedAt.getTime())}.
        </p>
        <dl class="facts">
          <dt>Dans la base</dt>
          <dd>${toFrenchNumber(stored)}</dd>
          <dt>Dans l’index</dt>
          <dd>${toFrenchNumber(indexed)}</dd>
          <dt>Manquent, en trop, différents</dt>
          <dd>
            ${toFrenchNumber(missing.count)}, ${toFrenchNumber(extra.count)},
            ${toFrenchNumber(different.count)}
          </dd>
          <dt>Changements en attente</dt>
          <dd>${toFrenchNumber(lag)}</dd>
        </dl>`;
    }
  }
}

const CALLERS: Record<ReadOut['caller']['kind'], string> = {
  key: 'application',
  person: 'personne',
  address: 'adresse',
};

function renderReadOuts(readOuts: ReadOut[] | undefined) {
  if (readOuts === undefined) return NOTHING;
  return html`<section aria-labelledby="read-outs">
    <h2 id="read-outs">Lecture systématique</h2>
    ${
      readOuts.length === 0
        ? html`<p class="status">Personne n’a lu une grande part de l’annuaire aujourd’hui.</p>`
        : html`<div class="scrolls" tabindex="0" role="region" aria-label="Qui lit l’annuaire entier">
            <table>
              <thead>
                <tr>
                  <th scope="col">Qui</th>
                  <th scope="col" class="amount">Correspondants lus aujourd’hui</th>
                  <th scope="col">État</th>
                </tr>
              </thead>
              <tbody>
                ${readOuts.map(
                  ({ caller, count, state }) =>
                    html`<tr>
                      <th scope="row"><bdi>${caller.label}</bdi> (${CALLERS[caller.kind]})</th>
                      <td class="amount">${toFrenchNumber(count)}</td>
                      <td>
                        ${
                          state === 'slowed'
                            ? html`<span class="state running">ralenti</span>`
                            : html`<span class="state refused">refusé jusqu’à demain</span>`
                        }
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

const ROUTES_SHOWN = 15;

function renderLatencies(latencies: RouteLatency[] | undefined) {
  if (latencies === undefined) return NOTHING;
  return html`<section aria-labelledby="latencies">
    <h2 id="latencies">Réponses des cinq dernières minutes</h2>
    <div class="scrolls" tabindex="0" role="region" aria-label="Temps de réponse par adresse">
      <table>
        <thead>
          <tr>
            <th scope="col">Adresse</th>
            <th scope="col" class="amount">Demandes</th>
            <th scope="col" class="amount">Échecs</th>
            <th scope="col" class="amount">Médiane</th>
            <th scope="col" class="amount">99<sup>e</sup> centile</th>
          </tr>
        </thead>
        <tbody>
          ${latencies.slice(0, ROUTES_SHOWN).map(
            (it) =>
              html`<tr>
                <th scope="row"><code>${it.method} ${it.route}</code></th>
                <td class="amount">${toFrenchNumber(it.count)}</td>
                <td class="amount">${toFrenchNumber(it.failed)}</td>
                <td class="amount">${toFrenchDuration(it.p50Ms)}</td>
                <td class="amount">${toFrenchDuration(it.p99Ms)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
