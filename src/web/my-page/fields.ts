import { html } from 'hono/html';

import { NOTHING, type Fragment } from '../page-frame.ts';
import { listOf, textOf, type FormFault, type FormValues } from './form-values.ts';

/** What a form shows: what was typed, and what is wrong with it. */
export interface FormState {
  values: FormValues;
  faults: readonly FormFault[];
}

interface TextField {
  name: string;
  label: string | Fragment;
  hint?: string;
  type?: 'text' | 'date' | 'email' | 'tel';
  /** Lines; absent: one, in a field of one line. */
  rows?: number;
  maxLength?: number;
  autocomplete?: string;
  inputMode?: 'numeric';
}

/**
 * A text with its label, its hint and what is wrong with it.
 * @param sentAs the name under which it is sent, where it is not that by which the page knows it
 */
export function renderText(state: FormState, field: TextField, sentAs = field.name): Fragment {
  const { name, label, hint, type = 'text', rows, maxLength, autocomplete = 'off', inputMode } = field;
  const faults = state.faults.filter((it) => it.field === name);
  const described = [
    ...(hint === undefined ? [] : [`${name}-hint`]),
    ...(faults.length > 0 ? [`${name}-fault`] : []),
  ];
  const attributes = html`id="${name}" name="${sentAs}" autocomplete="${autocomplete}"
  ${described.length > 0 ? html`aria-describedby="${described.join(' ')}"` : NOTHING}
  ${faults.length > 0 ? html`aria-invalid="true"` : NOTHING}
  ${maxLength === undefined ? NOTHING : html`maxlength="${maxLength}"`}
  ${inputMode === undefined ? NOTHING : html`inputmode="${inputMode}"`}`;
  const text = textOf(state.values, name);
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${hint === undefined ? NOTHING : html`<p id="${name}-hint" class="status">${hint}</p>`}
    ${
      rows === undefined
        ? html`<input type="${type}" ${attributes} value="${text}" />`
        : html`<textarea rows="${rows}" ${attributes}>${text}</textarea>`
    }
    ${renderFault(state, name)}
  </div>`;
}

/** What is wrong with a field, beside it. */
function renderFault({ faults }: FormState, name: string): Fragment {
  const own = faults.filter((it) => it.field === name);
  if (own.length === 0) return NOTHING;
  return html`<div id="${name}-fault" class="fault">
    ${own.map((it) => html`<p><bdi>${it.text}</bdi></p>`)}
  </div>`;
}

interface Choice {
  value: string;
  label: string;
  /** What else it may be sought as. */
  words?: string;
}

/** Boxes of which any may be ticked. @param first shown at once; the others are in a list that opens */
export function renderChoices(
  state: FormState,
  {
    name,
    legend,
    search,
    first,
    others,
  }: {
    name: string;
    legend: string;
    /** Label of the box that narrows the list; absent where the list is short. */
    search?: string;
    first: readonly Choice[];
    others?: { label: string; choices: readonly Choice[] };
  },
): Fragment {
  const chosen = new Set(listOf(state.values, name));
  const render = (choices: readonly Choice[]) =>
    html`<ul class="choices">
      ${choices.map((it) => renderChoice(name, it, chosen.has(it.value)))}
    </ul>`;
  return html`<fieldset id="${name}" class="choice-field" tabindex="-1">
    <legend>${legend}</legend>
    ${
      search === undefined
        ? NOTHING
        : html`<div class="field js">
            <label for="${name}-search">${search}</label>
            <input type="search" id="${name}-search" class="narrows" autocomplete="off" />
            <p class="status" role="status"></p>
          </div>`
    }
    ${render(first)}
    ${
      others === undefined
        ? NOTHING
        : html`<details>
            <summary>${others.label}</summary>
            ${render(others.choices)}
          </details>`
    }
    ${renderFault(state, name)}
  </fieldset>`;
}

/** There are hundreds of them: each is as short as can be. */
function renderChoice(name: string, { value, label, words }: Choice, isChosen: boolean): Fragment {
  const attributes = html`${words ? html` data-words="${words}"` : NOTHING}`;
  const checked = isChosen ? html` checked` : NOTHING;
  return html`<li${attributes}><label><input type="checkbox" name="${name}" value="${value}"${checked}>${label}</label></li>`;
}

/** One of several. */
export function renderOneOf(
  state: FormState,
  {
    name,
    legend,
    choices,
    isRow,
  }: {
    name: string;
    legend: string | Fragment;
    choices: readonly { value: string; label: string | Fragment }[];
    /** Beside each other rather than one a line. */
    isRow?: boolean;
  },
): Fragment {
  const chosen = textOf(state.values, name);
  return html`<fieldset id="${name}" class="one-of" tabindex="-1">
    <legend>${legend}</legend>
    <ul class="choices${isRow ? ' row' : ''}">
      ${choices.map(
        ({ value, label }) =>
          html`<li>
            <label
              ><input
                type="radio"
                name="${name}"
                value="${value}"
                ${value === chosen ? html`checked` : NOTHING}
              />
              ${label}</label
            >
          </li>`,
      )}
    </ul>
    ${renderFault(state, name)}
  </fieldset>`;
}

/** All that is wrong, each with a way to its field. @param labelOf what a field is called */
export function renderFaultSummary(
  { faults }: FormState,
  labelOf: (field: string) => string,
  title = 'Rien n’est encore publié\u00a0: il reste à corriger',
): Fragment {
  if (faults.length === 0) return NOTHING;
  return html`<div id="faults" class="fault-summary" role="alert" tabindex="-1">
    <h2>${title}</h2>
    <ul>
      ${faults.map(
        ({ field, text }) =>
          html`<li>
            <a href="#${encodeURIComponent(field)}">${labelOf(field)}</a>&nbsp;: <bdi>${text}</bdi>
          </li>`,
      )}
    </ul>
  </div>`;
}
