import type { Actor } from '#domain/actor.ts';
import type { ReadingAccess } from '#domain/operations.ts';
import type { Directory } from '#directory/directory.ts';
import type { Sender } from '#profiles/sender.ts';

/** What every request carries. */
export interface AppEnv {
  Variables: {
    requestId: string;
    directory: Directory;
    actor: Actor;
    reading: ReadingAccess;
    sender: Sender;
  };
}
