import { html } from 'hono/html';

import { ACCESSIBILITY, type Accessibility } from '#domain/accessibility.ts';
import { findAct } from '#domain/acts.ts';
import { dayInFrance } from '#domain/away.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import { findCommune } from '#domain/geography.ts';
import { LANGUAGES } from '#domain/languages.ts';
import { DAYS_OF_WEEK, type Profile } from '#domain/profile.ts';

import { NOTHING, type Fragment } from './page-frame.ts';
import { renderAwayDetail, renderWays, toFrenchDay } from './profile-words.ts';

const DAY_LABELS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
const COMMUNES_SHOWN = 30;

/** What a professional's page says of their practice, beyond the national files; also what is not said. */
export function renderProfileSections({ profile = {}, places }: Correspondent, now: Date): Fragment {
  const today = dayInFrance(now);
  const away = (profile.awayPeriods ?? []).filter((it) => it.end >= today);
  return html`<section aria-labelledby="ways">
      <h2 id="ways">Façons d’exercer</h2>
      ${renderWays(profile, true)}
    </section>
    ${renderWhatTheyDo(profile)}
    ${
      away.length === 0
        ? NOTHING
        : html`<section aria-labelledby="away">
            <h2 id="away">Absences</h2>
            <ul class="plain-list">
              ${away.map(
                (it) =>
                  html`<li>Du ${toFrenchDay(it.start)} au ${toFrenchDay(it.end)}${renderAwayDetail(it)}</li>`,
              )}
            </ul>
          </section>`
    }
    ${renderHours(profile, places)} ${renderArea(profile)} ${renderSending(profile)}`;
}

function renderWhatTheyDo({ acts, ownWords, equipment, languages, accessibility, remarks }: Profile) {
  const facts = [
    ['Actes', acts?.map((code) => findAct(code)?.label ?? code)],
    ['En ses mots', ownWords],
    ['Matériel', equipment],
    ['Langues', languages?.map((code) => LANGUAGES.get(code) ?? code)],
    ['Accessibilité', accessibility?.map((code) => ACCESSIBILITY[code as Accessibility] ?? code)],
  ] as const;
  const said = facts.filter(([, values]) => values !== undefined && values.length > 0);
  if (said.length === 0 && remarks === undefined) return NOTHING;
  return html`<section aria-labelledby="practice">
    <h2 id="practice">Ce qu’il faut savoir</h2>
    <dl class="facts">
      ${said.map(
        ([name, values]) =>
          html`<dt>${name}</dt>
            <dd><bdi>${values!.join(', ')}</bdi></dd>`,
      )}
    </dl>
    ${remarks === undefined ? NOTHING : html`<p class="message"><bdi>${remarks}</bdi></p>`}
  </section>`;
}

function renderHours({ hours = [] }: Profile, places: Correspondent['places']) {
  if (hours.length === 0) return NOTHING;
  return html`<section aria-labelledby="hours">
    <h2 id="hours">Horaires</h2>
    ${hours.map(({ organizationId, availableTime, notAvailable = [] }) => {
      const name = places.find((it) => it.organization?.id === organizationId)?.organization?.name;
      return html`${name ? html`<h3><bdi>${name}</bdi></h3>` : NOTHING}
        <dl class="facts">
          ${DAYS_OF_WEEK.map((day, index) => {
            const spans = availableTime.filter((it) => it.daysOfWeek.includes(day));
            if (spans.length === 0) return NOTHING;
            const text = spans.map((it) =>
              it.allDay ? 'toute la journée' : `${it.availableStartTime ?? ''}–${it.availableEndTime ?? ''}`,
            );
            return html`<dt>${DAY_LABELS[index]}</dt>
              <dd>${text.join(', ')}</dd>`;
          })}
        </dl>
        ${notAvailable.map(
          ({ description, during }) =>
            html`<p class="status">
              Du ${toFrenchDay(during.start)} au ${toFrenchDay(during.end)}&nbsp;: <bdi>${description}</bdi>
            </p>`,
        )}`;
    })}
  </section>`;
}

function renderArea({ homeVisitArea, ways }: Profile) {
  if (homeVisitArea === undefined || ways?.homeVisits === false) return NOTHING;
  const { communeCodes = [], radiusKm } = homeVisitArea;
  const names = communeCodes.slice(0, COMMUNES_SHOWN).map((code) => findCommune(code)?.name ?? code);
  const more = communeCodes.length - names.length;
  return html`<section aria-labelledby="area">
    <h2 id="area">Se déplace à domicile</h2>
    ${radiusKm === undefined ? NOTHING : html`<p>Jusqu’à ${radiusKm}&nbsp;km de ses lieux d’exercice</p>`}
    ${names.length === 0 ? NOTHING : html`<p>${names.join(', ')}${more > 0 ? ` et ${more} autres communes` : ''}</p>`}
  </section>`;
}

function renderSending({ sending = [] }: Profile) {
  if (sending.length === 0) return NOTHING;
  return html`<section aria-labelledby="sending">
    <h2 id="sending">À qui envoyer quoi</h2>
    <dl class="facts">
      ${sending.map(
        ({ what, where }) =>
          html`<dt><bdi>${what}</bdi></dt>
            <dd><bdi>${where}</bdi></dd>`,
      )}
    </dl>
  </section>`;
}
