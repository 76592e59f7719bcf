import { html } from 'hono/html';

import type { InvitationNumbers, SentInvitation } from '#domain/territory.ts';

import { toCount } from './french-text.ts';
import { renderOutcomes, type ToldOutcomes } from './invitation-outcomes.ts';
import { NOTHING } from './page-frame.ts';
import { toFrenchDate } from './territory-charts.ts';
import { renderCsrf, renderTerritoryPage, territoryPath, type TerritoryView } from './territory-frame.ts';

export interface InvitationsView {
  invitations: readonly SentInvitation[];
  nextOffset: number | undefined;
  numbers: InvitationNumbers;
  told: ToldOutcomes | undefined;
  /** What went wrong with all of them. */
  fault: string | undefined;
}

/** Whom the territory has invited, what became of it, and sending again. */
export function renderTerritoryInvitationsPage(view: TerritoryView, shown: InvitationsView) {
  const { invitations, nextOffset, numbers, told, fault } = shown;
  const { id } = view.territory;
  return renderTerritoryPage(
    view,
    '/invitations',
    html`${fault === undefined ? NOTHING : html`<p class="note" role="alert">${fault}</p>`}
      ${renderOutcomes(told)}
      <p>
        ${toCount(numbers.invited, 'personne invitée', 'personnes invitées')},
        ${toCount(numbers.opened, 'lien ouvert', 'liens ouverts')},
        ${toCount(numbers.answered, 'page changée depuis', 'pages changées depuis')}.
        <a href="${territoryPath(id, '/professionnels?page=empty&invitation=non')}"
          >Inviter ceux dont la page est vide</a
        >
      </p>
      ${
        invitations.length === 0
          ? html`<p class="nothing">Personne n’a encore été invité.</p>`
          : renderList(view, invitations, nextOffset)
      }`,
  );
}

function renderList(
  view: TerritoryView,
  invitations: readonly SentInvitation[],
  nextOffset: number | undefined,
) {
  const { id } = view.territory;
  const mayAny = invitations.some(isToSendAgain);
  return html`<form method="post" action="${territoryPath(id, '/invitations')}">
    ${renderCsrf(view.visitor)}
    <input type="hidden" name="again" value="1" />
    <div class="wide" tabindex="0" role="region" aria-label="Invitations, tableau">
      <table class="members">
        <thead>
          <tr>
            <th scope="col">Renvoyer</th>
            <th scope="col">Nom</th>
            <th scope="col">Envoyée</th>
            <th scope="col">Où elle en est</th>
          </tr>
        </thead>
        <tbody>
          ${invitations.map(renderInvitation)}
        </tbody>
      </table>
    </div>
    <p class="actions">
      ${mayAny ? html`<button class="main" type="submit">Renvoyer aux personnes choisies</button>` : NOTHING}
      ${nextOffset === undefined ? NOTHING : html`<a class="button" href="?apres=${nextOffset}">Les suivantes</a>`}
    </p>
    <p class="status">
      Une invitation se renvoie au bout d’un jour, à la messagerie sécurisée de la personne ou à l’adresse
      donnée ici&nbsp;; seul le dernier lien s’ouvre alors.
    </p>
  </form>`;
}

function isToSendAgain({ rpps, answeredAt, maySendAgain }: SentInvitation): boolean {
  return rpps !== null && answeredAt === null && maySendAgain;
}

function renderInvitation(it: SentInvitation) {
  const { rpps, name, means, times, sentAt } = it;
  return html`<tr>
    <td>
      ${isToSendAgain(it) ? html`<input type="checkbox" name="rpps" value="${rpps}" aria-label="Renvoyer à ${name}" />` : NOTHING}
    </td>
    <th scope="row">
      ${rpps === null ? html`<bdi>${name}</bdi>` : html`<a href="/correspondants/${rpps}"><bdi>${name}</bdi></a>`}
    </th>
    <td>
      ${toFrenchDate(sentAt)}
      <span class="status"
        >${means === 'mailbox' ? 'messagerie sécurisée' : 'adresse donnée'}${times > 1 ? `, ${toCount(times, 'fois', 'fois')}` : ''}</span
      >
    </td>
    <td>
      ${describeState(it)}
      ${
        isToSendAgain(it) && means === 'email'
          ? html`<input
              type="email"
              name="email-${rpps}"
              maxlength="254"
              autocomplete="off"
              aria-label="Adresse électronique de ${name}"
            />`
          : NOTHING
      }
    </td>
  </tr>`;
}

function describeState({ openedAt, answeredAt, isExpired }: SentInvitation): string {
  if (answeredAt !== null) return `page changée le ${toFrenchDate(answeredAt)}`;
  if (openedAt !== null) return `lien ouvert le ${toFrenchDate(openedAt)}`;
  return isExpired ? 'lien périmé' : 'pas encore ouverte';
}
