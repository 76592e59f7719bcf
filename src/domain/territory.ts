/** A set of communes that a community of professionals (CPTS…) answers for. */
export interface Territory {
  /** Small letters, digits and hyphens, 2 to 60 characters. */
  id: string;
  name: string;
  /** Current INSEE codes, each once, by code; a city with its arrondissements. */
  communeCodes: string[];
}

export interface TerritoryNumbers {
  professionals: number;
  /** Of whom no secure mailbox is known. */
  withoutMailbox: number;
}

/** What a coordinator sees of a territory. */
export interface TerritoryBoard extends TerritoryNumbers {
  territory: Territory;
  /** The most numerous first. Somebody of two professions counts in both. */
  professions: ({ code: string } & TerritoryNumbers)[];
  /** One a day, the oldest first. */
  progress: ({ day: string } & TerritoryNumbers)[];
}

/** One line of the table that a coordinator downloads. */
export interface TerritoryProfessional {
  practitionerId: string;
  rpps: string | null;
  familyName: string;
  givenNames: string | null;
  professionCode: string;
  communeCode: string;
  hasMailbox: boolean;
}
