import { html } from 'hono/html';

import { composeContent } from '#domain/compose-declared.ts';
import { toDeclaredId } from '#domain/correspondent-id.ts';
import type { Declaration, DeclaredKind } from '#domain/declaration.ts';

import { pagePath } from '../correspondent-words.ts';
import { toFrenchInstant } from '../operator/french-instant.ts';
import { renderCsrf } from '../operator/operator-frame.ts';
import { NOTHING, type Fragment } from '../page-frame.ts';
import type { Visitor } from '../visitor.ts';
import { declarePath, DECLARED_NAMES, renderDeclareFrame } from './declare-frame.ts';

export interface DeclaredListView {
  kind: DeclaredKind;
  declarations: readonly Declaration[];
  /** False for whoever may declare nothing. */
  mayDeclare: boolean;
  /** What was just taken out, which can be put back. */
  withdrawn: { id: string; version: number } | undefined;
  visitor: Visitor;
}

const EXPLAINED = {
  expert:
    'Une expertise dit sur quoi vous donnez un avis, pour qui, sous quel délai, et ce qu’il faut vous dire. Elle se trouve par ce à quoi elle répond et par son territoire.',
  team: 'Une équipe ressource (DAC, équipe mobile, plateforme…) dit ses missions, son public, son territoire, et comment l’appeler.',
} as const;

/** What one has declared, and the way to declare more. */
export function renderDeclaredListPage(view: DeclaredListView): Fragment {
  const { kind, declarations, mayDeclare, withdrawn, visitor } = view;
  const names = DECLARED_NAMES[kind];
  return renderDeclareFrame(
    { kind, title: names.all, visitor },
    html`${withdrawn === undefined ? NOTHING : renderWithdrawn(kind, withdrawn, visitor)}
      <p>${EXPLAINED[kind]}</p>
      ${
        mayDeclare
          ? html`<p><a class="button main" href="${declarePath(kind, 'nouvelle')}">${names.declare}</a></p>`
          : html`<p class="note">
              ${
                kind === 'expert'
                  ? 'Une expertise est déclarée par un professionnel connecté avec sa carte, ou par qui gère les services d’une structure.'
                  : 'Une équipe est déclarée par qui gère les services d’une structure, ou par qui coordonne un territoire.'
              }
            </p>`
      }
      ${
        declarations.length === 0
          ? NOTHING
          : html`<ul class="declared-list">
              ${declarations.map((it) => renderOne(it))}
            </ul>`
      }`,
  );
}

function renderOne(declaration: Declaration) {
  const { kind, key, changedAt } = declaration;
  const id = toDeclaredId(kind, key);
  const { title } = composeContent(declaration, { territories: new Map() });
  return html`<li>
    <span>
      <strong
        ><a href="${declarePath(kind, id)}"><bdi>${title}</bdi></a></strong
      >
      <span class="status">changée le ${toFrenchInstant(changedAt)}</span>
    </span>
    <span class="actions">
      <a class="button" href="${declarePath(kind, id)}"
        >Modifier<bdi class="out-of-sight"> – ${title}</bdi></a
      >
      <a class="button" href="${pagePath(id)}">La voir<bdi class="out-of-sight"> – ${title}</bdi></a>
    </span>
  </li>`;
}

function renderWithdrawn(
  kind: DeclaredKind,
  { id, version }: { id: string; version: number },
  visitor: Visitor,
) {
  return html`<div class="note" role="status">
    <p>Retirée de l’annuaire.</p>
    <form method="post" action="${declarePath(kind, id, 'historique')}">
      ${renderCsrf(visitor)}
      <input type="hidden" name="version" value="${version}" />
      <input type="hidden" name="undone" value="${version}" />
      <button>La remettre</button>
    </form>
  </div>`;
}
