import { sql, type SQL } from 'drizzle-orm';

import type { KnownMailbox, ProfessionalFacts, ServiceFacts } from '#domain/correspondent-facts.ts';
import { toProfessionalId, toServiceId, toUnidentifiedProfessionalId } from '#domain/correspondent-id.ts';
import { MAILBOX_CHANNELS } from '#domain/mailbox-channels.ts';
import type { OrganizationStatement } from '#domain/precedence.ts';
import type { Profile } from '#domain/profile.ts';
import type {
  MailboxHolderRecord,
  OrganizationRecord,
  PractitionerRecord,
  PractitionerRoleRecord,
  SavoirFaireRecord,
} from '#domain/records.ts';

import { keptRowsOf, keptRowsTogether, rowsOf, type Database } from './store.ts';
import { textArray } from './text-array.ts';

export function anyOf(values: readonly string[]): SQL {
  return sql`any(${textArray(values)})`;
}

/**
 * Active facts of the people with these national identifiers: someone whom the RPPS knows and has struck off is absent,
 * someone whom only an active mailbox knows is there. Withheld people are absent.
 * @param areNeighbours that these are, in order, all whom the RPPS knows from the first to the last: read as a range of each
 *   index, two thousand cost a tenth of what they cost one by one
 */
export async function readProfessionalFacts(
  db: Database,
  practitionerIds: string[],
  areNeighbours = false,
): Promise<ProfessionalFacts[]> {
  if (practitionerIds.length === 0) return [];
  const ids = areNeighbours
    ? sql`between ${practitionerIds[0]} and ${practitionerIds.at(-1)}`
    : sql`= ${anyOf(practitionerIds)}`;
  const statements = {
    people: sql`select id, family_name as "familyName", given_names as "givenNames", civilite,
      civilite_exercice as "civiliteExercice", is_active as "isActive" from practitioner where id ${ids}`,
    roles: sql`select practitioner_id as "practitionerId", profession_code as "professionCode",
      categorie_professionnelle as "categorieProfessionnelle", mode_exercice as "modeExercice",
      secteur_activite as "secteurActivite", section_pharmacien as "sectionPharmacien", role,
      genre_activite as "genreActivite", autorite_enregistrement as "autoriteEnregistrement",
      organization_id as "organizationId"
      from practitioner_role where practitioner_id ${ids} and is_active`,
    savoirFaire: sql`select distinct practitioner_id as "practitionerId", profession_code as "professionCode", type, code
      from savoir_faire where practitioner_id ${ids} and is_active`,
    holders: sql`select ${HOLDER_COLUMNS} where h.practitioner_id ${ids} and ${SHOWN_HOLDER}`,
    hidden: sql`select key from withheld where key ${ids}`,
    profiles: sql`select practitioner_id as id, content::text as content from profile
      where practitioner_id ${ids} and completeness <> 'empty'`,
  };
  const { people, roles, savoirFaire, holders, hidden, profiles } = await (practitionerIds.length <= FEW
    ? keptRowsTogether<FactRows>(db, statements)
    : readApart(db, statements));
  const known = new Map(people.map((row) => [row.id, row]));
  const rolesOf = Map.groupBy(roles, (row) => row.practitionerId);
  const savoirFaireOf = Map.groupBy(savoirFaire, (row) => row.practitionerId);
  const holdersOf = Map.groupBy(holders, (row) => row.practitionerId!);
  const withheld = new Set(hidden.map((row) => row.key));
  const profileOf = new Map(profiles.map((row) => [row.id, JSON.parse(row.content) as Profile]));
  const facts: ProfessionalFacts[] = [];
  for (const id of new Set(practitionerIds)) {
    const person = known.get(id);
    const held = holdersOf.get(id) ?? [];
    const isShown = person ? person.isActive : held.some((it) => it.familyName !== null);
    if (!isShown || withheld.has(id)) continue;
    facts.push({
      id: toProfessionalId(id),
      practitioner: person ? toPractitioner(person) : null,
      roles: rolesOf.get(id) ?? [],
      savoirFaire: savoirFaireOf.get(id) ?? [],
      holders: held,
      profile: profileOf.get(id) ?? null,
    });
  }
  return facts;
}

type FactRows = {
  people: PractitionerRecord & { isActive: boolean };
  roles: PractitionerRoleRecord;
  savoirFaire: SavoirFaireRecord;
  holders: MailboxHolderRecord;
  hidden: { key: string };
  profiles: { id: string; content: string };
};

/** As many as a lookup or a page asks for; the walks of the index read by the hundred, side by side. */
const FEW = 20;

async function readApart(db: Database, statements: { [Name in keyof FactRows]: SQL }) {
  const [people, roles, savoirFaire, holders, hidden, profiles] = await Promise.all([
    rowsOf<FactRows['people']>(db, statements.people),
    rowsOf<FactRows['roles']>(db, statements.roles),
    rowsOf<FactRows['savoirFaire']>(db, statements.savoirFaire),
    rowsOf<FactRows['holders']>(db, statements.holders),
    rowsOf<FactRows['hidden']>(db, statements.hidden),
    rowsOf<FactRows['profiles']>(db, statements.profiles),
  ]);
  return { people, roles, savoirFaire, holders, hidden, profiles };
}

/** Active personal mailboxes whose holder has no national identifier: each is a professional of its own. */
export async function readUnidentifiedFacts(db: Database, addresses: string[]): Promise<ProfessionalFacts[]> {
  if (addresses.length === 0) return [];
  const holders = await keptRowsOf<MailboxHolderRecord>(
    db,
    sql`select ${HOLDER_COLUMNS} where h.address = ${anyOf(addresses)} and m.type = 'PER' and ${SHOWN_HOLDER}`,
  );
  const facts: ProfessionalFacts[] = [];
  for (const [address, held] of Map.groupBy(holders, (row) => row.address)) {
    if (held.some((it) => it.practitionerId !== null) || held.every((it) => it.familyName === null)) continue;
    facts.push({
      id: toUnidentifiedProfessionalId(address),
      practitioner: null,
      roles: [],
      savoirFaire: [],
      holders: held,
      profile: null,
    });
  }
  return facts;
}

/** Active service mailboxes (ORG, APP, CAB) with these addresses. Withheld ones, or with withheld holders only, are absent. */
export async function readServiceFacts(db: Database, addresses: string[]): Promise<ServiceFacts[]> {
  if (addresses.length === 0) return [];
  const [mailboxes, holders] = await Promise.all([
    readMailboxes(db, addresses),
    keptRowsOf<MailboxHolderRecord>(
      db,
      sql`select ${HOLDER_COLUMNS} where h.address = ${anyOf(addresses)} and ${SHOWN_HOLDER}`,
    ),
  ]);
  const holdersOf = Map.groupBy(holders, (row) => row.address);
  return mailboxes
    .filter((it) => it.type !== 'PER' && holdersOf.has(it.address))
    .map((mailbox) => ({
      id: toServiceId(mailbox.address),
      mailbox,
      holders: holdersOf.get(mailbox.address)!,
    }));
}

/** Active mailboxes that are not withheld. */
export async function readMailboxes(db: Database, addresses: string[]): Promise<KnownMailbox[]> {
  if (addresses.length === 0) return [];
  const rows = await keptRowsOf<Omit<KnownMailbox, 'channels'> & { channels: string | null }>(
    db,
    sql`select m.address, type, dematerialisation, last_opened_on::text as "lastOpenedOn",
      array_to_string(c.channels, ',') as channels
      from mailbox m left join mailbox_channels c on c.address = m.address
      where m.address = ${anyOf(addresses)} and is_active
        and not exists (select 1 from withheld w where w.key = m.address)`,
  );
  return rows.map(({ channels, ...mailbox }) => {
    const declared = MAILBOX_CHANNELS.filter((it) => channels?.split(',').includes(it));
    return declared.length === 0 ? mailbox : { ...mailbox, channels: declared };
  });
}

/** What every source says of these structures, active rows only. */
export async function readOrganizationStatements(
  db: Database,
  ids: string[],
): Promise<OrganizationStatement[]> {
  if (ids.length === 0) return [];
  const rows = await keptRowsOf<OrganizationRow>(
    db,
    sql`select id, source, finess, finess_juridique as "finessJuridique", siret, siren, name, trade_name as "tradeName",
      category_code as "categoryCode", secteur_activite as "secteurActivite", recipient,
      geographic_point as "geographicPoint", street, distribution, postcode, is_cedex as "isCedex",
      commune_code as "communeCode", locality, departement_code as "departementCode", country_code as "countryCode",
      phone, fax, email, latitude, longitude from organization where id = ${anyOf(ids)} and is_active`,
  );
  return rows.map(toStatement);
}

const HOLDER_COLUMNS = sql`h.address, h.practitioner_id as "practitionerId", h.family_name as "familyName",
  h.given_names as "givenNames", h.civilite_exercice as "civiliteExercice", h.profession_code as "professionCode",
  h.savoir_faire_code as "savoirFaireCode", h.organization_id as "organizationId", h.service_name as "serviceName"
  from mailbox_holder h join mailbox m on m.address = h.address`;

const SHOWN_HOLDER = sql`h.is_active and m.is_active
  and not exists (select 1 from withheld w where w.key = h.address or w.key = h.practitioner_id)`;

function toPractitioner(row: PractitionerRecord): PractitionerRecord {
  return {
    id: row.id,
    rpps: row.id.startsWith('8') ? row.id.slice(1) : null,
    familyName: row.familyName,
    givenNames: row.givenNames,
    civilite: row.civilite,
    civiliteExercice: row.civiliteExercice,
  };
}

type OrganizationRow = { source: string } & Omit<OrganizationRecord, 'address'> &
  OrganizationRecord['address'];

function toStatement(row: OrganizationRow): OrganizationStatement {
  const { recipient, geographicPoint, street, distribution, postcode, isCedex } = row;
  const { communeCode, locality, departementCode, countryCode, source } = row;
  return {
    source,
    record: {
      id: row.id,
      finess: row.finess,
      finessJuridique: row.finessJuridique,
      siret: row.siret,
      siren: row.siren,
      name: row.name,
      tradeName: row.tradeName,
      categoryCode: row.categoryCode,
      secteurActivite: row.secteurActivite,
      address: {
        recipient,
        geographicPoint,
        street,
        distribution,
        postcode,
        isCedex,
        communeCode,
        locality,
        departementCode,
        countryCode,
      },
      phone: row.phone,
      fax: row.fax,
      email: row.email,
      latitude: row.latitude,
      longitude: row.longitude,
    },
  };
}
