import type { Address, OrganizationRecord } from './records.ts';

/** The sources that describe structures, the most believed first: FINESS registers them, the two others copy. */
const ORGANIZATION_SOURCES = ['finess', 'rpps', 'mssante'] as const;

/** What one source says of a structure. */
export interface OrganizationStatement {
  source: string;
  record: OrganizationRecord;
}

/**
 * One structure out of what its sources say: field by field, the most believed source that is not silent. An address is
 * taken whole from one source (the first one that gives a street or a commune), and a position goes with it.
 * @param statements at least one, of one id, in any order
 */
export function mergeOrganization(statements: readonly OrganizationStatement[]): OrganizationRecord {
  const [first] = statements;
  if (first === undefined) throw new Error('no statement to merge');
  if (statements.length === 1) return first.record;
  const records = statements.toSorted((a, b) => rankOf(a.source) - rankOf(b.source)).map((it) => it.record);
  const located = records.find((it) => isLocated(it.address)) ?? records[0]!;
  const pick = <K extends keyof OrganizationRecord>(key: K) =>
    (records.find((it) => it[key] !== null) ?? records[0]!)[key];
  return {
    id: first.record.id,
    finess: pick('finess'),
    finessJuridique: pick('finessJuridique'),
    siret: pick('siret'),
    siren: pick('siren'),
    name: pick('name'),
    tradeName: pick('tradeName'),
    categoryCode: pick('categoryCode'),
    secteurActivite: pick('secteurActivite'),
    address: located.address,
    phone: pick('phone'),
    fax: pick('fax'),
    email: pick('email'),
    latitude: located.latitude,
    longitude: located.longitude,
  };
}

function rankOf(source: string): number {
  const rank = (ORGANIZATION_SOURCES as readonly string[]).indexOf(source);
  return rank === -1 ? ORGANIZATION_SOURCES.length : rank;
}

function isLocated(address: Address): boolean {
  return address.communeCode !== null || address.street !== null || address.locality !== null;
}
