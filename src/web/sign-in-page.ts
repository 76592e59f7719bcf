import { html } from 'hono/html';

import type { IdentityProvider } from '#access/sign-in-settings.ts';

import { renderPage } from './page-frame.ts';
import type { Visitor } from './visitor.ts';

/** The ways to sign in, when there is more than one. */
export function renderSignInPage(providers: readonly IdentityProvider[], returnTo: string, visitor: Visitor) {
  return renderPage(
    { title: 'Se connecter – Correspondants', visitor },
    html`<div class="prose">
      <h1>Se connecter</h1>
      <p>
        Chercher ne demande pas de compte. Connectez-vous pour remplir votre page, celle d’un confrère qui
        vous l’a confiée, ou celles de votre territoire.
      </p>
      <ul class="sign-in">
        ${providers.map(
          ({ id, label }) =>
            html`<li>
              <a class="button main" href="/connexion?avec=${id}&retour=${encodeURIComponent(returnTo)}"
                >${label}</a
              >
            </li>`,
        )}
      </ul>
    </div>`,
  );
}
