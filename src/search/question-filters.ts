import { parseFiness, parseMailboxAddress, parseRpps } from '#domain/identifiers.ts';
import type { CorrespondentQuestion, VisitedPlace } from '#domain/question.ts';
import { spansOfDay } from '#domain/away.ts';
import { allOf, anyOf, equals, isIn, not, type Filter } from './filter.ts';
import { VISITS_UNSAID } from './profile-members.ts';
import { inCommunes, inDepartements } from './place-filter.ts';

/** The deepest result that can be reached; beyond it a total is "at least". */
export const RESULTS_MAX = 10_000;

/** What the question's own filters ask for. */
export function toFilters(question: CorrespondentQuestion): (Filter | undefined)[] {
  const { hasMailbox } = question;
  return [
    isInWhenAsked('kind', question.kinds),
    isInWhenAsked('professionCodes', question.professionCodes),
    isInWhenAsked('savoirFaireCodes', question.savoirFaireCodes),
    question.departementCodes && inDepartements(question.departementCodes),
    question.communeCodes && inCommunes(question.communeCodes),
    isInWhenAsked('rpps', asList(question.rpps)),
    isInWhenAsked('mailboxes', asList(question.mailbox)),
    isInWhenAsked('finess', asList(question.finess)),
    isInWhenAsked('organizationIds', question.organizationIds),
    allOf((question.ways ?? []).map((way) => isIn('ways', [way]))),
    isInWhenAsked('acts', question.actCodes),
    question.presentOn === undefined ? undefined : not(isIn('awayOn', spansOfDay(question.presentOn))),
    question.visits && anyOf([comesFor(question.visits), mayComeFor(question.visits)]),
    isInWhenAsked('channels', question.channels),
    isInWhenAsked('openedOn', question.openedOn),
    hasMailbox === undefined ? undefined : equals('hasMailbox', hasMailbox),
  ];
}

/** Who says that they go to homes there. */
export function comesFor({ communeCodes }: VisitedPlace): Filter {
  return isIn('visitCommunes', communeCodes);
}

/** Who goes to homes, does not say where, and practises around. */
function mayComeFor({ aroundCodes }: VisitedPlace): Filter | undefined {
  return allOf([isIn('visitCommunes', [VISITS_UNSAID]), isIn('communeCodes', aroundCodes)]);
}

function isInWhenAsked(attribute: string, values: readonly string[] | undefined): Filter | undefined {
  return values && isIn(attribute, values);
}

function asList(value: string | undefined): string[] | undefined {
  return value === undefined ? undefined : [value];
}

/**
 * A text that is as a whole an RPPS, a FINESS or an address asks for that one: these numbers are not among the engine's
 * words (see `index-settings.ts`).
 */
export function toIdentifierFilter(text: string): Filter | undefined {
  const rpps = parseRpps(text);
  if (rpps !== undefined) return isIn('rpps', [rpps]);
  const finess = parseFiness(text);
  if (finess !== undefined) return isIn('finess', [finess]);
  const address = parseMailboxAddress(text);
  return address === undefined ? undefined : isIn('mailboxes', [address]);
}
