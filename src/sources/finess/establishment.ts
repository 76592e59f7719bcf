import { toOrganizationId } from '#domain/identifiers.ts';
import type { Address, OrganizationRecord } from '#domain/records.ts';
import type { SourceLine, SourceRecord } from '#domain/source.ts';
import { toAddress } from '../address.ts';
import { toFiness, toSiren, toSiret } from '../organization-identifiers.ts';
import { holdsPatientAddress } from '../patient-address.ts';
import {
  type LinePosition,
  showValue,
  toPatientAddressRejection,
  toRejection,
  VALUE_LENGTH_MAX,
} from '../rejection.ts';
import { parseEmail, parsePhone } from '../telecom.ts';
import { noteUnlisted } from '../unlisted-codes.ts';
import { findPoint } from './coordinates.ts';
import { type Adresse, type Ege, type InformationsGeneralesPmej, readText } from './structure.ts';

/** Where the establishment is: not where its letters go. */
const USAGE_GEOGRAPHIQUE = '03';

/** An establishment of a legal entity: a record when it is open. */
export function toEstablishment(
  ege: Ege,
  entity: InformationsGeneralesPmej,
  position: LinePosition,
): SourceLine {
  const general = ege.informationsGeneralesEGE ?? ege.informationsGeneralesEge ?? {};
  const isOpen = readText(ege.etatObjet) === 'A' && readText(general.dateFermeture) === null;
  if (!isOpen) return { ignored: 'closed-establishment' };
  const adresse = ege.adresse?.find((candidate) => readText(candidate?.usageAdresse) === USAGE_GEOGRAPHIQUE);
  const fault = findFault(ege, adresse, position);
  if (fault) return fault;
  const numFiness = readText(general.numFinessEge);
  if (numFiness === null) {
    return toRejection(position, 'value-missing', 'numFinessEge', 'The establishment has no FINESS number.');
  }
  const finess = toFiness(numFiness);
  if (finess === null) {
    const detail = `${showValue(numFiness)} is not a FINESS number of 9 characters.`;
    return toRejection(position, 'identifier-malformed', 'numFinessEge', detail);
  }
  const categoryCode = readText(
    ege.categorieentiteGeographiqueExercice ?? ege.categorieEntiteGeographiqueExercice,
  );
  const nomLong = readText(general.nomEgeLong);
  const nomCourt = readText(general.nomEgeCourt);
  if (nomLong === null && nomCourt === null) {
    return toRejection(position, 'value-missing', 'nomEgeLong', `Establishment ${finess} has no name.`);
  }
  const organization: OrganizationRecord = {
    id: toOrganizationId('finess', finess),
    finess,
    finessJuridique: toFiness(readText(entity.numFinessPm)),
    siret: toSiret(readText(general.siret) ?? readText(ege.siret)),
    siren: toSiren(readText(entity.siren)),
    name: nomLong ?? nomCourt,
    tradeName: nomLong === null ? null : nomCourt,
    categoryCode,
    secteurActivite: null,
    address: readAddress(adresse ?? {}),
    ...readTelecom(ege),
    ...(findPoint(adresse?.coordonneesGeographique) ?? { latitude: null, longitude: null }),
  };
  const record: SourceRecord = { line: position.line, organization };
  const unlistedCodes = noteUnlisted(undefined, 'categorieEtablissement', categoryCode, null);
  if (unlistedCodes) record.unlistedCodes = unlistedCodes;
  return { record };
}

function readAddress(adresse: Adresse): Address {
  const name = readText(adresse.libelleVoie);
  const complement = readText(adresse.complementVoie);
  const isRepetition = complement !== null && complement.length <= 6;
  return toAddress({
    recipient: isRepetition ? null : complement,
    geographicPoint: readText(adresse.complementPointGeographique),
    number: readText(adresse.numeroVoie),
    repetition: isRepetition ? complement : null,
    streetTypeCode: readText(adresse.typeVoie),
    streetTypeLabel: null,
    streetName: name,
    distribution: readText(adresse.lieuDit),
    routingLabel: readText(adresse.ligneAcheminement),
    postcode: readText(adresse.codePostal),
    communeCode: readText(adresse.cogCommune),
    communeName: null,
    countryCode: null,
  });
}

/** The first number, fax and e-mail of its contacts. */
function readTelecom(ege: Ege): Pick<OrganizationRecord, 'phone' | 'fax' | 'email'> {
  const telecoms = (ege.contact ?? []).map((contact) => contact?.telecom ?? {});
  const first = (read: (telecom: (typeof telecoms)[number]) => string | null) =>
    telecoms.map(read).find((value) => value !== null) ?? null;
  return {
    phone: first(({ telephone }) => parsePhone(readText(telephone))),
    fax: first(({ telecopie }) => parsePhone(readText(telecopie))),
    email: first(({ courriel }) => parseEmail(readText(courriel))),
  };
}

/** What no value may be: a patient's address, a character that a database refuses, too long. */
function findFault(ege: Ege, adresse: Adresse | undefined, position: LinePosition): SourceLine | undefined {
  const general = ege.informationsGeneralesEGE ?? ege.informationsGeneralesEge ?? {};
  const read = [ege, general, adresse ?? {}, ...(ege.contact ?? []).map((contact) => contact?.telecom ?? {})];
  for (const [column, value] of read.flatMap((fields) => Object.entries(fields))) {
    if (typeof value !== 'string') continue;
    if (holdsPatientAddress(value)) return toPatientAddressRejection(position, column);
    if (value.length > VALUE_LENGTH_MAX) {
      const detail = `${value.length} characters where ${VALUE_LENGTH_MAX} are allowed: ${showValue(value)}`;
      return toRejection(position, 'too-long', column, detail);
    }
    if (value.includes('\0') || !value.isWellFormed()) {
      const detail = `${showValue(value)} holds a NUL or half of a character: it is damaged.`;
      return toRejection(position, 'not-json', column, detail);
    }
  }
  return undefined;
}
