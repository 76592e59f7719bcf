import { html } from 'hono/html';

import { awayOn, dayInFrance } from '#domain/away.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import { certaintyOfVisits } from '#domain/home-visits.ts';
import { WAYS_OF_PRACTISING, WAY_LABELS } from '#domain/practising.ts';
import type { AwayPeriod, Profile } from '#domain/profile.ts';

import { toHoursLines } from './hours-text.ts';
import { NOTHING, type Fragment } from './page-frame.ts';
import {
  toAccessibilityLabels,
  toActLabels,
  toAwayText,
  toCommuneNames,
  toFrenchDay,
  toLanguageNames,
} from './profile-words.ts';

const ACTS_ON_CARD_MAX = 6;
const COMMUNES_SHOWN_MAX = 24;

/**
 * What the page of a professional adds to their card.
 * @param comesTo the place to whose homes somebody is asked to go, as typed
 */
export function renderProfileOnCard(it: Correspondent, now: Date, comesTo: string | undefined) {
  const { profile } = it;
  if (profile === undefined) return NOTHING;
  const acts = toActLabels(profile);
  const others = acts.length - ACTS_ON_CARD_MAX;
  return html`${renderAwayNow(profile, now)}
  ${
    acts.length === 0
      ? NOTHING
      : html`<p class="acts">
          <bdi>${acts.slice(0, ACTS_ON_CARD_MAX).join(' · ')}</bdi
          >${others > 0 ? ` et ${others} de plus` : ''}
        </p>`
  }
  ${comesTo === undefined ? NOTHING : renderComesTo(it, comesTo)} ${renderWays(profile, false)}`;
}

function renderComesTo(it: Correspondent, comesTo: string) {
  const certainty = certaintyOfVisits(it);
  if (certainty === undefined) return NOTHING;
  return certainty === 'stated'
    ? html`<p class="comes stated">Se déplace jusqu’à <bdi>${comesTo}</bdi></p>`
    : html`<p class="comes">Se déplace sans avoir dit où&nbsp;: peut-être jusqu’à <bdi>${comesTo}</bdi></p>`;
}

/** @param isWhole also what is not said */
function renderWays({ ways = {} }: Profile, isWhole: boolean) {
  const marks = WAYS_OF_PRACTISING.flatMap((way) => {
    const said = ways[way];
    if (said === undefined && !isWhole) return [];
    const [name, words] =
      said === undefined
        ? (['unsaid', 'non précisé'] as const)
        : said
          ? (['yes', 'oui'] as const)
          : (['no', 'non'] as const);
    return [{ label: WAY_LABELS[way], name, words }];
  });
  if (marks.length === 0) return NOTHING;
  return html`<ul class="ways" aria-label="Façons d’exercer">
    ${marks.map(({ label, name, words }) => html`<li class="${name}">${label}<span class="${name === 'yes' ? 'out-of-sight' : 'said'}">&nbsp;: ${words}</span></li>`)}
  </ul>`;
}

/** The absence of today, so that nobody writes in vain. */
export function renderAwayNow({ awayPeriods }: Profile, now: Date) {
  const away = awayOn(awayPeriods, dayInFrance(now));
  return away === undefined ? NOTHING : html`<div class="away">${renderAway(away)}</div>`;
}

function renderAway(period: AwayPeriod) {
  const { message, replacement } = period;
  const name = replacement?.name ?? replacement?.rpps;
  return html`<p><strong>${toAwayText(period)}</strong></p>
    ${message === undefined ? NOTHING : html`<p class="lines"><bdi>${message}</bdi></p>`}
    ${
      name === undefined
        ? NOTHING
        : html`<p>
            Remplacement&nbsp;:
            ${replacement?.rpps === undefined ? html`<bdi>${name}</bdi>` : html`<a href="/correspondants/${replacement.rpps}"><bdi>${name}</bdi></a>`}
          </p>`
    }`;
}

/** The parts of a professional's page that they say, in the order in which readers need them; of ways of practising, also what is not said. */
export function renderProfileSections(it: Correspondent, now: Date): Fragment {
  const { profile = {} } = it;
  const today = dayInFrance(now);
  const later = (profile.awayPeriods ?? []).filter((period) => period.start > today);
  const lists: [id: string, title: string, items: string[]][] = [
    ['acts', 'Actes et savoir-faire déclarés', toActLabels(profile)],
    ['equipment', 'Équipement', profile.equipment ?? []],
    ['languages', 'Langues', toLanguageNames(profile.languages)],
    ['accessibility', 'Accessibilité', toAccessibilityLabels(profile.accessibility)],
  ];
  return html`${section('ways', 'Façons d’exercer', renderWays(profile, true))} ${renderArea(it)}
  ${later.length === 0 ? NOTHING : section('away', 'Absences à venir', html`${later.map((period) => html`<div>${renderAway(period)}</div>`)}`)}
  ${lists.map(([id, title, items]) => (items.length === 0 ? NOTHING : section(id, title, renderList(items))))}
  ${renderSending(profile)}
  ${profile.remarks === undefined ? NOTHING : section('remarks', 'Remarques', html`<p class="lines"><bdi>${profile.remarks}</bdi></p>`)}`;
}

function section(id: string, title: string, content: Fragment) {
  return html`<section aria-labelledby="said-${id}">
    <h2 id="said-${id}">${title}</h2>
    ${content}
  </section>`;
}

function renderList(items: readonly string[]) {
  return html`<ul class="words">
    ${items.map((item) => html`<li><bdi>${item}</bdi></li>`)}
  </ul>`;
}

function renderArea({ profile }: Correspondent) {
  const area = profile?.homeVisitArea;
  if (area === undefined || profile?.ways?.homeVisits === false) return NOTHING;
  const names = toCommuneNames(area.communeCodes);
  const [first, others] = [names.slice(0, COMMUNES_SHOWN_MAX), names.slice(COMMUNES_SHOWN_MAX)];
  return section(
    'area',
    'Se déplace à domicile',
    html`${area.radiusKm === undefined ? NOTHING : html`<p>Jusqu’à ${area.radiusKm}&nbsp;km du lieu d’exercice</p>`}
    ${first.length === 0 ? NOTHING : renderList(first)}
    ${
      others.length === 0
        ? NOTHING
        : html`<details>
            <summary>${others.length} autres communes</summary>
            ${renderList(others)}
          </details>`
    }`,
  );
}

function renderSending({ sending = [] }: Profile) {
  if (sending.length === 0) return NOTHING;
  return section(
    'sending',
    'Quoi envoyer où',
    html`<dl class="facts">
      ${sending.map(
        ({ what, where }) =>
          html`<dt><bdi>${what}</bdi></dt>
            <dd><bdi>${where}</bdi></dd>`,
      )}
    </dl>`,
  );
}

/** When the person is at a place, and the days on which they are not. */
export function renderPlaceHours(
  profile: Profile | undefined,
  organizationId: string | undefined,
  now: Date,
) {
  const said = profile?.hours?.find((it) => it.organizationId === organizationId);
  if (said === undefined) return NOTHING;
  const today = dayInFrance(now);
  const closed = (said.notAvailable ?? []).filter(({ during }) => during.end >= today);
  return html`<dl class="hours">
      ${toHoursLines(said.availableTime).map(
        ({ days, hours }) =>
          html`<dt>${days}</dt>
            <dd>${hours}</dd>`,
      )}
    </dl>
    ${closed.map(
      ({ description, during: { start, end } }) =>
        html`<p class="status">
          ${start === end ? `Le ${toFrenchDay(start)}` : `Du ${toFrenchDay(start)} au ${toFrenchDay(end)}`}&nbsp;:
          <bdi>${description}</bdi>
        </p>`,
    )}`;
}
