import { toProfessionalId } from '#domain/correspondent-id.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import { AppError } from '#domain/errors.ts';
import { completenessOf, type Completeness } from '#domain/profile.ts';
import { loadCorrespondents } from '#store/correspondent-log.ts';
import { findProfile, type KnownProfile } from '#store/profiles.ts';
import type { Database } from '#store/store.ts';
import { listTerritoriesOf } from '#store/territories.ts';

/** The page of one professional, as its editors see it. */
export interface ProfilePage extends KnownProfile {
  practitionerId: string;
  completeness: Completeness;
}

/**
 * What the page of a professional says now.
 * @param practitionerId `8` + RPPS
 * @throws AppError `correspondent-not-found`
 */
export async function readProfilePage(db: Database, practitionerId: string): Promise<ProfilePage> {
  return toProfilePage(practitionerId, await getProfile(db, practitionerId));
}

/** @throws AppError `correspondent-not-found` for whoever is unknown, has left the national files, or is withheld */
export async function getProfile(db: Database, practitionerId: string): Promise<KnownProfile> {
  const known = await findProfile(db, practitionerId);
  if (known === undefined) throw notFound(practitionerId);
  return known;
}

export function toProfilePage(
  practitionerId: string,
  { profile, version, changedAt }: KnownProfile,
): ProfilePage {
  return { practitionerId, profile, version, changedAt, completeness: completenessOf(profile) };
}

/** Ids of the territories in which somebody practises, whose coordinators may edit the page. */
export function listOwnersTerritories(db: Database, practitionerId: string): Promise<string[]> {
  return listTerritoriesOf(db, practitionerId);
}

/** @throws AppError as {@link getProfile} */
export async function loadProfessional(db: Database, practitionerId: string): Promise<Correspondent> {
  const [professional] = await loadCorrespondents(db, [toProfessionalId(practitionerId)]);
  if (professional === undefined) throw notFound(practitionerId);
  return professional;
}

function notFound(practitionerId: string): AppError {
  const id = toProfessionalId(practitionerId);
  return new AppError('correspondent-not-found', 'There is no such professional.', { id });
}
