import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { isAppError, type AppError } from '#domain/errors.ts';
import type { Rejection, SourceId, SourceLine, SourceRecord } from '#domain/source.ts';
import { openSourceFile } from '#sources/open-source-file.ts';

/** The publisher's header lines, in full and in order, as published in 2026. */
export const RPPS_HEADER =
  "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Code civilité d'exercice|Libellé civilité d'exercice|Code civilité|Libellé civilité|Nom d'exercice|Prénom d'exercice|Code profession|Libellé profession|Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire|Code mode exercice|Libellé mode exercice|Numéro SIRET site|Numéro SIREN site|Numéro FINESS site|Numéro FINESS établissement juridique|Identifiant technique de la structure|Raison sociale site|Enseigne commerciale site|Complément destinataire (coord. structure)|Complément point géographique (coord. structure)|Numéro Voie (coord. structure)|Indice répétition voie (coord. structure)|Code type de voie (coord. structure)|Libellé type de voie (coord. structure)|Libellé Voie (coord. structure)|Mention distribution (coord. structure)|Bureau cedex (coord. structure)|Code postal (coord. structure)|Code commune (coord. structure)|Libellé commune (coord. structure)|Code pays (coord. structure)|Libellé pays (coord. structure)|Téléphone (coord. structure)|Téléphone 2 (coord. structure)|Télécopie (coord. structure)|Adresse e-mail (coord. structure)|Code Département (structure)|Libellé Département (structure)|Ancien identifiant de la structure|Autorité d'enregistrement|Code secteur d'activité|Libellé secteur d'activité|Code section tableau pharmaciens|Libellé section tableau pharmaciens|Code rôle|Libellé rôle|Code genre activité|Libellé genre activité";
export const SAVOIR_FAIRE_HEADER =
  "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Nom d'exercice|Prénom d'exercice|Code profession|Libellé profession|Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire";
export const DIPLOMES_HEADER =
  "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Nom d'exercice|Prénom d'exercice|Code type diplôme obtenu|Libellé type diplôme obtenu|Code diplôme obtenu|Libellé diplôme obtenu|Code type autorisation|Libellé type autorisation|Code discipline autorisation|Libellé discipline autorisation";
export const MSSANTE_HEADER =
  "Type de BAL|Adresse BAL|Type Identifiant PP|Identifiant PP|Identification nationale PP|Type identifiant structure|Identification Structure|Service de rattachement|Civilité d'exercice|Nom d'exercice|Prénom d'exercice|Catégorie profession|Libellé de catégorie profession|Code Profession|Libellé Profession|Code savoir-faire|Libellé savoir-faire|Dématérialisation|Raison Sociale structure BAL|Enseigne commerciale structure BAL|L2COMPLEMENTLOCALISATION structure BAL|L3COMPLEMENTDISTRIBUTION structure BAL|L4NUMEROVOIE structure BAL|L4COMPLEMENTNUMEROVOIE structure BAL|NL4TYPEVOIE structure BAL|L4LIBELLEVOIE structure BAL|L5LIEUDITMENTION structure BAL|L6LIGNEACHEMINEMENT structure BAL|Code postal structure BAL|Département structure BAL|Pays structure BAL";

/** Numbers whose Luhn key is wrong: nobody's. */
export const RPPS = '89900000012';
const PERSON = {
  "Type d'identifiant PP": '8',
  'Identifiant PP': RPPS,
  'Identification nationale PP': `8${RPPS}`,
  "Nom d'exercice": 'FICTIF',
  "Prénom d'exercice": 'Camille',
};

/** One line of a header: what is not given is empty. */
export function toRow(header: string, values: Readonly<Record<string, string>>): string {
  const names = header.split('|');
  const unknown = Object.keys(values).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`no such column: ${unknown.join(', ')}`);
  return names.map((name) => values[name] ?? '').join('|');
}

/** A physician without a structure. */
export function rppsRow(values: Readonly<Record<string, string>> = {}): string {
  return toRow(RPPS_HEADER, {
    ...PERSON,
    'Code profession': '10',
    'Libellé profession': 'Médecin',
    'Code catégorie professionnelle': 'C',
    ...values,
  });
}

export function savoirFaireRow(values: Readonly<Record<string, string>> = {}): string {
  return toRow(SAVOIR_FAIRE_HEADER, {
    ...PERSON,
    'Code profession': '10',
    'Code type savoir-faire': 'S',
    'Code savoir-faire': 'SM53',
    ...values,
  });
}

export function diplomesRow(values: Readonly<Record<string, string>> = {}): string {
  return toRow(DIPLOMES_HEADER, { ...PERSON, ...values });
}

/** A person's mailbox. */
export function mssanteRow(values: Readonly<Record<string, string>> = {}): string {
  return toRow(MSSANTE_HEADER, {
    'Type de BAL': 'PER',
    'Adresse BAL': 'camille.fictif@medecin.mssante.fr',
    'Type Identifiant PP': '8',
    'Identifiant PP': RPPS,
    'Identification nationale PP': `8${RPPS}`,
    "Nom d'exercice": 'FICTIF',
    "Prénom d'exercice": 'Camille',
    ...values,
  });
}

export function rppsText(...rows: string[]): string {
  return [RPPS_HEADER, ...rows, ''].join('\n');
}

export function mssanteText(...rows: string[]): string {
  return [MSSANTE_HEADER, ...rows, ''].join('\n');
}

/** Writes a file for the length of a test. */
export async function writeOfficialFile(name: string, content: string | Buffer): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'correspondants-sources-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** All lines of a file of that content. */
export async function readLinesOf(
  source: SourceId,
  content: string | Buffer,
  name = 'fichier.txt',
): Promise<SourceLine[]> {
  await using file = await openSourceFile(source, await writeOfficialFile(name, content));
  return (await collect(file.batches())).flat();
}

export async function readRecordsOf(source: SourceId, content: string | Buffer): Promise<SourceRecord[]> {
  const lines = await readLinesOf(source, content);
  return lines.flatMap((line) => ('record' in line ? [line.record] : []));
}

/** The only record of a one-line file. */
export async function readRecordOf(source: SourceId, content: string | Buffer): Promise<SourceRecord> {
  const lines = await readLinesOf(source, content);
  const [line] = lines;
  if (lines.length !== 1 || !line || !('record' in line))
    throw new Error(`not one record: ${JSON.stringify(lines)}`);
  return line.record;
}

export async function readRejectionsOf(source: SourceId, content: string | Buffer): Promise<Rejection[]> {
  const lines = await readLinesOf(source, content);
  return lines.flatMap((line) => ('rejection' in line ? [line.rejection] : []));
}

/** The error of reading a file whole, with the number of lines that came before it. */
export async function readErrorOf(
  source: SourceId,
  content: string | Buffer,
  name = 'fichier.txt',
): Promise<AppError & { linesBefore: number }> {
  const path = await writeOfficialFile(name, content);
  let linesBefore = 0;
  try {
    await using file = await openSourceFile(source, path);
    for await (const batch of file.batches()) linesBefore += batch.length;
  } catch (error) {
    if (isAppError(error)) return Object.assign(error, { linesBefore });
    throw error;
  }
  throw new Error('the file was read without an error');
}
