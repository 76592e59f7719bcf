import { html } from 'hono/html';

import { NOTHING, type Fragment } from '../page-frame.ts';
import type { FieldFault } from './declared-form.ts';
import { labelOfField } from './declared-faults.ts';
import { textOf, type TypedValues } from './typed-values.ts';

/** What was typed, and what is wrong with it. */
export interface TypedState {
  values: TypedValues;
  faults: readonly FieldFault[];
}

interface TextField {
  name: string;
  label: string;
  hint?: string | undefined;
  /** Lines; absent: a field of one line. */
  rows?: number;
  type?: 'text' | 'tel' | 'date' | 'number';
  max?: number;
  /** Id of a `datalist`. */
  list?: string;
}

export function renderTextField(state: TypedState, field: TextField): Fragment {
  const { name, label, hint, rows, type = 'text', max, list } = field;
  const attributes = html`id="${name}" name="${name}" autocomplete="off" ${describe(state, name, hint)}
  ${max === undefined ? NOTHING : html`maxlength="${max}"`}
  ${list === undefined ? NOTHING : html`list="${list}"`}`;
  const text = textOf(state.values, name);
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${renderHint(name, hint)}
    ${
      rows === undefined
        ? html`<input type="${type}" ${attributes} value="${text}" />`
        : html`<textarea rows="${rows}" ${attributes}>${text}</textarea>`
    }
    ${renderFault(state, name)}
  </div>`;
}

export function renderSelect(
  state: TypedState,
  {
    name,
    label,
    hint,
    choices,
    empty,
  }: {
    name: string;
    label: string;
    hint?: string | undefined;
    choices: readonly { value: string; label: string }[];
    /** Of the choice that says nothing; absent: there is none. */
    empty?: string;
  },
): Fragment {
  const chosen = textOf(state.values, name);
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${renderHint(name, hint)}
    <select id="${name}" name="${name}" ${describe(state, name, hint)}>
      ${empty === undefined ? NOTHING : html`<option value="">${empty}</option>`}
      ${choices.map(
        (it) =>
          html`<option value="${it.value}" ${it.value === chosen ? html`selected` : NOTHING}>
            ${it.label}
          </option>`,
      )}
    </select>
    ${renderFault(state, name)}
  </div>`;
}

function describe({ faults }: TypedState, name: string, hint: string | undefined) {
  const isWrong = faults.some((it) => it.field === name);
  const ids = [...(hint === undefined ? [] : [`${name}-hint`]), ...(isWrong ? [`${name}-fault`] : [])];
  return html`${ids.length === 0 ? NOTHING : html`aria-describedby="${ids.join(' ')}"`}
  ${isWrong ? html`aria-invalid="true"` : NOTHING}`;
}

function renderHint(name: string, hint: string | undefined) {
  return hint === undefined ? NOTHING : html`<p id="${name}-hint" class="status">${hint}</p>`;
}

function renderFault({ faults }: TypedState, name: string) {
  const own = faults.filter((it) => it.field === name);
  if (own.length === 0) return NOTHING;
  return html`<div id="${name}-fault" class="wrong">
    ${own.map((it) => html`<p><bdi>${it.text}</bdi></p>`)}
  </div>`;
}

/** All that is wrong, each with a way to its field. */
export function renderWrong({ faults }: TypedState): Fragment {
  if (faults.length === 0) return NOTHING;
  return html`<div id="faults" class="note" role="alert" tabindex="-1">
    <h2>Rien n’est encore publié&nbsp;: il reste à corriger</h2>
    <ul>
      ${faults.map(
        ({ field, text }) =>
          html`<li><a href="#${field}">${labelOfField(field)}</a>&nbsp;: <bdi>${text}</bdi></li>`,
      )}
    </ul>
  </div>`;
}

/** A step of the form that is done by the server, and comes back to where one is. */
export function renderStep(action: string, path: string, label: string, about = ''): Fragment {
  return html`<button class="plain" name="do" value="${action}" formaction="${path}">
    ${label}${about === '' ? NOTHING : html`<bdi class="out-of-sight"> – ${about}</bdi>`}
  </button>`;
}
