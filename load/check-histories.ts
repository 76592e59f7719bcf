import { applyChanges, isSame, valueOf } from '#domain/profile-changes.ts';
import type { Profile, ProfileChange } from '#domain/profile.ts';

import type { EditorsLog } from './contending-editor.ts';

/** A page as the store holds it, once nobody edits any more. */
export interface KeptPage {
  rpps: string;
  version: number;
  profile: Profile;
  /** The first change first. */
  history: readonly ProfileChange[];
}

/**
 * What is not as it must be: a history that does not lead to the page; an edit that was acknowledged and is not in it, as it was, once;
 * one in it that nobody made; one that overwrote what its editor had not seen; a page that was read as it never was.
 */
export function listViolations(pages: readonly KeptPage[], { edits, reads, oddities }: EditorsLog): string[] {
  return [
    ...oddities,
    ...pages.flatMap((page) => {
      const own = <T extends { rpps: string }>(them: readonly T[]) =>
        them.filter((it) => it.rpps === page.rpps);
      const states = replay(page);
      return [
        ...checkReplay(page, states),
        ...checkEdits(page, own(edits)),
        ...own(reads)
          .filter(({ version, profile }) => !isSame(profile, states[version]))
          .map(({ version }) => `${page.rpps} was read at version ${version} as it never was`),
      ];
    }),
  ];
}

/** The page at each version, from 0. */
function replay({ history }: KeptPage): Profile[] {
  const states: Profile[] = [{}];
  for (const { changes } of history) states.push(applyChanges(states.at(-1)!, changes));
  return states;
}

function checkReplay({ rpps, version, profile, history }: KeptPage, states: readonly Profile[]): string[] {
  const found: string[] = [];
  for (const [index, change] of history.entries()) {
    if (change.version !== index + 1)
      found.push(`${rpps}: change ${index + 1} has the version ${change.version}`);
    for (const { field, before } of change.changes) {
      if (!isSame(before, valueOf(states[index]!, field)))
        found.push(`${rpps}: change ${change.version} of ${field} began from what was not there`);
    }
  }
  if (version !== history.length)
    found.push(`${rpps} is at version ${version} with ${history.length} changes`);
  if (!isSame(profile, states.at(-1))) found.push(`${rpps}: its history does not lead to what the page says`);
  return found;
}

function checkEdits({ rpps, history }: KeptPage, edits: EditorsLog['edits']): string[] {
  const found: string[] = [];
  const made = new Map<string, (typeof edits)[number]>();
  for (const it of edits) made.set(JSON.stringify([it.field, it.value]), it);
  const done = new Set<string>();
  for (const { version, by, changes } of history) {
    const [change] = changes;
    const key = JSON.stringify([change?.field, change?.after]);
    const edit = made.get(key);
    if (changes.length !== 1 || edit === undefined || edit.editor !== by.name)
      found.push(`${rpps}: nobody made change ${version}`);
    else if (done.has(key)) found.push(`${rpps}: change ${version} was made twice`);
    else if (edit.version !== undefined && edit.version !== version)
      found.push(`${rpps}: change ${version} was acknowledged as ${edit.version}`);
    else {
      const overwritten = history.find(
        (it) =>
          it.version > edit.baseVersion &&
          it.version < version &&
          it.changes.some(({ field }) => field === edit.field),
      );
      if (overwritten !== undefined)
        found.push(
          `${rpps}: change ${version} overwrote ${overwritten.version}, which its editor had not seen`,
        );
    }
    done.add(key);
  }
  for (const [key, { version }] of made) {
    if (version !== undefined && !done.has(key))
      found.push(`${rpps}: the change acknowledged as ${version} is lost`);
  }
  return found;
}
