import type { DemoCommune } from './communes.ts';
import {
  toInventedPhone,
  toInventedRpps,
  toInventedSiren,
  toInventedSiret,
  toInventedTechnicalId,
} from './invented-identifiers.ts';
import { zoneOf } from './establishments.ts';
import type { Establishment } from './establishments.ts';
import type { InventedActivity } from './practitioner.ts';
import { getProfession } from './professions.ts';
import type { Setting } from './professions.ts';
import { Random } from './random.ts';
import { inventStreet } from './streets.ts';
import type { Street } from './streets.ts';
import { EMPTY_STRUCTURE } from './structure.ts';
import type { StructureCells } from './structure.ts';
import type { World } from './world.ts';

/** Who practises there, as far as a structure's name and identifiers tell. */
export interface Holder {
  index: number;
  number: string;
  civilite: string;
  familyName: string;
  isDoctor: boolean;
}

/** Settings that are an establishment of FINESS. */
const FINESS_SETTINGS: ReadonlySet<Setting> = new Set([
  'msp', 'clinic', 'hospital', 'mental-health', 'health-centre', 'nursing-home', 'pharmacy', 'laboratory', 'home-nursing', 'disability', 'pmi', 'administration',
]); // prettier-ignore

/**
 * One situation of practice.
 * @param rang 0 to 9, distinct among the situations of one person
 */
export function inventActivity(
  world: World,
  random: Random,
  options: { holder: Holder; professionCode: string; setting: Setting; commune: DemoCommune; rang: number },
): InventedActivity {
  const { holder, professionCode, commune, rang } = options;
  const found = FINESS_SETTINGS.has(options.setting)
    ? world.establishments.find(options.setting, commune.departementCode, random)
    : undefined;
  const setting = FINESS_SETTINGS.has(options.setting) && !found ? 'group' : options.setting;
  const common = {
    professionCode,
    categorie: random.chance(0.972) ? 'C' : random.pick(['E', 'E', 'E', 'M', 'F']),
    savoirFaire: undefined,
    autorite: getProfession(professionCode).autorite,
  };
  if (setting === 'none') {
    const mode = random.pick(['', '', '', 'S', 'L']);
    const isReplacing = mode === 'L';
    return {
      ...common,
      mode,
      structure: EMPTY_STRUCTURE,
      secteur: '',
      section: toSection(professionCode, setting, random),
      role: isReplacing ? 'FON-22' : '',
      genre: isReplacing ? 'GENR02' : '',
    };
  }
  const isIndependent = isIndependentIn(setting, professionCode, random);
  return {
    ...common,
    mode: isIndependent ? 'L' : random.chance(0.004) ? 'B' : 'S',
    structure: found
      ? toEstablishmentCells(found)
      : setting === 'cabinet'
        ? inventOwnCabinet(world, random, holder, commune, rang)
        : setting === 'shop'
          ? inventShop(world, random, professionCode, commune)
          : inventGroupCabinet(world, random, commune),
    secteur: found
      ? found.category.secteur
      : ({ cabinet: 'SA07', shop: 'SA42' }[setting as string] ?? 'SA08'),
    section: toSection(professionCode, setting, random),
    role: toRole(professionCode, setting, isIndependent, random),
    genre: random.chance(0.9)
      ? 'GENR01'
      : random.pick(['GENR02', 'GENR04', 'GENR08', 'GENR13', 'GENR99', '']),
  };
}

function isIndependentIn(setting: Setting, professionCode: string, random: Random): boolean {
  if (setting === 'cabinet' || setting === 'group' || setting === 'msp') return true;
  if (setting === 'clinic') return professionCode === '10';
  if (setting === 'pharmacy') return random.chance(0.45);
  if (setting === 'laboratory') return professionCode !== '86' && random.chance(0.5);
  return setting === 'shop' && random.chance(0.25);
}

function toSection(professionCode: string, setting: Setting, random: Random): string {
  if (professionCode !== '21') return '';
  if (setting === 'pharmacy') return random.pick(['A', 'D', 'D']);
  return { laboratory: 'G', hospital: 'H', none: 'D' }[setting as string] ?? random.pick(['B', 'C']);
}

function toRole(professionCode: string, setting: Setting, isIndependent: boolean, random: Random): string {
  if (setting === 'pharmacy') return isIndependent ? 'FON-03' : 'FON-05';
  if (setting === 'laboratory' && professionCode !== '86') return random.pick(['FON-40', 'FON-41']);
  if (isIndependent) return random.chance(0.75) ? 'FON-01' : random.pick(['FON-02', 'FON-17', 'FON-22']);
  return random.chance(0.8) ? 'FON-33' : random.pick(['FON-43', 'FON-48', 'FON-57', 'FON-AU', '']);
}

export function toEstablishmentCells(establishment: Establishment): StructureCells {
  const { commune, category } = establishment;
  return {
    ...EMPTY_STRUCTURE,
    ...toStreetCells(establishment.street),
    siret: establishment.siret,
    siren: establishment.index % 3 === 0 ? '' : establishment.siren,
    finess: establishment.finess,
    finessJuridique: establishment.finessJuridique,
    technicalId: `F${establishment.finess}`,
    name: establishment.name,
    tradeName: category.code === '620' ? establishment.name : '',
    distribution: establishment.distribution,
    office: `${establishment.postcode} ${establishment.routingName}`,
    postcode: establishment.postcode,
    communeCode: commune.code,
    communeName: commune.name,
    phone: establishment.phone,
    fax: establishment.fax,
    email: establishment.index % 4 === 0 ? `contact@etablissement-${establishment.index}.example` : '',
    departementCode: commune.departementCode,
    departementName: commune.departementName,
    formerId: `1${establishment.finess}`,
  };
}

/** A cabinet of one person: mostly neither SIRET nor FINESS, known by the RPPS number and a rank. */
function inventOwnCabinet(
  world: World,
  random: Random,
  holder: Holder,
  commune: DemoCommune,
  rang: number,
): StructureCells {
  const hasSiret = rang === 0 && random.chance(0.2);
  const siren = toInventedSiren(holder.index);
  const siret = hasSiret ? toInventedSiret(siren, 80 + (Math.floor(holder.index / 100_000) % 20)) : '';
  const title = holder.isDoctor ? 'DU DR' : holder.civilite === 'M' ? 'M' : 'MME';
  const name = `CABINET ${title} ${holder.familyName}`;
  return {
    ...EMPTY_STRUCTURE,
    ...toPlaceCells(world, random, commune),
    siret,
    siren: hasSiret ? siren : '',
    technicalId: hasSiret ? `C${siret}` : toInventedTechnicalId(5_000_000_000 + holder.index * 10 + rang),
    name,
    tradeName: random.chance(0.1) ? name : '',
    phone2: random.chance(0.03) ? toInventedPhone('', random.integer(10_000)) : '',
    email: random.chance(0.04) ? `cabinet-${holder.index}@cabinets.example` : '',
    formerId: hasSiret ? `3${siret}` : `4${holder.number}${String(rang + 1).padStart(3, '0')}`,
  };
}

/** One of the cabinets that several people share in a commune: the same for all of them. */
function inventGroupCabinet(world: World, random: Random, commune: DemoCommune): StructureCells {
  const number =
    world.rankOfCommune.get(commune.code)! * 100 +
    random.integer(Math.min(99, 1 + Math.floor(commune.population / 2500)));
  const own = new Random(world.seed, 'cabinet', number);
  const kind = own.pick([
    'CABINET MEDICAL',
    'CABINET INFIRMIER',
    'CABINET PARAMEDICAL',
    'CABINET DE GROUPE',
    'SCM',
    'POLE SANTE',
  ]);
  const name = `${kind} ${own.pick(['DU CENTRE', 'DES LILAS', 'DE LA GARE', 'DU MARCHE', 'DES TILLEULS', 'PASTEUR', 'DE LA PLACE', 'DES ECOLES', 'DU PONT', 'DES CORDELIERS'])}`;
  return {
    ...EMPTY_STRUCTURE,
    ...toPlaceCells(world, own, commune),
    technicalId: toInventedTechnicalId(number),
    name,
    tradeName: own.chance(0.3) ? name : '',
    recipient: own.chance(0.1) ? 'RDC' : '',
    geographicPoint: own.chance(0.08)
      ? own.pick(['BATIMENT A', 'RESIDENCE LES ALPES', 'CENTRE COMMERCIAL', '1ER ETAGE'])
      : '',
    formerId: `4${toInventedRpps(90_000_000 + (number % 9_000_000))}001`,
  };
}

/** An employer known by its SIRET only, on lines that the ARS feeds: no commune code, the town in "Bureau cedex". */
function inventShop(
  world: World,
  random: Random,
  professionCode: string,
  commune: DemoCommune,
): StructureCells {
  const number =
    world.rankOfCommune.get(commune.code)! * 4 +
    random.integer(Math.min(4, 1 + Math.floor(commune.population / 4000)));
  const own = new Random(world.seed, 'cabinet', number + 500_000_000);
  const siren = toInventedSiren(number % 100_000);
  const siret = toInventedSiret(siren, 60 + (Math.floor(number / 100_000) % 20));
  const trade =
    { '28': 'OPTIQUE', '26': 'AUDITION', '31': 'SELARL DENTAIRE' }[professionCode] ?? 'ORTHOPEDIE';
  const name = `${trade} ${commune.routingName}`;
  const place = toPlaceCells(world, own, commune);
  return {
    ...EMPTY_STRUCTURE,
    ...place,
    siret,
    siren: '',
    technicalId: `C${siret}`,
    name,
    recipient: name,
    communeCode: '',
    communeName: '',
    departementCode: '',
    departementName: '',
    formerId: `3${siret}`,
  };
}

export function toPlaceCells(world: World, random: Random, commune: DemoCommune): Partial<StructureCells> {
  const cedex = random.chance(0.02) ? world.establishments.cedexOf(commune.code, random) : undefined;
  const postcode = cedex?.[0] ?? random.pick(commune.postcodes);
  const hasDepartement = random.chance(0.85);
  return {
    ...toStreetCells(inventStreet(random)),
    distribution: cedex
      ? `CS ${10_000 + random.integer(80_000)}`
      : random.chance(0.02)
        ? `BP ${1 + random.integer(200)}`
        : '',
    office: `${postcode} ${cedex?.[1] ?? commune.routingName}`,
    postcode,
    communeCode: commune.code,
    communeName: commune.name,
    phone: random.chance(0.8) ? inventPhone(world, random, commune) : '',
    fax: random.chance(0.1) ? toInventedPhone(zoneOf(commune), random.integer(10_000)) : '',
    departementCode: hasDepartement ? commune.departementCode : '',
    departementName: hasDepartement ? commune.departementName : '',
  };
}

/** Ten digits; with traps, sometimes in pairs. */
function inventPhone(world: World, random: Random, commune: DemoCommune): string {
  const phone = toInventedPhone(zoneOf(commune), random.integer(10_000));
  if (!world.hasTraps || !random.chance(0.03)) return phone;
  return phone.match(/../g)!.join(random.pick([' ', '.']));
}

function toStreetCells(street: Street): Partial<StructureCells> {
  return {
    number: street.number,
    repetition: street.repetition,
    streetTypeCode: street.typeCode,
    streetTypeLabel: street.typeLabel,
    streetName: street.name,
  };
}
