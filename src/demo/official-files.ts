import type { PhysicalFormat } from './line-file.ts';
import type { WorldOptions } from './world.ts';

export interface OfficialFilesOptions extends WorldOptions {
  /** Created if absent; files of the same names are replaced. */
  directory: string;
  /** How many distinct people the activity file has. */
  practitioners: number;
  /** How many ORG mailboxes; traps add a few APP and CAB ones. */
  serviceMailboxes: number;
  /** How many PER addresses; default 24 % of the practitioners, as nationally. */
  personalMailboxes?: number;
  /** Names the files, by the clock of Paris; nothing else depends on it but FINESS's `generatedAt`. */
  publishedAt: Date;
  physicalFormat?: PhysicalFormat;
  /** A second set, in which this share of the people of the first one differ (or disappear, or are new); adds `differ.json`. */
  differ?: number;
}

export interface OfficialFiles {
  paths: {
    activity: string;
    savoirFaire: string;
    qualifications: string;
    mailboxes: string;
    finess: string;
    postcodes: string;
    differ?: string;
  };
  counts: {
    practitioners: number;
    activityLines: number;
    savoirFaireLines: number;
    qualificationLines: number;
    personalMailboxes: number;
    serviceMailboxes: number;
    mailboxLines: number;
    /** Lines made wrong on purpose, all files together: a loader must reject exactly these. */
    badLines: number;
    legalEntities: number;
    establishments: number;
    postcodeLines: number;
  };
}
