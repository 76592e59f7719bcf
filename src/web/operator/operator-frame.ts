import { html } from 'hono/html';

import { NOTHING, renderPage, type Fragment } from '../page-frame.ts';
import type { Visitor } from '../visitor.ts';

const SECTIONS = [
  { path: '/exploitation', label: 'Maintenant' },
  { path: '/exploitation/cles', label: 'Clés' },
  { path: '/exploitation/oppositions', label: 'Oppositions' },
  { path: '/exploitation/erreurs', label: 'Erreurs signalées' },
  { path: '/exploitation/journal', label: 'Journal' },
] as const;

/**
 * A page of whoever runs the directory.
 * @param path of the section that it belongs to
 */
export function renderOperatorPage(
  { title, path, visitor, isLive }: { title: string; path: string; visitor: Visitor; isLive?: boolean },
  content: Fragment,
): Fragment {
  return renderPage(
    {
      title: `${title} – Exploitation`,
      visitor,
      ...(isLive && { isSearch: true }),
      head: html`<meta name="robots" content="noindex" />`,
    },
    html`<div class="operator">
      <h1>${title}</h1>
      <nav aria-label="Exploitation">
        <ul class="tabs">
          ${SECTIONS.map(
            (it) =>
              html`<li>
                <a href="${it.path}" ${it.path === path ? html`aria-current="page"` : NOTHING}>${it.label}</a>
              </li>`,
          )}
        </ul>
      </nav>
      ${content}
    </div>`,
  );
}

/** What a form of a person who is signed in sends with the rest. */
export function renderCsrf({ person }: Visitor): Fragment {
  return person === undefined
    ? NOTHING
    : html`<input type="hidden" name="csrf" value="${person.csrfToken}" />`;
}
