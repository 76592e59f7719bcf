import { html } from 'hono/html';

import type { Correspondent } from '#domain/correspondent.ts';
import type { Profile } from '#domain/profile.ts';

import { renderCard } from '../correspondent-card.ts';
import { renderPractice } from '../correspondent-page.ts';
import type { Fragment } from '../page-frame.ts';

/** What others would see: the card of a search, then the page. */
export function renderPreview(person: Correspondent, profile: Profile, now: Date): Fragment {
  const shown = toShown(person, profile);
  return html`<ul class="cards" aria-label="Dans une recherche">
      ${renderCard(shown, now)}
    </ul>
    <div class="sheet">${renderPractice(shown, now)}</div>`;
}

function toShown(person: Correspondent, profile: Profile): Correspondent {
  const isPreferred = ({ address }: { address: string }) => address === profile.preferredMailbox;
  return {
    ...person,
    profile,
    mailboxes: [
      ...person.mailboxes.filter(isPreferred),
      ...person.mailboxes.filter((it) => !isPreferred(it)),
    ],
  };
}
