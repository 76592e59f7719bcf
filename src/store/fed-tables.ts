/**
 * The tables that official files feed, as the merge sees them. `key` tells a row from another; `values` are what a source
 * states and may change. A table with a `source` column keeps one row per source; the others are fed by one source only.
 * `digest`: the key is computed from these columns. `neighbours`: a first import lays rows in the order of these, so that what is
 * read together lies together; without it in that of the key.
 */
export interface FedTable {
  name:
    | 'practitioner'
    | 'practitioner_role'
    | 'savoir_faire'
    | 'qualification'
    | 'organization'
    | 'mailbox'
    | 'mailbox_holder'
    | 'postcode';
  hasSource: boolean;
  key: readonly string[];
  digest?: readonly string[];
  neighbours?: readonly string[];
  values: readonly string[];
  /** Postgres types of the columns that are not text. */
  types?: Readonly<Record<string, string>>;
}

const ROLE_COLUMNS = [
  'practitioner_id',
  'profession_code',
  'categorie_professionnelle',
  'mode_exercice',
  'secteur_activite',
  'section_pharmacien',
  'role',
  'genre_activite',
  'autorite_enregistrement',
  'organization_id',
] as const;

const HOLDER_COLUMNS = [
  'address',
  'practitioner_id',
  'family_name',
  'given_names',
  'civilite_exercice',
  'profession_code',
  'savoir_faire_code',
  'organization_id',
  'service_name',
] as const;

export const FED_TABLES = {
  practitioner: {
    name: 'practitioner',
    hasSource: false,
    key: ['id'],
    values: ['family_name', 'given_names', 'civilite', 'civilite_exercice'],
  },
  practitionerRole: {
    name: 'practitioner_role',
    hasSource: false,
    key: ['id'],
    digest: ROLE_COLUMNS,
    neighbours: ['practitioner_id', 'id'],
    values: ROLE_COLUMNS,
  },
  savoirFaire: {
    name: 'savoir_faire',
    hasSource: true,
    key: ['practitioner_id', 'profession_code', 'type', 'code'],
    values: [],
  },
  qualification: {
    name: 'qualification',
    hasSource: false,
    key: ['id'],
    digest: ['practitioner_id', 'kind', 'type', 'code'],
    neighbours: ['practitioner_id', 'id'],
    values: ['practitioner_id', 'kind', 'type', 'code', 'label'],
  },
  organization: {
    name: 'organization',
    hasSource: true,
    key: ['id'],
    values: [
      'finess',
      'finess_juridique',
      'siret',
      'siren',
      'name',
      'trade_name',
      'category_code',
      'secteur_activite',
      'recipient',
      'geographic_point',
      'street',
      'distribution',
      'postcode',
      'is_cedex',
      'commune_code',
      'locality',
      'departement_code',
      'country_code',
      'phone',
      'fax',
      'email',
      'latitude',
      'longitude',
    ],
    types: { is_cedex: 'boolean', latitude: 'double precision', longitude: 'double precision' },
  },
  mailbox: {
    name: 'mailbox',
    hasSource: false,
    key: ['address'],
    values: ['type', 'dematerialisation'],
    types: { dematerialisation: 'boolean' },
  },
  mailboxHolder: {
    name: 'mailbox_holder',
    hasSource: false,
    key: ['id'],
    digest: HOLDER_COLUMNS,
    neighbours: ['practitioner_id', 'address', 'id'],
    values: HOLDER_COLUMNS,
  },
  postcode: {
    name: 'postcode',
    hasSource: false,
    key: ['id'],
    digest: ['postcode', 'commune_code', 'label', 'line5'],
    values: ['postcode', 'commune_code', 'label', 'line5', 'latitude', 'longitude'],
    types: { latitude: 'double precision', longitude: 'double precision' },
  },
} as const satisfies Record<string, FedTable>;

export type FedTableId = keyof typeof FED_TABLES;

/** The columns of a row as staged: the values, and the key where it is not computed. */
export function stagedColumns(table: FedTable): string[] {
  return table.digest ? [...table.values] : [...table.key, ...table.values];
}
