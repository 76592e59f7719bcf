import { html } from 'hono/html';

import type { Correspondent } from '#domain/correspondent.ts';
import type { FieldConflict } from '#profiles/practitioner/compare-profile.ts';

import { NOTHING, type Fragment } from '../page-frame.ts';
import { toFieldLabel, toSaidWords } from './said-words.ts';

/** Both values of each field that two people changed, to choose from; what they changed apart is in the form already. */
export function renderConflicts(conflicts: readonly FieldConflict[], person: Correspondent): Fragment {
  if (conflicts.length === 0) return NOTHING;
  return html`<div id="conflicts" class="fault-summary" role="alert" tabindex="-1">
    <h2>Quelqu’un d’autre a changé la même chose</h2>
    <p>
      Rien n’est encore publié, et rien de ce que vous avez tapé n’est perdu. Choisissez, puis publiez. Ce que
      l’autre a changé ailleurs est déjà dans le formulaire.
    </p>
    ${conflicts.map(({ field, mine, now, by }) => {
      const name = `keep.${field}`;
      return html`<fieldset class="one-of">
        <legend>${toFieldLabel(field)}</legend>
        <ul class="choices">
          <li>
            <label
              ><input type="radio" name="${name}" value="mine" checked />
              <span
                >Ce que vous avez mis&nbsp;:
                <bdi class="lines">${toSaidWords(field, mine, person)}</bdi></span
              ></label
            >
          </li>
          <li>
            <label
              ><input type="radio" name="${name}" value="theirs" />
              <span
                >Ce qu’a mis <bdi>${by ?? 'quelqu’un d’autre'}</bdi>&nbsp;:
                <bdi class="lines">${toSaidWords(field, now, person)}</bdi></span
              ></label
            >
          </li>
        </ul>
      </fieldset>`;
    })}
  </div>`;
}
