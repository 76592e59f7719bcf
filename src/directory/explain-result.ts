import { findAct } from '#domain/acts.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import { foldText } from '#domain/fold.ts';
import { phoneticKey } from '#domain/phonetic-key.ts';
import type { Profile } from '#domain/profile.ts';
import type { UnderstoodPart } from '#domain/understanding.ts';
import { distance } from 'fastest-levenshtein';

import { formsOf } from '#search/organization-words.ts';

/** Where in a correspondent a part of the text was found, and how; `how` is "not" where it was not. */
export interface Match {
  part: string;
  in:
    | 'familyName'
    | 'givenNames'
    | 'name'
    | 'profession'
    | 'savoirFaire'
    | 'answers'
    | 'organization'
    | 'category'
    | 'place'
    | 'mailbox'
    | 'profile'
    | null;
  how: 'exact' | 'beginning' | 'resembles' | 'sounds-alike' | 'stands-for' | 'not';
  /** What was found there, as shown. */
  value: string | null;
}

/** For each part of the text but titles, the best match: the most exact, then in the order of what is searched. */
export function explainResult(correspondent: Correspondent, parts: readonly UnderstoodPart[]): Match[] {
  const fields = listFields(correspondent);
  return parts
    .filter((part) => part.as !== 'title')
    .flatMap((part): Match[] => {
      if (part.as === 'term') return [explainTerm(correspondent, part) ?? explainWord(part.text, fields)];
      if (part.as === 'place') return [explainPlace(correspondent, part) ?? explainWord(part.text, fields)];
      if (part.as === 'initial') return [explainInitial(correspondent, part.text)];
      return part.text.split(' ').map((word) => explainWord(word, fields));
    });
}

interface Field {
  in: NonNullable<Match['in']>;
  value: string;
  words: string[];
}

function listFields({
  familyName,
  givenNames,
  name,
  profession,
  otherProfessions,
  savoirFaire,
  places,
  mailboxes,
  profile,
  expertise,
  team,
}: Correspondent): Field[] {
  const fields: [Field['in'], string | null | undefined][] = [
    ['familyName', familyName],
    ['givenNames', givenNames],
    ['name', name],
    ...[profession, ...otherProfessions].map((it): [Field['in'], string | undefined] => [
      'profession',
      it?.label,
    ]),
    ...savoirFaire.map((it): [Field['in'], string] => ['savoirFaire', it.label]),
    ...[expertise?.domain.label, team?.type.label].map((it): [Field['in'], string | undefined] => [
      'name',
      it,
    ]),
    ...[...(expertise?.answers ?? []), ...(team?.missions ?? []), expertise?.population, team?.public].map(
      (it): [Field['in'], string | undefined] => ['answers', it],
    ),
    ...places.flatMap((it): [Field['in'], string | null | undefined][] => [
      ['organization', it.organization?.name],
      ['place', it.commune?.name],
      ['place', it.postcode],
    ]),
    ...mailboxes.map((it): [Field['in'], string] => ['mailbox', it.address]),
    ...listSaid(profile).map((it): [Field['in'], string] => ['profile', it]),
  ];
  return fields.flatMap(([where, value]) =>
    value == null ? [] : [{ in: where, value, words: foldText(value).split(' ') }],
  );
}

/** What a page says that is searched. */
function listSaid(profile: Profile | undefined): string[] {
  const acts = (profile?.acts ?? []).flatMap((code) => findAct(code)?.label ?? []);
  return [...acts, ...(profile?.ownWords ?? []), ...(profile?.equipment ?? [])];
}

const HOWS = ['exact', 'stands-for', 'beginning', 'sounds-alike', 'resembles', 'not'] as const;
/** In a longer word more letters may differ. */
const WRONG_LETTERS = { shortLengthMax: 7, short: 1, long: 2 };

function explainWord(typed: string, fields: readonly Field[]): Match {
  const word = foldText(typed);
  let best: Match = { part: typed, in: null, how: 'not', value: null };
  for (const field of fields) {
    for (const its of field.words) {
      const how = compareWords(word, its);
      if (HOWS.indexOf(how) < HOWS.indexOf(best.how))
        best = { part: typed, in: field.in, how, value: field.value };
    }
  }
  return best;
}

function compareWords(typed: string, its: string): Match['how'] {
  if (typed === its) return 'exact';
  if (formsOf(typed).some((form) => form.split(' ').includes(its))) return 'stands-for';
  if (its.startsWith(typed)) return 'beginning';
  if (/^[a-z]{2,}$/.test(typed) && phoneticKey(typed) === phoneticKey(its)) return 'sounds-alike';
  const wrong = typed.length <= WRONG_LETTERS.shortLengthMax ? WRONG_LETTERS.short : WRONG_LETTERS.long;
  // Two swapped letters count as two here, as one for the engine.
  return distance(typed, its) <= wrong + 1 && typed.length > 2 ? 'resembles' : 'not';
}

/** "s": a given name that begins so; "jp": two that follow each other. */
function explainInitial({ givenNames }: Correspondent, typed: string): Match {
  const letters = foldText(givenNames ?? '')
    .split(' ')
    .map((word) => word[0] ?? '')
    .join('');
  return letters.includes(typed)
    ? { part: typed, in: 'givenNames', how: 'beginning', value: givenNames }
    : { part: typed, in: null, how: 'not', value: null };
}

function explainTerm(it: Correspondent, part: Extract<UnderstoodPart, { as: 'term' }>): Match | undefined {
  const named = new Set(part.meanings.map((meaning) => meaning.label));
  const act = it.profile?.acts?.map(findAct).find((one) => one !== undefined && named.has(one.label));
  if (act) return { part: part.text, in: 'profile', how: 'stands-for', value: act.label };
  for (const { professionCodes, savoirFaireCodes } of part.meanings) {
    const known = it.savoirFaire.find((coding) => savoirFaireCodes.includes(coding.code));
    if (known) return { part: part.text, in: 'savoirFaire', how: 'stands-for', value: known.label };
    const professions = [it.profession, ...it.otherProfessions];
    const profession = professions.find((coding) => coding && professionCodes.includes(coding.code));
    if (profession && savoirFaireCodes.length === 0)
      return { part: part.text, in: 'profession', how: 'stands-for', value: profession.label };
  }
  const category = it.places.find((place) => place.organization?.category)?.organization?.category;
  const isStructure = part.meanings.every((meaning) => meaning.professionCodes.length === 0);
  return category && isStructure
    ? { part: part.text, in: 'category', how: 'stands-for', value: category.label }
    : undefined;
}

function explainPlace(it: Correspondent, part: Extract<UnderstoodPart, { as: 'place' }>): Match | undefined {
  const { kind, code, label } = part.place;
  const area = (it.expertise ?? it.team)?.area;
  if (area) {
    const names = area.map((place) => place.name).join(', ');
    return { part: part.text, in: 'place', how: 'stands-for', value: names };
  }
  const found = it.places.find(
    (place) =>
      (kind === 'commune' && place.commune?.code === code) ||
      (kind === 'postcode' && place.postcode === code) ||
      (kind === 'departement' && place.departement?.code === code),
  );
  if (found)
    return { part: part.text, in: 'place', how: 'exact', value: found.commune?.name ?? found.postcode };
  return kind === 'region' || kind === 'epci'
    ? { part: part.text, in: 'place', how: 'stands-for', value: label }
    : undefined;
}
