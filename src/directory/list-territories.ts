import { listTerritories as listStoredTerritories } from '#store/territories.ts';

import type { Directory } from './directory.ts';

/** Every territory, by name. */
export function listTerritories({ store }: Directory) {
  return listStoredTerritories(store.db);
}
