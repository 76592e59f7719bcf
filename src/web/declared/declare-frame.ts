import { html } from 'hono/html';

import type { DeclaredKind } from '#domain/declaration.ts';

import { assetPath } from '../asset.ts';
import { pagePath } from '../correspondent-words.ts';
import { NOTHING, renderPage, type Fragment } from '../page-frame.ts';
import type { Visitor } from '../visitor.ts';

const PATHS = { expert: '/espace/expertises', team: '/espace/equipes' } as const satisfies Record<
  DeclaredKind,
  string
>;

export const DECLARED_NAMES = {
  expert: {
    all: 'Expertises',
    declare: 'Déclarer une expertise',
    change: 'Modifier une expertise',
  },
  team: {
    all: 'Équipes ressources',
    declare: 'Déclarer une équipe ressource',
    change: 'Modifier une équipe ressource',
  },
} as const satisfies Record<DeclaredKind, Record<string, string>>;

/** Address of a page where experts and teams are declared. */
export function declarePath(kind: DeclaredKind, ...parts: readonly string[]): string {
  return [PATHS[kind], ...parts.map(encodeURIComponent)].join('/');
}

/** @param shown.id of one that is declared */
export function renderDeclareFrame(
  {
    kind,
    title,
    id,
    visitor,
  }: { kind: DeclaredKind; title: string; id?: string | undefined; visitor: Visitor },
  content: Fragment,
): Fragment {
  const parts = [
    { path: 'modifier', label: 'Modifier' },
    { path: 'historique', label: 'Historique' },
    ...(kind === 'expert' ? [{ path: 'facturation', label: 'Facturation (privé)' }] : []),
  ];
  return renderPage(
    {
      title: `${title} – Correspondants`,
      visitor,
      isSearch: true,
      head: html`<meta name="robots" content="noindex" />
        <link rel="stylesheet" href="${assetPath('declare.css')}" />`,
    },
    html`<div class="declaring">
      <p class="way-back"><a href="${PATHS[kind]}">${DECLARED_NAMES[kind].all}</a></p>
      <h1>${title}</h1>
      ${
        id === undefined
          ? NOTHING
          : html`<nav aria-label="Cette déclaration">
              <ul class="links">
                <li><a href="${pagePath(id)}">La voir dans l’annuaire</a></li>
                ${parts.map(
                  ({ path, label }) =>
                    html`<li>
                      <a href="${path === 'modifier' ? declarePath(kind, id) : declarePath(kind, id, path)}"
                        >${label}</a
                      >
                    </li>`,
                )}
              </ul>
            </nav>`
      }
      ${content}
    </div>`,
  );
}
