import { html } from 'hono/html';

import type { RecordedEvent } from '#domain/audit-event.ts';

import { NOTHING, type Fragment } from '../page-frame.ts';
import type { Visitor } from '../visitor.ts';
import { toFrenchInstant } from './french-instant.ts';
import { renderOperatorPage } from './operator-frame.ts';

const ACTORS: Record<RecordedEvent['actorKind'], string> = {
  anonymous: 'inconnu',
  person: 'personne',
  application: 'application',
  operator: 'ligne de commande',
};
const OUTCOMES: Record<string, { label: string; state: string }> = {
  done: { label: 'fait', state: 'succeeded' },
  refused: { label: 'refusé', state: 'refused' },
  failed: { label: 'a échoué', state: 'failed' },
};

/** Who did what, the latest first. @param next the id from which to go on; null at the end */
export function renderAuditPage(
  { events, next }: { events: RecordedEvent[]; next: string | null },
  visitor: Visitor,
): Fragment {
  return renderOperatorPage(
    { title: 'Journal', path: '/exploitation/journal', visitor },
    html`<p class="status">Ce journal ne peut être ni changé ni effacé. L’ouvrir y est écrit aussi.</p>
      <div class="scrolls" tabindex="0" role="region" aria-label="Qui a fait quoi">
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
      </div>
      ${next === null ? NOTHING : html`<p class="pages"><a class="button" href="/exploitation/journal?avant=${next}">Plus ancien</a></p>`}`,
  );
}

function renderEvent(it: RecordedEvent) {
  const outcome = OUTCOMES[it.outcome] ?? { label: it.outcome, state: '' };
  return html`<tr>
    <td>${toFrenchInstant(it.at)}</td>
    <td>
      <bdi>${it.actorName ?? ''}</bdi>
      ${it.actorName === null ? ACTORS[it.actorKind] : `(${ACTORS[it.actorKind]})`}
    </td>
    <td><code>${it.operation}</code></td>
    <td>${it.target === null ? '–' : html`${it.target.kind} <bdi>${it.target.id}</bdi>`}</td>
    <td><span class="state ${outcome.state}">${outcome.label}</span></td>
    <td><bdi>${it.details === null ? '' : toText(it.details)}</bdi></td>
  </tr>`;
}

function toText(details: Record<string, unknown>): string {
  return Object.entries(details)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join('; ');
}
