import { html } from 'hono/html';

import type { BillingNumber } from '#domain/expertise.ts';

import { renderCsrf } from '../operator/operator-frame.ts';
import { NOTHING, type Fragment } from '../page-frame.ts';
import type { Visitor } from '../visitor.ts';
import { declarePath, renderDeclareFrame } from './declare-frame.ts';

export interface BillingView {
  id: string;
  numbers: readonly BillingNumber[];
  version: number;
  fault: string | undefined;
  isSaved: boolean;
  visitor: Visitor;
}

/** The private numbers under which opinions are billed. */
export function renderBillingPage({ id, numbers, version, fault, isSaved, visitor }: BillingView): Fragment {
  return renderDeclareFrame(
    { kind: 'expert', title: 'Facturation', id, visitor },
    html`${fault === undefined ? NOTHING : html`<p class="note" role="alert">${fault}</p>`}
      ${isSaved ? html`<p class="note" role="status">Les numéros sont enregistrés.</p>` : NOTHING}
      <p>
        Sous quels numéros les avis sont facturés. Personne d’autre que qui gère cette expertise ne les
        voit&nbsp;: ils ne sont ni cherchés, ni exportés, ni montrés à qui demande un avis.
      </p>
      <form class="declare" method="post" action="${declarePath('expert', id, 'facturation')}">
        ${renderCsrf(visitor)}
        <input type="hidden" name="version" value="${version}" />
        ${[...numbers, { label: '', number: '' }].slice(0, 20).map(
          (it, index) =>
            html`<div class="pair">
              <div class="field">
                <label for="label-${index}">De quoi${index === 0 ? '' : ` (${index + 1})`}</label>
                <input
                  id="label-${index}"
                  name="label"
                  type="text"
                  maxlength="80"
                  autocomplete="off"
                  value="${it.label}"
                />
              </div>
              <div class="field">
                <label for="number-${index}">Numéro${index === 0 ? '' : ` (${index + 1})`}</label>
                <input
                  id="number-${index}"
                  name="number"
                  type="text"
                  maxlength="80"
                  autocomplete="off"
                  value="${it.number}"
                />
              </div>
            </div>`,
        )}
        <p><button class="main">Enregistrer</button></p>
      </form>`,
  );
}
