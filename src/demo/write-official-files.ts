import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countNewcomers } from './differences.ts';
import { writeFinessFile } from './finess-file.ts';
import type { OfficialFiles, OfficialFilesOptions } from './official-files.ts';
import { PeopleWriter } from './people-writer.ts';
import type { PeopleCounts } from './people-writer.ts';
import { writePostcodesFile } from './postcodes-file.ts';
import { createWorld } from './world.ts';
import type { World } from './world.ts';

/**
 * Writes a set of the national files with invented people, deterministic to the byte for the same options. Memory does not
 * grow with the files, but for one short text by personal mailbox.
 */
export async function writeOfficialFiles(options: OfficialFilesOptions): Promise<OfficialFiles> {
  await mkdir(options.directory, { recursive: true });
  const world = createWorld(options);
  const paths = toPaths(options);
  const people = await writePeople(world, options, paths);
  const format = options.physicalFormat ?? {};
  return {
    paths,
    counts: {
      ...people,
      legalEntities: await writeFinessFile(world, paths.finess, options.publishedAt, format),
      establishments: world.establishments.size,
      postcodeLines: await writePostcodesFile(paths.postcodes, format),
    },
  };
}

/** "2026-11-20 06:00": the Swedish order is that of ISO 8601. */
const PARIS_MINUTE = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'short',
});

function toPaths({ directory, publishedAt, differ }: OfficialFilesOptions): OfficialFiles['paths'] {
  const minute = PARIS_MINUTE.format(publishedAt).replace(/\D/g, '');
  return {
    activity: join(directory, `PS_LibreAcces_Personne_activite_${minute}.txt`),
    savoirFaire: join(directory, `PS_LibreAcces_SavoirFaire_${minute}.txt`),
    qualifications: join(directory, `PS_LibreAcces_Dipl_AutExerc_${minute}.txt`),
    mailboxes: join(directory, `Extraction_Correspondance_MSSante_${minute}.txt`),
    finess: join(directory, `finess-structures-journalier-${minute.slice(0, 8)}.json`),
    postcodes: join(directory, 'base-officielle-codes-postaux.csv'),
    ...(differ === undefined ? {} : { differ: join(directory, 'differ.json') }),
  };
}

async function writePeople(
  world: World,
  options: OfficialFilesOptions,
  paths: OfficialFiles['paths'],
): Promise<PeopleCounts> {
  const writer = new PeopleWriter(world, options, paths);
  for (let index = 0; index < options.practitioners; index += 1) {
    writer.writePractitioner(index);
    if (writer.isFull) await writer.drain();
  }
  writer.writeUnknownHolders();
  for (let ordinal = 0; ordinal < options.serviceMailboxes; ordinal += 1) {
    writer.writeServiceMailbox(ordinal);
    if (writer.isFull) await writer.drain();
  }
  // Last, so that they change nobody else's address.
  const newcomers = countNewcomers(options.practitioners, options.differ ?? 0);
  for (let index = 0; index < newcomers; index += 1) writer.writePractitioner(options.practitioners + index);
  const counts = await writer.close();
  if (paths.differ) await writeFile(paths.differ, `${JSON.stringify(writer.report, null, 1)}\n`);
  return counts;
}
