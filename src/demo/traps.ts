import { toPlaceCells, inventActivity, toEstablishmentCells } from './activities.ts';
import type { Holder } from './activities.ts';
import { CEDEX_POSTCODES, OLD_COMMUNES } from './cedex.ts';
import { listDemoCommunes } from './communes.ts';
import type { DemoCommune } from './communes.ts';
import {
  toInventedAdeli,
  toInventedPhone,
  toInventedSiren,
  toInventedSiret,
  toInventedTechnicalId,
} from './invented-identifiers.ts';
import { toTitleCase } from './names.ts';
import type { InventedActivity, InventedPractitioner, Trap } from './practitioner.ts';
import { OTHER_SAVOIR_FAIRE, SECOND_PROFESSIONS } from './professions.ts';
import type { Random } from './random.ts';
import { EMPTY_STRUCTURE } from './structure.ts';
import type { StructureCells } from './structure.ts';
import type { World } from './world.ts';

/** Professions that a trap needs. */
export const PROFESSION_OF_TRAP: Partial<Record<Trap, string>> = {
  'several-professions': '60',
  'savoir-faire-only-in-activity': '10',
  'savoir-faire-only-in-its-file': '10',
  'savoir-faire-repeated': '10',
  'commune-missing': '91',
  foreign: '10',
  adeli: '26',
  'shared-cabinet-mailbox': '10',
  'letter-as-number': '91',
};

/** Bends an ordinary person into the trap. Mailbox traps are left to the mailbox file. */
export function applyTrap(
  world: World,
  random: Random,
  person: InventedPractitioner,
  holder: Holder,
  commune: DemoCommune,
): void {
  const main = person.activities[0]!;
  const rang = person.activities.length;
  const addActivity = (overrides: Partial<InventedActivity>) =>
    person.activities.push({ ...main, ...overrides });
  const invent = (setting: 'cabinet' | 'group' | 'hospital', professionCode = main.professionCode) =>
    inventActivity(world, random, { holder, professionCode, setting, commune, rang });
  const place = (cells: Partial<StructureCells>) => {
    const base = main.structure.name === '' ? invent('cabinet') : main;
    person.activities[0] = {
      ...base,
      savoirFaire: main.savoirFaire,
      structure: { ...base.structure, ...cells },
    };
  };
  const rename = (familyName: string) => {
    person.familyName = familyName;
  };

  switch (person.trap) {
    case 'lines-apart':
    case 'several-sites':
      person.activities.push({ ...invent('cabinet'), savoirFaire: main.savoirFaire });
      break;
    case 'several-modes':
      person.activities = [invent('cabinet'), { ...invent('hospital'), mode: 'S' }];
      break;
    case 'several-professions':
      person.activities.push(
        invent('cabinet', random.pick(SECOND_PROFESSIONS[main.professionCode] ?? ['71'])),
      );
      break;
    case 'savoir-faire-only-in-activity':
      person.savoirFaire = [];
      break;
    case 'savoir-faire-only-in-its-file':
      person.activities = person.activities.map((activity) => ({ ...activity, savoirFaire: undefined }));
      break;
    case 'savoir-faire-repeated': {
      const [type, code] = random.pick(OTHER_SAVOIR_FAIRE);
      const other = { professionCode: main.professionCode, type, code };
      person.savoirFaire.push(other);
      addActivity({ savoirFaire: other });
      break;
    }
    case 'without-structure':
      person.activities = [
        { ...main, structure: EMPTY_STRUCTURE, secteur: '', mode: '', role: '', genre: '' },
      ];
      break;
    case 'commune-missing':
      place({ communeCode: '', communeName: '' });
      break;
    case 'cedex': {
      const cedex = world.establishments.cedexOf(commune.code, random) ?? ['43012', 'LE PUY EN VELAY CEDEX'];
      place({ postcode: cedex[0], office: `${cedex[0]} ${cedex[1]}`, distribution: 'CS 10329' });
      break;
    }
    case 'pontarlier': {
      const [postcode, routingName, communeCode] = CEDEX_POSTCODES[0]!;
      place({
        postcode,
        office: `${postcode} ${routingName}`,
        communeCode,
        communeName: 'Pontarlier',
        distribution: 'CS 10329',
        departementCode: '',
        departementName: '',
      });
      break;
    }
    case 'foreign':
      person.activities[0] = { ...main, mode: 'S', secteur: 'SA43', structure: toForeignCells(person.index) };
      break;
    case 'overseas':
      person.activities.push({ ...invent('group'), structure: toOverseasCells(world, random, person.index) });
      break;
    case 'letter-as-number':
      place({
        number: 'P',
        streetTypeCode: 'PL',
        streetTypeLabel: 'Place',
        communeCode: '',
        communeName: '',
      });
      break;
    case 'street-type-in-name':
      place({
        streetTypeCode: '',
        streetTypeLabel: '',
        streetName: random.pick(['R DENIS PAPIN', 'ALL DU LEVANT', 'AV DE LA GARE', 'CHE DES VIGNES']),
      });
      break;
    case 'siret-shared': {
      const establishment = world.establishments.find('hospital', commune.departementCode, random);
      const siret = establishment?.siret || toInventedSiret(toInventedSiren(person.index), 79);
      const cells = establishment ? toEstablishmentCells(establishment) : main.structure;
      addActivity({
        mode: 'S',
        structure: {
          ...cells,
          siret,
          finess: '',
          finessJuridique: '',
          technicalId: `C${siret}`,
          formerId: `3${siret}`,
        },
      });
      addActivity({
        mode: 'S',
        structure: {
          ...cells,
          siret,
          finess: '',
          finessJuridique: '',
          technicalId: toInventedTechnicalId(6_000_000_000 + person.index),
          formerId: `3${siret}`,
        },
      });
      break;
    }
    case 'finess-with-two-contents': {
      const establishment = world.establishments.find('pharmacy', commune.departementCode, random);
      if (!establishment) break;
      const cells = toEstablishmentCells(establishment);
      addActivity({ structure: cells });
      addActivity({
        structure: {
          ...cells,
          name: `SELARL ${cells.name} NOUVELLE`,
          phone: toInventedPhone('4', person.index),
          siret: '',
        },
      });
      break;
    }
    case 'adeli':
      person.idType = '0';
      person.number = toInventedAdeli(person.index);
      person.id = `0${person.number}`;
      person.civiliteExercice = '';
      break;
    case 'stray-quote':
      rename(`${person.familyName} "LE JEUNE"`);
      person.givenNames = `${person.givenNames}"`;
      break;
    case 'stray-backslash':
      rename(`O\\'${person.familyName}`);
      break;
    case 'mixed-case':
      rename(toTitleCase(person.familyName));
      person.givenNames = person.givenNames.toLowerCase();
      break;
    case 'particle':
      rename(
        random.pick(['DE LA FONTAINE', 'DU PLESSIS', "D'ARGENT", 'LE GALL', 'DE OLIVEIRA', 'VAN DEN BERGHE']),
      );
      break;
    case 'name-is-a-word':
      rename(
        random.pick([
          'LYON',
          'PARIS',
          'MEDECIN',
          'INFIRMIER',
          'BOULANGER',
          'PHARMACIEN',
          'LE',
          'BA',
          'SY',
          'DO',
        ]),
      );
      break;
    case 'old-commune': {
      const [communeCode, communeName, postcode] = random.pick(
        OLD_COMMUNES.filter(([code]) => world.communes.length > 20_000 || code.startsWith('74')),
      );
      place({ communeCode, communeName, postcode, office: `${postcode} ${communeName.toUpperCase()}` });
      break;
    }
    case 'closed-establishment': {
      const closed = world.establishments.findClosed(random);
      if (closed) addActivity({ mode: 'S', structure: toEstablishmentCells(closed) });
      break;
    }
    case 'padded':
      place({
        streetName: 'DE LA GARE     ',
        streetTypeCode: 'R   ',
        streetTypeLabel: 'Rue ',
        recipient: '  RDC',
      });
      break;
    case 'country-is-france':
      place({ countryCode: '99000', countryName: 'France' });
      break;
    case 'structure-without-identifier':
      place({ siret: '', siren: '', finess: '', finessJuridique: '', technicalId: '', formerId: '' });
      break;
    default:
  }
}

function toForeignCells(index: number): StructureCells {
  const technicalId = toInventedTechnicalId(7_000_000_000 + index);
  return {
    ...EMPTY_STRUCTURE,
    technicalId,
    name: 'INVENTED HEALTHCARE UK LIMITED',
    tradeName: 'INVENTED HEALTHCARE',
    streetName: 'CARRICK HOUSE LYPIATT ROAD',
    office: 'GL 5O 2QJ CHELTENHAM',
    postcode: 'GL',
    countryCode: '99132',
    countryName: 'Royaume-uni',
  };
}

function toOverseasCells(world: World, random: Random, index: number): StructureCells {
  const saintDenis = listDemoCommunes().find(({ code }) => code === '97411')!;
  return {
    ...EMPTY_STRUCTURE,
    ...toPlaceCells(world, random, saintDenis),
    technicalId: toInventedTechnicalId(8_000_000_000 + index),
    name: 'CABINET MEDICAL DU BARACHOIS',
    departementCode: '974',
    departementName: 'La Réunion',
  };
}
