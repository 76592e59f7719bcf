import { AppError } from '#domain/errors.ts';
import { mergeProfiles, profileBefore, valueOf } from '#domain/profile-changes.ts';
import type { Profile, ProfileChange, ProfileField } from '#domain/profile.ts';
import { listProfileChanges } from '#store/profiles.ts';
import type { Database } from '#store/store.ts';

import { getProfile } from './profile-page.ts';

/** The same field, changed by two people. */
export interface FieldConflict {
  field: ProfileField;
  mine: unknown;
  /** As the page says now; null: nothing. */
  now: unknown;
  /** Who made it say so; null when it is not known. */
  by: string | null;
}

/**
 * The page as somebody saw it, from which their changes are told.
 * @throws AppError `request-invalid` for a version that never was, `correspondent-not-found`
 */
export async function readProfileAt(db: Database, practitionerId: string, version: number): Promise<Profile> {
  const { profile, since } = await readSince(db, practitionerId, version);
  return profileBefore(profile, since);
}

/**
 * What the page would say if what somebody wrote were published now, and where they must choose.
 * @param baseVersion the version that they saw
 * @returns `profile` says in each conflict what the page says now
 * @throws AppError `request-invalid` for a version that never was, `correspondent-not-found`
 */
export async function compareProfile(
  db: Database,
  practitionerId: string,
  baseVersion: number,
  wanted: Profile,
): Promise<{ version: number; profile: Profile; conflicts: FieldConflict[] }> {
  const { version, profile: now, since } = await readSince(db, practitionerId, baseVersion);
  const { profile, conflicts } = mergeProfiles(now, profileBefore(now, since), wanted);
  return {
    version,
    profile,
    conflicts: conflicts.map(({ field, after }) => ({
      field,
      mine: after,
      now: valueOf(now, field),
      by: since.find(({ changes }) => changes.some((it) => it.field === field))?.by.name ?? null,
    })),
  };
}

async function readSince(
  db: Database,
  practitionerId: string,
  baseVersion: number,
): Promise<{ version: number; profile: Profile; since: ProfileChange[] }> {
  const { version, profile } = await getProfile(db, practitionerId);
  if (baseVersion === version) return { version, profile, since: [] };
  const since =
    baseVersion > version
      ? []
      : await listProfileChanges(db, practitionerId, {
          after: baseVersion,
          // Somebody may have saved between the two readings.
          before: version + 1,
          limit: version - baseVersion,
        });
  if (since.length === version - baseVersion) return { version, profile, since };
  const detail = `The page has no version ${baseVersion}.`;
  throw new AppError('request-invalid', detail, { faults: [{ pointer: 'body.version', detail }] });
}
