import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sql, type SQL } from 'drizzle-orm';

import { findCorrespondents } from '#directory/find-correspondents.ts';
import type { Directory } from '#directory/directory.ts';
import type { ChangeAuthor, Profile } from '#domain/profile.ts';
import type { CorrespondentQuestion } from '#domain/question.ts';
import { listProfileFaults } from '#profiles/practitioner/check-profile.ts';
import { readProfileAt } from '#profiles/practitioner/compare-profile.ts';
import { patchProfile, replaceProfile, undoProfileChange } from '#profiles/practitioner/edit-profile.ts';
import { readProfilePage } from '#profiles/practitioner/profile-page.ts';
import { logCorrespondents } from '#store/log-correspondents.ts';
import { findDraft, saveDraft } from '#store/profile-drafts.ts';
import { listProfileChanges, saveProfiles } from '#store/profiles.ts';
import type { Database } from '#store/store.ts';
import { checkWithheldInStore, release, withhold } from '#store/withheld.ts';

import { question } from '../search/sample-correspondents.ts';
import {
  activity,
  openOfficialFolder,
  personalMailbox,
  type OfficialFolder,
} from '../support/official-files.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { STORE_KINDS } from '../support/test-store.ts';

const ISAURE = '899000000001';
const BRIOUDE = {
  'Raison sociale site': 'CABINET DE BRIOUDE',
  'Code commune (coord. structure)': '43040',
  'Code postal (coord. structure)': '43100',
};
const BY: ChangeAuthor = { kind: 'owner', name: 'Isaure VALLORBE' };
const OPERATOR = { actor: { kind: 'operator' } } as const;
const SECRETARY: ChangeAuthor = { kind: 'delegate', name: 'Odile SECRÉTAIRE' };

describe.each(STORE_KINDS)('pages of professionals, with %s', (kind) => {
  let directory: TestDirectory;
  let served: Directory;
  let folder: OfficialFolder;

  beforeAll(async () => {
    directory = await openTestDirectory(kind);
    folder = await openOfficialFolder();
    await importAll();
    served = {
      ...directory,
      withheld: checkWithheldInStore(directory.store.db),
      now: () => new Date('2026-11-20T12:00:00Z'),
    };
  });

  afterAll(async () => {
    await directory[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  beforeEach(async () => {
    for (const table of ['profile', 'profile_change', 'profile_draft'])
      await store().execute(sql`delete from ${sql.identifier(table)}`);
    await store().transaction((tx) =>
      logCorrespondents(
        tx,
        [1, 2, 3].map((number) => ({ kind: 'professional', key: `89900000000${number}` })),
      ),
    );
  });

  async function importAll(extra = '') {
    const rpps = await folder.writeActivity([
      activity('99000000001', { 'Raison sociale site': `CABINET VALLORBE${extra}` }),
      activity('99000000002', { "Nom d'exercice": 'BRIOUDAINE', ...BRIOUDE }),
      activity('99000000003', { "Nom d'exercice": 'LOINTAINE', ...BRIOUDE }),
    ]);
    const mssante = await folder.writeMailboxes([
      personalMailbox('99000000001', 'a.premiere@exemple.mssante.fr'),
      personalMailbox('99000000001', 'z.preferee@exemple.mssante.fr'),
    ]);
    await directory.import([
      { source: 'rpps', path: rpps },
      { source: 'mssante', path: mssante },
    ]);
  }

  const store = () => directory.store.db;
  const request = (baseVersion: number, by = BY, practitionerId = ISAURE) => ({
    practitionerId,
    by,
    audit: OPERATOR,
    editor: by.name,
    baseVersion,
  });
  const find = async (asked: Partial<CorrespondentQuestion>) => {
    await directory.untilIndexed();
    return (await findCorrespondents(served, question(asked))).results;
  };
  const names = async (asked: Partial<CorrespondentQuestion>) =>
    (await find(asked)).map((it) => it.familyName);

  test('say nothing until somebody does, and then what was said, at the next version', async () => {
    expect(await readProfilePage(store(), ISAURE)).toMatchObject({
      version: 0,
      profile: {},
      completeness: 'empty',
    });
    const page = await replaceProfile(store(), request(0), { ways: { homeVisits: true } });
    expect(page).toMatchObject({
      version: 1,
      profile: { ways: { homeVisits: true } },
      completeness: 'partial',
    });
    expect(await readProfilePage(store(), ISAURE)).toStrictEqual(page);
    expect(await replaceProfile(store(), request(1), { ways: { homeVisits: true } })).toStrictEqual(page);
  });

  test('of somebody who is unknown are not there', async () => {
    await expect(replaceProfile(store(), request(0, BY, '899000000099'), {})).rejects.toMatchObject({
      code: 'correspondent-not-found',
    });
  });

  test('keep what two editors changed in different fields', async () => {
    await replaceProfile(store(), request(0), { ways: { homeVisits: true }, remarks: 'Un' });
    await patchProfile(store(), request(1), { ways: { homeVisits: false } });
    const page = await patchProfile(store(), request(1, SECRETARY), {
      remarks: 'Deux',
      acts: ['echographie'],
    });
    expect(page).toMatchObject({
      version: 3,
      profile: { ways: { homeVisits: false }, remarks: 'Deux', acts: ['echographie'] },
    });
  });

  test('that a later schema would refuse are shown, found and edited, and lose nothing of it', async () => {
    const old = { acts: ['saignee'], remarks: 'x'.repeat(3000), fax: '04 71 00 00 00' } as unknown as Profile;
    await saveProfiles(store(), [{ practitionerId: ISAURE, expectedVersion: 0, profile: old, by: BY }]);
    expect((await readProfilePage(store(), ISAURE)).profile).toEqual(old);
    expect(listProfileFaults(old).map((it) => it.pointer)).toEqual([
      'profile.acts.0',
      'profile.remarks',
      'profile.fax',
    ]);
    await patchProfile(store(), request(1), { ways: { homeVisits: true } });
    expect(await names({ ways: ['homeVisits'] })).toEqual(['VALLORBE']);
    await replaceProfile(store(), request(2), { ...old, ways: { homeVisits: false } });
    await expect(patchProfile(store(), request(3), { acts: ['saignee', 'magie'] })).rejects.toMatchObject({
      data: { faults: [{ pointer: 'profile.acts.1' }] },
    });
    const { profile } = await patchProfile(store(), request(3), { remarks: 'Court', fax: null });
    expect(profile).toEqual({ ways: { homeVisits: false }, acts: ['saignee'], remarks: 'Court' });
    const undone = await undoProfileChange(store(), request(4), 4);
    expect(undone.profile).toEqual({ ...old, ways: { homeVisits: false } });
  });

  test('refuse an editor who would overwrite what they have not seen, and name it', async () => {
    await replaceProfile(store(), request(0), { remarks: 'Un' });
    await patchProfile(store(), request(1), { remarks: 'Deux' });
    const attempt = patchProfile(store(), request(1, SECRETARY), { remarks: 'Trois' });
    await expect(attempt).rejects.toMatchObject({
      code: 'profile-changed',
      data: { version: 2, fields: [{ field: 'remarks', now: 'Deux', by: 'Isaure VALLORBE' }] },
    });
    await expect(patchProfile(store(), request(7), { remarks: 'Trois' })).rejects.toMatchObject({
      code: 'profile-changed',
    });
    expect((await readProfilePage(store(), ISAURE)).profile.remarks).toBe('Deux');
  });

  test('lose nothing when many edit at once', async () => {
    await replaceProfile(store(), request(0), { remarks: 'Début' });
    const acts = ['echographie', 'vaccination', 'plaies-et-cicatrisation', 'hypnose', 'handicap'];
    const members = ['ownWords', 'equipment', 'languages', 'accessibility', 'acts'] as const;
    const values = [['mot'], ['table'], ['fr'], ['parking'], acts];
    await Promise.all(
      members.map((name, index) => patchProfile(store(), request(1), { [name]: values[index] })),
    );
    const { version, profile } = await readProfilePage(store(), ISAURE);
    expect(version).toBe(6);
    for (const [index, name] of members.entries()) expect(profile[name]).toStrictEqual(values[index]);
  });

  test('are told as they were at a version, also when somebody saves between the readings', async () => {
    await replaceProfile(store(), request(0), { remarks: 'Un' });
    await patchProfile(store(), request(1), { remarks: 'Deux' });
    let hasSaved = false;
    const interrupted = Object.assign(Object.create(store()) as Database, {
      execute: async (statement: SQL) => {
        if (!hasSaved) await patchProfile(store(), request(2, SECRETARY), { acts: ['echographie'] });
        hasSaved = true;
        return store().execute(statement);
      },
    }) as Database;
    expect(await readProfileAt(interrupted, ISAURE, 1)).toStrictEqual({ remarks: 'Un' });
    expect(hasSaved).toBe(true);
  });

  test('tell who changed what, and take a change back where nobody changed it since', async () => {
    await replaceProfile(store(), request(0), { remarks: 'Un', ways: { nightDuty: false } });
    await patchProfile(store(), request(1, SECRETARY), { remarks: 'Deux', ways: { nightDuty: null } });
    const [last, first] = await listProfileChanges(store(), ISAURE, { limit: 10 });
    expect(last).toMatchObject({
      version: 2,
      by: SECRETARY,
      changes: [
        { field: 'ways.nightDuty', before: false, after: null },
        { field: 'remarks', before: 'Un', after: 'Deux' },
      ],
    });
    expect(first).toMatchObject({ version: 1, by: BY });
    const page = await undoProfileChange(store(), request(0), 2);
    expect(page).toMatchObject({ version: 3, profile: { remarks: 'Un', ways: { nightDuty: false } } });
    await expect(undoProfileChange(store(), request(0), 2)).rejects.toMatchObject({
      code: 'profile-changed',
    });
    await expect(undoProfileChange(store(), request(0), 9)).rejects.toMatchObject({
      code: 'profile-change-not-found',
    });
    const [undone] = await listProfileChanges(store(), ISAURE, { limit: 1 });
    expect(undone!.by).toStrictEqual({ ...BY, undoes: 2 });
  });

  test('refuse what is wrong, all of it at once, and places or mailboxes of others', async () => {
    const wrong = {
      acts: ['magie'],
      awayPeriods: [{ start: '2026-12-02', end: '2026-12-01' }],
      colour: 'red',
    };
    await expect(replaceProfile(store(), request(0), wrong)).rejects.toMatchObject({
      code: 'request-invalid',
      data: {
        faults: expect.arrayContaining([
          expect.objectContaining({ pointer: 'profile.acts.0' }),
          expect.objectContaining({ pointer: 'profile.awayPeriods.0.end' }),
          expect.objectContaining({ pointer: 'profile.colour' }),
        ]),
      },
    });
    const foreign = {
      preferredMailbox: 'autre@exemple.mssante.fr',
      hours: [{ organizationId: 'ailleurs', availableTime: [] }],
    };
    await expect(replaceProfile(store(), request(0), foreign)).rejects.toMatchObject({
      data: {
        faults: [{ pointer: 'profile.hours.0.organizationId' }, { pointer: 'profile.preferredMailbox' }],
      },
    });
    expect((await readProfilePage(store(), ISAURE)).version).toBe(0);
  });

  test('never keep the identity of a patient', async () => {
    const attempt = replaceProfile(store(), request(0), {
      remarks: 'voir 255081416802538@patient.mssante.fr',
    });
    await expect(attempt).rejects.toMatchObject({ code: 'patient-address-refused' });
  });

  test('publish the draft of whoever saves, and leave those of others', async () => {
    for (const editor of [BY.name, SECRETARY.name])
      await saveDraft(store(), ISAURE, editor, { content: { remarks: editor }, baseVersion: 0 });
    await replaceProfile(store(), request(0), { remarks: 'Publié' });
    expect(await findDraft(store(), ISAURE, BY.name)).toBeUndefined();
    expect(await findDraft(store(), ISAURE, SECRETARY.name)).toMatchObject({
      content: { remarks: SECRETARY.name },
      baseVersion: 0,
    });
  });

  test('are found by what they say, at once, and no more when they say otherwise', async () => {
    await replaceProfile(store(), request(0), {
      ways: { homeVisits: true, acceptsNewPatients: false },
      acts: ['kinesitherapie-respiratoire'],
      ownWords: ['balnéo douce'],
      languages: ['uk'],
    });
    expect(await names({ ways: ['homeVisits'] })).toStrictEqual(['VALLORBE']);
    expect(await names({ ways: ['homeVisits', 'acceptsNewPatients'] })).toStrictEqual([]);
    expect(await names({ actCodes: ['kinesitherapie-respiratoire'] })).toStrictEqual(['VALLORBE']);
    expect(await names({ text: 'balnéo douce' })).toStrictEqual(['VALLORBE']);
    expect(await names({ text: 'kiné ukrainien' })).toStrictEqual(['VALLORBE']);
    await patchProfile(store(), request(1), { ways: { homeVisits: false } });
    expect(await names({ ways: ['homeVisits'] })).toStrictEqual([]);
  });

  test('put those first who say that they do what is asked; who has not said it comes after', async () => {
    await patchProfile(store(), request(0, BY, '899000000003'), { acts: ['kinesitherapie-respiratoire'] });
    await directory.untilIndexed();
    const { understood } = await findCorrespondents(served, question({ text: 'kiné respiratoire brioude' }));
    expect(understood.preferred.map((it) => it.code)).toStrictEqual(['kinesitherapie-respiratoire']);
    const found = await names({ text: 'kiné respiratoire brioude' });
    expect(found.slice(0, 2)).toStrictEqual(['LOINTAINE', 'BRIOUDAINE']);
    await patchProfile(store(), request(0, BY, '899000000002'), { ways: { homeVisits: true } });
    expect((await names({ text: 'kiné à domicile brioude' })).slice(0, 2)).toStrictEqual([
      'BRIOUDAINE',
      'LOINTAINE',
    ]);
  });

  test('say to whose homes somebody comes; without an area, around their place, after those who said so', async () => {
    await patchProfile(store(), request(0), { homeVisitArea: { communeCodes: ['43040'] } });
    await patchProfile(store(), request(0, BY, '899000000002'), { ways: { homeVisits: true } });
    await patchProfile(store(), request(0, BY, '899000000003'), { homeVisitArea: { radiusKm: 5 } });
    await directory.untilIndexed();
    const found = await findCorrespondents(served, question({ comesTo: 'Brioude' }));
    expect(
      found.results
        .map((it) => it.familyName)
        .slice(0, 2)
        .toSorted(),
    ).toStrictEqual(['LOINTAINE', 'VALLORBE']);
    expect(found.results.map((it) => it.familyName)[2]).toBe('BRIOUDAINE');
    expect(await names({ comesTo: 'Le Puy-en-Velay' })).toStrictEqual([]);
    await expect(find({ comesTo: 'Xyzxyz' })).rejects.toMatchObject({ code: 'place-unknown' });
  });

  test('leave out who is away today when presence is asked', async () => {
    await patchProfile(store(), request(0), { awayPeriods: [{ start: '2026-11-20', end: '2026-11-20' }] });
    expect(await names({ text: 'vallorbe' })).toStrictEqual(['VALLORBE']);
    expect(await names({ text: 'vallorbe', present: true })).toStrictEqual([]);
    await patchProfile(store(), request(1), { awayPeriods: [{ start: '2026-11-21', end: '2027-03-20' }] });
    expect(await names({ text: 'vallorbe', present: true })).toStrictEqual(['VALLORBE']);
  });

  test('put the preferred mailbox first', async () => {
    const addresses = async () => (await find({ rpps: '99000000001' }))[0]!.mailboxes.map((it) => it.address);
    expect((await addresses())[0]).toBe('a.premiere@exemple.mssante.fr');
    await patchProfile(store(), request(0), { preferredMailbox: 'z.preferee@exemple.mssante.fr' });
    expect(await addresses()).toStrictEqual([
      'z.preferee@exemple.mssante.fr',
      'a.premiere@exemple.mssante.fr',
    ]);
  });

  test('survive an import that changes the person, and one that withholds them', async () => {
    const page = await replaceProfile(store(), request(0), { remarks: 'À moi', ways: { homeVisits: true } });
    await importAll(' ET ASSOCIÉS');
    const [found] = await find({ rpps: '99000000001' });
    expect(found!.places[0]!.organization!.name).toBe('CABINET VALLORBE ET ASSOCIÉS');
    expect(found!.profile).toStrictEqual(page.profile);
    await importAll();
    await withhold(store(), ISAURE, 'liste rouge');
    expect(await names({ ways: ['homeVisits'] })).toStrictEqual([]);
    await expect(readProfilePage(store(), ISAURE)).rejects.toMatchObject({ code: 'correspondent-not-found' });
    await release(store(), ISAURE);
    expect(await readProfilePage(store(), ISAURE)).toStrictEqual(page);
  });
});
