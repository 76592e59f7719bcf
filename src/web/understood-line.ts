import { html } from 'hono/html';

import type { FoundCorrespondents } from '#directory/find-correspondents.ts';
import type { UnderstoodPart, Widening } from '#domain/understanding.ts';

import { NOTHING } from './page-frame.ts';
import { searchPath } from './page-query.ts';

const WIDENED: Record<Widening, string> = {
  'other-words': 'mots cherchés aussi dans les activités et les lieux',
  'other-spellings': 'noms qui diffèrent d’une lettre',
  'sounds-alike': 'noms qui se prononcent de même',
  'other-professions': 'autres professions',
  'other-places': 'autres lieux',
  'some-words': 'une partie des mots seulement',
};

/** What the words were taken for, each of which can be taken off, and what was given up for lack of results. */
export function renderUnderstood(
  url: string,
  { understood, results }: FoundCorrespondents,
  text: string | undefined,
) {
  const marks = [
    ...understood.parts.map((part) => ({ label: labelOf(part), path: withoutPart(url, part, text) })),
    ...(understood.where
      ? [{ label: understood.where.label, path: searchPath(url, { where: undefined }) }]
      : []),
    ...(understood.near
      ? [{ label: `près de ${understood.near.label}`, path: searchPath(url, { near: undefined }) }]
      : []),
  ];
  return html`${
    marks.length === 0
      ? NOTHING
      : html`<div class="understood">
          <span id="understood-label">Compris&nbsp;:</span>
          <ul class="marks" aria-labelledby="understood-label">
            ${marks.map(
              ({ label, path }) =>
                html`<li>
                  <bdi>${label}</bdi
                  ><a href="${path}" aria-label="Chercher sans ${label}"><span aria-hidden="true">×</span></a>
                </li>`,
            )}
          </ul>
        </div>`
  }
  ${
    understood.widened.length === 0 || results.length === 0
      ? NOTHING
      : html`<p class="note">
          Peu de réponses exactes. Ajouté&nbsp;: ${understood.widened.map((it) => WIDENED[it]).join(', ')}.
        </p>`
  }`;
}

function labelOf(part: UnderstoodPart): string {
  if (part.as === 'place') return part.place.label;
  if (part.as === 'term')
    return [...new Set(part.meanings.map((it) => it.label))].slice(0, 2).join(' ou ') || part.text;
  return part.as === 'name' || part.as === 'initial'
    ? `nom «\u00a0${shorten(part.text)}\u00a0»`
    : `«\u00a0${shorten(part.text)}\u00a0»`;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** A part is in the text as typed or folded: words that are not found leave the text as it is. */
function withoutPart(url: string, part: UnderstoodPart, text: string | undefined): string {
  const whole = text ?? '';
  const fold = (it: string) => it.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const at = fold(whole).indexOf(fold(part.text));
  // Folding keeps the length of texts that are composed, which what people type is; others are left whole.
  if (at < 0 || fold(whole).length !== whole.length) return searchPath(url, { q: undefined });
  return searchPath(url, {
    q: `${whole.slice(0, at)} ${whole.slice(at + part.text.length)}`.replace(/\s+/g, ' ').trim(),
  });
}
