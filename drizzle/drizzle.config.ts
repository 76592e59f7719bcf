import { defineConfig } from 'drizzle-kit';

// oxlint-disable-next-line import/no-default-export -- what drizzle-kit reads
export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './src/store/schema.ts',
    './src/store/access-tables.ts',
    './src/store/error-report-tables.ts',
    './src/store/declaration-tables.ts',
    './src/store/mailbox-tables.ts',
    './src/store/territory-tables.ts',
    './src/store/territory-import-tables.ts',
    './src/store/invitation-tables.ts',
    './src/store/profile-tables.ts',
  ],
  out: './drizzle',
});
