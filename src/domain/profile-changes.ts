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

/** What differs between two pages, by field; empty when they say the same. */
export function diffProfiles(before: Profile, after: Profile): FieldChange[] {
  return PROFILE_FIELDS.flatMap((field) => {
    const change = { field, before: valueOf(before, field), after: valueOf(after, field) };
    return isSame(change.before, change.after) ? [] : [change];
  });
}

/** The page with these fields as they are after the changes, whatever they were. */
export function applyChanges(profile: Profile, changes: readonly FieldChange[]): Profile {
  const fields = new Map(PROFILE_FIELDS.map((field) => [field, valueOf(profile, field)]));
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
  const ways = WAYS_OF_PRACTISING.flatMap((way) => {
    const said = fields.get(`ways.${way}`);
    return typeof said === 'boolean' ? [[way, said]] : [];
  });
  const members = MEMBERS.flatMap((member) => {
    const value = fields.get(member) ?? null;
    return value === null ? [] : [[member, value]];
  });
  return Object.fromEntries(ways.length === 0 ? members : [['ways', Object.fromEntries(ways)], ...members]);
}
