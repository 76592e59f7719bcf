import { Command, CommanderError, InvalidArgumentError } from 'commander';

import { refusePatientAddress } from '#domain/refuse-patient-address.ts';
import { SOURCE_IDS } from '#domain/source.ts';

import type { Services } from '../services.ts';
import type { CommandIo } from './command-io.ts';
import { databaseGrantCommand } from './database-commands.ts';
import { importCommand, listGivenFiles, type ImportCommandOptions } from './import-command.ts';
import { indexCompareCommand, indexFollowCommand, indexRebuildCommand } from './index-commands.ts';
import { keysCreateCommand, keysListCommand, keysRevokeCommand } from './keys-commands.ts';
import { rolesGrantCommand, rolesListCommand, rolesRevokeCommand } from './roles-commands.ts';
import {
  territoriesAddCommand,
  territoriesBoardCommand,
  territoriesCheckCommand,
  territoriesConfirmCommand,
  territoriesExportCommand,
  territoriesImportCommand,
  territoriesListCommand,
  territoriesUndoCommand,
} from './territory-commands.ts';
import { withheldAddCommand, withheldListCommand, withheldRemoveCommand } from './withheld-command.ts';

interface Needs {
  engine: boolean;
  /** Works as long as a server does, and like one: others do not go before it. */
  isLasting?: true;
}

/** Gives a command what it needs: opened for it, or those of the server that runs it. */
export type WithServices = (needs: Needs, run: (services: Services) => Promise<number>) => Promise<number>;

const STORE = { engine: false };
const STORE_AND_ENGINE = { engine: true };

/**
 * Runs the operator's command in `argv` (without the program's name).
 * @returns the exit code: 0 done, 1 the command line is wrong, 2 refused; others are thrown as errors
 */
export async function runCommand(
  argv: readonly string[],
  io: CommandIo,
  withServices: WithServices,
): Promise<number> {
  refusePatientAddress(argv);
  let exitCode = 0;
  const run = async (needs: Needs, work: (services: Services) => Promise<number>) => {
    exitCode = await withServices(needs, work);
  };
  const program = buildProgram(io, run);
  try {
    await program.parseAsync(argv as string[], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    throw error;
  }
}

function buildProgram(
  io: CommandIo,
  run: (needs: Needs, work: (services: Services) => Promise<number>) => Promise<void>,
): Command {
  const program = new Command('correspondants')
    .exitOverride()
    .showHelpAfterError('(add --help for what can be asked)')
    .configureOutput({ writeOut: io.out, writeErr: io.err });

  program
    .command('import')
    .description('import official files, any subset: nothing changes unless all of them can be read')
    .option('--rpps <file>', 'PS_LibreAcces_Personne_activite (.txt, or the published .zip)')
    .option('--savoir-faire <file>', 'PS_LibreAcces_SavoirFaire')
    .option('--diplomes <file>', 'PS_LibreAcces_Dipl_AutExerc')
    .option('--mssante <file>', 'Extraction_Correspondance_MSSante')
    .option('--finess <file>', 'FINESS structures (.json or .json.gz)')
    .option('--postcodes <file>', 'base officielle des codes postaux (.csv)')
    .option(
      '--download [sources]',
      'fetch from the official addresses: all, or names parted by commas',
      parseSources,
    )
    .option('--mirror <url>', 'with --download: fetch each source from <url>/<name of the source> instead')
    .option('--accept-changes', 'go on although more than the threshold is bad, disappears or changes')
    .option('--threshold <share>', 'share (0 to 1) above which a run stops', parseShare, 0.05)
    .option('--force', 'read a file again although it is the very file of the last import')
    .action((options: ImportCommandOptions, command: Command) => {
      // A nightly job that has lost its options must not look healthy.
      if (options.download === undefined && listGivenFiles(options, io.cwd).length === 0)
        command.error('error: give at least one file (--rpps FILE …), or --download');
      return run(STORE, (services) => importCommand(services, options, io));
    });

  const index = program.command('index').description('the search index');
  index
    .command('follow')
    .description('keep the index up to date with the directory, until interrupted')
    .action(() => run({ engine: true, isLasting: true }, (services) => indexFollowCommand(services, io)));
  index
    .command('rebuild')
    .description('build a new index beside the live one, then swap them')
    .action(() => run(STORE_AND_ENGINE, (services) => indexRebuildCommand(services, io)));
  index
    .command('compare')
    .description('tell whether the index holds exactly what the directory does')
    .option('--repair', 'make it so')
    .action((options: { repair?: boolean }) =>
      run(STORE_AND_ENGINE, (services) => indexCompareCommand(services, options.repair ?? false, io)),
    );

  const withheld = program.command('withheld').description('people and mailboxes that no channel may show');
  withheld
    .command('add <who>')
    .description('hide an RPPS number or a mailbox address at once')
    .requiredOption('--reason <text>', 'why: red list, opposition…')
    .action((who: string, { reason }: { reason: string }) =>
      run(STORE, (services) => withheldAddCommand(services, who, reason, io)),
    );
  withheld
    .command('remove <who>')
    .description('show it again')
    .action((who: string) => run(STORE, (services) => withheldRemoveCommand(services, who, io)));
  withheld
    .command('list')
    .description('who is withheld')
    .action(() => run(STORE, (services) => withheldListCommand(services, io)));

  const keys = program.command('keys').description('keys of applications');
  keys
    .command('create <name>')
    .description('make a key for an application; it is shown this once')
    .requiredOption(
      '--scope <scopes...>',
      'search, export, admin, mailbox-activity:DOMAIN, territory:ID; several one after the other',
    )
    .action((name: string, { scope }: { scope: string[] }) =>
      run(STORE, (services) => keysCreateCommand(services, name, scope, io)),
    );
  keys
    .command('list')
    .description('all keys, without their secrets')
    .action(() => run(STORE, (services) => keysListCommand(services, io)));
  keys
    .command('revoke <id>')
    .description('make a key open nothing, at once')
    .action((id: string) => run(STORE, (services) => keysRevokeCommand(services, id, io)));

  const roles = program.command('roles').description('what people who sign in may do beyond their own page');
  for (const [name, description, command] of [
    ['grant', 'from now on', rolesGrantCommand],
    ['revoke', 'from now on no more', rolesRevokeCommand],
  ] as const) {
    roles
      .command(`${name} <who> <role> [target]`)
      .description(
        `${description}; who: an RPPS, or "ISSUER E-MAIL", or "ISSUER SUBJECT"; role: administrator, coordinator (of the territory target), manager (of the organization target)`,
      )
      .action((who: string, role: string, target: string | undefined) =>
        run(STORE, (services) => command(services, { who, role, target }, io)),
      );
  }
  roles
    .command('list')
    .description('all that were granted')
    .action(() => run(STORE, (services) => rolesListCommand(services, io)));

  const territories = program.command('territories').description('communities of professionals, by communes');
  territories
    .command('add <file>')
    .description('add or replace those of a JSON file: a list of { id, name, communes }')
    .action((file: string) => run(STORE, (services) => territoriesAddCommand(services, file, io)));
  territories
    .command('list')
    .description('all of them')
    .action(() => run(STORE, (services) => territoriesListCommand(services, io)));
  territories
    .command('board <id>')
    .description('who practises there by profession, who has no mailbox, and the days before')
    .action((id: string) => run(STORE, (services) => territoriesBoardCommand(services, id, io)));
  territories
    .command('export <id>')
    .description('who practises there, as CSV for a spreadsheet')
    .action((id: string) => run(STORE, (services) => territoriesExportCommand(services, id, io)));
  territories
    .command('check <id> <file>')
    .description('what is wrong with a spreadsheet of its professionals, and whom each line is about')
    .action((id: string, file: string) =>
      run(STORE, (services) => territoriesCheckCommand(services, id, file, io)),
    );
  territories
    .command('import <id> <file>')
    .description('keep a spreadsheet as a preview, which changes no page')
    .action((id: string, file: string) =>
      run(STORE, (services) => territoriesImportCommand(services, id, file, io)),
    );
  territories
    .command('confirm <id> <import>')
    .description('apply a preview to the pages, wholly or not at all')
    .option('--skip-unresolved', 'leave out lines that are wrong or doubtful')
    .action((id: string, importId: string, { skipUnresolved = false }: { skipUnresolved?: boolean }) =>
      run(STORE, (services) => territoriesConfirmCommand(services, id, importId, skipUnresolved, io)),
    );
  territories
    .command('undo <id> <import>')
    .description('give what an import changed its former values, but what was changed since')
    .action((id: string, importId: string) =>
      run(STORE, (services) => territoriesUndoCommand(services, id, importId, io)),
    );

  program
    .command('database')
    .description('the Postgres server')
    .command('grant <role>')
    .description(
      'give a role of the server what `npm start` needs, and no right to change the audit; run with DATABASE_URL of the owner',
    )
    .action((role: string) => run(STORE, (services) => databaseGrantCommand(services, role, io)));
  return program;
}

function parseShare(text: string): number {
  const share = Number(text);
  if (!(share >= 0 && share <= 1)) throw new InvalidArgumentError('It is a number from 0 to 1.');
  return share;
}

function parseSources(text: string): string {
  const unknown = text.split(',').filter((id) => !(SOURCE_IDS as readonly string[]).includes(id));
  if (unknown.length > 0) {
    throw new InvalidArgumentError(`${unknown.join(', ')}: the sources are ${SOURCE_IDS.join(', ')}.`);
  }
  return text;
}
