import { html } from 'hono/html';

import type { Correspondent, Mailbox, Place } from '#domain/correspondent.ts';
import { distanceOf, orderPlaces } from '#domain/distance-of.ts';
import type { Position } from '#domain/geography/communes-within.ts';
import { mailboxStatusAt } from '#domain/mailbox-status.ts';

import { KIND_LABELS, pagePath, STATUS_LABELS, toAddressLine, toDoesLine } from './correspondent-words.ts';
import { renderAsk, renderDeclaredOnCard } from './declared/declared-sections.ts';
import { toFrenchDistance, toFrenchPhone } from './french-text.ts';
import { NOTHING } from './page-frame.ts';
import { renderProfileOnCard } from './profile-sections.ts';
import { structurePath } from './structure-path.ts';

/**
 * A result of a search: who it is, what they do, where, whether they read what is written to them, and what to do next.
 * @param shown.number as on the map; absent where there is none
 * @param shown.comesTo a place as typed, to whose homes they are asked to go
 */
export function renderCard(
  it: Correspondent,
  now: Date,
  {
    centre,
    number,
    comesTo,
  }: { centre?: Position | undefined; number?: number; comesTo?: string | undefined } = {},
) {
  const [place, ...others] = orderPlaces(it, centre);
  const meters = centre && distanceOf(it, centre);
  const position = place?.position;
  return html`<li
    class="card"
    data-position="${position ? `${position.latitude},${position.longitude}` : ''}"
  >
    <div class="head">
      <h2>
        ${number !== undefined && position ? html`<span class="number" aria-hidden="true">${number}</span>` : NOTHING}
        <a href="${pagePath(it.id)}"><bdi>${it.name}</bdi></a>
      </h2>
      <p class="kind">${KIND_LABELS[it.kind].one}</p>
    </div>
    ${renderDoes(it)} ${place ? renderPlace(place, others.length, meters) : NOTHING}
    ${renderProfileOnCard(it, now, comesTo)} ${renderDeclaredOnCard(it)} ${renderMailboxes(it.mailboxes, now)}
    ${renderActions(it, place)}
  </li>`;
}

export function renderDoes(it: Correspondent) {
  const line = toDoesLine(it);
  return line === '' ? NOTHING : html`<p class="does"><bdi>${line}</bdi></p>`;
}

function renderPlace(place: Place, othersCount: number, meters: number | undefined) {
  const { organization } = place;
  const path = structurePath(place);
  const name = organization?.name ?? null;
  const address = toAddressLine(place);
  return html`<p class="place">
    ${
      name === null
        ? NOTHING
        : html`<strong
              >${path === undefined ? html`<bdi>${name}</bdi>` : html`<a href="${path}"><bdi>${name}</bdi></a>`}</strong
            >${address === '' ? '' : ' — '}`
    }<bdi>${address}</bdi>${othersCount === 0 ? '' : ` (et ${othersCount === 1 ? 'un autre lieu' : `${othersCount} autres lieux`})`}${renderDistance(place, meters)}
  </p>`;
}

/** A place known by its commune alone is only about so far, and not told when it is where one looks. */
function renderDistance({ position }: Place, meters: number | undefined) {
  if (position === null || meters === undefined || (position.approximate && meters < 1000)) return NOTHING;
  return html` <span class="far"
    >à ${position.approximate ? 'environ ' : ''}${toFrenchDistance(meters)}</span
  >`;
}

/** Each with whether it is read, told by a dot and in words. */
export function renderMailboxes(mailboxes: readonly Mailbox[], now: Date) {
  if (mailboxes.length === 0) return html`<p class="status">Aucune messagerie de santé connue</p>`;
  return html`<ul class="mailboxes">
    ${mailboxes.map(({ address, lastOpenedOn }) => {
      const status = mailboxStatusAt(lastOpenedOn, now);
      return html`<li>
        <span class="dot ${status}" aria-hidden="true"></span>
        <bdi class="address">${address}</bdi>
        <button
          class="plain js"
          type="button"
          data-copy="${address}"
          aria-label="Copier l’adresse ${address}"
        >
          Copier
        </button>
        <span class="status">${STATUS_LABELS[status]}</span>
      </li>`;
    })}
  </ul>`;
}

/** What can be done about it in one click. */
export function renderActions(it: Correspondent, place: Place | undefined) {
  const [mailbox] = it.mailboxes;
  const phone = place?.phone ?? it.places.find((one) => one.phone !== null)?.phone;
  const route = place && routeAddress(place);
  const about = html`<bdi class="out-of-sight"> – ${it.name}</bdi>`;
  return html`<div class="actions">
    ${it.expertise || it.team ? renderAsk(it) : NOTHING}
    ${mailbox ? html`<a class="button${it.expertise || it.team ? '' : ' main'}" href="mailto:${encodeURIComponent(mailbox.address)}">Écrire${about}</a>` : NOTHING}
    ${phone ? html`<a class="button" href="tel:${phone.replace(/[^+\d]/g, '')}">${toFrenchPhone(phone)}<bdi class="out-of-sight"> – appeler ${it.name}</bdi></a>` : NOTHING}
    ${route ? html`<a class="button" href="${route}" rel="noreferrer noopener" target="_blank">Itinéraire${about}</a>` : NOTHING}
    <a class="button" href="${pagePath(it.id)}/vcard" download>vCard${about}</a>
  </div>`;
}

/** On OpenStreetMap, which nothing is asked of before the link is followed. */
function routeAddress(place: Place): string | undefined {
  const { position } = place;
  if (position !== null && !position.approximate)
    return `https://www.openstreetmap.org/directions?to=${position.latitude}%2C${position.longitude}`;
  const address = toAddressLine(place);
  return address === ''
    ? undefined
    : `https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}`;
}
