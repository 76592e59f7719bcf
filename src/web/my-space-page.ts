import { html } from 'hono/html';

import type { PersonActor } from '#domain/actor.ts';

import { NOTHING, renderPage } from './page-frame.ts';
import { territoryPath } from './territory-frame.ts';
import type { Visitor } from './visitor.ts';

/** A page of somebody else that one may fill in. */
interface EntrustedPage {
  rpps: string;
  name: string;
}

/**
 * Who one is here, and what one may do.
 * @param shown.isUnknown a number was asked for that is none
 */
export function renderMySpacePage(
  person: PersonActor,
  visitor: Visitor,
  {
    entrusted,
    territories,
    organizations,
    isUnknown,
  }: {
    entrusted: readonly EntrustedPage[];
    territories: readonly { id: string; name: string }[];
    organizations: readonly { id: string; name: string }[];
    isUnknown: boolean;
  },
) {
  const roles = [
    ...(person.isAdministrator ? [html`<a href="/exploitation">Administration de l’annuaire</a>`] : []),
    ...person.territories.map((id) => {
      const name = territories.find((it) => it.id === id)?.name ?? id;
      return html`<a href="${territoryPath(id)}">Coordination du territoire <bdi>${name}</bdi></a>`;
    }),
    ...organizations.map(renderOrganization),
  ];
  const fillsOthers = person.isAdministrator || person.territories.length > 0;
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
          : html`<h2>Ma page</h2>
              <p class="actions">
                <a class="button main" href="/espace">Remplir ma page</a>
                <a class="button" href="/espace/absence">Je m’absente</a>
                <a class="button" href="/correspondants/${person.rpps}">La voir dans l’annuaire</a>
              </p>`
      }
      ${
        entrusted.length === 0
          ? NOTHING
          : html`<h2>Pages qui vous sont confiées</h2>
              <ul>
                ${entrusted.map(
                  (it) =>
                    html`<li>
                      <a href="/espace/praticiens/${it.rpps}"><bdi>${it.name}</bdi></a>
                    </li>`,
                )}
              </ul>`
      }
      ${
        person.rpps === null && person.organizations.length === 0
          ? NOTHING
          : html`<p><a href="/espace/expertises">Expertises (télé-expertise)</a></p>`
      }
      ${
        person.organizations.length === 0 && person.territories.length === 0
          ? NOTHING
          : html`<p><a href="/espace/equipes">Équipes ressources</a></p>`
      }
      ${
        roles.length === 0
          ? NOTHING
          : html`<h2>Ce que vous pouvez faire</h2>
              <ul>
                ${roles.map((role) => html`<li>${role}</li>`)}
              </ul>`
      }
      ${
        fillsOthers
          ? html`<form method="get" action="/espace/praticiens">
              <label for="rpps">Remplir la page d’un professionnel, par son numéro RPPS</label>
              ${isUnknown ? html`<p id="rpps-fault" class="note" role="alert">Un numéro RPPS a 11 chiffres.</p>` : NOTHING}
              <input
                id="rpps"
                name="rpps"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                ${isUnknown ? html`aria-describedby="rpps-fault"` : NOTHING}
              />
              <button type="submit">Ouvrir</button>
            </form>`
          : NOTHING
      }
    </div>`,
  );
}

/** Of one with a FINESS, its page. */
function renderOrganization({ id, name }: { id: string; name: string }) {
  const finess = /^1(\w{9})$/.exec(id)?.[1];
  return finess === undefined
    ? html`Services de <bdi>${name}</bdi>`
    : html`<a href="/structures/${finess}">Services de <bdi>${name}</bdi></a>`;
}
