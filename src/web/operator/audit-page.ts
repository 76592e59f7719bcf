import { html } from 'hono/html';

import type { RecordedEvent } from '#domain/audit-event.ts';

import { NOTHING, type Fragment } from '../page-frame.ts';
import type { Visitor } from '../visitor.ts';
import {
  isRead,
  OPERATION_CHOICES,
  toActorLabel,
  toDetailsText,
  toOperationLabel,
  toTargetLabel,
} from './audit-words.ts';
import { toFrenchInstant } from './french-instant.ts';
import { renderOperatorPage } from './operator-frame.ts';

const PATH = '/exploitation/journal';
const OUTCOMES: Record<string, { label: string; state: string }> = {
  done: { label: 'fait', state: 'succeeded' },
  refused: { label: 'refusé', state: 'refused' },
  failed: { label: 'a échoué', state: 'failed' },
};

/** What the journal is asked for. */
interface AuditFilter {
  actorName: string | undefined;
  operation: string | undefined;
}

/** Who did what, the latest first. @param next the id from which to go on; null at the end */
export function renderAuditPage(
  { events, next, filter }: { events: RecordedEvent[]; next: string | null; filter: AuditFilter },
  visitor: Visitor,
): Fragment {
  return renderOperatorPage(
    { title: 'Journal', path: PATH, visitor },
    html`<p class="status">Ce journal ne peut être ni changé ni effacé. L’ouvrir y est écrit aussi.</p>
      ${renderFilter(filter)}
      ${
        events.length === 0
          ? html`<p class="status">Rien de tel n’y est écrit.</p>`
          : html`<div class="scrolls" tabindex="0" role="region" aria-label="Qui a fait quoi">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Quand</th>
                    <th scope="col">Qui</th>
                    <th scope="col">Opération</th>
                    <th scope="col">Sur</th>
                    <th scope="col">Issue</th>
                    <th scope="col">Détail</th>
                  </tr>
                </thead>
                <tbody>
                  ${events.map(renderEvent)}
                </tbody>
              </table>
            </div>`
      }
      ${next === null ? NOTHING : html`<p class="pages"><a class="button" href="${toPath(filter, next)}">Plus ancien</a></p>`}`,
  );
}

function renderFilter({ actorName, operation }: AuditFilter) {
  return html`<form method="get" action="${PATH}" class="narrowing" role="search">
    <div>
      <label for="qui">Qui (nom)</label>
      <input id="qui" name="qui" type="text" maxlength="100" autocomplete="off" value="${actorName ?? ''}" />
    </div>
    <div>
      <label for="quoi">Opération</label>
      <select id="quoi" name="quoi">
        <option value="">Toutes</option>
        ${OPERATION_CHOICES.map(
          ({ value, label }) =>
            html`<option value="${value}" ${value === operation ? html`selected` : NOTHING}>
              ${label}
            </option>`,
        )}
      </select>
    </div>
    <button type="submit">Filtrer</button>
    ${actorName === undefined && operation === undefined ? NOTHING : html`<a href="${PATH}">Tout voir</a>`}
  </form>`;
}

function toPath({ actorName, operation }: AuditFilter, before?: string): string {
  const query = new URLSearchParams({
    ...(actorName !== undefined && { qui: actorName }),
    ...(operation !== undefined && { quoi: operation }),
    ...(before !== undefined && { avant: before }),
  });
  return `${PATH}?${query}`;
}

function renderEvent(it: RecordedEvent) {
  const outcome = OUTCOMES[it.outcome] ?? { label: it.outcome, state: '' };
  const target = it.target && toTargetLabel(it.target);
  return html`<tr>
    <td>${toFrenchInstant(it.at)}</td>
    <td>${renderActor(it)}</td>
    <td title="${it.operation}">
      ${toOperationLabel(it.operation)}${isRead(it) ? html` <small>(lecture seule)</small>` : NOTHING}
    </td>
    <td>${target === null ? '–' : html`${target.kind} <bdi>${target.id}</bdi>`}</td>
    <td><span class="state ${outcome.state}">${outcome.label}</span></td>
    <td><bdi>${it.details === null ? '' : toDetailsText(it.details)}</bdi></td>
  </tr>`;
}

/** A name leads to all that it did. */
function renderActor({ actorKind, actorName, application }: RecordedEvent) {
  const kind = toActorLabel(actorKind);
  if (actorName === null) return kind;
  const path = toPath({ actorName, operation: undefined });
  const through = application === null ? '' : `, par ${application}`;
  return html`<a href="${path}"><bdi>${actorName}</bdi></a> <small>${kind}${through}</small>`;
}
