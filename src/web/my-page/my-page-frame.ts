import { html } from 'hono/html';

import type { ChangeAuthor } from '#domain/profile.ts';

import { assetPath } from '../asset.ts';
import { pagePath } from '../correspondent-words.ts';
import { NOTHING, renderPage, type Fragment } from '../page-frame.ts';
import type { Visitor } from '../visitor.ts';

/** Whose page is changed, and by whom. */
export interface EditedPage {
  /** `/espace`, or `/espace/praticiens/{rpps}` for the page of somebody else. */
  base: string;
  rpps: string;
  name: string;
  as: ChangeAuthor['kind'];
}

const SECTIONS = [
  { path: '', label: 'Remplir' },
  { path: '/absence', label: 'Absence' },
  { path: '/historique', label: 'Historique' },
  { path: '/delegues', label: 'Délégués', isOwners: true },
  { path: '/contacts', label: 'Contacts privés', isOwners: true },
  { path: '/consultations', label: 'Qui l’a ouverte', isOwners: true },
] as const;

const AS: Partial<Record<ChangeAuthor['kind'], string>> = {
  delegate: 'Vous la remplissez à la demande de la personne, qui voit ce que vous changez.',
  coordinator: 'Vous la remplissez comme coordinateur du territoire. La personne voit ce que vous changez.',
  administrator:
    'Vous la remplissez comme administrateur de l’annuaire. La personne voit ce que vous changez.',
};

/**
 * A page of the space where one's page is filled in.
 * @param path of the section that it belongs to, after the base
 */
export function renderMyPageFrame(
  { title, path, visitor, page }: { title: string; path: string; visitor: Visitor; page: EditedPage },
  content: Fragment,
): Fragment {
  const isOwn = page.as === 'owner';
  return renderPage(
    {
      title: `${title} – Correspondants`,
      visitor,
      head: html`<meta name="robots" content="noindex" />
        <link rel="stylesheet" href="${assetPath('my-page.css')}" />
        <script type="module" src="${assetPath('my-page.js')}"></script>`,
    },
    html`<div class="my-page">
      <p class="way-back"><a href="/mon-espace">Mon espace</a></p>
      <h1>${isOwn ? 'Ma page' : html`Page de <bdi>${page.name}</bdi>`}</h1>
      <p class="status">
        ${AS[page.as] ?? NOTHING}
        <a href="${pagePath(page.rpps)}">Voir la page telle que les autres la voient</a>
      </p>
      <nav aria-label="Ma page">
        <ul class="tabs">
          ${SECTIONS.filter((it) => isOwn || !('isOwners' in it)).map(
            (it) =>
              html`<li>
                <a href="${page.base}${it.path}" ${it.path === path ? html`aria-current="page"` : NOTHING}
                  >${it.label}</a
                >
              </li>`,
          )}
        </ul>
      </nav>
      ${content}
    </div>`,
  );
}
