import type { CorrespondentQuestion } from '#domain/question.ts';
import type { UnderstoodPart, WiderQuestion } from '#domain/understanding.ts';

type Given = keyof CorrespondentQuestion;

/** What a question may do without, what narrows most by chance first. */
const DROPPED: readonly (readonly Given[])[] = [
  ['within'],
  ['channels'],
  ['present'],
  ['ways'],
  ['actCodes'],
  ['comesTo'],
  ['organizationIds'],
  ['hasMailbox'],
  ['kinds'],
  ['savoirFaireCodes'],
  ['professionCodes'],
  ['finess'],
  ['communeCodes', 'departementCodes'],
  ['where'],
  ['text'],
];

/**
 * For a question that gives nothing: the nearest one that gives something, without one of its members, or without all that narrow it
 * beside its text and its place, or without a part of its text: its place first. Null when none does. A place that is given up
 * becomes where the caller is, so that the nearest come first.
 * @param parts what the text was understood as
 * @param count how many a question gives; asked at most some twenty times
 */
export async function suggestWider(
  question: CorrespondentQuestion,
  parts: readonly UnderstoodPart[],
  count: (question: CorrespondentQuestion) => Promise<number>,
): Promise<WiderQuestion | null> {
  const given = DROPPED.map((names) => names.filter((name) => question[name] !== undefined));
  const single = given.filter((names) => names.length > 0);
  const narrowing = single.flat().filter((name) => name !== 'text' && name !== 'where');
  for (const without of narrowing.length > 1 ? [...single, narrowing] : single) {
    const near = without.includes('where') ? (question.near ?? question.where) : undefined;
    const wider = { ...question, ...Object.fromEntries(without.map((name) => [name, undefined])) };
    const isAsked = DROPPED.flat().some((name) => wider[name] !== undefined) || near !== undefined;
    if (!isAsked) continue;
    const total = await count({ ...wider, near: near ?? question.near, limit: 1, facets: undefined });
    if (total > 0) return { without, near: near ?? null, text: null, total };
  }
  for (const text of listShorterTexts(parts)) {
    const total = await count({ ...question, text, limit: 1, facets: undefined });
    if (total > 0) return { without: [], near: null, text, total };
  }
  return null;
}

const PARTS_MAX = 6;

/** The text without each of its parts in turn, the place first. */
function listShorterTexts(parts: readonly UnderstoodPart[]): string[] {
  if (parts.length < 2 || parts.length > PARTS_MAX) return [];
  const given = parts.toSorted((a, b) => Number(b.as === 'place') - Number(a.as === 'place'));
  return given.map((dropped) =>
    parts
      .filter((it) => it !== dropped)
      .map((it) => it.text)
      .join(' '),
  );
}
