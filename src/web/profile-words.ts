import { html } from 'hono/html';

import { awayOn, dayInFrance } from '#domain/away.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import { homeVisitCommunesOf } from '#domain/home-visits.ts';
import { WAY_LABELS, WAYS_OF_PRACTISING } from '#domain/practising.ts';
import type { AwayPeriod, Profile } from '#domain/profile.ts';

import { pagePath } from './correspondent-words.ts';
import { NOTHING, type Fragment } from './page-frame.ts';

const DAY = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', timeZone: 'UTC' });

/** "12 décembre". @param day `2026-12-12` */
export function toFrenchDay(day: string): string {
  return DAY.format(new Date(`${day}T00:00:00Z`)).replace(/^1 /, '1er ');
}

/**
 * Ways of practising as marks that are read: yes, no, not said.
 * @param showsUnsaid on a page all eight are told; on a card those that are said
 */
export function renderWays(profile: Profile | undefined, showsUnsaid: boolean): Fragment {
  const ways = profile?.ways ?? {};
  const shown = WAYS_OF_PRACTISING.filter((way) => showsUnsaid || ways[way] !== undefined);
  if (shown.length === 0) return NOTHING;
  return html`<ul class="ways" aria-label="Façons d’exercer">
    ${shown.map((way) => {
      const is = ways[way];
      const state = is === undefined ? 'unsaid' : is ? 'yes' : 'no';
      const words = { yes: 'oui', no: 'non', unsaid: 'non précisé' }[state];
      return html`<li class="${state}">
        ${WAY_LABELS[way]}<span class="${state === 'unsaid' ? 'said' : 'out-of-sight'}"
          >&nbsp;: ${words}</span
        >
      </li>`;
    })}
  </ul>`;
}

/** That somebody is away today, until when, and who stands in; nothing when they are there, as far as is said. */
export function renderAway(profile: Profile | undefined, now: Date): Fragment {
  const away = awayOn(profile?.awayPeriods, dayInFrance(now));
  return away === undefined
    ? NOTHING
    : html`<p class="away">
        <strong>Absent jusqu’au ${toFrenchDay(away.end)}</strong>${renderAwayDetail(away)}
      </p>`;
}

export function renderAwayDetail({ message, replacement }: AwayPeriod): Fragment {
  return html`${message ? html`. <bdi>${message}</bdi>` : NOTHING}${
    replacement === undefined
      ? NOTHING
      : html`. Remplacé par
        ${
          replacement.rpps === undefined
            ? html`<bdi>${replacement.name}</bdi>`
            : html`<a href="${pagePath(replacement.rpps)}"
                ><bdi>${replacement.name ?? replacement.rpps}</bdi></a
              >`
        }`
  }`;
}

/** Whether somebody goes where they are asked to come: said, or likely because they practise near and give no area. */
export function renderComesTo(it: Correspondent, place: string | undefined): Fragment {
  const communes = place === undefined ? undefined : homeVisitCommunesOf(it);
  if (communes === undefined) return NOTHING;
  return communes === 'unsaid'
    ? html`<p class="comes likely">Se déplace, sans dire où&nbsp;: exerce près de <bdi>${place}</bdi></p>`
    : html`<p class="comes">Se déplace à <bdi>${place}</bdi></p>`;
}
