import { html } from 'hono/html';

import { NOTHING, renderPage } from './page-frame.ts';
import type { Visitor } from './visitor.ts';

/** What a link of an invitation shows first: it is opened by a button, since programs that look at mail follow links. */
export function renderInvitationPage(
  invitation: { name: string; territoryName: string } | undefined,
  path: string,
  visitor: Visitor,
) {
  const head = html`<meta name="robots" content="noindex" />`;
  if (invitation === undefined)
    return renderPage(
      { title: 'Invitation – Correspondants', visitor, head },
      html`<div class="prose">
        <h1>Cette invitation ne s’ouvre plus</h1>
        <p>
          Son lien sert une fois, pendant 14&nbsp;jours. Vous pouvez vous connecter sans elle&nbsp;: votre
          page vous attend.
        </p>
        ${visitor.signInPath === undefined ? NOTHING : html`<p><a class="button main" href="/connexion?retour=${encodeURIComponent(AFTER_SIGN_IN)}">Se connecter</a></p>`}
      </div>`,
    );
  return renderPage(
    { title: 'Invitation – Correspondants', visitor, head },
    html`<div class="prose">
      <h1>Remplir votre page</h1>
      <p>
        <bdi>${invitation.territoryName}</bdi> invite <strong><bdi>${invitation.name}</bdi></strong> à dire
        comment il ou elle exerce&nbsp;: nouveaux patients, visites à domicile, horaires, absences.
      </p>
      <p>
        Vous allez d’abord vous identifier avec Pro Santé Connect&nbsp;: ce lien ne donne aucun droit par
        lui-même.
      </p>
      <form method="post" action="${path}">
        ${visitor.person === undefined ? NOTHING : html`<input type="hidden" name="csrf" value="${visitor.person.csrfToken}" />`}
        <button class="main" type="submit">Continuer</button>
      </form>
    </div>`,
  );
}

/** Where whoever was invited goes. */
export const AFTER_SIGN_IN = '/mon-espace';
