import { html } from 'hono/html';

import { labelOf } from '#domain/code-lists.ts';
import { findCommune } from '#domain/geography.ts';
import type { TerritoryBoard, TerritoryNumbers } from '#domain/territory.ts';
import { BOARD_MEANINGS } from '#profiles/territories/export-board.ts';

import { toCount, toFrenchNumber } from './french-text.ts';
import type { MapTiles } from './map-tiles.ts';
import { NOTHING, type Fragment } from './page-frame.ts';
import { describePages, renderPagesBar, renderProgress, toShare } from './territory-charts.ts';
import { renderTerritoryMap } from './territory-map.ts';
import { renderTerritoryPage, territoryPath, type TerritoryView } from './territory-frame.ts';

/** Communes that are shown at once; the table for a spreadsheet has all of them. */
const ROWS_MAX = 200;

/** How far the pages of a territory are, by profession and commune, on a map and over time. */
export function renderTerritoryBoardPage(view: TerritoryView, board: TerritoryBoard, tiles: MapTiles) {
  const { id } = view.territory;
  const { professionals, completePages, emptyPages, stalePages, withoutMailbox, invitations } = board;
  const people = (query: string) => territoryPath(id, `/professionnels?${query}`);
  return renderTerritoryPage(
    view,
    '',
    html`<section aria-labelledby="numbers">
        <h2 id="numbers">Aujourd’hui</h2>
        <ul class="tiles">
          ${renderTile(toFrenchNumber(professionals), 'professionnels', territoryPath(id, '/professionnels'))}
          ${renderTile(toShare(completePages, professionals), `pages complètes (${toFrenchNumber(completePages)})`, people('page=complete'))}
          ${renderTile(toFrenchNumber(emptyPages), 'pages vides', people('page=empty'))}
          ${renderTile(toFrenchNumber(stalePages), 'pages inchangées depuis 12 mois', people('etat=anciennes'))}
          ${renderTile(toFrenchNumber(withoutMailbox), 'sans messagerie sécurisée', people('messagerie=non'))}
          ${renderTile(toFrenchNumber(board.errorReports), 'erreurs signalées à lire', territoryPath(id, '/erreurs'))}
        </ul>
        ${renderPagesBar(board, false)}
        <p class="status">
          ${describePages(board)}.
          ${
            invitations.invited === 0
              ? 'Personne n’a été invité à remplir sa page.'
              : `${toCount(invitations.invited, 'personne invitée', 'personnes invitées')}, ${toCount(invitations.opened, 'lien ouvert', 'liens ouverts')}, ${toCount(invitations.answered, 'page changée', 'pages changées')} depuis.`
          }
          <a href="${territoryPath(id, '/invitations')}">Les invitations</a>
        </p>
        <details class="status">
          <summary>Ce que ces nombres comptent</summary>
          <dl class="facts">
            <dt>Complète</dt>
            <dd>${BOARD_MEANINGS.completePages}</dd>
            <dt>Partielle</dt>
            <dd>${BOARD_MEANINGS.partialPages}</dd>
            <dt>Vide</dt>
            <dd>${BOARD_MEANINGS.emptyPages}</dd>
            <dt>Inchangée</dt>
            <dd>${BOARD_MEANINGS.stalePages}</dd>
            <dt>Sans messagerie</dt>
            <dd>${BOARD_MEANINGS.withoutMailbox}</dd>
          </dl>
        </details>
        <p class="actions">
          <a class="button" href="/v1/territories/${id}/board.csv" download>Ces nombres (CSV)</a>
          <a class="button" href="/v1/territories/${id}/professionals.csv" download
            >Le tableau des professionnels, à remplir (CSV)</a
          >
          <a class="button" href="${territoryPath(id, '?vue=publique')}">Ce que tout le monde voit</a>
        </p>
      </section>
      <section aria-labelledby="progress">
        <h2 id="progress">Au fil des jours</h2>
        ${renderProgress(board.progress)}
      </section>
      <section aria-labelledby="professions">
        <h2 id="professions">Par profession</h2>
        ${renderGroups(
          'Profession',
          board.professions,
          (code) => labelOf('profession', code) ?? code,
          (code) => people(`profession=${code}`),
        )}
      </section>
      <section aria-labelledby="communes">
        <h2 id="communes">Par commune</h2>
        <div class="territory-communes">
          <div>
            ${renderTerritoryMap(tiles, 'Carte des communes\u00a0; le tableau dit la même chose')}
            <p class="js status">
              Plus il y a de personnes, plus le disque est grand&nbsp;: vert où la moitié des pages au moins
              sont complètes, ocre où la moitié disent quelque chose, blanc ailleurs.
            </p>
          </div>
          ${renderGroups(
            'Commune',
            board.communes,
            (code) => findCommune(code)?.name ?? code,
            (code) => people(`commune=${code}`),
            true,
          )}
        </div>
      </section>`,
  );
}

function renderTile(number: string, label: string, path: string) {
  return html`<li>
    <a href="${path}"><strong>${number}</strong> <span>${label}</span></a>
  </li>`;
}

function renderGroups(
  title: string,
  groups: readonly ({ code: string } & TerritoryNumbers)[],
  nameOf: (code: string) => string,
  pathOf: (code: string) => string,
  isPlaced = false,
): Fragment {
  if (groups.length === 0) return html`<p class="nothing">Personne n’exerce encore sur ce territoire.</p>`;
  return html`<div class="wide" tabindex="0" role="region" aria-label="${title}, tableau">
    <table class="groups">
      <thead>
        <tr>
          <th scope="col">${title}</th>
          <th scope="col">Personnes</th>
          <th scope="col">Complètes</th>
          <th scope="col">Partielles</th>
          <th scope="col">Vides</th>
          <th scope="col">Sans messagerie</th>
          <td></td>
        </tr>
      </thead>
      <tbody>
        ${groups.slice(0, ROWS_MAX).map(
          (it) =>
            html`<tr ${isPlaced ? renderPosition(it) : NOTHING}>
              <th scope="row"><a href="${pathOf(it.code)}">${nameOf(it.code)}</a></th>
              <td>${it.professionals}</td>
              <td>${it.completePages}</td>
              <td>${it.partialPages}</td>
              <td>${it.emptyPages}</td>
              <td>${it.withoutMailbox}</td>
              <td>${renderPagesBar(it, true)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function renderPosition({
  code,
  professionals,
  completePages,
  partialPages,
}: { code: string } & TerritoryNumbers) {
  const commune = findCommune(code);
  if (!commune) return NOTHING;
  const told = `${commune.name}\u00a0: ${toCount(professionals, 'personne')}, ${toShare(completePages, professionals)} de pages complètes`;
  return html`data-position="${commune.latitude},${commune.longitude}" data-people="${professionals}"
  data-complete="${professionals === 0 ? 0 : completePages / professionals}"
  data-said="${professionals === 0 ? 0 : (completePages + partialPages) / professionals}" data-told="${told}"`;
}
