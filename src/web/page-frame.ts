import { html, raw } from 'hono/html';

import { assetPath } from './asset.ts';
import type { Visitor } from './visitor.ts';

/** What the templates of `hono/html` give and take. */
export type Fragment = ReturnType<typeof html>;

export const NOTHING = raw('');

/** Mark of the directory: two people who write to each other. */
const MARK = raw(
  '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M4 5h11a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H9l-4 3v-3H4a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z"/><path d="M20 9a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2v3l-4-3h-4a2 2 0 0 1-1.7-1"/></svg>',
);

/**
 * A whole page in French.
 * @param head what one page alone has in its head: data for machines, `robots`
 */
export function renderPage(
  {
    title,
    visitor,
    head,
    isSearch,
  }: { title: string; visitor: Visitor; head?: Fragment; isSearch?: boolean },
  content: Fragment,
) {
  return html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <meta name="referrer" content="no-referrer" />
        <link rel="icon" type="image/svg+xml" href="${assetPath('icon.svg')}" />
        <link rel="stylesheet" href="${assetPath('page.css')}" />
        ${
          isSearch
            ? html`<meta name="htmx-config" content='{"includeIndicatorCSS":false}' />
                <script defer src="${assetPath('htmx.js')}"></script>`
            : NOTHING
        }
        <script type="module" src="${assetPath('page.js')}"></script>
        ${head ?? NOTHING}
      </head>
      <body>
        <a class="skip" href="#contenu">Aller au contenu</a>
        <header class="top">
          <div>
            <a class="brand" href="/">${MARK} Correspondants</a>
            <nav aria-label="Le site">
              <ul class="links">
                <li class="aside"><a href="/embed">Intégrer</a></li>
                <li class="aside"><a href="/docs">API</a></li>
                ${renderVisitor(visitor)}
              </ul>
            </nav>
          </div>
        </header>
        <main id="contenu" tabindex="-1">${content}</main>
        <p id="announcement" class="out-of-sight" role="status"></p>
        <footer class="foot">
          <div>
            <ul class="links">
              <li><a href="/">Chercher</a></li>
              <li><a href="/embed">Intégrer l’annuaire</a></li>
              <li><a href="/docs">API</a></li>
            </ul>
            <p>
              Annuaire bâti sur les fichiers officiels du RPPS, de MSSanté et du FINESS (Licence Ouverte
              2.0)&nbsp;;
              <a href="/v1/sources">dates et sources</a>. Ce que vous cherchez n’est ni gardé ni journalisé.
            </p>
          </div>
        </footer>
      </body>
    </html>`;
}

function renderVisitor({ person, signInPath }: Visitor) {
  if (person === undefined) {
    return signInPath === undefined ? NOTHING : html`<li><a href="${signInPath}">Se connecter</a></li>`;
  }
  return html`<li><bdi class="visitor">${person.name}</bdi></li>
    <li><a href="/mon-espace">Mon espace</a></li>
    <li>
      <form class="sign-out" method="post" action="/deconnexion">
        <input type="hidden" name="csrf" value="${person.csrfToken}" />
        <button class="as-link">Se déconnecter</button>
      </form>
    </li>`;
}
