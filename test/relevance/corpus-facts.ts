import { readFileSync } from 'node:fs';

import { toProfessionalId, toServiceId } from '#domain/correspondent-id.ts';
import { foldCompact, foldText } from '#domain/fold.ts';
import { findCommune, listCommunesOfPostcode } from '#domain/geography.ts';
import type { OfficialFiles } from '#demo/official-files.ts';

export interface Point {
  latitude: number;
  longitude: number;
}

/** An establishment of the FINESS file. */
export interface EstablishmentFact {
  finess: string;
  finessJuridique: string;
  siret: string;
  name: string;
  categoryCode: string;
  communeCode: string;
  postcode: string;
  point: Point | undefined;
}

/** A place of practice, as one line of the activity file states it. */
export interface PlaceFact {
  professionCode: string;
  modeExercice: string;
  organizationName: string;
  establishment: EstablishmentFact | undefined;
  /** Of 2026; empty when the line names no town that we know. */
  communeCode: string;
  postcode: string;
}

export interface PersonFact {
  id: string;
  rpps: string;
  familyName: string;
  givenNames: string;
  /** `foldCompact` of both names: what people with one name have in common. */
  family: string;
  given: string;
  /** Folded words of either name. */
  familyWords: string[];
  givenWords: string[];
  civilite: string;
  civiliteExercice: string;
  professionCodes: Set<string>;
  savoirFaireCodes: Set<string>;
  places: PlaceFact[];
  mailboxes: string[];
}

export interface ServiceFact {
  id: string;
  address: string;
  /** Folded: "secretariat de cardiologie". */
  serviceName: string;
  /** Folded, before the `@`. */
  localPart: string;
  establishment: EstablishmentFact | undefined;
  communeCode: string;
}

/** What the files of a corpus say, read by nothing that the program under judgement uses. */
export interface CorpusFacts {
  /** In file order. */
  people: PersonFact[];
  services: ServiceFact[];
  establishments: Map<string, EstablishmentFact>;
}

export function readCorpusFacts(paths: OfficialFiles['paths']): CorpusFacts {
  const establishments = readEstablishments(paths.finess);
  const people = readPeople(paths.activity, establishments);
  readSavoirFaire(paths.savoirFaire, people);
  const services = readMailboxes(paths.mailboxes, people, establishments);
  return { people: [...people.values()], services, establishments };
}

function readEstablishments(path: string): Map<string, EstablishmentFact> {
  const { pmej } = JSON.parse(readFileSync(path, 'utf8')) as { pmej: Pmej[] };
  const found = new Map<string, EstablishmentFact>();
  for (const entity of pmej) {
    for (const ege of entity.ege) {
      const { numFinessEge, nomEgeLong, nomEgeCourt, siret, dateFermeture } = ege.informationsGeneralesEGE;
      const address = ege.adresse.find(({ usageAdresse }) => usageAdresse === '03');
      if (ege.etatObjet !== 'A' || dateFermeture || !address) continue;
      const { directionLatitude, directionLongitude, coordonneeX, coordonneeY } =
        address.coordonneesGeographique ?? {};
      found.set(numFinessEge, {
        finess: numFinessEge,
        finessJuridique: entity.informationsGeneralesPMEJ.numFinessPm,
        siret: siret ?? '',
        name: nomEgeLong ?? nomEgeCourt ?? '',
        categoryCode: ege.categorieentiteGeographiqueExercice ?? '',
        communeCode: findCommune(address.cogCommune ?? '')?.code ?? '',
        postcode: address.codePostal ?? '',
        point: toPoint([directionLatitude, directionLongitude, coordonneeX, coordonneeY]),
      });
    }
  }
  return found;
}

interface Pmej {
  informationsGeneralesPMEJ: { numFinessPm: string };
  ege: {
    informationsGeneralesEGE: {
      numFinessEge: string;
      nomEgeLong?: string;
      nomEgeCourt?: string;
      siret?: string;
      dateFermeture?: string;
    };
    categorieentiteGeographiqueExercice?: string;
    adresse: {
      usageAdresse: string;
      cogCommune?: string;
      codePostal?: string;
      coordonneesGeographique?: Record<string, string>;
    }[];
    etatObjet: string;
  }[];
}

/** The pair in degrees stands in either pair of fields, in either order: latitudes of this corpus are 41 to 51, longitudes below 10. */
function toPoint(values: (string | undefined)[]): Point | undefined {
  const numbers = values.map(Number);
  const latitude = numbers.find((it) => it > 40 && it < 52);
  const longitude = numbers.find((it) => it > -6 && it < 10);
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}

/** The cell of a line by the publisher's name for its column. */
type Row = (column: string) => string;

function* readRows(path: string): Generator<Row> {
  const [header = '', ...lines] = readFileSync(path, 'utf8').split('\n');
  const positions = new Map(header.split('|').map((column, position) => [column, position]));
  for (const line of lines) {
    if (line === '') continue;
    const cells = line.split('|');
    yield (column) => cells[positions.get(column) ?? -1] ?? '';
  }
}

function readPeople(path: string, establishments: Map<string, EstablishmentFact>): Map<string, PersonFact> {
  const people = new Map<string, PersonFact>();
  for (const row of readRows(path)) {
    const id = row('Identification nationale PP');
    const person = people.get(id) ?? toPerson(id, row);
    people.set(id, person);
    person.professionCodes.add(row('Code profession'));
    if (row('Code savoir-faire')) person.savoirFaireCodes.add(row('Code savoir-faire'));
    if (row('Raison sociale site') === '') continue;
    const postcode = row('Code postal (coord. structure)');
    const establishment = establishments.get(row('Numéro FINESS site'));
    person.places.push({
      professionCode: row('Code profession'),
      modeExercice: row('Code mode exercice'),
      organizationName: row('Raison sociale site'),
      establishment,
      communeCode:
        findCommune(row('Code commune (coord. structure)'))?.code ??
        toCommuneCode(postcode, row('Bureau cedex (coord. structure)')),
      postcode,
    });
  }
  return people;
}

function toPerson(id: string, row: Row): PersonFact {
  const familyName = row("Nom d'exercice");
  const givenNames = row("Prénom d'exercice");
  return {
    id: toProfessionalId(id),
    rpps: row('Identifiant PP'),
    familyName,
    givenNames,
    family: foldCompact(familyName),
    given: foldCompact(givenNames),
    familyWords: foldText(familyName).split(' '),
    givenWords: foldText(givenNames).split(' '),
    civilite: row('Code civilité'),
    civiliteExercice: row("Code civilité d'exercice"),
    professionCodes: new Set(),
    savoirFaireCodes: new Set(),
    places: [],
    mailboxes: [],
  };
}

/** By the postcode, and the name among the communes that it serves. */
function toCommuneCode(postcode: string, office: string): string {
  const communes = listCommunesOfPostcode(postcode);
  if (communes.length === 1) return communes[0]!.code;
  const town = toTownKey(office.replace(/^\d{5} /, ''));
  return communes.find(({ name }) => toTownKey(name) === town)?.code ?? '';
}

function toTownKey(name: string): string {
  return foldText(name)
    .replace(/ cedex.*$/, '')
    .replaceAll(/\bsaint\b/g, 'st')
    .replaceAll(/\bsainte\b/g, 'ste');
}

function readSavoirFaire(path: string, people: Map<string, PersonFact>): void {
  for (const row of readRows(path))
    people.get(row('Identification nationale PP'))?.savoirFaireCodes.add(row('Code savoir-faire'));
}

function readMailboxes(
  path: string,
  people: Map<string, PersonFact>,
  establishments: Map<string, EstablishmentFact>,
): ServiceFact[] {
  const bySiret = new Map([...establishments.values()].map((it) => [it.siret, it]));
  const services: ServiceFact[] = [];
  for (const row of readRows(path)) {
    const address = row('Adresse BAL').toLowerCase();
    if (row('Type de BAL') === 'PER') people.get(row('Identification nationale PP'))?.mailboxes.push(address);
    if (row('Type de BAL') !== 'ORG') continue;
    const number = row('Identification Structure');
    const establishment = establishments.get(number) ?? (number === '' ? undefined : bySiret.get(number));
    const office = row('L6LIGNEACHEMINEMENT structure BAL');
    services.push({
      id: toServiceId(address),
      address,
      serviceName: foldText(row('Service de rattachement')),
      localPart: foldText(address.split('@')[0]!),
      establishment,
      communeCode: establishment?.communeCode ?? toCommuneCode(row('Code postal structure BAL'), office),
    });
  }
  return services;
}
