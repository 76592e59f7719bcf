import type { Random } from '#demo/random.ts';
import { foldText } from '#domain/fold.ts';
import { findCommune } from '#domain/geography.ts';

import type { EstablishmentFact, ServiceFact } from './corpus-facts.ts';
import { findTown, listServicesAround, type FactIndex } from './fact-index.ts';
import { drawQueries, idsOf, type JudgedQuery } from './judged-query.ts';

const HOSPITALS = new Set(['355', '101', '106', '131', '365', '128', '122', '109', '129']);
/** What people call a kind of structure, by its category (TRE_R66). */
const STRUCTURES: readonly (readonly [categoryCode: string, ...words: string[]])[] = [
  ['500', 'EHPAD', 'ehpad', 'maison de retraite', 'ehpads'],
  ['354', 'SSIAD', 'ssiad', 'soins infirmiers à domicile'],
  ['127', 'HAD', 'had', 'hospitalisation à domicile'],
  ['606', 'DAC', 'dac'],
  ['604', 'CPTS', 'cpts'],
  ['156', 'CMP', 'cmp'],
  ['292', 'CMP', 'cmp'],
  ['603', 'MSP', 'maison de santé', 'msp'],
  ['124', 'centre de santé', 'centre de sante'],
  ['620', 'pharmacie', 'Pharmacie'],
  ['611', 'laboratoire', 'labo'],
  ['223', 'PMI', 'pmi'],
  ['182', 'SESSAD', 'sessad'],
  ['190', 'CAMSP', 'camsp'],
  ['189', 'CMPP', 'cmpp'],
  ['183', 'IME', 'ime'],
  ['197', 'CSAPA', 'csapa'],
  ['141', 'dialyse', 'centre de dialyse'],
];

/** Service mailboxes by words: what the service is, and the establishment or the town. */
export function listServiceQueries(facts: FactIndex): JudgedQuery[] {
  return [
    ...drawQueries('service, establishment', 70, (random) => drawHospitalService(facts, random, true)),
    ...drawQueries('service, town', 40, (random) => drawHospitalService(facts, random, false)),
    ...drawQueries('structure, town', 70, (random, index) =>
      drawStructure(facts, random, STRUCTURES[index % STRUCTURES.length]!),
    ),
    ...drawQueries('structure by name', 25, (random) => drawNamedStructure(facts, random)),
  ];
}

/** What the mailbox is for, without what says that it is a secretariat, a day hospital or a consultation. */
function toServiceWords({ serviceName, localPart }: ServiceFact): string {
  const named = serviceName === '' ? localPart.replace(/\d+$/, '') : serviceName;
  return named
    .replace(/^(?:secretariat de|secretariat|sec|hdj) /, '')
    .replace(/^consultation (?!memoire)/, '');
}

function isSecretariat({ serviceName, localPart }: ServiceFact): boolean {
  return serviceName.startsWith('sec') || localPart.startsWith('sec');
}

function drawHospitalService(
  facts: FactIndex,
  random: Random,
  byEstablishment: boolean,
): JudgedQuery | undefined {
  const service = random.pick(facts.services);
  const { establishment } = service;
  const town = findTown(service.communeCode);
  if (!establishment || !town || !HOSPITALS.has(establishment.categoryCode)) return undefined;
  const words = toServiceWords(service);
  const place = byEstablishment ? toShortName(establishment, town.name) : foldText(town.name);
  if (place === undefined) return undefined;
  const sought = byEstablishment
    ? listCalledSo(facts, establishment, place).flatMap(
        ({ finess }) => facts.servicesByFiness.get(finess) ?? [],
      )
    : listServicesAround(facts, town);
  const same = sought.filter(
    (it) => toServiceWords(it) === words || (!byEstablishment && isNamedSo(it, words)),
  );
  const secretariats = same.filter(isSecretariat);
  const asksSecretariat = isSecretariat(service) && random.chance(0.7);
  const text = asksSecretariat
    ? random.pick([
        `secretariat ${words}`,
        `secrétariat ${words}`,
        `secrétariat de ${words}`,
        `secretariat de ${words}`,
      ])
    : words;
  const isKindAsked = random.chance(0.4);
  const isWhere = random.chance(0.3);
  return {
    class: byEstablishment ? 'service, establishment' : 'service, town',
    parameters: {
      ...(isWhere ? { q: text, where: place } : { q: `${text} ${place}` }),
      ...(isKindAsked ? { kind: 'service' } : {}),
    },
    accepted: idsOf(asksSecretariat ? secretariats : same),
    wanted: `${text} at ${establishment.name} (${town.name})`,
    atRank: isKindAsked ? 1 : 3,
  };
}

/** "ch annecy", "chu de grenoble alpes", "gabriel montpied": the name as people shorten it. */
function toShortName({ name }: EstablishmentFact, town: string): string | undefined {
  const folded = foldText(name);
  const short = folded
    .replace(/^centre hospitalier (?:de |du |d )?/, 'ch ')
    .replace(/^ch (?:de |du |d )/, 'ch ')
    .replace('hospices civils de lyon', 'hcl')
    .replace(/ chu (?:de )?.*/, '')
    .replace(/^hopital local (?:de |du |d )?/, 'hopital ');
  if (/antenne|sterilisation|siege|unite penitentiaire/.test(folded)) return undefined;
  const words = short.split(' ');
  if (words.length > 6) return undefined;
  return words.length <= 2 &&
    !foldText(town)
      .split(' ')
      .some((word) => words.includes(word))
    ? `${short} ${foldText(town)}`
    : short;
}

/** The establishment itself, and any other of which the short name is as true. */
function listCalledSo(
  { establishments }: FactIndex,
  meant: EstablishmentFact,
  shortName: string,
): EstablishmentFact[] {
  const words = shortName.split(' ');
  return [...establishments.values()].filter((it) => {
    const own = listOwnWords(it);
    return it.name === meant.name || words.every((word) => own.has(word));
  });
}

const ownWords = new Map<EstablishmentFact, Set<string>>();

/** Of its name and its town. */
function listOwnWords(establishment: EstablishmentFact): Set<string> {
  let words = ownWords.get(establishment);
  if (!words) {
    const town = findCommune(establishment.communeCode)?.name ?? '';
    const text = foldText(`${establishment.name} ${town}`)
      .replace('centre hospitalier', 'ch')
      .replace('hospices civils de lyon', 'hcl');
    words = new Set(text.split(' '));
    ownWords.set(establishment, words);
  }
  return words;
}

function drawStructure(
  facts: FactIndex,
  random: Random,
  [categoryCode, ...words]: readonly [string, ...string[]],
): JudgedQuery | undefined {
  const service = random.pick(facts.services);
  const town = findTown(service.communeCode);
  if (service.establishment?.categoryCode !== categoryCode || !town) return undefined;
  const word = random.pick(words);
  const codes = /cmp$/i.test(word) ? ['156', '292'] : [categoryCode];
  const services = facts.servicesByCommune
    .get(town.code)!
    .filter((it) => codes.includes(it.establishment?.categoryCode ?? '') || isNamedSo(it, word));
  const name = random.pick([town.name, foldText(town.name)]);
  const isKindAsked = random.chance(0.5);
  return {
    class: 'structure, town',
    parameters: {
      ...random.pick<Record<string, string>>([
        { q: word, where: name },
        { q: `${word} ${name}` },
        { q: `${word} ${name}` },
      ]),
      ...(isKindAsked ? { kind: 'service' } : {}),
    },
    accepted: idsOf(services),
    wanted: `a mailbox of a structure called ${word} at ${town.name}`,
    atRank: isKindAsked ? 1 : 3,
  };
}

/** A service of another structure that is called so: the "hospitalisation à domicile" of a hospital is an HAD too. */
function isNamedSo({ serviceName, localPart, establishment }: ServiceFact, word: string): boolean {
  const text = ` ${serviceName} ${localPart} ${foldText(establishment?.name ?? '')} `;
  const aliases: Record<string, string> = { had: 'hospitalisation a domicile', labo: 'laboratoire' };
  const key = foldText(word);
  return text.includes(` ${key} `) || (aliases[key] !== undefined && text.includes(` ${aliases[key]} `));
}

/** "ehpad les tilleuls brignais": the whole name, and the town, since there are many of one name. */
function drawNamedStructure(facts: FactIndex, random: Random): JudgedQuery | undefined {
  const service = random.pick(facts.services);
  const { establishment } = service;
  const town = findTown(service.communeCode);
  if (
    !establishment ||
    !town ||
    !['500', '620', '603', '365', '183', '109'].includes(establishment.categoryCode)
  )
    return undefined;
  const same = facts.servicesByCommune
    .get(town.code)!
    .filter((it) => it.establishment?.name === establishment.name);
  const name = random.pick([establishment.name, foldText(establishment.name)]);
  return {
    class: 'structure, town',
    parameters: random.pick<Record<string, string>>([
      { q: `${name} ${foldText(town.name)}`, kind: 'service' },
      { q: name, where: town.name, kind: 'service' },
    ]),
    accepted: idsOf(same),
    wanted: `a mailbox of ${establishment.name} at ${town.name}`,
    atRank: 1,
  };
}
