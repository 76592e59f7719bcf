import { describe, expect, test } from 'vitest';
import { openSourceFile } from '#sources/open-source-file.ts';
import {
  collect,
  readErrorOf,
  readLinesOf,
  readRecordOf,
  readRecordsOf,
  readRejectionsOf,
  RPPS,
  RPPS_HEADER,
  rppsRow,
  rppsText,
  toRow,
  writeOfficialFile,
} from './official-files.ts';

describe('the text of a file of the Annuaire Santé', () => {
  test('LF and CRLF ends of line give the same records', async () => {
    const text = rppsText(rppsRow({ 'Libellé genre activité': 'Activité standard' }));
    expect(await readRecordsOf('rpps', text.replaceAll('\n', '\r\n'))).toEqual(
      await readRecordsOf('rpps', text),
    );
  });

  test('a byte order mark before the header is not part of the first column', async () => {
    expect(await readRecordsOf('rpps', `\ufeff${rppsText(rppsRow())}`)).toHaveLength(1);
  });

  test.each([
    ['header and rows', `${RPPS_HEADER}|\n${rppsRow()}|\n`],
    ['the header only', `${RPPS_HEADER}|\n${rppsRow()}\n`],
    ['the rows only', `${RPPS_HEADER}\n${rppsRow()}|\n`],
  ])('an empty cell after the last separator is no column: %s', async (_, text) => {
    expect(await readRecordOf('rpps', text)).toEqual(await readRecordOf('rpps', rppsText(rppsRow())));
  });

  test('quotes and backslashes are data, paired or not', async () => {
    const names = ['"LE GRAND', 'DE \\" LA', 'A"B"', "O'NIEL", '\\'];
    const records = await readRecordsOf(
      'rpps',
      rppsText(...names.map((name) => rppsRow({ "Nom d'exercice": name }))),
    );
    expect(records.map((record) => record.practitioner?.familyName)).toEqual(names);
  });

  test('names keep their case and accents as published', async () => {
    const row = rppsRow({ "Nom d'exercice": 'de la Fictive', "Prénom d'exercice": 'BÉNÉDICTE Anne-Lise' });
    const { practitioner } = await readRecordOf('rpps', rppsText(row));
    expect(practitioner).toMatchObject({ familyName: 'de la Fictive', givenNames: 'BÉNÉDICTE Anne-Lise' });
  });

  test('columns are found by name in any order, and columns of the future are ignored', async () => {
    const header = ['Colonne nouvelle', ...RPPS_HEADER.split('|').toReversed(), 'Autre'].join('|');
    const cells = rppsRow().split('|');
    const row = ['x', ...cells.toReversed(), 'y'].join('|');
    expect(await readRecordOf('rpps', `${header}\n${row}\n`)).toEqual(
      await readRecordOf('rpps', rppsText(rppsRow())),
    );
  });

  test('characters cut between two chunks of a large file are whole', async () => {
    const names = Array.from({ length: 3000 }, (_, index) => `ÉÈÊ${'é'.repeat(index % 7)}ŒUVRÉ${index}`);
    const records = await readRecordsOf(
      'rpps',
      rppsText(...names.map((name) => rppsRow({ "Nom d'exercice": name }))),
    );
    expect(records.map((record) => record.practitioner?.familyName)).toEqual(names);
  });

  test('lines come in file order, in batches of at most 1,000, numbered from 1 for the header', async () => {
    const path = await writeOfficialFile('f.txt', rppsText(...Array.from({ length: 2500 }, () => rppsRow())));
    await using file = await openSourceFile('rpps', path);
    const batches = await collect(file.batches());
    expect(batches.map((batch) => batch.length)).toEqual([1000, 1000, 500]);
    const lines = batches.flat().map((line) => ('record' in line ? line.record.line : null));
    expect(lines).toEqual(Array.from({ length: 2500 }, (_, index) => index + 2));
    expect(file.bytesRead()).toBe(file.bytesTotal);
  });

  test('exact duplicates are given as often as they stand in the file', async () => {
    expect(await readRecordsOf('rpps', rppsText(rppsRow(), rppsRow()))).toHaveLength(2);
  });

  test('an empty line is passed over and still counted', async () => {
    const lines = await readRecordsOf('rpps', `${RPPS_HEADER}\n\n${rppsRow()}\n\n`);
    expect(lines.map((record) => record.line)).toEqual([3]);
  });
});

describe('a header that is not the expected one', () => {
  test('every missing column is named, with the nearest one present, before any line', async () => {
    const header = RPPS_HEADER.replace('Code profession', 'Code de profession').replace(
      '|Code rôle',
      '|XXXX',
    );
    const error = await readErrorOf('rpps', `${header}\n${rppsRow()}\n`);
    expect(error).toMatchObject({
      code: 'source-file-invalid',
      data: { source: 'rpps', file: 'fichier.txt', missing: ['Code profession', 'Code rôle'] },
      linesBefore: 0,
    });
    expect(error.message).toContain('"Code profession" (nearest present: "Code de profession")');
  });

  test('the file of another source is refused at once', async () => {
    const error = await readErrorOf('mssante', rppsText(rppsRow()));
    expect(error).toMatchObject({ code: 'source-file-invalid', linesBefore: 0 });
    expect(error.data).toMatchObject({ missing: expect.arrayContaining(['Adresse BAL', 'Type de BAL']) });
  });

  test.each([
    ['an empty file', '', 'empty'],
    ['a file of blanks', '\n \n', 'empty'],
    ['a header without a line', `${RPPS_HEADER}\n`, 'not one line'],
    ['a header without an end', RPPS_HEADER, 'not one line'],
  ])('%s is refused and said', async (_, content, said) => {
    const error = await readErrorOf('rpps', content);
    expect(error.code).toBe('source-file-invalid');
    expect(error.message).toContain(said);
  });

  test('names that differ by case, apostrophe, blanks or composition are the same', async () => {
    const header = RPPS_HEADER.replaceAll("'", '’').replace('Code rôle', ' CODE RÔLE ').normalize('NFD');
    expect(await readRecordsOf('rpps', `${header}\n${rppsRow()}\n`)).toHaveLength(1);
  });
});

describe('a file that cannot be read', () => {
  test('text that is not UTF-8 is refused with the line before it, not read with wrong letters', async () => {
    const text = rppsText(
      ...Array.from({ length: 2000 }, () => rppsRow()),
      rppsRow({ "Nom d'exercice": 'H?BERT' }),
    );
    const bytes = Buffer.from(text);
    bytes[bytes.lastIndexOf('?')] = 0xe9;
    const error = await readErrorOf('rpps', bytes);
    expect(error.code).toBe('source-file-unreadable');
    expect(error.message).toMatch(/is not UTF-8 \(after line \d+\)/);
  });

  test('a file in Windows-1252 is refused before any line', async () => {
    const error = await readErrorOf('rpps', Buffer.from(rppsText(rppsRow()), 'latin1'));
    expect(error).toMatchObject({ code: 'source-file-unreadable', linesBefore: 0 });
  });

  test('a path without a file is said', async () => {
    const opening = openSourceFile('rpps', '/nulle/part.txt');
    await expect(opening).rejects.toMatchObject({
      code: 'source-file-unreadable',
      data: { source: 'rpps', file: 'part.txt' },
    });
  });

  test('a directory is not a file', async () => {
    await expect(openSourceFile('rpps', '/tmp')).rejects.toMatchObject({ code: 'source-file-unreadable' });
  });

  test('an aborted signal stops the reading with its reason', async () => {
    const path = await writeOfficialFile('f.txt', rppsText(...Array.from({ length: 5000 }, () => rppsRow())));
    const controller = new AbortController();
    await using file = await openSourceFile('rpps', path, controller.signal);
    const reading = (async () => {
      for await (const batch of file.batches()) if (batch.length > 0) controller.abort(new Error('assez'));
    })();
    await expect(reading).rejects.toThrow('assez');
  });

  test('the lines of one opening are read once', async () => {
    await using file = await openSourceFile('rpps', await writeOfficialFile('f.txt', rppsText(rppsRow())));
    file.batches();
    expect(() => file.batches()).toThrow('read already');
  });
});

describe('a bad line is rejected and the others are read', () => {
  test.each([
    ['too few cells', rppsRow().split('|').slice(0, 40).join('|')],
    ['too many cells', `${rppsRow()}|x`],
    ['two empty cells too many', `${rppsRow()}||`],
  ])('%s', async (_, bad) => {
    const lines = await readLinesOf('rpps', rppsText(rppsRow(), bad, rppsRow()));
    expect(lines.map((line) => Object.keys(line)[0])).toEqual(['record', 'rejection', 'record']);
    expect(lines[1]).toMatchObject({
      rejection: { source: 'rpps', file: 'fichier.txt', line: 3, column: null, reason: 'wrong-column-count' },
    });
  });

  test('a last line cut in the middle of the file is rejected', async () => {
    const text = rppsText(rppsRow(), rppsRow());
    const [rejection] = await readRejectionsOf('rpps', text.slice(0, -60));
    expect(rejection).toMatchObject({ line: 3, reason: 'wrong-column-count' });
  });

  test('a last line cut within a letter is rejected even when its cells are all there', async () => {
    const bytes = Buffer.from(
      rppsText(rppsRow(), rppsRow({ 'Libellé genre activité': 'Activité' })).trimEnd(),
    );
    const [rejection] = await readRejectionsOf('rpps', bytes.subarray(0, -1));
    expect(rejection).toMatchObject({ line: 3, reason: 'wrong-column-count' });
    expect(await readRejectionsOf('rpps', bytes)).toEqual([]);
  });

  test('a whole last line without an end of line is read', async () => {
    expect(await readRecordsOf('rpps', rppsText(rppsRow(), rppsRow()).trimEnd())).toHaveLength(2);
  });

  test('a value of more than 2,000 characters is rejected with its column, and shown cut', async () => {
    const [rejection] = await readRejectionsOf(
      'rpps',
      rppsText(rppsRow({ 'Raison sociale site': 'x'.repeat(2001) })),
    );
    expect(rejection).toMatchObject({ column: 'Raison sociale site', reason: 'too-long' });
    expect(rejection!.detail.length).toBeLessThan(160);
    expect(
      await readRecordsOf('rpps', rppsText(rppsRow({ 'Raison sociale site': 'x'.repeat(2000) }))),
    ).toHaveLength(1);
  });

  test('a NUL, which Postgres refuses, rejects its line', async () => {
    const rejections = await readRejectionsOf(
      'rpps',
      rppsText(rppsRow({ "Nom d'exercice": 'FIC\0TIF' }), rppsRow()),
    );
    expect(rejections).toHaveLength(1);
  });

  test.each([
    [
      'an RPPS number of ten digits',
      { 'Identifiant PP': '8990000001', 'Identification nationale PP': '88990000001' },
    ],
    ['letters', { 'Identifiant PP': '8990000001X', 'Identification nationale PP': '88990000001X' }],
    ['another number than the national one', { 'Identifiant PP': '89900000013' }],
    ['another type than the national one', { "Type d'identifiant PP": '0' }],
    [
      'a type that is no person of the file',
      { "Type d'identifiant PP": '3', 'Identification nationale PP': `3${RPPS}` },
    ],
    ['an empty number', { 'Identifiant PP': '' }],
  ])('an identifier that is malformed or contradicts itself: %s', async (_, values) => {
    const [rejection] = await readRejectionsOf('rpps', rppsText(rppsRow(values)));
    expect(rejection).toMatchObject({
      column: 'Identification nationale PP',
      reason: 'identifier-malformed',
    });
  });

  test.each([["Nom d'exercice"], ['Code profession'], ['Identification nationale PP']])(
    'a line without "%s" is rejected as missing it',
    async (column) => {
      const [rejection] = await readRejectionsOf('rpps', rppsText(rppsRow({ [column]: '  ' })));
      expect(rejection).toMatchObject({ column, reason: 'value-missing' });
    },
  );

  test('a patient address in any file is refused without being repeated', async () => {
    const address = '279035121518989@patient.mssante.fr';
    const row = toRow(RPPS_HEADER, { 'Adresse e-mail (coord. structure)': address });
    const [rejection] = await readRejectionsOf('rpps', rppsText(row));
    expect(rejection).toMatchObject({
      reason: 'patient-address',
      column: 'Adresse e-mail (coord. structure)',
    });
    expect(JSON.stringify(rejection)).not.toContain('2790351');
  });
});
