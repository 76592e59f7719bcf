/** Columns 20 to 47 of the activity file: cells as written, hence empty strings for what is not said. */
export interface StructureCells {
  siret: string;
  siren: string;
  finess: string;
  finessJuridique: string;
  technicalId: string;
  name: string;
  tradeName: string;
  recipient: string;
  geographicPoint: string;
  number: string;
  repetition: string;
  streetTypeCode: string;
  streetTypeLabel: string;
  streetName: string;
  distribution: string;
  /** "Bureau cedex": postcode and town, as "25304 PONTARLIER CEDEX" or "75015 PARIS". */
  office: string;
  postcode: string;
  communeCode: string;
  communeName: string;
  countryCode: string;
  countryName: string;
  phone: string;
  phone2: string;
  fax: string;
  email: string;
  departementCode: string;
  departementName: string;
  /** "Ancien identifiant de la structure": type digit and number. */
  formerId: string;
}

export const EMPTY_STRUCTURE: Readonly<StructureCells> = {
  siret: '',
  siren: '',
  finess: '',
  finessJuridique: '',
  technicalId: '',
  name: '',
  tradeName: '',
  recipient: '',
  geographicPoint: '',
  number: '',
  repetition: '',
  streetTypeCode: '',
  streetTypeLabel: '',
  streetName: '',
  distribution: '',
  office: '',
  postcode: '',
  communeCode: '',
  communeName: '',
  countryCode: '',
  countryName: '',
  phone: '',
  phone2: '',
  fax: '',
  email: '',
  departementCode: '',
  departementName: '',
  formerId: '',
};
