import type { Directory } from '#directory/directory.ts';

/** What every request carries. */
export interface AppEnv {
  Variables: { requestId: string; directory: Directory };
}
