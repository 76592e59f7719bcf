/**
 * Canonical records: what the official files state, one record a fact, with codes and without labels.
 * `null` is "the source is silent"; there is no empty string. Written by `sources/`, merged by `ingest/`.
 */

/** Where an address is. Street parts are as published, padded blanks trimmed. */
export interface Address {
  /** "Complément destinataire" and "Complément point géographique". */
  recipient: string | null;
  geographicPoint: string | null;
  /** Number, repetition index, street type (its label, in full where known) and name, as one line: "12 bis rue Denis Papin". */
  street: string | null;
  /** "Mention distribution": BP, CS, lieu-dit. */
  distribution: string | null;
  /** As published, CEDEX included; null abroad unless the source gives five digits. */
  postcode: string | null;
  /** True when the postcode or routing label is a CEDEX. Null when there is no postcode. */
  isCedex: boolean | null;
  /** Current INSEE code (COG of the year of our geography), arrondissements kept; null abroad or when it cannot be told. */
  communeCode: string | null;
  /** The commune's name as published, when no code could be found (abroad: the town). Null when `communeCode` is set. */
  locality: string | null;
  /** Département code (`2A`, `971`, also collectivities such as `975`, `988`); null abroad or unknown. */
  departementCode: string | null;
  /** INSEE country code 99xxx when abroad; null means France or not said. */
  countryCode: string | null;
}

/** @see RPPS "PS_LibreAcces_Personne_activite", columns 1 to 9 */
export interface PractitionerRecord {
  /** Identification nationale PP: `8` + RPPS, or `0` + ADELI. */
  id: string;
  /** 11 digits; null for a person known by ADELI only. */
  rpps: string | null;
  familyName: string;
  givenNames: string | null;
  /** TRE_R81: `M`, `MME`, `MLLE`. */
  civilite: string | null;
  /** TRE_R11: `DR`, `PR`… */
  civiliteExercice: string | null;
}

/** A situation d'exercice: who, as what, how, where. Two equal lines are one role. */
export interface PractitionerRoleRecord {
  practitionerId: string;
  /** TRE_G15, TRE_R94, TRE_R95 or TRE_R291. */
  professionCode: string;
  /** TRE_R09: `C` civil, `M` military, `E` student, `F`. */
  categorieProfessionnelle: string | null;
  /** TRE_R23: `L` libéral, `S` salarié, `B` bénévole. */
  modeExercice: string | null;
  /** TRE_R02. */
  secteurActivite: string | null;
  /** Section of the pharmacists' register. */
  sectionPharmacien: string | null;
  /** `FON-xx` (TRE_R21, TRE_R85, TRE_R96). */
  role: string | null;
  /** TRE_R22 `GENRxx`. */
  genreActivite: string | null;
  autoriteEnregistrement: string | null;
  /** {@link OrganizationRecord.id}; null for a person without a structure. */
  organizationId: string | null;
}

/** @see NOS TRE_R04 for `type`; `code` is of TRE_R38, R39, R40, R42, R43, R44, R45, R97, G13… */
export interface SavoirFaireRecord {
  practitionerId: string;
  professionCode: string;
  type: string;
  code: string;
}

/** A diploma or an authorisation to practise. `label` is the file's own (no code list of ours holds them). */
export interface QualificationRecord {
  practitionerId: string;
  kind: 'diplome' | 'autorisation';
  type: string | null;
  code: string;
  label: string | null;
}

export interface OrganizationRecord {
  /**
   * National identifier of the structure (type digit + number, see `toOrganizationId`), else `t` + technical identifier,
   * else `x` + a digest of the structure's own fields. Stable as long as the publisher's identifiers are.
   */
  id: string;
  /** Of the site (établissement géographique). */
  finess: string | null;
  /** Of the legal entity (établissement juridique). */
  finessJuridique: string | null;
  siret: string | null;
  siren: string | null;
  name: string | null;
  /** Enseigne commerciale, or FINESS's short name. */
  tradeName: string | null;
  /** TRE_R66 (FINESS category). */
  categoryCode: string | null;
  /** TRE_R02. */
  secteurActivite: string | null;
  address: Address;
  /** Digits and `+` only; several numbers in one field are split, the first is kept here. */
  phone: string | null;
  fax: string | null;
  /** Ordinary (not secure) e-mail. */
  email: string | null;
  /** WGS 84 degrees, as the source gives it for the site itself. */
  latitude: number | null;
  longitude: number | null;
}

export type MailboxType = 'PER' | 'ORG' | 'APP' | 'CAB';

/** @see NOS TRE_R257-TypeBAL. The address is the only key. */
export interface MailboxRecord {
  /** Lower case. */
  address: string;
  type: MailboxType;
  /** Whether its holder wants no paper ("zéro papier"). */
  dematerialisation: boolean | null;
}

/** One line of a mailbox: who or what holds it. A mailbox may have several. */
export interface MailboxHolderRecord {
  address: string;
  /** {@link PractitionerRecord.id}; null for a service, or for a person without a national identifier. */
  practitionerId: string | null;
  familyName: string | null;
  givenNames: string | null;
  civiliteExercice: string | null;
  professionCode: string | null;
  /** Of TRE_R38, R39…; the file does not give its type. */
  savoirFaireCode: string | null;
  organizationId: string | null;
  /** Service de rattachement. */
  serviceName: string | null;
}

/** One line of La Poste's "base officielle des codes postaux". */
export interface PostcodeRecord {
  postcode: string;
  communeCode: string;
  /** Libellé d'acheminement. */
  label: string;
  line5: string | null;
  latitude: number | null;
  longitude: number | null;
}
