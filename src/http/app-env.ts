import type { AskedOperation } from '#access/record-request.ts';
import type { SignInSettings } from '#access/sign-in-settings.ts';
import type { Actor } from '#domain/actor.ts';
import type { ReadingAccess } from '#domain/operations.ts';
import type { Directory } from '#directory/directory.ts';
import type { CallerLimits } from './limit-rate.ts';
import type { Sender } from '#profiles/sender.ts';

/** What every request carries. */
export interface AppEnv {
  Variables: {
    requestId: string;
    directory: Directory;
    actor: Actor;
    sender: Sender;
    /** What forms and scripts of pages send back; undefined when nobody is signed in by cookie. */
    csrfToken: string | undefined;
    reading: ReadingAccess;
    /** What the request asked for last; undefined when it asked for nothing that has to be allowed. */
    asked: AskedOperation | undefined;
    /** Whether a use case takes it on itself to write down what it does. */
    isAudited: boolean | undefined;
    /** Undefined when nothing bounds callers. */
    limits: CallerLimits | undefined;
    /** Undefined when nobody can sign in here. */
    signIn: SignInSettings | undefined;
  };
}
