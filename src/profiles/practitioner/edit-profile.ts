import type { AuditContext } from '#domain/audit-event.ts';
import { AppError } from '#domain/errors.ts';
import {
  diffProfiles,
  isSame,
  mergeProfiles,
  profileBefore,
  revertChanges,
  valueOf,
} from '#domain/profile-changes.ts';
import type { ChangeAuthor, FieldChange, Profile, ProfileChange, ProfileField } from '#domain/profile.ts';
import { deleteDraft } from '#store/profile-drafts.ts';
import { listProfileChanges, saveProfile, type KnownProfile } from '#store/profiles.ts';
import type { Database } from '#store/store.ts';

import { namesItsOwn, parseProfile, refuseForeign, refusePatientIdentities } from './check-profile.ts';
import { mergePatch } from './merge-patch.ts';
import { getProfile, loadProfessional, toProfilePage, type ProfilePage } from './profile-page.ts';

export interface ProfileRequest {
  /** `8` + RPPS. */
  practitionerId: string;
  by: ChangeAuthor;
  audit: AuditContext;
  /** Subject of the person who edits, whose draft is then published; undefined for an application. */
  editor: string | undefined;
  /** The version that the editor saw. */
  baseVersion: number;
}

/**
 * Replaces a page by another. What somebody else changed since the version that the editor saw stays, where the editor did not change
 * the same field.
 * @throws AppError `request-invalid`, `profile-changed` when both changed a field, `correspondent-not-found`
 */
export async function replaceProfile(
  db: Database,
  request: ProfileRequest,
  typed: unknown,
): Promise<ProfilePage> {
  return edit(db, request, (seen) => parseProfile(typed, seen));
}

/**
 * Changes some members of a page (RFC 7396): those given as null are no longer said.
 * @throws AppError as {@link replaceProfile}
 */
export async function patchProfile(
  db: Database,
  request: ProfileRequest,
  patch: unknown,
): Promise<ProfilePage> {
  refusePatientIdentities(patch);
  return edit(db, request, (seen) => parseProfile(mergePatch(seen, patch), seen));
}

/**
 * Takes a change of the history back. Only fields that still say what the change made them say can be.
 * @throws AppError `profile-change-not-found`, `profile-changed`, `correspondent-not-found`
 */
export async function undoProfileChange(
  db: Database,
  { practitionerId, by, audit }: Pick<ProfileRequest, 'practitionerId' | 'by' | 'audit'>,
  version: number,
): Promise<ProfilePage> {
  const [change] = await listProfileChanges(db, practitionerId, {
    after: version - 1,
    before: version + 1,
    limit: 1,
  });
  if (change === undefined)
    throw new AppError('profile-change-not-found', `The page has no change ${version}.`, { version });
  return save(db, { practitionerId, by: { ...by, undoes: version }, audit, editor: undefined }, (known) => {
    const later = change.changes.filter(({ field, after }) => !isSame(valueOf(known.profile, field), after));
    if (later.length > 0) throw profileChanged(known, later, []);
    return revertChanges(known.profile, change.changes);
  });
}

async function edit(
  db: Database,
  request: ProfileRequest,
  toWanted: (seen: Profile) => Profile,
): Promise<ProfilePage> {
  const { practitionerId, baseVersion } = request;
  return save(db, request, async (known) => {
    const since = await listChangesSince(db, practitionerId, baseVersion, known);
    const seen = profileBefore(known.profile, since);
    const wanted = toWanted(seen);
    if (!namesItsOwn(seen, wanted)) refuseForeign(await loadProfessional(db, practitionerId), seen, wanted);
    const { profile, conflicts } = mergeProfiles(known.profile, seen, wanted);
    if (conflicts.length > 0) throw profileChanged(known, conflicts, since);
    return profile;
  });
}

/** The latest first. @throws AppError `profile-changed` for a version that the page never had */
async function listChangesSince(
  db: Database,
  practitionerId: string,
  baseVersion: number,
  known: KnownProfile,
): Promise<ProfileChange[]> {
  const count = known.version - baseVersion;
  if (count === 0) return [];
  const since =
    count < 0
      ? []
      : await listProfileChanges(db, practitionerId, {
          after: baseVersion,
          // Somebody may have saved since it was read.
          before: known.version + 1,
          limit: count,
        });
  if (since.length !== count) throw profileChanged(known, [], since);
  return since;
}

/** Somebody may save between the reading and the writing: then the page is read again. */
const ATTEMPTS = 10;

async function save(
  db: Database,
  { practitionerId, by, audit, editor }: Omit<ProfileRequest, 'baseVersion'>,
  toNew: (known: KnownProfile) => Profile | Promise<Profile>,
): Promise<ProfilePage> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const known = await getProfile(db, practitionerId);
    const profile = await toNew(known);
    const changes = diffProfiles(known.profile, profile);
    if (changes.length === 0) {
      if (editor !== undefined) await deleteDraft(db, practitionerId, editor);
      return toProfilePage(practitionerId, known);
    }
    const version = known.version + 1;
    const changedAt = await saveProfile(
      db,
      { practitionerId, expectedVersion: known.version, profile, by, changes, editor },
      {
        ...audit,
        operation: by.undoes === undefined ? 'edit-profile' : 'undo-profile-change',
        target: { kind: 'practitioner', id: practitionerId.slice(1) },
        outcome: 'done',
        details: { version, fields: changes.map((it) => it.field) },
      },
    );
    if (changedAt !== undefined) return toProfilePage(practitionerId, { profile, version, changedAt });
  }
  throw profileChanged(await getProfile(db, practitionerId), [], []);
}

function profileChanged(
  { version, profile }: KnownProfile,
  conflicts: readonly FieldChange[],
  since: readonly ProfileChange[],
): AppError {
  const fields = conflicts.map(({ field }) => {
    const by = since.find(({ changes }) => changes.some((it) => it.field === field))?.by.name ?? null;
    return { field, now: valueOf(profile, field), by };
  });
  const names = fields.map((it) => it.field satisfies ProfileField).join(', ');
  return new AppError(
    'profile-changed',
    fields.length === 0
      ? `The page is at version ${version}: read it again, and give its ETag as If-Match.`
      : `Somebody changed the same since: ${names}. The page is at version ${version}.`,
    { version, fields },
  );
}
