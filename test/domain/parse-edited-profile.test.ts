import { expect, test } from 'vitest';

import { parseEditedProfile } from '#domain/parse-edited-profile.ts';
import { applyChanges, diffProfiles } from '#domain/profile-changes.ts';
import type { Profile } from '#domain/profile.ts';

/** As a version of long ago may have taken it. */
const OLD = {
  ways: { homeVisits: true, byCarriage: true },
  acts: ['saignee', 'echographie'],
  awayPeriods: [{ start: '2020-01-01', end: '2026-12-31' }],
  remarks: 'x'.repeat(3000),
  fax: '04 71 00 00 00',
} as unknown as Profile;

const pathsOf = (typed: unknown) =>
  parseEditedProfile(typed, OLD).error?.issues.map((it) => it.path.join('.')) ?? [];

test('what a page said before stays, whatever the schema takes now', () => {
  expect(parseEditedProfile(OLD, OLD).data).toEqual(OLD);
  const edited = {
    ...OLD,
    ways: { ...OLD.ways, homeVisits: false },
    acts: ['saignee', 'echographie', 'kinesitherapie-respiratoire'],
    ownWords: ['  à  pied '],
  };
  const { acts, ...others } = parseEditedProfile(edited, OLD).data!;
  expect(others).toEqual({ ...OLD, ways: edited.ways, ownWords: ['à pied'], acts: undefined });
  expect(acts!.toSorted()).toEqual(edited.acts.toSorted());
});

test('it can be taken off, and then not be said again', () => {
  const mended = { ways: { homeVisits: true }, acts: ['echographie'] };
  expect(parseEditedProfile(mended, OLD).data).toEqual(mended);
  expect(parseEditedProfile(OLD, mended as Profile).success).toBe(false);
});

test('only what was changed is at fault', () => {
  expect(pathsOf({ ...OLD, acts: ['saignee', 'magie'] })).toEqual(['acts.1']);
  expect(pathsOf({ ...OLD, remarks: 'y'.repeat(3000) })).toEqual(['remarks']);
  expect(pathsOf({ ...OLD, ways: { byCarriage: false } })).toEqual(['ways']);
  expect(pathsOf({ ...OLD, telex: 'x' })).toEqual(['']);
  expect(pathsOf('x')).toEqual(['']);
});

test('a change of something else neither loses it nor hides that it goes', () => {
  const changes = diffProfiles(OLD, { remarks: 'court' });
  expect(changes.map((it) => it.field)).toEqual([
    'ways.homeVisits',
    'acts',
    'awayPeriods',
    'remarks',
    'ways.byCarriage',
    'fax',
  ]);
  expect(applyChanges(OLD, [{ field: 'remarks', before: null, after: 'court' }])).toEqual({
    ...OLD,
    remarks: 'court',
  });
});
