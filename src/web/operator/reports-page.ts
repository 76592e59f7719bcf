import { html } from 'hono/html';

import type { ErrorReport } from '#domain/error-report.ts';

import { pagePath } from '../correspondent-words.ts';
import { NOTHING, type Fragment } from '../page-frame.ts';
import { REPORTED_LABELS } from '../report-page.ts';
import type { Visitor } from '../visitor.ts';
import { toFrenchInstant } from './french-instant.ts';
import { renderCsrf, renderOperatorPage } from './operator-frame.ts';

const REPORTERS: Record<ErrorReport['reporter'], string> = {
  anonymous: 'sans compte',
  person: 'une personne connectée',
  application: 'une application',
};

/** What people say is wrong, everywhere. */
export function renderReportsPage(
  { reports, state }: { reports: ErrorReport[]; state: 'open' | 'closed' },
  visitor: Visitor,
): Fragment {
  return renderOperatorPage(
    { title: 'Erreurs signalées', path: '/exploitation/erreurs', visitor },
    html`<p>
        ${
          state === 'open'
            ? html`<a href="/exploitation/erreurs?etat=closes">Voir celles qui sont closes</a>`
            : html`<a href="/exploitation/erreurs">Voir celles qui sont ouvertes</a>`
        }
      </p>
      ${
        reports.length === 0
          ? html`<p class="status">Aucune.</p>`
          : html`<ul class="cards">
              ${reports.map((it) => renderReport(it, visitor))}
            </ul>`
      }`,
  );
}

function renderReport(it: ErrorReport, visitor: Visitor) {
  const finess = /^structure-(\d+)$/.exec(it.subjectId)?.[1];
  const path = finess === undefined ? pagePath(it.subjectId) : `/structures/${finess}`;
  return html`<li class="card">
    <div class="head">
      <h2>
        <a href="${path}"><bdi>${it.subjectName}</bdi></a>
      </h2>
      <p class="kind">${REPORTED_LABELS[it.field]}</p>
    </div>
    <p class="message"><bdi>${it.message}</bdi></p>
    <p class="status">
      ${toFrenchInstant(it.reportedAt)}, par
      ${REPORTERS[it.reporter]}${it.closedAt === null ? NOTHING : html`, close ${toFrenchInstant(it.closedAt)}`}
    </p>
    <form method="post" action="/exploitation/erreurs/${it.id}">
      ${renderCsrf(visitor)}<input
        type="hidden"
        name="etat"
        value="${it.closedAt === null ? 'close' : 'ouverte'}"
      />
      <button type="submit">
        ${it.closedAt === null ? 'Clore' : 'Rouvrir'}<bdi class="out-of-sight"> ${it.subjectName}</bdi>
      </button>
    </form>
  </li>`;
}
