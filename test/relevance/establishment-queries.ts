import type { Random } from '#demo/random.ts';
import { foldText } from '#domain/fold.ts';

import type { EstablishmentFact, PersonFact } from './corpus-facts.ts';
import type { FactIndex } from './fact-index.ts';
import { isMeantPerson, SPECIALTY_WORDS } from './lay-words.ts';
import { drawQueries, idsOf, type JudgedQuery } from './judged-query.ts';
import { isLoadedName } from './loaded-names.ts';

/** Texts that people write for hospitals of the corpus; the pattern is of the folded name and the INSEE code of the commune. */
const USUAL_NAMES: readonly (readonly [pattern: RegExp, ...texts: string[]])[] = [
  [/^hopital gabriel montpied/, 'gabriel montpied', 'hopital gabriel montpied', 'montpied'],
  [/chu (de )?clermont ferrand/, 'chu clermont', 'chu clermont ferrand', 'CHU de Clermont-Ferrand', 'chu clermont fd'],
  [/^hopital estaing/, 'hopital estaing', 'chu estaing'],
  [/\bhcl\b|hospices civils de lyon/, 'hcl', 'HCL', 'hospices civils de lyon'],
  [/^hopital edouard herriot/, 'edouard herriot', 'hopital edouard herriot', 'Édouard-Herriot'],
  [/^hopital croix rousse/, 'croix rousse', 'hopital de la croix rousse'],
  [/^hopital lyon sud/, 'lyon sud', 'hopital lyon sud'],
  [/^hopital louis pradel/, 'louis pradel', 'hopital pradel'],
  [/^hopital femme mere enfant/, 'femme mere enfant', 'hôpital femme mère enfant', 'hfme'],
  [/^(?:centre hospitalier|ch) annecy genevois.* 74010$/, 'ch annecy', 'hopital annecy', "centre hospitalier d'annecy"],
  [/annecy genevois/, 'ch annecy genevois', 'annecy genevois'],
  [/chu de grenoble/, 'chu grenoble', 'chu de grenoble', 'chu grenoble alpes'],
  [/^hopital sud chu de grenoble/, 'hopital sud grenoble'],
  [/chu de saint etienne/, 'chu st etienne', 'chu saint etienne', 'chu saint-étienne'],
  [/^hopital de bellevue/, 'hopital bellevue', 'bellevue st etienne'],
  [/^centre hospitalier du puy en velay/, 'ch le puy', 'ch du puy', 'hopital du puy', 'ch le puy en velay'],
  [/^centre hospitalier de valence/, 'ch valence', 'hopital de valence'],
  [/^centre hospitalier de roanne|ch de roanne|hopital (de )?roanne/, 'ch roanne', 'hopital roanne'],
  [/^centre lutte contre le cancer jean perrin/, 'jean perrin', 'centre jean perrin', 'clcc jean perrin'],
  [/^centre leon berard|site centre leon berard/, 'leon berard', 'centre léon bérard'],
  [/^ch jacques lacarin/, 'ch vichy', 'jacques lacarin'],
  [/^centre hospitalier henri mondor/, 'ch aurillac', 'henri mondor', 'henri mondor aurillac'],
  [/^centre hospitalier de bourg en bresse|fleyriat/, 'fleyriat', 'ch bourg en bresse'],
  [/metropole savoie chambery/, 'ch chambery', 'ch métropole savoie chambéry'],
  [/metropole savoie/, 'metropole savoie', 'ch metropole savoie'],
  [/^hopitaux du leman/, 'hopitaux du leman', 'ch thonon'],
  [/^centre hospitalier alpes leman/, 'alpes leman', 'ch alpes léman', 'chal'],
  [/^ch pierre oudot/, 'pierre oudot', 'ch bourgoin', 'ch bourgoin jallieu'],
  [/^centre hospitalier lucien hussel/, 'ch vienne', 'lucien hussel'],
  [/^hopital de voiron/, 'ch voiron', 'hopital de voiron'],
  [/^centre hospitalier nord ouest villefranche/, 'ch villefranche', 'ch nord ouest'],
  [/^centre hospitalier d albertville/, 'ch albertville'],
  [/^centre hospitalier de brioude/, 'ch brioude', 'hopital de brioude'],
  [/^centre hospitalier ardeche nord/, 'ch annonay', 'ch ardeche nord'],
  [/^groupement hospitalier portes provence montelimar/, 'ch montelimar', 'portes provence'],
  [/^hopitaux drome nord/, 'hopitaux drome nord', 'drome nord'],
  [/^hopitaux du mont blanc/, 'hopitaux du mont blanc', 'hopital sallanches'],
]; // prettier-ignore

/** An establishment as the place: by name, usual or short name, site, or FINESS, in its own box and among the words. */
export function listEstablishmentQueries(facts: FactIndex): JudgedQuery[] {
  const all = [...facts.establishments.values()];
  const usual = USUAL_NAMES.flatMap(([pattern, ...texts]) => {
    const meant = all.filter(
      ({ name, communeCode }) =>
        pattern.test(foldText(`${name} ${communeCode}`)) || pattern.test(foldText(name)),
    );
    const there = listStaff(facts, meant);
    if (there.length === 0) throw new Error(`nobody practises in ${pattern}`);
    return texts.map((text) => ({ text, there }));
  });
  return [
    ...usual.flatMap(({ text, there }, rank) =>
      drawQueries(`establishment ${text}`, 1, (random) =>
        toQuery(facts, random, { text, there, isInQ: rank % 2 === 1 }),
      ),
    ),
    ...drawQueries('establishment: name', 25, (random, index) => {
      const establishment = drawStaffed(facts, random);
      const { name } = establishment;
      const text = random.pick([name, foldText(name), foldText(name).replace('centre hospitalier', 'ch')]);
      const meant = all.filter((it) => it.name === name);
      return toQuery(facts, random, { text, there: listStaff(facts, meant), isInQ: index % 2 === 1 });
    }),
    ...drawQueries('establishment: FINESS', 20, (random, index) => {
      const establishment = drawStaffed(facts, random);
      const isOfEntity = random.chance(0.35);
      const meant = isOfEntity
        ? all.filter((it) => it.finessJuridique === establishment.finessJuridique)
        : [establishment];
      const text = isOfEntity ? establishment.finessJuridique : establishment.finess;
      return toQuery(facts, random, { text, there: listStaff(facts, meant), isInQ: index % 3 === 2 });
    }),
    ...drawQueries('establishment: specialty', 25, (random) => {
      const { text, there } = random.pick(usual);
      const lay = random.pick(SPECIALTY_WORDS);
      const meant = there.filter((it) => isMeantPerson(lay, it));
      const word = random.pick(lay.words);
      const isInQ = random.chance(0.5);
      return {
        class: 'establishment as place',
        parameters: {
          ...(isInQ ? { q: `${word} ${text}` } : { q: word, where: text }),
          kind: 'professional',
        },
        accepted: idsOf(meant),
        wanted: `${word} practising there (${meant.length})`,
        atRank: 1,
      };
    }),
  ];
}

function listStaff({ byFiness }: FactIndex, establishments: readonly EstablishmentFact[]): PersonFact[] {
  return [...new Set(establishments.flatMap(({ finess }) => byFiness.get(finess) ?? []))];
}

function drawStaffed({ byFiness, establishments }: FactIndex, random: Random): EstablishmentFact {
  for (;;) {
    const [finess, people] = random.pick([...byFiness]);
    if (people.length >= 20) return establishments.get(finess)!;
  }
}

/** A surname that people elsewhere bear too. */
function toQuery(
  facts: FactIndex,
  random: Random,
  { text, there, isInQ }: { text: string; there: readonly PersonFact[]; isInQ: boolean },
): JudgedQuery | undefined {
  const person = random.pick(there);
  if (person === undefined || person.familyWords.length > 1 || facts.byGiven.has(person.family))
    return undefined;
  if (isLoadedName(person.family)) return undefined;
  const meant = there.filter(({ family }) => family === person.family);
  const named = facts.byFamily.get(person.family)!;
  if (named.length < meant.length + 3) return undefined;
  const q = person.familyName.toLowerCase();
  return {
    class: 'establishment as place',
    parameters: isInQ ? { q: `${q} ${text}` } : { q, where: text },
    accepted: idsOf(meant),
    wanted: `a ${person.familyName} practising there (${meant.length}, of ${named.length})`,
    atRank: 1,
  };
}
