import { toPlainUpperCase } from './communes.ts';
import type { Establishment } from './establishments.ts';
import { toLabel } from './lines.ts';
import { getProfession } from './professions.ts';
import type { InventedActivity, InventedPractitioner } from './practitioner.ts';
import { Random } from './random.ts';
import { EMPTY_STRUCTURE } from './structure.ts';
import type { StructureCells } from './structure.ts';
import type { World } from './world.ts';

/** 31 columns. @see shared/reference/national-directory.md section 2.4 */
export const MAILBOX_HEADER =
  "Type de BAL|Adresse BAL|Type Identifiant PP|Identifiant PP|Identification nationale PP|Type identifiant structure|Identification Structure|Service de rattachement|Civilité d'exercice|Nom d'exercice|Prénom d'exercice|Catégorie profession|Libellé de catégorie profession|Code Profession|Libellé Profession|Code savoir-faire|Libellé savoir-faire|Dématérialisation|Raison Sociale structure BAL|Enseigne commerciale structure BAL|L2COMPLEMENTLOCALISATION structure BAL|L3COMPLEMENTDISTRIBUTION structure BAL|L4NUMEROVOIE structure BAL|L4COMPLEMENTNUMEROVOIE structure BAL|NL4TYPEVOIE structure BAL|L4LIBELLEVOIE structure BAL|L5LIEUDITMENTION structure BAL|L6LIGNEACHEMINEMENT structure BAL|Code postal structure BAL|Département structure BAL|Pays structure BAL";

/**
 * Domains end in `-demo.mssante.fr`: as true ones look, yet nobody's, so that no demonstration shows the address of a real
 * homonym.
 */
const DOMAIN_END = '-demo.mssante.fr';

/** Gives each mailbox an address that no other has, numbering homonyms: `jean.martin`, `jean.martin2`… */
export class AddressBook {
  readonly #taken = new Map<string, number>();

  get size(): number {
    return this.#taken.size;
  }

  take(localPart: string, domain: string): string {
    const wanted = `${localPart}@${domain}`;
    let count = this.#taken.get(wanted) ?? 0;
    for (;;) {
      count += 1;
      const address = count === 1 ? wanted : `${localPart}${count}@${domain}`;
      if (count > 1 && this.#taken.has(address)) continue;
      this.#taken.set(wanted, count);
      if (count > 1) this.#taken.set(address, 1);
      return address;
    }
  }
}

function toSlug(text: string): string {
  return toPlainUpperCase(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** Takes the address of a person's mailbox; from the name that the person had first, since addresses outlive names. */
export function takePersonalAddress(world: World, book: AddressBook, person: InventedPractitioner): string {
  const random = new Random(world.seed, 'mailbox', person.index);
  const localPart = `${toSlug(person.givenNames)}.${toSlug(person.familyName)}`.slice(0, 60);
  if (person.trap === 'apicrypt') return book.take(`${localPart}.demo`, 'interop-mssante.apicrypt.org');
  const { structure, professionCode } = person.activities[0]!;
  const finess = structure.finess;
  if (finess !== '' && random.chance(0.7))
    return book.take(localPart, toEstablishmentDomain(structure.name, finess));
  const domain = random.chance(0.2)
    ? 'pro'
    : random.chance(0.06)
      ? 'aura'
      : getProfession(professionCode).mailboxDomain;
  return book.take(localPart, domain + DOMAIN_END);
}

function toEstablishmentDomain(name: string, finess: string): string {
  const slug = toSlug(name.replace(/^CENTRE HOSPITALIER (UNIVERSITAIRE |REGIONAL )?(DE |DU |D')?/, 'CH '))
    .slice(0, 40)
    .replace(/-[^-]*$/, (end) => (end.length < 4 ? '' : end));
  return `${slug || `es-${finess}`}${DOMAIN_END}`;
}

export interface PersonalMailboxOptions {
  type: 'PER' | 'CAB';
  address: string;
  /** Persons of an establishment's own list may lack a national identifier. */
  isIdentified: boolean;
}

export function toPersonalMailboxLine(
  person: InventedPractitioner,
  activity: InventedActivity,
  options: PersonalMailboxOptions,
): string {
  const { structure } = activity;
  const savoirFaire = activity.savoirFaire ?? person.savoirFaire[0];
  const identity = options.isIdentified ? `${person.idType}|${person.number}|${person.id}` : '||';
  return (
    `${options.type}|${options.address}|${identity}|${toStructureIdCells(structure)}|` +
    `|${toLabel('civiliteExercice', person.civiliteExercice)}|${person.familyName}|${person.givenNames}` +
    `|${activity.categorie}|${toLabel('categorieProfessionnelle', activity.categorie)}` +
    `|${activity.professionCode}|${toLabel('profession', activity.professionCode)}` +
    `|${savoirFaire?.code ?? ''}|${savoirFaire ? toLabel('savoirFaire', savoirFaire.code, savoirFaire.type) : ''}` +
    `|${toDematerialisation(person.index)}|${toPostalCells(structure)}`
  );
}

const SERVICES =
  `CARDIOLOGIE;PNEUMOLOGIE;URGENCES;PEDIATRIE;MATERNITE;NEUROLOGIE;GERIATRIE;ONCOLOGIE;RADIOLOGIE;NEPHROLOGIE;DIABETOLOGIE;ENDOCRINOLOGIE;GASTRO-ENTEROLOGIE;
RHUMATOLOGIE;DERMATOLOGIE;OPHTALMOLOGIE;ORL;UROLOGIE;CHIRURGIE VISCERALE;CHIRURGIE ORTHOPEDIQUE;ANESTHESIE;REANIMATION;SOINS PALLIATIFS;EQUIPE MOBILE DE GERIATRIE;
EQUIPE MOBILE DE SOINS PALLIATIFS;HOSPITALISATION A DOMICILE;MEDECINE INTERNE;MALADIES INFECTIEUSES;HEMATOLOGIE;MEDECINE PHYSIQUE ET READAPTATION;ADDICTOLOGIE;
SERVICE SOCIAL;PHARMACIE;LABORATOIRE;DIM;MEDECINE POLYVALENTE;UNITE NEUROVASCULAIRE;CONSULTATION MEMOIRE;DOULEUR;STOMATOLOGIE;CONSULTATIONS EXTERNES;ADMISSIONS`
    .split(';')
    .map((name) => name.trim());
const SMALL_SERVICES: Readonly<Record<string, readonly string[]>> = {
  '500': ['SOINS', 'MEDECIN COORDONNATEUR', 'SECRETARIAT', 'DIRECTION', 'CADRE DE SANTE'],
  '620': ['OFFICINE', 'PREPARATION DES DOSES'],
  '611': ['RESULTATS', 'SECRETARIAT', 'BACTERIOLOGIE'],
  '603': ['ACCUEIL', 'COORDINATION', 'SECRETARIAT'],
  '124': ['ACCUEIL', 'SECRETARIAT MEDICAL', 'SOINS INFIRMIERS'],
  '354': ['COORDINATION', 'SECRETARIAT'],
  '606': ['APPUI A LA COORDINATION', 'EQUIPE PLURIPROFESSIONNELLE', 'ACCUEIL'],
  '604': ['COORDINATION', 'SOINS NON PROGRAMMES'],
  '292': ['CMP ADULTES', 'CMP ENFANTS', 'HOPITAL DE JOUR', 'PSYCHIATRIE DE LIAISON', 'SECRETARIAT'],
  '156': ['CMP', 'SECRETARIAT'],
  '127': ['COORDINATION', 'PHARMACIE', 'HOSPITALISATION A DOMICILE'],
};

/** One ORG or APP mailbox: its establishment and service are drawn, its address taken from the book. */
export function inventServiceMailboxLine(
  world: World,
  book: AddressBook,
  ordinal: number,
  options: { type: 'ORG' | 'APP'; hasName: boolean },
): string {
  const random = new Random(world.seed, 'service', ordinal);
  const establishment = world.establishments.pickForMailbox(random);
  const isLarge =
    establishment.category.setting === 'hospital' || establishment.category.setting === 'clinic';
  const service = random.pick(
    isLarge
      ? SERVICES
      : (SMALL_SERVICES[establishment.category.code] ?? ['SECRETARIAT', 'ACCUEIL', 'DIRECTION']),
  );
  const prefix = isLarge ? random.pick(['', '', 'secretariat.', 'sec-', 'hdj.', 'consultation.']) : '';
  const localPart = options.type === 'APP' ? `logiciel.${toSlug(service)}` : prefix + toSlug(service);
  const address = book.take(
    localPart.slice(0, 60),
    toEstablishmentDomain(establishment.name, establishment.finess),
  );
  const structure = toMailboxStructure(establishment);
  const shown = options.hasName ? structure : { ...structure, name: '', tradeName: '' };
  const attached = random.chance(0.85)
    ? `${prefix.startsWith('sec') ? 'SECRETARIAT DE ' : ''}${service}`
    : '';
  return `${options.type}|${address}||||${toStructureIdCells(structure)}|${attached}||||||||||${toDematerialisation(ordinal)}|${toPostalCells(shown)}`;
}

/** Lines of an establishment as the mailbox file repeats them, with its identifier in the FINESS or SIRET form. */
function toMailboxStructure(establishment: Establishment): StructureCells {
  return {
    ...EMPTY_STRUCTURE,
    finess: establishment.index % 20 === 0 && establishment.siret !== '' ? '' : establishment.finess,
    siret: establishment.siret,
    name: establishment.name,
    tradeName: establishment.category.code === '620' ? establishment.name : '',
    number: establishment.street.number,
    repetition: establishment.street.repetition,
    streetTypeLabel: establishment.street.typeLabel,
    streetName: establishment.street.name,
    distribution: establishment.distribution,
    office: `${establishment.postcode} ${establishment.routingName}`,
    postcode: establishment.postcode,
    departementName: establishment.commune.departementName,
  };
}

/** "Type identifiant structure" and "Identification Structure". */
function toStructureIdCells({ finess, siret }: Readonly<StructureCells>): string {
  if (finess !== '') return `FINESS|${finess}`;
  return siret === '' ? '|' : `SIRET|${siret}`;
}

function toPostalCells(at: Readonly<StructureCells>): string {
  const country = at.countryName === '' && at.postcode === '' ? '' : at.countryName || 'France';
  return (
    `${at.name}|${at.tradeName}|${at.recipient}|${at.geographicPoint}|${at.number}|${at.repetition}|${at.streetTypeLabel}|${at.streetName}` +
    `|${at.distribution}|${at.office}|${at.postcode}|${at.departementName}|${country}`
  );
}

function toDematerialisation(index: number): string {
  return index % 5 === 0 ? '' : index % 5 === 1 ? 'N' : 'O';
}
