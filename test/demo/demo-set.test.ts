import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OfficialFiles } from '#demo/official-files.ts';
import { PRESETS } from '#demo/presets.ts';
import { writeOfficialFiles } from '#demo/write-official-files.ts';
import { hasLuhnKey, looksLikePatientAddress } from '#domain/identifiers.ts';
import { groupBy, readDelimited } from './corpus.ts';
import type { DelimitedFile, Row } from './corpus.ts';

const ID = 'Identification nationale PP';
const NUMBER = 'Identifiant PP';

let directory: string;
let files: OfficialFiles;
let activity: DelimitedFile;
let savoirFaire: DelimitedFile;
let mailboxes: DelimitedFile;
let byPerson: Map<string, Row[]>;
let finess: FinessFile;

interface Address {
  usageAdresse: string;
  typeVoie?: string;
  libelleVoie?: string;
  coordonneesGeographique?: Record<
    'coordonneeX' | 'coordonneeY' | 'directionLatitude' | 'directionLongitude',
    string
  >;
}
interface Site {
  informationsGeneralesEGE: {
    numFinessEge: string;
    siret?: string;
    nomEgeCourt: string;
    dateFermeture?: string;
  };
  categorieentiteGeographiqueExercice: string;
  adresse: Address[];
  contact: { telecom: { telephone: string } }[];
  etatObjet: string;
}
interface FinessFile {
  schemaVersion: string;
  pmej: { informationsGeneralesPMEJ: { numFinessPm: string; siren: string }; ege: Site[] }[];
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-set-'));
  files = await writeOfficialFiles({ ...PRESETS.demo, directory });
  activity = await readDelimited(files.paths.activity);
  savoirFaire = await readDelimited(files.paths.savoirFaire);
  mailboxes = await readDelimited(files.paths.mailboxes);
  finess = JSON.parse(await readFile(files.paths.finess, 'utf8')) as FinessFile;
  byPerson = groupBy(
    activity.rows.filter((row) => /^[89]?[0-9]{9,12}$/.test(row[ID]!)),
    ID,
  );
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const sites = () => finess.pmej.flatMap(({ ege }) => ege);

describe('layout', () => {
  it('names the files as the publishers do', () => {
    expect(Object.values(files.paths).map((path) => basename(path))).toEqual([
      'PS_LibreAcces_Personne_activite_202611200600.txt',
      'PS_LibreAcces_SavoirFaire_202611200600.txt',
      'PS_LibreAcces_Dipl_AutExerc_202611200600.txt',
      'Extraction_Correspondance_MSSante_202611200600.txt',
      'finess-structures-journalier-20261120.json',
      'base-officielle-codes-postaux.csv',
    ]);
  });

  it('has the columns of the publishers, by number and at the places that tell them apart', async () => {
    const qualifications = await readDelimited(files.paths.qualifications);
    const postcodes = await readDelimited(files.paths.postcodes, ';');
    expect(activity.header.split('|')).toHaveLength(56);
    expect(savoirFaire.header.split('|')).toHaveLength(13);
    expect(qualifications.header.split('|')).toHaveLength(13);
    expect(mailboxes.header.split('|')).toHaveLength(31);
    const columns = activity.header.split('|');
    expect(columns[0]).toBe("Type d'identifiant PP");
    expect(columns[23]).toBe('Identifiant technique de la structure');
    expect(columns[34]).toBe('Bureau cedex (coord. structure)');
    expect(columns[55]).toBe('Libellé genre activité');
    expect(mailboxes.header).toContain('|Type Identifiant PP|Identifiant PP|');
    expect(mailboxes.header).toContain('|NL4TYPEVOIE structure BAL|');
    expect(postcodes.header).toBe(
      'code_commune_insee;nom_de_la_commune;code_postal;libelle_d_acheminement;ligne_5;_geopoint',
    );
    expect(postcodes.rows.length).toBeGreaterThan(35_000);
    expect(qualifications.badLines).toEqual([]);
  });

  it('writes FINESS in the shape really published', () => {
    expect(finess.schemaVersion).toBe('v1.0.0');
    expect(Object.keys(finess)).toEqual(['schemaVersion', 'generatedAt', 'gcc', 'gco', 'pmej']);
    expect(sites()).toHaveLength(PRESETS.demo.establishments);
    expect(sites()[0]!.categorieentiteGeographiqueExercice).toBe('355');
  });
});

describe('counts', () => {
  it('gives as many people and mailboxes as asked', () => {
    expect(byPerson.size).toBe(20_000);
    const addresses = (type: string) =>
      new Set(
        mailboxes.rows
          .filter((row) => row['Type de BAL'] === type && isMailbox(row))
          .map((row) => row['Adresse BAL']),
      );
    expect(addresses('PER').size).toBe(12_000);
    expect(addresses('ORG').size).toBe(3_000);
    expect(files.counts).toMatchObject({
      practitioners: 20_000,
      personalMailboxes: 12_000,
      serviceMailboxes: 3_000,
    });
  });

  it('keeps wrong lines below one in a thousand of each file, and counts them all', () => {
    const malformed = activity.rows.filter((row) => !/^\d+$/.test(row[NUMBER]!)).length;
    const badActivity = activity.badLines.length + malformed;
    const badMailboxes = mailboxes.badLines.length + mailboxes.rows.filter((row) => !isMailbox(row)).length;
    expect(badActivity / activity.rows.length).toBeLessThan(0.001);
    expect(savoirFaire.badLines.length / savoirFaire.rows.length).toBeLessThan(0.001);
    expect(badMailboxes / mailboxes.rows.length).toBeLessThan(0.001);
    expect(badActivity + badMailboxes + savoirFaire.badLines.length).toBe(files.counts.badLines);
  });

  it('has professions, places and modes in the proportions of the country', () => {
    const people = [...byPerson.values()].map(([first]) => first!);
    const share = (keeps: (row: Row) => boolean) => people.filter(keeps).length / people.length;
    expect(share((row) => row['Code profession'] === '10')).toBeCloseTo(0.2, 1);
    expect(share((row) => row['Code profession'] === '60')).toBeCloseTo(0.4, 1);
    expect(share(isWithoutStructure)).toBeGreaterThan(0.15);
    expect(share(isWithoutStructure)).toBeLessThan(0.21);
    const several = [...byPerson.values()].filter((rows) => rows.length > 1).length / byPerson.size;
    expect(several).toBeGreaterThan(0.1);
    expect(several).toBeLessThan(0.15);
    expect(new Set(people.map((row) => row['Code profession'])).size).toBeGreaterThan(26);
  });

  it('has people named MARTIN with a mailbox around Le Puy-en-Velay', () => {
    const held = new Set(mailboxes.rows.map((row) => row[ID]));
    const found = [...byPerson.values()].filter(
      ([first]) =>
        first!["Nom d'exercice"] === 'MARTIN' && first!['Code commune (coord. structure)']!.startsWith('43'),
    );
    expect(found.filter(([first]) => held.has(first![ID]!)).length).toBeGreaterThanOrEqual(6);
  });
});

describe('identifiers', () => {
  it('gives every person an RPPS of the reserved range, and nobody the number of another one', () => {
    const names = new Map<string, string>();
    for (const [id, rows] of byPerson) {
      for (const row of rows) {
        const name = `${row["Prénom d'exercice"]} ${row["Nom d'exercice"]}`;
        expect(names.get(id) ?? name).toBe(name);
        names.set(id, name);
      }
      const number = rows[0]![NUMBER]!;
      expect(id).toBe(rows[0]!["Type d'identifiant PP"] + number);
      if (id.startsWith('8')) expect(number).toMatch(/^99\d{9}$/);
      else expect(number).toMatch(/^99\d{7}$/);
      if (id.startsWith('8')) expect(hasLuhnKey(number)).toBe(true);
    }
  });

  it('reserves the SIRET of everyone and the FINESS of whatever is invented', () => {
    for (const row of activity.rows) {
      const siret = row['Numéro SIRET site']!;
      if (siret !== '') expect(siret).toMatch(/^999\d{6}99\d{3}$/);
      if (siret !== '') expect(hasLuhnKey(siret)).toBe(true);
    }
    const numbers = sites().map((site) => site.informationsGeneralesEGE.numFinessEge);
    const entities = finess.pmej.map((entity) => entity.informationsGeneralesPMEJ.numFinessPm);
    expect(new Set([...numbers, ...entities]).size).toBe(numbers.length + entities.length);
    expect(numbers.filter((number) => number[2] !== '9')).toHaveLength(566);
    expect(entities.every((number) => number[2] === '9')).toBe(true);
    expect([...numbers, ...entities].every(hasLuhnKey)).toBe(true);
  });

  it('gives no address that could be real', () => {
    for (const row of mailboxes.rows.filter(isMailbox)) {
      expect(row['Adresse BAL']).toMatch(/-demo\.mssante\.fr$|\.demo\d*@interop-mssante\.apicrypt\.org$/);
    }
  });
});

describe('traps', () => {
  const cell = (column: string, keeps: (value: string) => boolean) => () =>
    activity.rows.some((row) => keeps(row[column]!));
  const person = (keeps: (rows: Row[]) => boolean) => () => [...byPerson.values()].some(keeps);
  const distinct = (rows: Row[], column: string) => new Set(rows.map((row) => row[column]!)).size;
  const line = (row: Row) => Object.values(row).join('|');
  const codes = (rows: readonly Row[]) =>
    new Set(rows.map((row) => row['Code savoir-faire']!).filter(Boolean));
  const savoirFaireOf = (id: string) => codes(savoirFaire.rows.filter((row) => row[ID] === id));
  const address = (keeps: (address: Address) => boolean) => () =>
    sites().some(({ adresse }) => adresse.some(keeps));
  const isDegrees = (text: string) => Math.abs(Number(text)) <= 90;

  const traps: Record<string, () => boolean> = {
    'exact duplicate lines': person((rows) => new Set(rows.map(line)).size < rows.length),
    'the lines of a person are not together': () => {
      const ids = activity.rows.map((row) => row[ID]!);
      const last = new Map<string, number>();
      return ids.some((id, rank) => {
        const before = last.get(id);
        last.set(id, rank);
        return before !== undefined && rank - before > 5;
      });
    },
    'several professions': person((rows) => distinct(rows, 'Code profession') > 1),
    'several sites': person((rows) => distinct(rows, 'Ancien identifiant de la structure') > 2),
    'several modes': person((rows) => distinct(rows, 'Code mode exercice') > 1),
    'savoir-faire that only the activity file has': () =>
      [...byPerson].slice(0, 200).some(([id, rows]) => codes(rows).size > 0 && savoirFaireOf(id).size === 0),
    'savoir-faire that only its own file has': () =>
      [...byPerson].slice(0, 200).some(([id, rows]) => codes(rows).size === 0 && savoirFaireOf(id).size > 0),
    'several savoir-faire on the lines of one person': person((rows) => codes(rows).size > 1),
    'a person without a structure': person((rows) => rows.every(isWithoutStructure)),
    'no commune code beside a postcode': () =>
      activity.rows.some(
        (row) =>
          row['Code commune (coord. structure)'] === '' &&
          /^\d{5}$/.test(row['Code postal (coord. structure)']!),
      ),
    'a CEDEX of the region': cell(
      'Bureau cedex (coord. structure)',
      (value) => value === '43012 LE PUY EN VELAY CEDEX',
    ),
    'the CEDEX of Pontarlier': cell(
      'Bureau cedex (coord. structure)',
      (value) => value === '25304 PONTARLIER CEDEX',
    ),
    'a foreign place': () =>
      activity.rows.some(
        (row) =>
          row['Code pays (coord. structure)'] === '99132' && row['Code postal (coord. structure)'] === 'GL',
      ),
    'an overseas place': cell('Code commune (coord. structure)', (value) => value === '97411'),
    'a letter as street number': cell('Numéro Voie (coord. structure)', (value) => value === 'P'),
    'the street type inside the name': () =>
      activity.rows.some(
        (row) =>
          row['Code type de voie (coord. structure)'] === '' &&
          /^(R|ALL|AV|CHE) /.test(row['Libellé Voie (coord. structure)']!),
      ),
    'two technical structures with one SIRET': () =>
      [...groupBy(activity.rows, 'Numéro SIRET site')].some(
        ([siret, rows]) => siret !== '' && distinct(rows, 'Identifiant technique de la structure') > 1,
      ),
    'one FINESS with two contents': () =>
      [...groupBy(activity.rows, 'Numéro FINESS site')].some(
        ([number, rows]) => number !== '' && distinct(rows, 'Raison sociale site') > 1,
      ),
    'an ADELI number': cell("Type d'identifiant PP", (value) => value === '0'),
    'a stray quote': cell("Nom d'exercice", (value) => value.includes('"')),
    'an odd number of quotes': cell("Prénom d'exercice", (value) => value.endsWith('"')),
    'a stray backslash': cell("Nom d'exercice", (value) => value.includes('\\')),
    'a name in mixed case': cell("Nom d'exercice", (value) => /^\p{Lu}\p{Ll}/u.test(value)),
    'accents and their absence': () =>
      ['Hélène', 'HELENE'].every((name) => activity.rows.some((row) => row["Prénom d'exercice"] === name)),
    'a particle': cell("Nom d'exercice", (value) => /^(DE|DU|LE|D'|DE LA|VAN DEN)/.test(value)),
    'a surname that is a word': cell("Nom d'exercice", (value) =>
      ['LYON', 'PARIS', 'MEDECIN', 'INFIRMIER', 'LE', 'BA', 'SY'].includes(value),
    ),
    homonyms: () =>
      [
        ...groupBy(
          [...byPerson.values()].map(([first]) => first!),
          "Nom d'exercice",
        ).values(),
      ].some((rows) => distinct(rows, "Prénom d'exercice") < rows.length),
    'a former commune code': cell('Code commune (coord. structure)', (value) =>
      ['74011', '74093', '74268', '74182', '74217'].includes(value),
    ),
    'padded cells': cell('Libellé Voie (coord. structure)', (value) => value.endsWith('  ')),
    'France written as a country': cell('Code pays (coord. structure)', (value) => value === '99000'),
    'a structure without any identifier': () =>
      activity.rows.some(
        (row) =>
          row['Raison sociale site'] !== '' &&
          row['Identifiant technique de la structure'] === '' &&
          row['Ancien identifiant de la structure'] === '',
      ),
    'a closed establishment that somebody is still attached to': () => {
      const closed = new Set(
        sites()
          .filter(({ informationsGeneralesEGE: site }) => site.dateFermeture)
          .map(({ informationsGeneralesEGE: site }) => site.numFinessEge),
      );
      return activity.rows.some((row) => closed.has(row['Numéro FINESS site']!));
    },
    'a telephone in pairs': cell('Téléphone (coord. structure)', (value) => /^\d\d[ .]\d\d/.test(value)),
    'a line with too few columns': () => activity.badLines.length > 0,
    'a malformed identifier': cell(NUMBER, (value) => value === '8ABC'),
    'an Apicrypt address': () =>
      mailboxes.rows.some((row) => row['Adresse BAL']!.endsWith('@interop-mssante.apicrypt.org')),
    'a mailbox on several rows': () =>
      [...groupBy(mailboxes.rows.filter(isMailbox), 'Adresse BAL').values()].some((rows) => rows.length > 1),
    'a personal mailbox without a national identifier': () =>
      mailboxes.rows.some(
        (row) => row['Type de BAL'] === 'PER' && row[ID] === '' && row["Nom d'exercice"] !== '',
      ),
    'a personal mailbox whose holder the activity file does not have': () =>
      mailboxes.rows.some((row) => row['Type de BAL'] === 'PER' && row[ID] !== '' && !byPerson.has(row[ID]!)),
    'a service without a name': () =>
      mailboxes.rows.some(
        (row) => row['Type de BAL'] === 'ORG' && row['Raison Sociale structure BAL'] === '',
      ),
    'an APP mailbox': () => mailboxes.rows.some((row) => row['Type de BAL'] === 'APP'),
    'a CAB mailbox': () => mailboxes.rows.some((row) => row['Type de BAL'] === 'CAB'),
    'a mailbox of somebody with an ADELI number': () =>
      mailboxes.rows.some((row) => row['Type Identifiant PP'] === '0'),
    'a patient address that no patient can have': () =>
      mailboxes.rows.some((row) => /^0\d{14}@patient\.mssante\.fr$/.test(row['Adresse BAL']!)),
    'a numbered homonym address': () => mailboxes.rows.some((row) => /[a-z]2@/.test(row['Adresse BAL']!)),
    'degrees under X and Y': address(
      ({ coordonneesGeographique: at }) => at !== undefined && isDegrees(at.coordonneeX),
    ),
    'degrees under "direction"': address(
      ({ coordonneesGeographique: at }) => at !== undefined && isDegrees(at.directionLatitude),
    ),
    'no coordinates': address(({ coordonneesGeographique: at }) => at === undefined),
    'padded cells in FINESS': address(({ typeVoie }) => typeVoie === 'R   '),
    'an address of another use first': () =>
      sites().some(
        ({ adresse }) =>
          adresse[0]!.usageAdresse !== '03' && adresse.some(({ usageAdresse }) => usageAdresse === '03'),
      ),
    'two telephones in one field': () =>
      sites().some(({ contact }) => contact.some(({ telecom }) => telecom.telephone.includes(' / '))),
    'a closed establishment still marked active': () =>
      sites().some(
        ({ etatObjet, informationsGeneralesEGE: site }) =>
          etatObjet === 'A' && site.dateFermeture !== undefined,
      ),
  };

  it.each(Object.entries(traps))('has %s', (_, isPresent) => {
    expect(isPresent()).toBe(true);
  });

  it('never has a well-formed patient identity', () => {
    const patients = mailboxes.rows.map((row) => row['Adresse BAL']!).filter(looksLikePatientAddress);
    expect(patients.every((patient) => patient.startsWith('0'))).toBe(true);
  });
});

function isMailbox(row: Row): boolean {
  return /^\S+@\S+$/.test(row['Adresse BAL']!) && !looksLikePatientAddress(row['Adresse BAL']!);
}

function isWithoutStructure(row: Row): boolean {
  return (
    row['Raison sociale site'] === '' &&
    row['Ancien identifiant de la structure'] === '' &&
    row['Code postal (coord. structure)'] === ''
  );
}
