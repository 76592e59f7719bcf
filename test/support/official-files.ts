import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ACTIVITY_HEADER, MAILBOX_HEADER, SAVOIR_FAIRE_HEADER } from './official-headers.ts';

/** Cells by the publisher's column name; the columns that are not named stay empty. */
export type Cells = Record<string, string>;

export interface OfficialFolder extends AsyncDisposable {
  path: string;
  writeActivity(rows: readonly Cells[]): Promise<string>;
  writeSavoirFaire(rows: readonly Cells[]): Promise<string>;
  writeMailboxes(rows: readonly Cells[]): Promise<string>;
  writeText(name: string, text: string): Promise<string>;
}

/** A temporary folder for small official files, written cell by cell. */
export async function openOfficialFolder(): Promise<OfficialFolder> {
  const path = await mkdtemp(join(tmpdir(), 'correspondants-files-'));
  const writeText = async (name: string, text: string) => {
    const file = join(path, name);
    await writeFile(file, text);
    return file;
  };
  const write = (name: string, header: string) => (rows: readonly Cells[]) =>
    writeText(name, [header, ...rows.map((row) => toLine(header, row)), ''].join('\n'));
  return {
    path,
    writeText,
    writeActivity: write('PS_LibreAcces_Personne_activite_202611200600.txt', ACTIVITY_HEADER),
    writeSavoirFaire: write('PS_LibreAcces_SavoirFaire_202611200600.txt', SAVOIR_FAIRE_HEADER),
    writeMailboxes: write('Extraction_Correspondance_MSSante_202611200600.txt', MAILBOX_HEADER),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

function toLine(header: string, row: Cells): string {
  const columns = header.split('|');
  const unknown = Object.keys(row).filter((name) => !columns.includes(name));
  if (unknown.length > 0) throw new Error(`no such column: ${unknown.join(', ')}`);
  return columns.map((name) => row[name] ?? '').join('|');
}

/** A line of the activity file for an invented physiotherapist at Le Puy-en-Velay; `rpps` is 11 digits beginning with 99. */
export function activity(rpps: string, cells: Cells = {}): Cells {
  return {
    "Type d'identifiant PP": '8',
    'Identifiant PP': rpps,
    'Identification nationale PP': `8${rpps}`,
    'Code civilité': 'MME',
    "Nom d'exercice": 'VALLORBE',
    "Prénom d'exercice": 'ISAURE',
    'Code profession': '70',
    'Libellé profession': 'Masseur-Kinésithérapeute',
    'Code catégorie professionnelle': 'C',
    'Code mode exercice': 'L',
    'Identifiant technique de la structure': `R1${rpps}`,
    'Raison sociale site': 'CABINET VALLORBE',
    'Numéro Voie (coord. structure)': '12',
    'Libellé type de voie (coord. structure)': 'Rue',
    'Libellé Voie (coord. structure)': 'DES DENTELLES',
    'Code postal (coord. structure)': '43000',
    'Code commune (coord. structure)': '43157',
    'Libellé commune (coord. structure)': 'Le Puy-en-Velay',
    ...cells,
  };
}

export function personalMailbox(rpps: string, address: string, cells: Cells = {}): Cells {
  return {
    'Type de BAL': 'PER',
    'Adresse BAL': address,
    'Type Identifiant PP': '8',
    'Identifiant PP': rpps,
    'Identification nationale PP': `8${rpps}`,
    "Nom d'exercice": 'VALLORBE',
    "Prénom d'exercice": 'ISAURE',
    'Code Profession': '70',
    ...cells,
  };
}

export function serviceMailbox(address: string, cells: Cells = {}): Cells {
  return {
    'Type de BAL': 'ORG',
    'Adresse BAL': address,
    'Type identifiant structure': 'FINESS',
    'Identification Structure': '430000018',
    'Service de rattachement': 'CARDIOLOGIE',
    'Raison Sociale structure BAL': 'CENTRE HOSPITALIER EMILE ROUX',
    'L6LIGNEACHEMINEMENT structure BAL': '43012 LE PUY EN VELAY CEDEX',
    'Code postal structure BAL': '43012',
    ...cells,
  };
}
