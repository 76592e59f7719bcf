import { labelOf } from '#domain/code-lists.ts';
import type { CodeListId } from '#domain/code-lists.ts';
import type { InventedActivity, InventedPractitioner, InventedSavoirFaire } from './practitioner.ts';
import type { Random } from './random.ts';

/** 56 columns. @see shared/reference/national-directory.md section 2.1 */
export const ACTIVITY_HEADER =
  "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Code civilité d'exercice|Libellé civilité d'exercice|Code civilité|Libellé civilité|Nom d'exercice|Prénom d'exercice|Code profession|Libellé profession|Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire|Code mode exercice|Libellé mode exercice|Numéro SIRET site|Numéro SIREN site|Numéro FINESS site|Numéro FINESS établissement juridique|Identifiant technique de la structure|Raison sociale site|Enseigne commerciale site|Complément destinataire (coord. structure)|Complément point géographique (coord. structure)|Numéro Voie (coord. structure)|Indice répétition voie (coord. structure)|Code type de voie (coord. structure)|Libellé type de voie (coord. structure)|Libellé Voie (coord. structure)|Mention distribution (coord. structure)|Bureau cedex (coord. structure)|Code postal (coord. structure)|Code commune (coord. structure)|Libellé commune (coord. structure)|Code pays (coord. structure)|Libellé pays (coord. structure)|Téléphone (coord. structure)|Téléphone 2 (coord. structure)|Télécopie (coord. structure)|Adresse e-mail (coord. structure)|Code Département (structure)|Libellé Département (structure)|Ancien identifiant de la structure|Autorité d'enregistrement|Code secteur d'activité|Libellé secteur d'activité|Code section tableau pharmaciens|Libellé section tableau pharmaciens|Code rôle|Libellé rôle|Code genre activité|Libellé genre activité";

/** 13 columns. */
export const SAVOIR_FAIRE_HEADER =
  "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Nom d'exercice|Prénom d'exercice|Code profession|Libellé profession|Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire";

/** 13 columns. */
export const QUALIFICATION_HEADER =
  "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Nom d'exercice|Prénom d'exercice|Code type diplôme obtenu|Libellé type diplôme obtenu|Code diplôme obtenu|Libellé diplôme obtenu|Code type autorisation|Libellé type autorisation|Code discipline autorisation|Libellé discipline autorisation";

/** Where the file's own label differs from the terminology's, as it often does. */
const MODE_LABELS: Readonly<Record<string, string>> = { L: 'Libéral', S: 'Salarié', B: 'Bénévole' };
const CIVILITE_LABELS: Readonly<Record<string, string>> = {
  M: 'Monsieur',
  MME: 'Madame',
  MLLE: 'Mademoiselle',
};
const SECTION_LABELS: Readonly<Record<string, string>> = {
  A: "Titulaires d'officine",
  B: "Pharmaciens de l'industrie",
  C: 'Pharmaciens de la distribution',
  D: "Adjoints d'officine",
  G: 'Pharmaciens biologistes',
  H: 'Pharmaciens des établissements de santé',
};

const labels = new Map<string, string>();
/** The label of a code, the code itself when no list has it, nothing for no code. */
export function toLabel(list: CodeListId, code: string, type?: string): string {
  if (code === '') return '';
  const key = `${list} ${type ?? ''} ${code}`;
  let label = labels.get(key);
  if (label === undefined) {
    label = labelOf(list, code, type) ?? code;
    labels.set(key, label);
  }
  return label;
}

export function toActivityLine(person: InventedPractitioner, activity: InventedActivity): string {
  const { savoirFaire: known, structure: at } = activity;
  return (
    `${person.idType}|${person.number}|${person.id}|${person.civiliteExercice}|${toLabel('civiliteExercice', person.civiliteExercice)}` +
    `|${person.civilite}|${CIVILITE_LABELS[person.civilite]}|${person.familyName}|${person.givenNames}` +
    `|${activity.professionCode}|${toLabel('profession', activity.professionCode)}` +
    `|${activity.categorie}|${toLabel('categorieProfessionnelle', activity.categorie)}` +
    `|${known ? toSavoirFaireCells(known) : '|||'}|${activity.mode}|${MODE_LABELS[activity.mode] ?? ''}` +
    `|${at.siret}|${at.siren}|${at.finess}|${at.finessJuridique}|${at.technicalId}|${at.name}|${at.tradeName}|${at.recipient}|${at.geographicPoint}` +
    `|${at.number}|${at.repetition}|${at.streetTypeCode}|${at.streetTypeLabel}|${at.streetName}|${at.distribution}|${at.office}|${at.postcode}` +
    `|${at.communeCode}|${at.communeName}|${at.countryCode}|${at.countryName}|${at.phone}|${at.phone2}|${at.fax}|${at.email}` +
    `|${at.departementCode}|${at.departementName}|${at.formerId}|${activity.autorite}` +
    `|${activity.secteur}|${toLabel('secteurActivite', activity.secteur)}|${activity.section}|${SECTION_LABELS[activity.section] ?? ''}` +
    `|${activity.role}|${toLabel('role', activity.role)}|${activity.genre}|${toLabel('genreActivite', activity.genre)}`
  );
}

export function toSavoirFaireLine(person: InventedPractitioner, known: InventedSavoirFaire): string {
  const categorie = person.activities[0]!.categorie;
  return `${toPersonCells(person)}|${known.professionCode}|${toLabel('profession', known.professionCode)}|${categorie}|${toLabel('categorieProfessionnelle', categorie)}|${toSavoirFaireCells(known)}`;
}

function toSavoirFaireCells({ type, code }: InventedSavoirFaire): string {
  return `${type}|${toLabel('typeSavoirFaire', type)}|${code}|${toLabel('savoirFaire', code, type)}`;
}

function toPersonCells(person: InventedPractitioner): string {
  return `${person.idType}|${person.number}|${person.id}|${person.familyName}|${person.givenNames}`;
}

/** Codes and labels of our own making, in the publisher's manner: no list of ours holds the true ones. */
const DIPLOMAS: Readonly<Record<string, readonly [code: string, label: string]>> = {
  '10': ['DE09', 'DE Docteur en médecine'],
  '21': ['DE12', 'DE Docteur en pharmacie'],
  '40': ['DE10', 'DE Docteur en chirurgie dentaire'],
  '50': ['DE14', 'DE Sage-femme'],
  '60': ['DE01', 'DE Infirmier'],
  '70': ['DE05', 'DE Masseur-kinésithérapeute'],
  '80': ['DE07', 'DE Pédicure-podologue'],
};

/** None, one or two lines: a diploma, an authorisation, or both on the same line. */
export function toQualificationLines(person: InventedPractitioner, random: Random): string[] {
  const diploma = DIPLOMAS[person.activities[0]!.professionCode];
  const draw = random.next();
  if (!diploma || draw < 0.1) return [];
  const held = `DE|Diplôme d'Etat français|${diploma[0]}|${diploma[1]}`;
  const authorised = "AE|Autorisation d'exercice|AE01|Autorisation ministérielle d'exercice";
  if (draw < 0.12) return [`${toPersonCells(person)}|||||${authorised}`];
  if (draw < 0.13) return [`${toPersonCells(person)}|${held}|${authorised}`];
  const lines = [`${toPersonCells(person)}|${held}||||`];
  if (draw > 0.9)
    lines.push(
      `${toPersonCells(person)}|DU|Diplôme d'université|DU${100 + random.integer(40)}|DU invented for demonstration||||`,
    );
  return lines;
}
