import { html } from 'hono/html';

import type { PersonActor } from '#domain/actor.ts';

import { NOTHING, renderPage } from './page-frame.ts';
import { territoryPath } from './territory-frame.ts';
import type { Visitor } from './visitor.ts';

/** Who one is here, and what one may do. */
export function renderMySpacePage(person: PersonActor, visitor: Visitor) {
  const roles = [
    ...(person.isAdministrator ? [html`<a href="/exploitation">Administration de l’annuaire</a>`] : []),
    ...person.territories.map(
      (id) => html`<a href="${territoryPath(id)}">Coordination du territoire ${id}</a>`,
    ),
    ...person.organizations.map((id) => `Services de la structure ${id}`),
  ];
  return renderPage(
    { title: 'Mon espace – Correspondants', visitor },
    html`<div class="prose">
      <h1>Mon espace</h1>
      <dl class="facts">
        <dt>Nom</dt>
        <dd><bdi>${person.name}</bdi></dd>
        ${
          person.rpps === null
            ? NOTHING
            : html`<dt>RPPS</dt>
                <dd>${person.rpps}</dd>`
        }
      </dl>
      ${
        person.rpps === null
          ? NOTHING
          : html`<p><a href="/correspondants/${person.rpps}">Ma page dans l’annuaire</a></p>`
      }
      ${
        roles.length === 0
          ? NOTHING
          : html`<h2>Ce que vous pouvez faire</h2>
              <ul>
                ${roles.map((role) => html`<li>${role}</li>`)}
              </ul>`
      }
    </div>`,
  );
}
