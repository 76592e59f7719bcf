import { html } from 'hono/html';

import { NOTHING, renderPage, type Fragment } from './page-frame.ts';
import { renderCsrf } from './territory-frame.ts';
import { signInLink, type Visitor } from './visitor.ts';

interface InvitationView {
  /** Undefined: it does not open, any more or at all. */
  invitation: { name: string; rpps: string | null; territoryName: string } | undefined;
  /** Who has signed in; undefined: nobody. */
  reader: { name: string; rpps: string | null } | undefined;
  path: string;
  visitor: Visitor;
}

/** What a link of an invitation shows: a button opens it, since programs that look at mail follow links. */
export function renderInvitationPage({ invitation, reader, path, visitor }: InvitationView) {
  return renderPage(
    {
      title: 'Invitation – Correspondants',
      visitor,
      head: html`<meta name="robots" content="noindex" />`,
    },
    html`<div class="prose">
      ${
        invitation === undefined
          ? renderClosed(visitor)
          : html`<h1>Remplir votre page</h1>
              <p>
                <bdi>${invitation.territoryName}</bdi> invite <strong><bdi>${invitation.name}</bdi></strong> à
                dire comment il ou elle exerce&nbsp;: nouveaux patients, visites à domicile, horaires,
                absences.
              </p>
              ${renderNext(invitation.rpps, reader, path, visitor)}`
      }
    </div>`,
  );
}

function renderClosed({ signInPath }: Visitor): Fragment {
  return html`<h1>Cette invitation ne s’ouvre plus</h1>
    <p>
      Son lien sert une fois, pendant 14&nbsp;jours. Vous pouvez vous connecter sans elle&nbsp;: votre page
      vous attend.
    </p>
    ${
      signInPath === undefined
        ? NOTHING
        : html`<p><a class="button main" href="${signInLink('/mon-espace')}">Se connecter</a></p>`
    }`;
}

function renderNext(
  rpps: string | null,
  reader: InvitationView['reader'],
  path: string,
  visitor: Visitor,
): Fragment {
  if (reader === undefined)
    return html`<p>
        Ce lien ne donne aucun droit par lui-même&nbsp;: identifiez-vous avec Pro Santé Connect, il s’ouvrira
        pour vous.
      </p>
      ${
        visitor.signInPath === undefined
          ? html`<p class="note">On ne peut pas se connecter d’ici.</p>`
          : html`<p><a class="button main" href="${visitor.signInPath}">S’identifier</a></p>`
      }`;
  if (reader.rpps === null || reader.rpps !== rpps)
    return html`<p class="note" role="alert">
      Vous êtes connecté comme <bdi>${reader.name}</bdi>&nbsp;: cette invitation ne s’ouvre que pour la
      personne invitée. Déconnectez-vous, puis rouvrez le lien.
    </p>`;
  return html`<form method="post" action="${path}">
    ${renderCsrf(visitor)}
    <button class="main" type="submit">Ouvrir ma page</button>
  </form>`;
}
