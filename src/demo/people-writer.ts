import { applyChange, toChange } from './differences.ts';
import type { DifferenceReport } from './differences.ts';
import { LineFile } from './line-file.ts';
import {
  ACTIVITY_HEADER,
  QUALIFICATION_HEADER,
  SAVOIR_FAIRE_HEADER,
  toActivityLine,
  toQualificationLines,
  toSavoirFaireLine,
} from './lines.ts';
import {
  AddressBook,
  MAILBOX_HEADER,
  inventServiceMailboxLine,
  takePersonalAddress,
  toPersonalMailboxLine,
} from './mailboxes.ts';
import type { OfficialFiles, OfficialFilesOptions } from './official-files.ts';
import type { InventedPractitioner, Trap } from './practitioner.ts';
import { FEATURED_COUNT, inventPractitioner } from './practitioners.ts';
import { MEAN_MAILBOX_WEIGHT, getProfession } from './professions.ts';
import { Random } from './random.ts';
import type { World } from './world.ts';

export type PeopleCounts = Omit<
  OfficialFiles['counts'],
  'legalEntities' | 'establishments' | 'postcodeLines'
>;

/** Wrong lines come at most once in so many. */
const BAD_LINE_EVERY = 2_500;
const UNKNOWN_HOLDER_SHARE = 0.004;

/** Traps whose people need a mailbox to show them. */
const MAILBOX_TRAPS: ReadonlySet<Trap | undefined> = new Set([
  'apicrypt',
  'mailbox-on-several-rows',
  'shared-cabinet-mailbox',
  'adeli',
]);

/** Writes the four files in which there are people, one person after the other, then the services' mailboxes. */
export class PeopleWriter {
  readonly report: DifferenceReport;
  readonly #world: World;
  readonly #options: OfficialFilesOptions;
  readonly #activity: LineFile;
  readonly #savoirFaire: LineFile;
  readonly #qualifications: LineFile;
  readonly #mailboxes: LineFile;
  readonly #book = new AddressBook();
  readonly #personalTarget: number;
  readonly #unknownHolders: number;
  #personalCount = 0;
  #practitionerCount = 0;
  #badLineCount = 0;
  /** Second lines of people whose lines are not together. */
  #apart: string[] = [];

  constructor(world: World, options: OfficialFilesOptions, paths: OfficialFiles['paths']) {
    const { physicalFormat } = options;
    this.#world = world;
    this.#options = options;
    this.#activity = new LineFile(paths.activity, physicalFormat);
    this.#savoirFaire = new LineFile(paths.savoirFaire, physicalFormat);
    this.#qualifications = new LineFile(paths.qualifications, physicalFormat);
    this.#mailboxes = new LineFile(paths.mailboxes, physicalFormat);
    this.#activity.write(ACTIVITY_HEADER);
    this.#savoirFaire.write(SAVOIR_FAIRE_HEADER);
    this.#qualifications.write(QUALIFICATION_HEADER);
    this.#mailboxes.write(MAILBOX_HEADER);
    const personal = options.personalMailboxes ?? Math.round(options.practitioners * 0.2397);
    this.#unknownHolders = world.hasTraps
      ? Math.min(personal, Math.max(4, Math.round(personal * UNKNOWN_HOLDER_SHARE)))
      : 0;
    this.#personalTarget = personal - this.#unknownHolders;
    this.report = {
      seed: options.seed,
      share: options.differ ?? 0,
      created: [],
      changed: [],
      removed: [],
      mailboxes: { created: [], removed: [] },
    };
  }

  /** Whoever has a trap stays as they are in a second set, and newcomers have none. */
  writePractitioner(index: number): void {
    const { practitioners, differ = 0 } = this.#options;
    const isNewcomer = index >= practitioners;
    const world = isNewcomer ? { ...this.#world, hasTraps: false } : this.#world;
    const person = inventPractitioner(world, index);
    const isStable = isNewcomer || differ === 0 || person.trap !== undefined;
    const change = isStable ? undefined : toChange(world, index, differ);
    const address = this.#takeAddress(person, isNewcomer);
    if (isNewcomer) this.report.created.push(person.id);
    if (isNewcomer && address !== undefined) this.report.mailboxes.created.push(address);
    if (change === 'removed') {
      this.report.removed.push(person.id);
      if (address !== undefined) this.report.mailboxes.removed.push(address);
      return;
    }
    if (change) this.report.changed.push({ id: person.id, change: applyChange(this.#world, person, change) });
    this.#practitionerCount += 1;
    this.#writeActivities(person);
    for (const known of person.savoirFaire) this.#savoirFaire.write(toSavoirFaireLine(person, known));
    for (const line of toQualificationLines(person, new Random(this.#world.seed, 'qualification', index)))
      this.#qualifications.write(line);
    if (address !== undefined) this.#writeMailboxes(person, address);
    if (this.#world.hasTraps && index % BAD_LINE_EVERY === BAD_LINE_EVERY / 2) this.#writeBadLines(person);
  }

  /** Decided from the first set's counts alone, so that a second set gives the same addresses to the same people. */
  #takeAddress(person: InventedPractitioner, isNewcomer: boolean): string | undefined {
    const { practitioners } = this.#options;
    const random = new Random(this.#world.seed, 'asked', person.index);
    const peopleLeft = practitioners - person.index;
    const mailboxesLeft = this.#personalTarget - this.#personalCount;
    const share = isNewcomer ? this.#personalTarget / practitioners : mailboxesLeft / peopleLeft;
    const weight = getProfession(person.activities[0]!.professionCode).mailboxWeight / MEAN_MAILBOX_WEIGHT;
    const isAsked = person.index < FEATURED_COUNT || MAILBOX_TRAPS.has(person.trap);
    const hasMailbox = isNewcomer
      ? random.chance(share)
      : mailboxesLeft > 0 && (isAsked || mailboxesLeft >= peopleLeft || random.chance(share * weight));
    if (!hasMailbox) return undefined;
    if (!isNewcomer) this.#personalCount += 1;
    return takePersonalAddress(this.#world, this.#book, person);
  }

  #writeActivities(person: InventedPractitioner): void {
    person.activities.forEach((activity, rank) => {
      const line = toActivityLine(person, activity);
      if (rank > 0 && (person.trap === 'lines-apart' || (this.#world.hasTraps && person.index % 20 === 0)))
        this.#apart.push(line);
      else this.#activity.write(line);
      if (rank === 0 && person.trap === 'exact-duplicate') this.#activity.write(line);
    });
    if (this.#apart.length > 200) this.#writeApart();
  }

  #writeApart(): void {
    for (const line of this.#apart) this.#activity.write(line);
    this.#apart = [];
  }

  #writeMailboxes(person: InventedPractitioner, address: string): void {
    const write = (type: 'PER' | 'CAB', rank: number, shown = address) =>
      this.#mailboxes.write(
        toPersonalMailboxLine(person, person.activities[rank]!, { type, address: shown, isIdentified: true }),
      );
    write('PER', 0);
    if (person.trap === 'mailbox-on-several-rows') {
      const elsewhere = inventPractitioner(this.#world, person.index + 1).activities[0]!;
      this.#mailboxes.write(
        toPersonalMailboxLine(
          person,
          { ...elsewhere, savoirFaire: undefined },
          { type: 'PER', address, isIdentified: true },
        ),
      );
    }
    if (person.trap === 'shared-cabinet-mailbox')
      write('CAB', 0, this.#book.take(`cabinet.${person.index}`, 'medecin-demo.mssante.fr'));
  }

  /** People of mailboxes only: half without a national identifier, half with one that the activity file does not have. */
  writeUnknownHolders(): void {
    for (let ordinal = 0; ordinal < this.#unknownHolders; ordinal += 1) {
      const person = {
        ...inventPractitioner({ ...this.#world, hasTraps: false }, 50_000_000 + ordinal),
        trap: undefined,
      };
      const address = takePersonalAddress(this.#world, this.#book, person);
      this.#mailboxes.write(
        toPersonalMailboxLine(person, person.activities[0]!, {
          type: 'PER',
          address,
          isIdentified: ordinal % 2 === 1,
        }),
      );
      this.#personalCount += 1;
    }
  }

  writeServiceMailbox(ordinal: number): void {
    const { hasTraps } = this.#world;
    const write = (type: 'ORG' | 'APP', hasName: boolean, number = ordinal) =>
      this.#mailboxes.write(inventServiceMailboxLine(this.#world, this.#book, number, { type, hasName }));
    write('ORG', !(hasTraps && ordinal % 400 === 7));
    if (hasTraps && ordinal % 500 === 8) write('APP', true, 100_000_000 + ordinal);
    if (hasTraps && ordinal % BAD_LINE_EVERY === 9) this.#writeBadMailboxLines();
  }

  /** Each breaks one rule that no reading can mend. */
  #writeBadLines(person: InventedPractitioner): void {
    const line = toActivityLine(person, person.activities[0]!);
    this.#activity.write(line.split('|').slice(0, 31).join('|'));
    this.#activity.write(line.replace(person.number, '8ABC').replace(person.id, '88ABC'));
    this.#badLineCount += 2;
    if (Math.floor(person.index / BAD_LINE_EVERY) % 4 > 0) return;
    this.#savoirFaire.write(`${person.idType}|${person.number}|${person.id}|${person.familyName}`);
    this.#badLineCount += 1;
  }

  #writeBadMailboxLines(): void {
    const line = inventServiceMailboxLine(this.#world, new AddressBook(), 0, { type: 'ORG', hasName: true });
    const address = line.split('|')[1]!;
    // No INS starts with 0, and there is no month 99.
    this.#mailboxes.write(line.replace(address, '000990000000000@patient.mssante.fr'));
    this.#mailboxes.write(line.replace(address, 'pas une adresse'));
    this.#mailboxes.write(`${line}|x|y`);
    this.#badLineCount += 3;
  }

  get isFull(): boolean {
    return this.#activity.isFull || this.#mailboxes.isFull;
  }

  async drain(): Promise<void> {
    for (const file of [this.#activity, this.#savoirFaire, this.#qualifications, this.#mailboxes])
      await file.drain();
  }

  async close(): Promise<PeopleCounts> {
    this.#writeApart();
    const files = [this.#activity, this.#savoirFaire, this.#qualifications, this.#mailboxes];
    for (const file of files) await file.close();
    const [activityLines, savoirFaireLines, qualificationLines, mailboxLines] = files.map(
      ({ lineCount }) => lineCount - 1,
    );
    return {
      practitioners: this.#practitionerCount,
      activityLines: activityLines!,
      savoirFaireLines: savoirFaireLines!,
      qualificationLines: qualificationLines!,
      mailboxLines: mailboxLines!,
      personalMailboxes:
        this.#personalCount + this.report.mailboxes.created.length - this.report.mailboxes.removed.length,
      serviceMailboxes: this.#options.serviceMailboxes,
      badLines: this.#badLineCount,
    };
  }
}
