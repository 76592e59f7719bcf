import { html } from 'hono/html';

import { IMPORT_LINE_STATES, type ImportLineState, type TerritoryImport } from '#domain/territory-import.ts';
import { describeChange, describeField } from '#profiles/territories/describe-change.ts';
import type { NamedPerson, ReadLine } from '#profiles/territories/read-import.ts';
import { toHeaders } from '#profiles/territories/spreadsheet-columns.ts';

import { toCount, toFrenchNumber } from './french-text.ts';
import { NOTHING } from './page-frame.ts';
import { toFrenchDate } from './territory-charts.ts';
import { renderCsrf, renderTerritoryPage, territoryPath, type TerritoryView } from './territory-frame.ts';
import { IMPORT_STATES, renderSteps } from './territory-imports-page.ts';

export interface ImportView {
  import: TerritoryImport;
  lines: readonly ReadLine[];
  /** Of which lines. */
  state: ImportLineState | undefined;
  /** Of the lines that follow. */
  next: number | undefined;
  /** Why the last thing that was asked was not done. */
  fault: { text: string; items: readonly string[] } | undefined;
}

const STATE_LABELS: Record<ImportLineState, string> = {
  fault: 'Fausses',
  doubtful: 'Douteuses',
  change: 'Changent une page',
  same: 'Ne changent rien',
  skipped: 'Laissées de côté',
};

/** One spreadsheet: what is wrong or doubtful, mended beside the cells; what it changes; confirming and undoing. */
export function renderTerritoryImportPage(view: TerritoryView, shown: ImportView) {
  const { import: it, fault } = shown;
  const path = territoryPath(view.territory.id, `/imports/${it.id}`);
  return renderTerritoryPage(
    view,
    '/imports',
    html`<p class="way-back">
        <a href="${territoryPath(view.territory.id, '/imports')}">Tous les tableaux</a>
      </p>
      <h2>
        <bdi>${it.fileName}</bdi> <span class="import-state ${it.state}">${IMPORT_STATES[it.state]}</span>
      </h2>
      <p class="status">
        Déposé le ${toFrenchDate(it.createdAt)} par
        <bdi>${it.createdBy.name}</bdi
        >${it.confirmedAt === null ? '' : `, appliqué le ${toFrenchDate(it.confirmedAt)}`}${it.undoneAt === null ? '' : `, annulé le ${toFrenchDate(it.undoneAt)}`}.
      </p>
      ${renderSteps(it.state === 'preview' ? 2 : 3)}
      ${
        fault === undefined
          ? NOTHING
          : html`<div class="note" role="alert">
              <p>${fault.text}</p>
              ${
                fault.items.length === 0
                  ? NOTHING
                  : html`<ul>
                      ${fault.items.map((item) => html`<li><bdi>${item}</bdi></li>`)}
                    </ul>`
              }
            </div>`
      }
      ${renderWhatNext(view, it, path)} ${renderTabs(shown, path)} ${renderLines(view, shown, path)}`,
  );
}

function renderWhatNext({ visitor, territory }: TerritoryView, it: TerritoryImport, path: string) {
  const { counts, people, version } = it;
  const unresolved = counts.fault + counts.doubtful;
  const data = html`data-import="/v1/territories/${territory.id}/imports/${it.id}"
  data-csrf="${visitor.person?.csrfToken ?? ''}"`;
  if (it.state === 'preview')
    return html`<section class="next" aria-labelledby="next">
      <h3 id="next">
        ${toCount(people, 'page changera', 'pages changeront')}${unresolved === 0 ? '' : `, ${toCount(unresolved, 'ligne est', 'lignes sont')} à corriger`}
      </h3>
      <form method="post" action="${path}/confirmer" class="js-progress" data-step="confirm" ${data}>
        ${renderCsrf(visitor)}
        <input type="hidden" name="version" value="${version}" />
        ${
          unresolved === 0
            ? NOTHING
            : html`<label class="choice"
                ><input type="checkbox" name="skip" value="1" required /> Laisser de côté
                ${toCount(unresolved, 'ligne fausse ou douteuse', 'lignes fausses ou douteuses')}</label
              >`
        }
        <button class="main" type="submit" ${people === 0 ? html`disabled` : NOTHING}>
          Appliquer aux pages
        </button>
        <p class="status">Tout est appliqué, ou rien. Vous pourrez annuler ensuite.</p>
      </form>
      <form method="post" action="${path}">
        ${renderCsrf(visitor)}
        <button type="submit">Comparer à nouveau avec les pages</button>
      </form>
      <form method="post" action="${path}/abandon">
        ${renderCsrf(visitor)}
        <button type="submit">Abandonner ce tableau</button>
      </form>
    </section>`;
  if (it.state === 'confirmed')
    return html`<section class="next" aria-labelledby="next">
      <h3 id="next">${toCount(people, 'page changée', 'pages changées')}</h3>
      <form method="post" action="${path}/annuler" class="js-progress" data-step="undo" ${data}>
        ${renderCsrf(visitor)}
        <input type="hidden" name="version" value="${version}" />
        <button type="submit">Annuler cet import</button>
        <p class="status">Ce que quelqu’un a changé depuis reste comme il est, et vous sera dit.</p>
      </form>
    </section>`;
  return html`<section class="next" aria-labelledby="next">
    <h3 id="next">Les pages sont revenues à ce qu’elles disaient</h3>
    ${
      it.leftByUndo.length === 0
        ? NOTHING
        : html`<p>Sauf ce que quelqu’un avait changé depuis&nbsp;:</p>
            <ul>
              ${it.leftByUndo.map(({ name, field }) => html`<li><bdi>${name}</bdi> – ${describeField(field)}</li>`)}
            </ul>`
    }
  </section>`;
}

function renderTabs({ import: { counts }, state }: ImportView, path: string) {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const tab = (to: string, label: string, count: number, isCurrent: boolean) =>
    html`<a href="${to}" ${isCurrent ? html`aria-current="page"` : NOTHING}
      >${label} <span class="number">${toFrenchNumber(count)}</span></a
    >`;
  return html`<nav class="tabs" aria-label="Lignes">
    ${IMPORT_LINE_STATES.filter((it) => counts[it] > 0 || it === state).map((it) =>
      tab(`${path}?lignes=${it}`, STATE_LABELS[it], counts[it], it === state),
    )}
    ${tab(`${path}?lignes=toutes`, 'Toutes', all, state === undefined)}
  </nav>`;
}

function renderLines(
  { visitor }: TerritoryView,
  { import: it, lines, state, next }: ImportView,
  path: string,
) {
  if (lines.length === 0) return html`<p class="nothing">Aucune ligne ici.</p>`;
  const isOpen = it.state === 'preview';
  const follow =
    next === undefined
      ? NOTHING
      : html`<a class="button" href="${path}?lignes=${state ?? 'toutes'}&amp;apres=${next}"
          >Les lignes suivantes</a
        >`;
  const list = html`<ol class="import-lines">
    ${lines.map((line) => renderLine(line, isOpen))}
  </ol>`;
  if (!isOpen)
    return html`${list}
      <p class="actions">${follow}</p>`;
  return html`<form method="post" action="${path}">
    ${renderCsrf(visitor)}
    <input type="hidden" name="version" value="${it.version}" />
    <input type="hidden" name="lignes" value="${state ?? 'toutes'}" />
    ${list}
    <p class="actions"><button class="main" type="submit">Enregistrer ces corrections</button> ${follow}</p>
  </form>`;
}

function renderLine(line: ReadLine, isOpen: boolean) {
  const { person, candidates, faults, changes, state } = line;
  const cells = toHeaders(line.cells);
  const title =
    person?.name ?? ([cells['Prénom'], cells['Nom']].filter(Boolean).join(' ') || cells['RPPS'] || '');
  return html`<li class="import-line ${state}" id="line-${line.line}">
    <h3>Ligne ${line.line} <bdi>${title}</bdi></h3>
    ${candidates.length > 0 ? renderChoice(line.line, candidates, isOpen) : NOTHING}
    ${faults.length > 0 ? renderFaults(line, cells, isOpen) : NOTHING}
    ${
      changes.length === 0
        ? NOTHING
        : html`<dl class="changes">
            ${changes.map((it) => {
              const { label, before, after } = describeChange(it);
              return html`<dt>${label}</dt>
                <dd>
                  <del><bdi>${before === '' ? 'non dit' : before}</bdi></del>
                  <span aria-hidden="true">→</span> <ins><bdi>${after === '' ? 'non dit' : after}</bdi></ins>
                </dd>`;
            })}
          </dl>`
    }
    ${
      isOpen && (state === 'fault' || state === 'doubtful' || state === 'skipped')
        ? html`<label class="choice"
              ><input
                type="checkbox"
                name="skip.${line.line}"
                value="1"
                ${state === 'skipped' ? html`checked` : NOTHING}
              />
              Laisser cette ligne de côté</label
            ><input type="hidden" name="line" value="${line.line}" />`
        : NOTHING
    }
  </li>`;
}

/** Radios by who it may be; the RPPS of somebody else can be typed. */
function renderChoice(line: number, candidates: readonly NamedPerson[], isOpen: boolean) {
  const names = candidates.map(
    ({ name, rpps, communes }) => `${name}, ${communes.join(', ')} (${rpps ?? 'sans RPPS'})`,
  );
  if (!isOpen) return html`<p>De qui s’agit-il&nbsp;: ${names.join(' ou ')}</p>`;
  return html`<fieldset>
    <legend>De qui s’agit-il&nbsp;?</legend>
    <ul class="choices">
      ${candidates.map(
        (it, index) =>
          html`<li>
            <label
              ><input type="radio" name="who.${line}" value="${it.rpps ?? it.practitionerId}" />
              <bdi>${names[index]}</bdi></label
            >
          </li>`,
      )}
    </ul>
  </fieldset>`;
}

/** A line does not break after `«`, nor before `»`. */
function withFrenchQuotes(text: string): string {
  return text.replaceAll('« ', '«\u00a0').replaceAll(' »', '\u00a0»');
}

/** What is wrong, each beside the cell that it is in. */
function renderFaults({ line, faults }: ReadLine, cells: Record<string, string>, isOpen: boolean) {
  const wholes = faults.filter((it) => it.column === null);
  const columns = [...new Set(faults.flatMap((it) => it.column ?? []))];
  // Whoever cannot be told from the line is told by the RPPS.
  const shown = wholes.length > 0 && !columns.includes('RPPS') ? ['RPPS', ...columns] : columns;
  return html`<div class="faults">
    ${wholes.map(({ detail }) => html`<p class="fault">${withFrenchQuotes(detail)}</p>`)}
    ${shown.map((column) => {
      const id = `cell-${line}-${shown.indexOf(column)}`;
      const details = faults.filter((it) => it.column === column);
      const cell = cells[column] ?? '';
      return html`<div>
        <label for="${id}">${column}<span class="out-of-sight">, ligne ${line}</span></label>
        ${details.map(({ detail }) => html`<p class="fault" id="${id}-fault"><bdi>${withFrenchQuotes(detail)}</bdi></p>`)}
        ${
          isOpen
            ? cell.length > 80 || cell.includes('\n')
              ? html`<textarea
                  id="${id}"
                  name="cell.${line}.${column}"
                  rows="3"
                  ${details.length > 0 ? html`aria-invalid="true" aria-describedby="${id}-fault"` : NOTHING}
                >
${cell}</textarea>`
              : html`<input
                  type="text"
                  id="${id}"
                  name="cell.${line}.${column}"
                  value="${cell}"
                  ${details.length > 0 ? html`aria-invalid="true" aria-describedby="${id}-fault"` : NOTHING}
                />`
            : html`<p id="${id}"><bdi>${cell}</bdi></p>`
        }
      </div>`;
    })}
  </div>`;
}
