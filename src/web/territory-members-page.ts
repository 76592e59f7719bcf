import { html } from 'hono/html';

import { labelOf } from '#domain/code-lists.ts';
import { findCommune } from '#domain/geography.ts';
import type { Completeness } from '#domain/profile.ts';
import type { MemberFilter, TerritoryMember } from '#domain/territory.ts';

import { renderOutcomes, type ToldOutcomes } from './invitation-outcomes.ts';
import { NOTHING } from './page-frame.ts';
import { toFrenchDate } from './territory-charts.ts';
import { renderCsrf, renderTerritoryPage, territoryPath, type TerritoryView } from './territory-frame.ts';

export interface MembersView {
  members: readonly TerritoryMember[];
  nextOffset: number | undefined;
  /** As the address has it. */
  query: URLSearchParams;
  filter: MemberFilter;
  professions: readonly string[];
  communes: readonly string[];
  told: ToldOutcomes | undefined;
  /** What went wrong with all of them. */
  fault: string | undefined;
}

const PAGE_LABELS: Record<Completeness, string> = {
  empty: 'vide',
  partial: 'partielle',
  complete: 'complète',
};

/** Who practises in a territory, how far their pages are, and invitations to fill them. */
export function renderTerritoryMembersPage(view: TerritoryView, shown: MembersView) {
  const { members, nextOffset, query, told, fault } = shown;
  const { id } = view.territory;
  const next = new URLSearchParams(query);
  if (nextOffset !== undefined) next.set('apres', String(nextOffset));
  return renderTerritoryPage(
    view,
    '/professionnels',
    html`${fault === undefined ? NOTHING : html`<p class="note" role="alert">${fault}</p>`}
    ${renderOutcomes(told)} ${renderFilter(id, shown)}
    ${
      members.length === 0
        ? html`<p class="nothing">Personne ne répond à ces critères.</p>`
        : html`<form method="post" action="${territoryPath(id, '/invitations')}">
            ${renderCsrf(view.visitor)}
            <input type="hidden" name="retour" value="${query.toString()}" />
            <div class="wide" tabindex="0" role="region" aria-label="Professionnels, tableau">
              <table class="members">
                <thead>
                  <tr>
                    <th scope="col">Inviter</th>
                    <th scope="col">Nom</th>
                    <th scope="col">Profession</th>
                    <th scope="col">Commune</th>
                    <th scope="col">Page</th>
                    <th scope="col">Messagerie sécurisée, ou adresse</th>
                    <th scope="col">Invitation</th>
                  </tr>
                </thead>
                <tbody>
                  ${members.map(renderMember)}
                </tbody>
              </table>
            </div>
            <p class="actions">
              <button class="main" type="submit">Inviter les personnes choisies</button>
              ${nextOffset === undefined ? NOTHING : html`<a class="button" href="?${next.toString()}">Les suivants</a>`}
            </p>
            <p class="status">
              L’invitation mène à la connexion, puis à la page. Son lien sert une fois, pendant 14&nbsp;jours,
              et pour la seule personne invitée. Les adresses données ici ne sont pas gardées.
              <a href="${territoryPath(id, '/invitations')}">Les invitations envoyées, et en renvoyer</a>
            </p>
          </form>`
    }`,
  );
}

function renderFilter(id: string, { query, filter, professions, communes }: MembersView) {
  const select = (
    name: string,
    label: string,
    options: readonly (readonly [value: string, label: string])[],
  ) =>
    html`<div>
      <label for="filter-${name}">${label}</label>
      <select id="filter-${name}" name="${name}">
        <option value="">Toutes</option>
        ${options.map(
          ([value, text]) =>
            html`<option value="${value}" ${query.get(name) === value ? html`selected` : NOTHING}>
              ${text}
            </option>`,
        )}
      </select>
    </div>`;
  return html`<form
    class="filter-row"
    action="${territoryPath(id, '/professionnels')}"
    role="search"
    aria-label="Professionnels"
  >
    <div>
      <label for="filter-nom">Nom ou RPPS</label>
      <input type="search" id="filter-nom" name="nom" maxlength="100" value="${filter.text ?? ''}" />
    </div>
    ${select('page', 'Page', [
      ['empty', 'Vides'],
      ['partial', 'Partielles'],
      ['complete', 'Complètes'],
    ])}
    ${select('etat', 'Ancienneté', [['anciennes', 'Inchangées depuis 12 mois']])}
    ${select('messagerie', 'Messagerie', [
      ['non', 'Inconnue'],
      ['oui', 'Connue'],
    ])}
    ${select('invitation', 'Invitation', [
      ['non', 'Jamais invités'],
      ['oui', 'Invités'],
    ])}
    ${select(
      'profession',
      'Profession',
      professions.map((code) => [code, labelOf('profession', code) ?? code]),
    )}
    ${select(
      'commune',
      'Commune',
      communes.map((code) => [code, findCommune(code)?.name ?? code]),
    )}
    <button type="submit">Filtrer</button>
  </form>`;
}

function renderMember(it: TerritoryMember) {
  const { rpps, name, hasMailbox, page, isStale, changedAt, invitedAt, hasOpened } = it;
  const known = rpps ?? it.practitionerId;
  return html`<tr>
    <td>
      ${
        rpps === null
          ? NOTHING
          : html`<input type="checkbox" name="rpps" value="${rpps}" aria-label="Inviter ${name}" />`
      }
    </td>
    <th scope="row">
      ${rpps === null ? html`<bdi>${name}</bdi>` : html`<a href="/correspondants/${rpps}"><bdi>${name}</bdi></a>`}
      <span class="status">${known}</span>
    </th>
    <td>${it.professionCodes.map((code) => labelOf('profession', code) ?? code).join(', ')}</td>
    <td>${it.communeCodes.map((code) => findCommune(code)?.name ?? code).join(', ')}</td>
    <td>
      <span class="page-${page}">${PAGE_LABELS[page]}</span>
      ${changedAt === null ? NOTHING : html`<span class="status">${toFrenchDate(changedAt)}${isStale ? ', ancienne' : ''}</span>`}
      ${
        rpps === null
          ? NOTHING
          : html`<a href="/espace/praticiens/${rpps}"
              >Remplir<bdi class="out-of-sight"> la page de ${name}</bdi></a
            >`
      }
    </td>
    <td>
      ${
        hasMailbox || rpps === null
          ? hasMailbox
            ? 'oui'
            : NOTHING
          : html`<input
              type="email"
              name="email-${rpps}"
              maxlength="254"
              autocomplete="off"
              aria-label="Adresse électronique de ${name}"
            />`
      }
    </td>
    <td>${invitedAt === null ? NOTHING : `${toFrenchDate(invitedAt)}${hasOpened ? ', lien ouvert' : ''}`}</td>
  </tr>`;
}
