import { html } from 'hono/html';

import type { InvitationOutcome } from '#profiles/territories/invite.ts';

import { toCount } from './french-text.ts';
import { NOTHING } from './page-frame.ts';

/** How many invitations ended so, after they were sent. */
export type ToldOutcomes = Partial<Record<InvitationOutcome, number>>;

const OUTCOMES: Record<InvitationOutcome, [one: string, many: string]> = {
  sent: ['invitation envoyée', 'invitations envoyées'],
  'too-soon': ['personne déjà invitée il y a peu', 'personnes déjà invitées il y a peu'],
  'no-address': [
    'personne sans messagerie sécurisée connue\u00a0: donnez une adresse',
    'personnes sans messagerie sécurisée connue\u00a0: donnez une adresse',
  ],
  'not-here': ['personne qui n’exerce plus ici', 'personnes qui n’exercent plus ici'],
  'not-sent': [
    'envoi qui n’a pas abouti\u00a0: recommencez',
    'envois qui n’ont pas abouti\u00a0: recommencez',
  ],
};

/** As the address that follows a sending has it: `resultat-sent=12`. Undefined when nothing was sent just now. */
export function readOutcomes(query: URLSearchParams): ToldOutcomes | undefined {
  const told = (Object.keys(OUTCOMES) as InvitationOutcome[]).flatMap((outcome) => {
    const count = /^\d{1,3}$/.exec(query.get(`resultat-${outcome}`) ?? '')?.[0];
    return count === undefined ? [] : [[outcome, Number(count)] as const];
  });
  return told.length === 0 ? undefined : Object.fromEntries(told);
}

export function renderOutcomes(told: ToldOutcomes | undefined) {
  if (told === undefined) return NOTHING;
  return html`<p class="note" role="status">
    ${(Object.entries(told) as [InvitationOutcome, number][])
      .map(([outcome, count]) => toCount(count, ...OUTCOMES[outcome]))
      .join(' ; ')}.
  </p>`;
}
