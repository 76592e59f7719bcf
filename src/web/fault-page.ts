import { html } from 'hono/html';

import type { AppError, AppErrorCode } from '#domain/errors.ts';
import { isAppError } from '#domain/errors.ts';

import { NOTHING, renderPage } from './page-frame.ts';
import { searchPath } from './page-query.ts';

const TEXTS: Partial<Record<AppErrorCode, { title: string; text: string }>> = {
  'request-invalid': {
    title: 'Cette adresse n’est pas valable',
    text: 'Elle demande quelque chose que l’annuaire ne connaît pas.',
  },
  'correspondent-not-found': {
    title: 'Ce correspondant n’est pas dans l’annuaire',
    text: 'Il n’y est plus, n’y a jamais été, ou n’a pas souhaité y paraître.',
  },
  'route-not-found': { title: 'Cette page n’existe pas', text: 'L’adresse a peut-être changé.' },
  'method-not-allowed': { title: 'Cette page ne se demande pas ainsi', text: 'Revenez à la recherche.' },
  'key-needed': {
    title: 'Cet annuaire n’est pas ouvert à tous',
    text: 'Qui le tient ne le laisse lire qu’aux applications qui ont une clé.',
  },
  'place-unknown': {
    title: 'Ce lieu n’est pas connu',
    text: 'Ni commune, ni code postal, ni département, ni établissement de ce nom.',
  },
  'patient-address-refused': {
    title: 'Ceci est l’adresse d’un patient',
    text: 'Elle n’est dans aucun annuaire. Elle n’a été ni cherchée, ni gardée, ni journalisée ici.',
  },
  'search-unavailable': { title: 'La recherche ne répond pas', text: 'Réessayez dans quelques instants.' },
  'store-unavailable': { title: 'L’annuaire ne répond pas', text: 'Réessayez dans quelques instants.' },
};

const ELSE = { title: 'Quelque chose n’a pas marché', text: 'La faute est de notre côté.' };

/** What went wrong, for people, with ways out. */
export function renderFault(error: AppError, url: string) {
  const { title, text } = TEXTS[error.code] ?? ELSE;
  const nearest = error.code === 'place-unknown' ? (error as AppError<'place-unknown'>).data.nearest : [];
  return html`<div class="nothing">
    <h1>${title}</h1>
    <p>${text}</p>
    ${
      nearest.length === 0
        ? NOTHING
        : html`<p>Peut-être&nbsp;:</p>
            <ul>
              ${nearest.map((name) => html`<li><a href="${searchPath(url, { where: name })}">${name}</a></li>`)}
            </ul>`
    }
  </div>`;
}

/** A page for an error of any kind; of an unexpected one, only the request's id is told. */
export function renderFaultPage(error: unknown, requestId: string) {
  const code = isAppError(error) ? error.code : undefined;
  const { title, text } = (code && TEXTS[code]) ?? ELSE;
  return renderPage(
    { title: `${title} – Correspondants`, head: html`<meta name="robots" content="noindex" />` },
    html`<div class="prose">
      <h1>${title}</h1>
      <p>${text}</p>
      ${code && TEXTS[code] ? NOTHING : html`<p>Signalez-la avec ce numéro&nbsp;: <code>${requestId}</code></p>`}
      <p><a class="button main" href="/">Chercher un correspondant</a></p>
    </div>`,
  );
}
