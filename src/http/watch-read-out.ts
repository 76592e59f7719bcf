import type { Context } from 'hono';

import type { Actor } from '#domain/actor.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import { AppError } from '#domain/errors.ts';
import { recordReadOut } from '#access/record-read-out.ts';

import type { AppEnv } from './app-env.ts';
import { callerOf } from './limit-rate.ts';

/**
 * Counts which correspondents each caller is given. Answers to whoever reads the directory out through its search become slower, then
 * end, since there is an export; whoever may export, and whoever runs the directory, is not counted.
 */
export function watchReadOut(c: Context<AppEnv>): void {
  const caller = callerOf(c);
  const limits = c.get('limits');
  if (caller && limits && !mayHaveAll(c.get('actor'))) {
    const directory = c.get('directory');
    const onShown = async (shown: readonly Correspondent[]) => {
      const verdict = limits.readOuts.note(
        caller,
        shown.map((it) => it.id),
      );
      if (verdict.delayMs === 0) return;
      if (verdict.isUntold) {
        limits.readOuts.noteTold(caller);
        const audit = { actor: c.get('actor'), requestId: c.get('requestId') };
        await recordReadOut(directory.store.db, audit, caller, verdict.count);
      }
      if (verdict.isRefused) throw refusal(limits.readOuts.secondsUntilMorning());
      await new Promise((resolve) => setTimeout(resolve, verdict.delayMs));
    };
    c.set('directory', { ...directory, onShown });
  }
}

function mayHaveAll(actor: Actor): boolean {
  if (actor.kind === 'person') return actor.isAdministrator;
  return (
    actor.kind === 'application' && actor.scopes.some((scope) => scope === 'export' || scope === 'admin')
  );
}

function refusal(retryAfterSeconds: number): AppError {
  return new AppError(
    'too-many-requests',
    'This caller was given a large part of the directory today, so nothing more is given before tomorrow. Whoever wants all of it reads GET /v1/changes, with a key that has the scope export.',
    { retryAfterSeconds },
  );
}
