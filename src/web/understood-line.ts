import { html } from 'hono/html';

import type { FoundCorrespondents } from '#directory/find-correspondents.ts';
import type { Understanding, UnderstoodPart, UnderstoodPlace, Widening } from '#domain/understanding.ts';

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

/** A part of a search as it was understood: the search without it, and those that mean it otherwise. */
interface Mark {
  label: string;
  path: string;
  others: { label: string; path: string }[];
}

const OTHERS_MAX = 8;

/** What the words were taken for, each of which can be taken off or meant otherwise, and what was given up for lack of results. */
export function renderUnderstood(
  url: string,
  { understood, results }: FoundCorrespondents,
  text: string | undefined,
) {
  const marks = listMarks(url, understood, text);
  return html`${
    marks.length === 0
      ? NOTHING
      : html`<div class="understood">
          <span id="understood-label">Compris&nbsp;:</span>
          <ul class="marks" aria-labelledby="understood-label">
            ${marks.map(
              ({ label, path, others }) =>
                html`<li>
                  <bdi>${label}</bdi>${renderOthers(label, others)}<a
                    href="${path}"
                    aria-label="Chercher sans ${label}"
                    ><span aria-hidden="true">×</span></a
                  >
                </li>`,
            )}
          </ul>
        </div>`
  }
  ${
    understood.preferred.length === 0
      ? NOTHING
      : html`<p class="status">
          D’abord qui le dit&nbsp;: ${understood.preferred.map((it) => it.label).join(', ')}. Les autres n’ont
          rien précisé.
        </p>`
  }
  ${
    understood.widened.length === 0 || results.length === 0
      ? NOTHING
      : html`<p class="note">
          Peu de réponses exactes. Ajouté&nbsp;:
          ${understood.widened.map((it) => WIDENED[it]).join(', ')}${
            understood.widenedToKm === null ? '' : `, jusqu’à ${understood.widenedToKm} km`
          }.
        </p>`
  }`;
}

function listMarks(url: string, understood: Understanding, text: string | undefined): Mark[] {
  const { where, near } = understood;
  const marks = understood.parts.map((part): Mark => {
    const path = withoutPart(url, part, text);
    return {
      label: labelOf(part),
      path,
      others: listOthers(part, path, where ? [] : understood.alternatives),
    };
  });
  if (where) {
    const others = understood.alternatives.map(({ label }) => ({
      label,
      path: searchPath(url, { where: label }),
    }));
    marks.push({ label: where.label, path: searchPath(url, { where: undefined }), others });
  }
  if (near) {
    const path = searchPath(url, { near: undefined });
    marks.push({ label: `près de ${near.label}`, path, others: [] });
  }
  return marks;
}

/** Other communes of the name; of a word that means several things, each of them alone. */
function listOthers(
  part: UnderstoodPart,
  without: string,
  alternatives: readonly UnderstoodPlace[],
): Mark['others'] {
  const base = `http://here${without}`;
  if (part.as === 'place')
    return alternatives.map(({ label }) => ({ label, path: searchPath(base, { where: label }) }));
  if (part.as !== 'term' || part.meanings.length < 2) return [];
  return part.meanings
    .filter((it) => it.professionCodes.length + it.savoirFaireCodes.length > 0)
    .map(({ label, professionCodes, savoirFaireCodes }) => ({
      label: `${label} seulement`,
      path: searchPath(base, {
        ...(professionCodes.length > 0 && { profession: professionCodes.join(',') }),
        ...(savoirFaireCodes.length > 0 && { savoirFaire: savoirFaireCodes.join(',') }),
      }),
    }));
}

function renderOthers(label: string, others: Mark['others']) {
  if (others.length === 0) return NOTHING;
  return html`<details class="others">
    <summary aria-label="Autres sens de ${label}"><span aria-hidden="true">▾</span></summary>
    <ul class="menu">
      ${others.slice(0, OTHERS_MAX).map(
        (it) =>
          html`<li>
            <a href="${it.path}"><bdi>${it.label}</bdi></a>
          </li>`,
      )}
    </ul>
  </details>`;
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

/** A part is in the text as typed or folded (case, accents, hyphens); a text in which it is not found is taken off whole. */
function withoutPart(url: string, part: UnderstoodPart, text: string | undefined): string {
  const whole = text ?? '';
  const at = foldLetters(whole).indexOf(foldLetters(part.text));
  if (at < 0) return searchPath(url, { q: undefined });
  return searchPath(url, {
    q: `${whole.slice(0, at)} ${whole.slice(at + part.text.length)}`.replace(/\s+/g, ' ').trim(),
  });
}

/** One unit for each unit of the text, so that places in the one are places in the other. */
function foldLetters(text: string): string {
  return text.replace(/[^a-z0-9]/g, (unit) => {
    const [letter = ' '] = unit.normalize('NFD').toLowerCase();
    return /[\p{L}\p{N}]/u.test(letter) ? letter : ' ';
  });
}
