import { html } from 'hono/html';

import type { AppError, AppErrorCode } from '#domain/errors.ts';
import { isAppError } from '#domain/errors.ts';

import { NOTHING, renderPage } from './page-frame.ts';
import { searchPath } from './page-query.ts';
import type { Visitor } from './visitor.ts';

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
  'not-allowed': {
    title: 'Cette page n’est pas pour vous',
    text: 'Il faut un rôle que vous n’avez pas. Demandez-le à qui tient cet annuaire.',
  },
  'request-forged': {
    title: 'Ceci ne vient pas d’une page de l’annuaire',
    text: 'Ou bien la page était ouverte depuis trop longtemps. Rien n’a été changé\u00a0: rouvrez-la et recommencez.',
  },
  'sign-in-failed': {
    title: 'La connexion n’a pas abouti',
    text: 'Elle a été abandonnée, ou a pris trop de temps. Recommencez-la.',
  },
  'sign-in-unavailable': {
    title: 'Le service d’identité ne répond pas',
    text: 'L’annuaire, lui, fonctionne. Réessayez de vous connecter dans quelques instants.',
  },
  'too-many-requests': {
    title: 'Trop de demandes en peu de temps',
    text: 'Attendez un instant, puis rechargez cette page.',
  },
  'territory-not-found': { title: 'Ce territoire n’est pas connu', text: 'Son adresse a peut-être changé.' },
  'import-not-found': { title: 'Cet import n’existe pas', text: 'Ou bien il est d’un autre territoire.' },
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

/** Until tomorrow: whoever reads the directory out, and has an export for it. */
const READ_OUT = {
  title: 'Vous avez lu une grande part de l’annuaire aujourd’hui',
  text: 'Pour le lire en entier, un export existe\u00a0: demandez à qui le tient une clé pour les applications. La recherche vous répondra de nouveau demain.',
};
const LONG_WAIT_SECONDS = 60;

const SIGN_IN = {
  title: 'Connectez-vous pour continuer',
  text: 'Cette page demande de savoir qui vous êtes.',
};
const ELSE = { title: 'Quelque chose n’a pas marché', text: 'La faute est de notre côté.' };

/** What went wrong, for people, with ways out. */
export function renderFault(error: AppError, url: string) {
  const { title, text } = TEXTS[error.code] ?? ELSE;
  const unknown = error.code === 'place-unknown' ? (error as AppError<'place-unknown'>).data : undefined;
  const nearest = unknown?.nearest ?? [];
  const asked = new URL(url).searchParams.get('comesTo')?.trim();
  const parameter = asked !== undefined && asked === unknown?.where ? 'comesTo' : 'where';
  return html`<div class="nothing">
    <h1>${title}</h1>
    <p>${text}</p>
    ${
      nearest.length === 0
        ? NOTHING
        : html`<p>Peut-être&nbsp;:</p>
            <ul>
              ${nearest.map((name) => html`<li><a href="${searchPath(url, { [parameter]: name })}">${name}</a></li>`)}
            </ul>`
    }
  </div>`;
}

/** A page for an error of any kind; of an unexpected one, only the request's id is told. */
export function renderFaultPage(error: unknown, requestId: string, visitor: Visitor) {
  const code = isAppError(error) ? error.code : undefined;
  const asksToSignIn = code === 'key-needed' && visitor.signInPath !== undefined;
  const isReadOut =
    code === 'too-many-requests' &&
    (error as AppError<'too-many-requests'>).data.retryAfterSeconds > LONG_WAIT_SECONDS;
  const { title, text } = (asksToSignIn ? SIGN_IN : isReadOut ? READ_OUT : code && TEXTS[code]) ?? ELSE;
  return renderPage(
    { title: `${title} – Correspondants`, visitor, head: html`<meta name="robots" content="noindex" />` },
    html`<div class="prose">
      <h1>${title}</h1>
      <p>${text}</p>
      ${code && TEXTS[code] ? NOTHING : html`<p>Signalez-la avec ce numéro&nbsp;: <code>${requestId}</code></p>`}
      ${asksToSignIn ? html`<p><a class="button main" href="${visitor.signInPath}">Se connecter</a></p>` : NOTHING}
      <p><a class="button${asksToSignIn ? '' : ' main'}" href="/">Chercher un correspondant</a></p>
    </div>`,
  );
}
