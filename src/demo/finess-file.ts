import type { Establishment } from './establishments.ts';
import { zoneOf } from './establishments.ts';
import { toInventedPhone, toInventedSiren } from './invented-identifiers.ts';
import { toLambert93 } from './lambert93.ts';
import { LineFile } from './line-file.ts';
import type { PhysicalFormat } from './line-file.ts';
import { Random } from './random.ts';
import { toStreetLine } from './streets.ts';
import type { World } from './world.ts';

/**
 * The daily JSON of FINESS+, in the shape of the files really published rather than of their schema: codes as bare strings,
 * `informationsGeneralesPMEJ`, `categorieentiteGeographiqueExercice` and `modefixationtarifaire` (sic), printed over many
 * lines, coordinates that change places from one record to the next.
 * @see github.com/ansforge/finess flux/out/data.gouv/structure, sample of 2026-03-09
 */
export async function writeFinessFile(
  world: World,
  path: string,
  publishedAt: Date,
  format: PhysicalFormat,
): Promise<number> {
  const file = new LineFile(path, { byteOrderMark: format.byteOrderMark ?? false });
  file.writeRaw(
    `{\n  "schemaVersion" : "v1.0.0",\n  "generatedAt" : "${publishedAt.toISOString()}",\n  "gcc" : [ `,
  );
  file.writeRaw(toArrayText(world, 'gcc'));
  file.writeRaw(' ],\n  "gco" : [ ');
  file.writeRaw(toArrayText(world, 'gco'));
  file.writeRaw(' ],\n  "pmej" : [ ');
  const { legalEntities } = world.establishments;
  for (let entity = 0; entity < legalEntities.length; entity += 1) {
    file.writeRaw((entity === 0 ? '' : ', ') + print(toLegalEntity(world, entity), 1));
    if (file.isFull) await file.drain();
  }
  file.writeRaw(' ]\n}\n');
  await file.close();
  return legalEntities.length;
}

type Json = string | undefined | readonly Json[] | { readonly [key: string]: Json };

/** As the publisher's own printer lays it out: an object over lines, an array inline. Undefined members are left out. */
function print(value: Json, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value))
    return value.length === 0 ? '[ ]' : `[ ${value.map((item: Json) => print(item, depth)).join(', ')} ]`;
  const indent = '\n' + '  '.repeat(depth + 1);
  let text = '';
  for (const [key, member] of Object.entries(value as { [key: string]: Json })) {
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${indent}"${key}" : ${print(member, depth + 1)}`;
  }
  return `{${text}\n${'  '.repeat(depth)}}`;
}

function toArrayText(world: World, kind: 'gcc' | 'gco'): string {
  const members = Array.from({ length: 5 }, (_, ordinal) => {
    const id = String(ordinal + 1);
    if (kind === 'gco') return { pmSmsseId: id, typeGco: '003', pmejDuGco: [], egeDuGco: [] };
    return {
      gccId: id,
      nomGcc: `Secteur inventé ${id}`,
      typeGcc: '001',
      gccIdentifiantExterne: String(27_100 + ordinal),
      engagement: [],
      evenement: [
        toEvent(world, ordinal, { date: '2017-01-01', state: '003', kind: 'GR', object: id, code: '003' }),
      ],
      pmejDuGcc: [{ pmSmsseId: id, typeRoleEntiteGroupe: 'M' }],
      egeDuGcc: [],
      etatObjet: 'A',
      dateDerniereMaj: '2025-10-21 19:19:05',
    };
  });
  return members.map((member) => print(member, 1)).join(', ');
}

function toLegalEntity(world: World, entity: number): Json {
  const random = new Random(world.seed, 'legalEntity', entity);
  const sites = world.establishments.legalEntities[entity]!.map((index) =>
    world.establishments.describe(index),
  );
  const first = sites[0];
  const commune = first?.commune ?? world.home.pick(random);
  const isOpen = sites.some((site) => site.isOpen);
  const id = String(entity + 1);
  const name = first ? toEntityName(first, random) : `ASSOCIATION DE GESTION DE ${commune.routingName}`;
  const updatedAt = `20${10 + random.integer(15)}-0${1 + random.integer(9)}-1${random.integer(10)} 00:00:00`;
  const closedOn = isOpen ? undefined : `20${String(10 + random.integer(15))}-06-30`;
  return {
    informationsGeneralesPMEJ: {
      pmSmsseId: id,
      codeApe: first?.category.codeApe,
      dateCreation: '2001-01-01',
      dateFermeture: closedOn,
      denominationLonguePmSmsse: pad(name, random),
      denominationPm: name.slice(0, 38),
      numFinessPm: world.establishments.finessOfEntity(entity),
      siren: toInventedSiren(entity),
      statutJuridique: first?.category.statutJuridique ?? '60',
      typePersonneMorale: '01',
    },
    adresse: [
      first
        ? toAddress(first, '02', random, isOpen)
        : {
            usageAdresse: '02',
            cogCommune: commune.code,
            ligneAcheminement: commune.routingName,
            codePostal: commune.postcodes[0]!,
          },
    ],
    contact: first && first.phone !== '' ? [toContact(toPhones(first, random, world), undefined)] : [],
    engagement: [],
    evenement: [
      ...(closedOn
        ? [toEvent(world, entity * 4, { date: closedOn, state: '005', kind: 'PM', object: id, code: '005' })]
        : []),
      toEvent(world, entity * 4 + 1, {
        date: '2001-01-01',
        state: '001',
        kind: 'PM',
        object: id,
        code: '001',
      }),
    ],
    ege: sites.map((site) => toSite(world, site)),
    etatObjet: isOpen ? 'A' : 'I',
    dateDerniereMaj: updatedAt,
  };
}

function toEntityName(site: Establishment, random: Random): string {
  if (site.category.code === '620') return `SELARL ${site.name}`;
  return random.chance(0.3) ? `ASSOCIATION ${site.name}` : site.name;
}

function toSite(world: World, site: Establishment): Json {
  const random = new Random(world.seed, 'site', site.index);
  const id = String(200_000 + site.index);
  const { isOpen } = site;
  // The agency keeps a few as active although they are closed: the date wins.
  const isMarkedActive = isOpen || random.chance(0.02);
  const address = toAddress(site, '03', random, isOpen);
  const other = world.hasTraps && random.chance(0.02) ? [toOtherAddress(site)] : [];
  return {
    informationsGeneralesEGE: {
      egeId: id,
      dateFermeture: site.closedOn === '' ? undefined : site.closedOn,
      dateOuverture: site.openedOn,
      datePremiereAutorisation: site.openedOn,
      nomEgeCourt: pad(site.name.slice(0, 38), random),
      nomEgeLong: site.name,
      numFinessEge: site.finess,
      espic: [random.chance(0.1) ? '3' : '0'],
      siret: site.siret === '' ? undefined : site.siret,
    },
    categorieentiteGeographiqueExercice: site.category.code,
    modefixationtarifaire: random.pick(['01', '07', '09', '21', '99']),
    typeBudget: ['01'],
    adresse: [...other, address],
    contact:
      site.phone === ''
        ? []
        : [toContact(toPhones(site, random, world), site.fax === '' ? undefined : site.fax)],
    engagement: random.chance(0.6)
      ? [
          {
            engagementId: String(800_000 + site.index),
            typeEngagement: 'CONV',
            sousTypeEngagement: 'ASE',
            dateEffetEngagement: site.openedOn,
            dateSignatureEngagement: site.openedOn,
            autoriteRegulationEngagement: [],
          },
        ]
      : [],
    evenement: [
      toEvent(world, 1_000_000 + site.index * 3, {
        date: site.openedOn,
        state: '003',
        kind: 'EG',
        object: id,
        code: '003',
      }),
      ...(isOpen
        ? []
        : [
            toEvent(world, 1_000_001 + site.index * 3, {
              date: site.closedOn,
              state: '100',
              kind: 'EG',
              object: id,
              code: '005',
            }),
          ]),
      toEvent(world, 1_000_002 + site.index * 3, {
        date: site.openedOn,
        state: '007',
        kind: 'EG',
        object: id,
        code: '007',
      }),
    ],
    roleEge: [],
    etatObjet: isMarkedActive ? 'A' : 'I',
    dateDerniereMaj: `20${10 + random.integer(15)}-0${1 + random.integer(9)}-1${random.integer(10)} 00:00:00`,
  };
}

function toAddress(site: Establishment, usage: string, random: Random, hasPosition: boolean): Json {
  const { street } = site;
  const optional = (text: string) => (text === '' ? undefined : text);
  const isPadded = random.chance(0.05);
  return {
    usageAdresse: usage,
    numeroVoie: optional(street.number),
    complementVoie: optional(street.repetition),
    typeVoie: optional(isPadded && street.typeCode !== '' ? street.typeCode.padEnd(4) : street.typeCode),
    libelleVoie: optional(isPadded ? `${street.name}     ` : street.name),
    lieuDit: optional(site.distribution),
    cogCommune: site.commune.code,
    ligneAcheminement: site.routingName,
    ligneQuatre: optional(toStreetLine(street)),
    codePostal: site.postcode,
    coordonneesGeographique: hasPosition && random.chance(0.75) ? toCoordinates(site, random) : undefined,
  };
}

/** Three records in four have the degrees under "direction" and Lambert-93 under X and Y, northing first; the others swap. */
function toCoordinates(site: Establishment, random: Random): Json {
  const latitude = site.latitude.toFixed(6);
  const longitude = site.longitude.toFixed(6);
  const isMetropolitan = !/^9[78]/.test(site.commune.departementCode);
  const lambert = toLambert93(site.latitude, site.longitude);
  const easting = isMetropolitan ? lambert.easting.toFixed(2) : '0';
  const northing = isMetropolitan ? lambert.northing.toFixed(2) : '0';
  const draw = random.next();
  const precision = random.next();
  const street = `_${String(site.index % 10_000).padStart(4, '0')}`;
  const key =
    site.commune.code +
    (precision < 0.1
      ? ''
      : precision < 0.35
        ? street
        : `${street}_${(site.street.number || '1').padStart(5, '0')}`);
  return {
    ...(draw < 0.74
      ? {
          coordonneeX: northing,
          coordonneeY: easting,
          directionLatitude: latitude,
          directionLongitude: longitude,
        }
      : draw < 0.95
        ? {
            coordonneeX: longitude,
            coordonneeY: latitude,
            directionLatitude: easting,
            directionLongitude: northing,
          }
        : {
            coordonneeX: latitude,
            coordonneeY: longitude,
            directionLatitude: northing,
            directionLongitude: easting,
          }),
    cleInInteropBAN: key,
    scoreBAN: (0.5 + random.next() / 2).toFixed(12),
  };
}

/** An address of another use, placed first: whoever takes `adresse[0]` is wrong. */
function toOtherAddress(site: Establishment): Json {
  return {
    usageAdresse: '01',
    numeroVoie: '1',
    typeVoie: 'PL',
    libelleVoie: "DE L'AUTRE ADRESSE",
    cogCommune: '75113',
    ligneAcheminement: 'PARIS CEDEX 13',
    ligneQuatre: "1 PLACE DE L'AUTRE ADRESSE",
    codePostal: '75651',
    complementPointGeographique: site.name,
  };
}

function toPhones(site: Establishment, random: Random, world: World): string {
  if (!world.hasTraps || !random.chance(0.01)) return site.phone;
  return `${site.phone} / ${toInventedPhone(zoneOf(site.commune), random.integer(10_000))}`;
}

function toContact(telephone: string, telecopie: string | undefined): Json {
  return { typeContact: { roleContact: '01' }, telecom: { telephone, telecopie } };
}

function pad(text: string, random: Random): string {
  return random.chance(0.06) ? text.padEnd(60) : text;
}

function toEvent(
  world: World,
  ordinal: number,
  event: { date: string; state: string; kind: string; object: string; code: string },
): Json {
  return {
    evenementId: String(100 + ordinal),
    dateEnregistrement: world.seed % 2 === 0 ? '2025-10-21 18:36:29' : '2023-03-15 11:21:01',
    dateEvenement: event.date,
    etatObjet1: event.state,
    identifiantObjet1: event.object,
    systemeMaitre: '01',
    typeObjet1: event.kind,
    codeEvenement: event.code,
  };
}
