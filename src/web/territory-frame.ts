import { html } from 'hono/html';

import { renderPage, type Fragment } from './page-frame.ts';
import { assetPath } from './asset.ts';
import type { Visitor } from './visitor.ts';

/** What all the pages of a territory know. */
export interface TerritoryView {
  territory: { id: string; name: string };
  visitor: Visitor;
}

const PARTS = [
  { path: '', label: 'Tableau de bord' },
  { path: '/professionnels', label: 'Professionnels' },
  { path: '/invitations', label: 'Invitations' },
  { path: '/imports', label: 'Import d’un tableau' },
  { path: '/erreurs', label: 'Erreurs signalées' },
] as const;

export type TerritoryPart = (typeof PARTS)[number]['path'];

/** Address of a page of a territory. */
export function territoryPath(id: string, rest = ''): string {
  return `/territoires/${encodeURIComponent(id)}${rest}`;
}

/** A page of a territory, among the others. */
export function renderTerritoryPage(
  { territory, visitor }: TerritoryView,
  part: TerritoryPart,
  content: Fragment,
) {
  const { label } = PARTS.find((it) => it.path === part)!;
  const head = html`<meta name="robots" content="noindex" />
    <script type="module" src="${assetPath('territory.js')}"></script>`;
  return renderPage(
    { title: `${label} – ${territory.name}`, visitor, head },
    html`<div class="territory">
      <h1><bdi>${territory.name}</bdi></h1>
      <nav class="tabs" aria-label="Le territoire">
        ${PARTS.map(
          ({ path, label }) =>
            html`<a
              href="${territoryPath(territory.id, path)}"
              ${path === part ? html`aria-current="page"` : ''}
              >${label}</a
            >`,
        )}
      </nav>
      ${content}
    </div>`,
  );
}

/** What a form of a page sends so that it is known to come from there. */
export function renderCsrf({ person }: Visitor) {
  return html`<input type="hidden" name="csrf" value="${person?.csrfToken ?? ''}" />`;
}
