import { html } from 'hono/html';

import { nameOfAreaPlace, type AreaPlace } from '#domain/area.ts';
import type { DeclarationChange, DeclarationFieldChange, DeclaredKind } from '#domain/declaration.ts';
import { EXPERTISE_DOMAINS } from '#domain/expertise-domains.ts';
import type { Expertise } from '#domain/expertise.ts';
import { toHoursLine } from '#domain/hours-line.ts';
import type { AvailableTime, NotAvailable } from '#domain/profile.ts';
import { TEAM_TYPES } from '#domain/team-types.ts';
import type { UrgentNumber } from '#domain/urgent-numbers.ts';

import { toFrenchInstant } from '../operator/french-instant.ts';
import { renderCsrf } from '../operator/operator-frame.ts';
import { NOTHING, type Fragment } from '../page-frame.ts';
import type { Visitor } from '../visitor.ts';
import { FIELD_WORDS } from './declared-faults.ts';
import { toDelayText } from './declared-words.ts';
import { declarePath, renderDeclareFrame } from './declare-frame.ts';

export interface DeclaredHistoryView {
  kind: DeclaredKind;
  id: string;
  version: number;
  changes: readonly DeclarationChange[];
  fault: string | undefined;
  visitor: Visitor;
}

const AS: Record<DeclarationChange['by']['kind'], string> = {
  owner: 'le professionnel',
  manager: 'pour la structure',
  coordinator: 'pour le territoire',
  administrator: 'l’administration',
};
const TEXT_MAX = 200;

/** Who changed what, the latest first, and the way back. */
export function renderDeclaredHistoryPage(view: DeclaredHistoryView): Fragment {
  const { kind, id, version, changes, fault, visitor } = view;
  return renderDeclareFrame(
    { kind, title: 'Historique', id, visitor },
    html`${fault === undefined ? NOTHING : html`<p class="note" role="alert">${fault}</p>`}
      <ol class="changes">
        ${changes.map(
          (it) =>
            html`<li>
              <h2>
                Version ${it.version}
                <span class="status"
                  >${toFrenchInstant(it.at)},
                  <bdi>${it.by.name}</bdi>
                  (${AS[it.by.kind]})${it.by.undoes === undefined ? '' : `, annule la version ${it.by.undoes}`}</span
                >
              </h2>
              ${renderChanges(it.changes)}
              ${
                it.version === 1
                  ? NOTHING
                  : html`<form method="post" action="${declarePath(kind, id, 'historique')}">
                      ${renderCsrf(visitor)}
                      <input type="hidden" name="version" value="${version}" />
                      <input type="hidden" name="undone" value="${it.version}" />
                      <button class="plain">
                        Annuler ce changement<span class="out-of-sight"> – version ${it.version}</span>
                      </button>
                    </form>`
              }
            </li>`,
        )}
      </ol>`,
  );
}

/** Each field with what it said and what it says. */
export function renderChanges(changes: readonly DeclarationFieldChange[]): Fragment {
  return html`<dl class="facts">
    ${changes.map(({ field, before, after }) =>
      field === 'isDeleted'
        ? html`<dt>Dans l’annuaire</dt>
            <dd>${after === true ? 'retirée' : 'remise'}</dd>`
        : html`<dt>${FIELD_WORDS[field]?.label ?? field}</dt>
            <dd>
              ${before === null ? NOTHING : html`<del><bdi>${toShort(field, before)}</bdi></del> `}${after === null ? NOTHING : html`<ins><bdi>${toShort(field, after)}</bdi></ins>`}
            </dd>`,
    )}
  </dl>`;
}

function toShort(field: string, value: unknown): string {
  const text = toWords(field, value);
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
}

/** As people say it: names and not codes. */
function toWords(field: string, value: unknown): string {
  switch (field) {
    case 'domain':
      return EXPERTISE_DOMAINS[value as keyof typeof EXPERTISE_DOMAINS] ?? String(value);
    case 'type':
      return TEAM_TYPES[value as keyof typeof TEAM_TYPES]?.label ?? String(value);
    case 'area':
      return (value as AreaPlace[]).map((it) => nameOfAreaPlace(it) ?? it.code).join('\n');
    case 'usualDelay':
      return toDelayText(value as NonNullable<Expertise['usualDelay']>);
    case 'hours':
      return toHoursLine(value as AvailableTime[]);
    case 'urgentNumbers':
      return (value as UrgentNumber[])
        .map((it) => [it.case, it.phone, toHoursLine(it.availableTime ?? [])].filter(Boolean).join(', '))
        .join('\n');
    case 'notAvailable':
      return (value as NotAvailable[]).map(toClosedText).join('\n');
    default:
      return toPlainWords(value);
  }
}

function toClosedText({ description, during }: NotAvailable): string {
  const [first, last] = [during.start, during.end].map((it) => it.split('-').toReversed().join('/'));
  return `${description}, du ${first} au ${last}`;
}

function toPlainWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(toPlainWords).join('\n');
  if (typeof value !== 'object' || value === null) return String(value);
  return 'title' in value ? String(value.title) : '';
}
