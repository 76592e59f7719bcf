import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openSourceFile } from '#sources/open-source-file.ts';
import {
  DIPLOMES_HEADER,
  diplomesRow,
  mssanteRow,
  mssanteText,
  readErrorOf,
  readLinesOf,
  rppsRow,
  rppsText,
  SAVOIR_FAIRE_HEADER,
  savoirFaireRow,
  writeOfficialFile,
} from './official-files.ts';
import { zipArchive } from './zip-archive.ts';

const LIBRE_ACCES = zipArchive({
  'PS_LibreAcces_Dipl_AutExerc_202608260312.txt': `${DIPLOMES_HEADER}\n${diplomesRow({ 'Code diplôme obtenu': 'DE28' })}\n`,
  'PS_LibreAcces_Personne_activite_202608260312.txt': rppsText(rppsRow()),
  'PS_LibreAcces_SavoirFaire_202608260312.txt': `${SAVOIR_FAIRE_HEADER}\n${savoirFaireRow()}\n`,
});

describe('the published archives', () => {
  test.each([
    ['rpps', 'practitioner'],
    ['savoir-faire', 'savoirFaire'],
    ['diplomes', 'qualifications'],
  ] as const)('of the archive that holds all three, %s takes its own file', async (source, member) => {
    const lines = await readLinesOf(source, LIBRE_ACCES, 'PS_LibreAcces.zip');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ record: { [member]: expect.anything() } });
  });

  test('the names of data.gouv.fr are known too', async () => {
    const archive = zipArchive({
      'lisez-moi.txt': 'x',
      'extraction-correspondance-mssante.txt': mssanteText(mssanteRow()),
    });
    expect(await readLinesOf('mssante', archive)).toHaveLength(1);
  });

  test('the only entry of an archive is taken whatever its name', async () => {
    expect(await readLinesOf('rpps', zipArchive({ 'export.txt': rppsText(rppsRow()) }))).toHaveLength(1);
  });

  test('an archive without the file says what it holds', async () => {
    const error = await readErrorOf('mssante', LIBRE_ACCES, 'a.zip');
    expect(error.code).toBe('source-file-invalid');
    expect(error.message).toContain('PS_LibreAcces_SavoirFaire_202608260312.txt');
  });

  test('a rejection names the archive and the entry', async () => {
    const archive = zipArchive({ 'personne_activite.txt': rppsText('x|y') });
    const [line] = await readLinesOf('rpps', archive, 'a.zip');
    expect(line).toMatchObject({ rejection: { file: 'a.zip/personne_activite.txt' } });
  });

  test('a gzipped file is read like a plain one, whatever its name', async () => {
    const text = rppsText(rppsRow());
    expect(await readLinesOf('rpps', gzipSync(text))).toEqual(await readLinesOf('rpps', text));
  });

  test.each([
    ['a cut zip', LIBRE_ACCES.subarray(0, -30)],
    ['a cut gzip', gzipSync(rppsText(...Array.from({ length: 3000 }, () => rppsRow()))).subarray(0, -20)],
  ])('%s is unreadable', async (_, content) => {
    expect(await readErrorOf('rpps', content, 'a.zip')).toMatchObject({ code: 'source-file-unreadable' });
  });

  test('an entry that is not what its checksum says is unreadable', async () => {
    const archive = Buffer.from(zipArchive({ 'personne_activite.txt': rppsText(rppsRow()) }));
    const directory = archive.lastIndexOf('PK\x01\x02');
    archive.writeUInt32LE(0x12345678, directory + 16);
    expect(await readErrorOf('rpps', archive, 'a.zip')).toMatchObject({ code: 'source-file-unreadable' });
  });
});

describe('the date of a file', () => {
  test.each([
    ['PS_LibreAcces_Personne_activite_202608260312.txt', '2026-08-26T01:12:00.000Z'],
    ['PS_LibreAcces_Personne_activite_202612260312.txt', '2026-12-26T02:12:00.000Z'],
    ['rpps-PS_LibreAcces_Personne_activite_20260826.txt', '2026-08-26'],
    ['PS_LibreAcces_Personne_activite_202602310312.txt', null],
    ['ps-libreacces-personne-activite.txt', null],
  ])('%s → %s (the clock in the name is that of Paris)', async (name, publishedAt) => {
    await using file = await openSourceFile('rpps', await writeOfficialFile(name, rppsText(rppsRow())));
    expect(file.publishedAt).toBe(publishedAt);
  });

  test('of an archive without a date it is that of its entry', async () => {
    await using file = await openSourceFile('rpps', await writeOfficialFile('rpps.zip', LIBRE_ACCES));
    expect(file.publishedAt).toBe('2026-08-26T01:12:00.000Z');
  });
});
