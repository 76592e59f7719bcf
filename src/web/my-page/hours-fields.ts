import { html } from 'hono/html';

import type { Place } from '#domain/correspondent.ts';
import { parseHours } from '#domain/parse-hours.ts';
import { DAYS_OF_WEEK } from '#domain/profile.ts';

import { toAddressLine } from '../correspondent-words.ts';
import { toHoursLines } from '../hours-text.ts';
import type { Fragment } from '../page-frame.ts';
import { DAY_NAMES, toHoursWords } from './fault-words.ts';
import { renderOneOf, renderText, type FormState } from './fields.ts';
import { countRows, textOf } from './form-values.ts';

const CLOSED_ROWS_MAX = 50;
const SPARE_ROWS = 1;

/** Hours at one place: on one line as people write them, or day by day; and the days on which it is closed. */
export function renderPlaceHoursFields(state: FormState, place: Place, index: number): Fragment {
  const group = `hours.${index}`;
  const name = place.organization?.name ?? toAddressLine(place);
  const closedCount = countRows(state.values, `${group}.closed`);
  const hasFault = state.faults.some((it) => it.field === `${group}.line`);
  const isClosedWrong = state.faults.some((it) => it.field.startsWith(`${group}.closed`));
  const rows = Math.min(closedCount + SPARE_ROWS, CLOSED_ROWS_MAX);
  const withMode = textOf(state.values, `${group}.mode`)
    ? state
    : { ...state, values: { ...state.values, [`${group}.mode`]: ['line'] } };
  return html`<fieldset class="hours-fields">
    <legend><bdi>${name}</bdi></legend>
    <p class="status"><bdi>${toAddressLine(place)}</bdi></p>
    <input type="hidden" name="${group}.place" value="${place.organization?.id ?? ''}" />
    ${renderOneOf(withMode, {
      name: `${group}.mode`,
      legend: 'Écrire les horaires',
      isRow: true,
      choices: [
        { value: 'line', label: 'en une ligne' },
        { value: 'days', label: 'jour par jour' },
      ],
    })}
    <div class="by-line">
      ${renderText(state, {
        name: `${group}.line`,
        label: 'Horaires',
        hint: 'Comme vous les dites\u00a0: lun-ven 9h-12h 14h-18h, sam 9h-12h',
        rows: 2,
      })}
      <p id="${group}.echo" class="echo" role="status">
        ${hasFault ? '' : toHoursEcho(textOf(state.values, `${group}.line`))}
      </p>
    </div>
    <div class="by-days">
      ${DAYS_OF_WEEK.map((day) => renderText(state, { name: `${group}.${day}`, label: DAY_NAMES[day] }))}
    </div>
    <details ${closedCount > 0 || isClosedWrong ? html`open` : ''}>
      <summary>Jours de fermeture</summary>
      ${Array.from({ length: rows }, (_, row) => {
        const closed = `${group}.closed.${row}`;
        return html`<div class="pair three">
          ${renderText(state, { name: `${closed}.start`, label: 'Du', type: 'date' })}
          ${renderText(state, { name: `${closed}.end`, label: 'au', type: 'date' })}
          ${renderText(state, { name: `${closed}.description`, label: 'Pourquoi', maxLength: 200 })}
        </div>`;
      })}
    </details>
  </fieldset>`;
}

/** Hours as they were understood, read back; empty while nothing is typed. */
export function toHoursEcho(text: string): string {
  if (text.trim() === '') return '';
  const parsed = parseHours(text);
  if ('fault' in parsed) return toHoursWords(parsed.fault);
  const lines = toHoursLines(parsed.times).map((it) => `${it.days} ${it.hours}`);
  return lines.length === 0
    ? 'Compris\u00a0: fermé toute la semaine'
    : `Compris\u00a0: ${lines.join('\u00a0; ')}`;
}
