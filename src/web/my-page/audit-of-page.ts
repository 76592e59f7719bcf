import { html } from 'hono/html';

import type { RecordedEvent } from '#domain/audit-event.ts';
import type { ProfileField } from '#domain/profile.ts';

import { toFrenchInstant } from '../operator/french-instant.ts';
import { NOTHING, type Fragment } from '../page-frame.ts';
import type { Visitor } from '../visitor.ts';
import { renderMyPageFrame, type EditedPage } from './my-page-frame.ts';
import { toFieldLabel } from './said-words.ts';

const WORDS: Record<string, string> = {
  'edit-profile': 'a ouvert la page pour la remplir',
  'undo-profile-change': 'a annulé un changement',
  'name-delegate': 'a nommé un délégué',
  'revoke-delegate': 'a arrêté un délégué',
  'put-contact': 'a donné un contact privé',
  'verify-contact': 'a vérifié un contact privé',
  'forget-contact': 'a oublié un contact privé',
  withhold: 'a masqué ou rétabli la page',
};
const UNKNOWN: Record<RecordedEvent['actorKind'], string> = {
  anonymous: 'Quelqu’un d’inconnu',
  person: 'Une personne',
  application: 'Une application',
  operator: 'Qui tient l’annuaire',
};

/** Who opened or changed one's page, the latest first. @param next the id from which to go on; null at the end */
export function renderAuditOfPage(
  { events, next }: { events: readonly RecordedEvent[]; next: string | null },
  page: EditedPage,
  visitor: Visitor,
): Fragment {
  return renderMyPageFrame(
    { title: 'Qui a ouvert ou changé ma page', path: '/consultations', visitor, page },
    html`<p class="status">
        Votre page est publique&nbsp;: la lire ne laisse pas de trace. Ici est écrit qui l’a ouverte pour la
        remplir, qui l’a changée, et qui s’est vu refuser de le faire. Personne ne peut changer ni effacer ce
        journal.
      </p>
      ${
        events.length === 0
          ? html`<p>Personne encore.</p>`
          : html`<ul class="events">
              ${events.map(
                (it) =>
                  html`<li>
                    <span class="status">${toFrenchInstant(it.at)}</span>
                    <bdi>${it.actorName ?? UNKNOWN[it.actorKind]}</bdi> ${toDeed(it)}
                  </li>`,
              )}
            </ul>`
      }
      ${next === null ? NOTHING : html`<p class="pages"><a class="button" href="/espace/consultations?avant=${next}">Plus ancien</a></p>`}`,
  );
}

function toDeed({ operation, outcome, details }: RecordedEvent): string {
  if (outcome === 'refused') return 'a voulu changer la page, ce qui lui a été refusé';
  const fields = details?.['fields'];
  if (operation === 'edit-profile' && Array.isArray(fields))
    return `a changé\u00a0: ${fields.map((it) => toFieldLabel(it as ProfileField)).join(', ')}`;
  return WORDS[operation] ?? `a fait : ${operation}`;
}
