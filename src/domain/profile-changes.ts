import type { FieldChange, Profile, ProfileChange, ProfileField } from './profile.ts';
import { WAYS_OF_PRACTISING, type WayOfPractising } from './practising.ts';

const MEMBERS = [
  'acts',
  'ownWords',
  'equipment',
  'languages',
  'accessibility',
  'hours',
  'homeVisitArea',
  'awayPeriods',
  'preferredMailbox',
  'sending',
  'remarks',
] as const satisfies Exclude<keyof Profile, 'ways'>[];

/** The fields that a page may say, each changed and undone by itself, in the order of a page. */
const PROFILE_FIELDS: readonly ProfileField[] = [
  ...WAYS_OF_PRACTISING.map((way) => `ways.${way}` as const),
  ...MEMBERS,
];

/** Those, then what a page says that the model has left out since it was said. */
function listFields(...profiles: readonly Profile[]): ProfileField[] {
  const fields = new Set<string>(PROFILE_FIELDS);
  for (const { ways = {}, ...members } of profiles) {
    for (const way of Object.keys(ways)) fields.add(`ways.${way}`);
    for (const member of Object.keys(members)) fields.add(member);
  }
  return [...fields] as ProfileField[];
}

/** What differs between two pages, by field; empty when they say the same. */
export function diffProfiles(before: Profile, after: Profile): FieldChange[] {
  return listFields(before, after).flatMap((field) => {
    const change = { field, before: valueOf(before, field), after: valueOf(after, field) };
    return isSame(change.before, change.after) ? [] : [change];
  });
}

/** The page with these fields as they are after the changes, whatever they were. */
export function applyChanges(profile: Profile, changes: readonly FieldChange[]): Profile {
  const fields = new Map(listFields(profile).map((field) => [field, valueOf(profile, field)]));
  for (const { field, after } of changes) fields.set(field, after);
  return fromFields(fields);
}

/** The page as it was before the changes. */
export function revertChanges(profile: Profile, changes: readonly FieldChange[]): Profile {
  return applyChanges(
    profile,
    changes.map(({ field, before }) => ({ field, before: null, after: before })),
  );
}

/** The page as it was before these changes of its history, the latest first. */
export function profileBefore(now: Profile, since: readonly Pick<ProfileChange, 'changes'>[]): Profile {
  return since.reduce((profile, { changes }) => revertChanges(profile, changes), now);
}

/**
 * The page as it is now, with what somebody changed of the page that they saw.
 * @returns `conflicts`: what both changed, and not to the same; there the page says what it says now
 */
export function mergeProfiles(
  now: Profile,
  seen: Profile,
  wanted: Profile,
): { profile: Profile; conflicts: FieldChange[] } {
  const mine = diffProfiles(seen, wanted);
  const conflicts = mine.filter(({ field, before, after }) => {
    const current = valueOf(now, field);
    return !isSame(current, before) && !isSame(current, after);
  });
  return {
    profile: applyChanges(
      now,
      mine.filter((it) => !conflicts.includes(it)),
    ),
    conflicts,
  };
}

/** Null: nothing is said. */
export function valueOf(profile: Profile, field: ProfileField): unknown {
  if (!field.startsWith('ways.')) return profile[field as Exclude<keyof Profile, 'ways'>] ?? null;
  return profile.ways?.[field.slice(5) as WayOfPractising] ?? null;
}

/** Values of pages hold nothing but JSON, with members in one order. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function fromFields(fields: ReadonlyMap<ProfileField, unknown>): Profile {
  const ways: [string, unknown][] = [];
  const members: [string, unknown][] = [];
  for (const [field, value] of fields) {
    if (value === null || value === undefined) continue;
    if (field.startsWith('ways.')) ways.push([field.slice(5), value]);
    else members.push([field, value]);
  }
  return Object.fromEntries(ways.length === 0 ? members : [['ways', Object.fromEntries(ways)], ...members]);
}
