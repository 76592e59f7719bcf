import type { CorrespondentDocument } from './correspondent-document.ts';
import type { Stage, Step } from './search-plan.ts';

/** What only people have in a document. */
const OF_PEOPLE: ReadonlySet<keyof CorrespondentDocument> = new Set([
  'family',
  'given',
  'joinedNames',
  'phonetic',
]);

/** The same plan where no people are asked for: nothing is looked for in what only they have. */
export function* withoutPeople(stages: Iterable<Stage>): Generator<Stage> {
  for (const stage of stages) {
    const [body] = toOthers(stage.body);
    if (body === undefined) continue;
    const heads = stage.heads.flatMap(toOthers);
    const complements = stage.complements.flatMap((it) => toOthers(it.step).map((step) => ({ ...it, step })));
    yield { ...stage, heads, body, complements };
  }
}

function toOthers(step: Step): Step[] {
  if (step.attributes === undefined) return [step];
  const attributes = step.attributes.filter((it) => !OF_PEOPLE.has(it));
  return attributes.length === 0 ? [] : [{ ...step, attributes }];
}
