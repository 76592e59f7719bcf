import { html } from 'hono/html';

import type { Correspondent, Place } from '#domain/correspondent.ts';
import { orderPlaces } from '#domain/distance-of.ts';
import type { Profile } from '#domain/profile.ts';
import type { RequestForm } from '#domain/request-form.ts';

import { renderActions, renderDoes, renderMailboxes } from './correspondent-card.ts';
import { KIND_LABELS, pagePath, STATUS_LABELS, toAddressLine } from './correspondent-words.ts';
import { renderDeclaredSections, renderDeclarer } from './declared/declared-sections.ts';
import { toDeclaredTitle } from './declared/declared-words.ts';
import { toFrenchPhone } from './french-text.ts';
import { NOTHING, renderPage, type Fragment } from './page-frame.ts';
import { renderAwayNow, renderPlaceHours, renderProfileSections } from './profile-sections.ts';
import { renderSchemaOrg } from './schema-org.ts';
import { structurePath } from './structure-path.ts';
import type { Visitor } from './visitor.ts';

/** Of an expert or a team. */
export interface DeclaredView {
  form: RequestForm | undefined;
  /** Where whoever looks at it may change it; undefined when they may not. */
  editPath: string | undefined;
}

interface CorrespondentView {
  /** Of the address that machines are told. */
  origin: string;
  now: Date;
  visitor: Visitor;
  /** Undefined for a professional or a service. */
  declared: DeclaredView | undefined;
  /** Where whoever looks at it may fill it in; undefined when they may not. */
  fillPath: string | undefined;
}

/** All that is known of one correspondent. */
export function renderCorrespondentPage(
  it: Correspondent,
  { origin, now, visitor, declared, fillPath }: CorrespondentView,
) {
  const places = orderPlaces(it);
  return renderPage(
    { title: `${it.name} – Correspondants`, visitor, head: renderSchemaOrg(it, origin) },
    html`<p class="way-back"><a href="/">Nouvelle recherche</a></p>
      <article class="sheet">
        <div>
          <p class="kind">${KIND_LABELS[it.kind].one}</p>
          <h1><bdi>${toDeclaredTitle(it)}</bdi></h1>
          ${renderDeclarer(it)} ${renderDoes(it)} ${it.profile ? renderAwayNow(it.profile, now) : NOTHING}
          ${renderActions(it, places[0])} ${declared ? renderDeclaredSections(it, declared.form) : NOTHING}
          <section aria-labelledby="mailboxes">
            <h2 id="mailboxes">Messagerie de santé</h2>
            ${renderMailboxes(it.mailboxes, now)}
          </section>
          ${renderPractice(it, now)}
          <section aria-labelledby="facts">
            <h2 id="facts">Identité</h2>
            <dl class="facts">
              ${
                it.rpps
                  ? html`<dt>RPPS</dt>
                      <dd>${it.rpps}</dd>`
                  : NOTHING
              }
              ${
                it.serviceName
                  ? html`<dt>Service</dt>
                      <dd><bdi>${it.serviceName}</bdi></dd>`
                  : NOTHING
              }
              <dt>Identifiant</dt>
              <dd><code>${it.id}</code></dd>
            </dl>
          </section>
        </div>
        <aside class="side" aria-label="Partager et corriger">
          <h2>Cette page</h2>
          ${fillPath === undefined ? NOTHING : html`<p><a class="button main" href="${fillPath}">Remplir cette page</a></p>`}
          <img
            src="${pagePath(it.id)}/qr"
            width="160"
            height="160"
            alt="Code QR de l’adresse de cette page"
          />
          <p class="status">À montrer à un téléphone pour ouvrir cette page.</p>
          ${declared?.editPath === undefined ? NOTHING : html`<p><a class="button" href="${declared.editPath}">Modifier cette page</a></p>`}
          <h2>Une erreur&#8239;?</h2>
          <p><a class="button" href="${pagePath(it.id)}/erreur" rel="nofollow">Signaler une erreur</a></p>
          <p class="status">
            ${
              declared
                ? 'Ce qui est dit ici l’est par qui en répond. Le nom, les lieux et les numéros des professionnels viennent du RPPS.'
                : it.kind === 'professional'
                  ? 'Les façons d’exercer, les horaires et les absences sont dits par la personne elle-même. L’identité, les lieux et les numéros viennent du RPPS\u00a0: ils se corrigent auprès de l’Ordre, ou de l’ARS pour les professions sans Ordre. L’adresse de messagerie se corrige auprès de son opérateur MSSanté.'
                  : 'Le nom et l’adresse viennent de l’opérateur MSSanté du service, qui les corrige.'
            }
          </p>
          <h2>L’état d’une messagerie</h2>
          <ul class="mailboxes">
            ${(['active', 'inactive', 'unknown'] as const).map(
              (status) =>
                html`<li>
                  <span class="dot ${status}" aria-hidden="true"></span>
                  <span class="status">${STATUS_LABELS[status]}</span>
                </li>`,
            )}
          </ul>
        </aside>
      </article>`,
  );
}

/** Where somebody practises, and what they say of it: also beside the form in which they say it. */
export function renderPractice(it: Correspondent, now: Date): Fragment {
  const places = orderPlaces(it);
  const isPerson = it.kind === 'professional';
  return html`${
    places.length === 0
      ? NOTHING
      : html`<section aria-labelledby="places">
          <h2 id="places">
            ${isPerson ? (places.length === 1 ? 'Lieu d’exercice' : 'Lieux d’exercice') : 'Où'}
          </h2>
          <ul class="places">
            ${places.map((place) => renderPlace(place, it.profile, now))}
          </ul>
        </section>`
  }
  ${isPerson ? renderProfileSections(it, now) : NOTHING}`;
}

function renderPlace(place: Place, profile: Profile | undefined, now: Date) {
  const path = structurePath(place);
  const { organization, modeExercice, phone } = place;
  const name = organization?.name;
  const detail = [organization?.category?.label, modeExercice?.label].filter(Boolean).join(' · ');
  return html`<li class="place">
    ${name ? html`<p><strong>${path === undefined ? html`<bdi>${name}</bdi>` : html`<a href="${path}"><bdi>${name}</bdi></a>`}</strong></p>` : NOTHING}
    <p><bdi>${toAddressLine(place)}</bdi></p>
    ${detail === '' ? NOTHING : html`<p class="status"><bdi>${detail}</bdi></p>`}
    ${phone ? html`<p><a href="tel:${phone.replace(/[^+\d]/g, '')}">${toFrenchPhone(phone)}</a></p>` : NOTHING}
    ${renderPlaceHours(profile, organization?.id, now)}
  </li>`;
}
