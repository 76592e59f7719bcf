import { html } from 'hono/html';

import type { FoundCorrespondents } from '#directory/find-correspondents.ts';
import { WAY_LABELS, WAYS_OF_PRACTISING } from '#domain/practising.ts';

import { toFrenchNumber } from './french-text.ts';
import { NOTHING } from './page-frame.ts';
import type { PageQuery } from './page-query.ts';

/** Asked through an address only: kept as they are. */
const KEPT = ['near', 'commune', 'rpps', 'mailbox', 'finess', 'channel', 'organization'] as const;

function countChoices(query: PageQuery): number {
  const chosen = [...NARROWING, ...WAYS_OF_PRACTISING].flatMap((name) => query[name] ?? []);
  return chosen.length;
}

const NARROWING = [
  'within',
  'sort',
  'hasMailbox',
  'mailboxStatus',
  'profession',
  'savoirFaire',
  'departement',
  'act',
  'present',
  'comesTo',
] as const;

/**
 * The boxes that narrow a search, each value with how many it would leave.
 * @param found undefined where the search could not be made: what was chosen stays
 */
export function renderFilters(query: PageQuery, found: FoundCorrespondents | undefined) {
  const { centre, facets } = found ?? {};
  const kept = KEPT.map((name) => [name, [query[name] ?? []].flat().join(',')] as const);
  const chosenCount = countChoices(query);
  return html`<details class="narrow">
    <summary>Affiner${chosenCount === 0 ? '' : ` (${chosenCount} choix)`}</summary>
    <div class="filters">
      ${centre ? renderNearness(query) : NOTHING}
      <fieldset>
        <legend>Messagerie</legend>
        <ul class="choices">
          <li>
            <label
              ><input
                id="f-mailbox"
                type="checkbox"
                name="hasMailbox"
                value="true"
                ${query.hasMailbox === true ? html`checked` : NOTHING}
              />
              Joignable par MSSanté</label
            >
          </li>
          <li>
            <label
              ><input
                id="f-active"
                type="checkbox"
                name="mailboxStatus"
                value="active"
                ${query.mailboxStatus === 'active' ? html`checked` : NOTHING}
              />
              Ouverte depuis moins d’un mois</label
            >
          </li>
        </ul>
      </fieldset>
      ${renderVisits(query)} ${renderWayChoices(query, facets?.way)}
      ${renderChoices('profession', 'Profession', query.profession, facets?.profession)}
      ${renderChoices('savoirFaire', 'Spécialité, savoir-faire', query.savoirFaire, facets?.savoirFaire)}
      ${renderChoices('act', 'Actes', query.act, facets?.act)}
      ${renderChoices('departement', 'Département', query.departement, facets?.departement)}
      ${kept.map(([name, value]) => (value ? html`<input type="hidden" name="${name}" value="${value}" />` : NOTHING))}
      <noscript><button type="submit">Appliquer</button></noscript>
    </div>
  </details>`;
}

const RADII_KM = [5, 10, 20, 50];

function renderNearness(query: PageQuery) {
  return html`<fieldset>
    <legend>Distance</legend>
    <ul class="choices">
      <li>
        <label for="f-within">Au plus</label>
        <select id="f-within" name="within">
          <option value="">le lieu demandé</option>
          ${RADII_KM.map(
            (km) =>
              html`<option value="${km}" ${query.within === km ? html`selected` : NOTHING}>
                ${km}&nbsp;km
              </option>`,
          )}
        </select>
      </li>
      <li>
        <label
          ><input
            id="f-sort"
            type="checkbox"
            name="sort"
            value="distance"
            ${query.sort === 'distance' ? html`checked` : NOTHING}
          />
          Les plus proches d’abord</label
        >
      </li>
    </ul>
  </fieldset>`;
}

function renderVisits(query: PageQuery) {
  return html`<fieldset>
    <legend>Déplacements et présence</legend>
    <ul class="choices">
      <li>
        <label
          ><input
            id="f-present"
            type="checkbox"
            name="present"
            value="true"
            ${query.present === 'true' ? html`checked` : NOTHING}
          />
          Pas absent aujourd’hui</label
        >
      </li>
      <li class="box">
        <label for="f-comes">Se déplace à</label>
        <input
          id="f-comes"
          name="comesTo"
          type="text"
          maxlength="200"
          autocomplete="off"
          value="${query.comesTo ?? ''}"
          placeholder="Commune du patient"
        />
      </li>
    </ul>
  </fieldset>`;
}

/** Ways of practising that somebody says yes to, each with how many; none where nobody says anything. */
function renderWayChoices(query: PageQuery, counts: readonly { code: string; count: number }[] = []) {
  const shown = WAYS_OF_PRACTISING.filter((way) => query[way] || counts.some((it) => it.code === way));
  if (shown.length === 0) return NOTHING;
  return html`<fieldset>
    <legend>Façons d’exercer</legend>
    <ul class="choices">
      ${shown.map((way) => {
        const count = counts.find((it) => it.code === way)?.count;
        return html`<li>
          <label
            ><input
              id="f-${way}"
              type="checkbox"
              name="${way}"
              value="true"
              ${query[way] ? html`checked` : NOTHING}
            />
            ${WAY_LABELS[way]}
            ${count === undefined ? NOTHING : html`<span class="number">${toFrenchNumber(count)}</span>`}</label
          >
        </li>`;
      })}
    </ul>
  </fieldset>`;
}

const CHOICES_MAX = 6;

/** One value alone narrows nothing: it is not offered, unless it was chosen. */
function renderChoices(
  name: string,
  title: string,
  chosen: readonly string[] | undefined,
  values: readonly { code: string; label: string; count: number }[] = [],
) {
  if (chosen === undefined && values.length < 2) return NOTHING;
  const first = values.slice(0, CHOICES_MAX);
  const others = (chosen ?? []).filter((code) => !first.some((it) => it.code === code));
  const known = others.map(
    (code) => values.find((it) => it.code === code) ?? { code, label: code, count: undefined },
  );
  return html`<fieldset>
    <legend>${title}</legend>
    <ul class="choices">
      ${[...first, ...known].map(
        ({ code, label, count }) =>
          html`<li>
            <label
              ><input
                id="f-${name}-${code}"
                type="checkbox"
                name="${name}"
                value="${code}"
                ${chosen?.includes(code) ? html`checked` : NOTHING}
              />
              <bdi>${label}</bdi>
              ${count === undefined ? NOTHING : html`<span class="number">${toFrenchNumber(count)}</span>`}</label
            >
          </li>`,
      )}
    </ul>
  </fieldset>`;
}
