const LENGTH_MAX = 2000;
const NOWHERE = 'http://nowhere.invalid';

/** A path of this service out of what a request asks to go back to; `/` for anything else, so that no link leads elsewhere. */
export function toLocalPath(text: string | undefined): string {
  if (text === undefined || text.length > LENGTH_MAX || !/^\/(?![/\\])/.test(text)) return '/';
  if (!URL.canParse(text, NOWHERE)) return '/';
  const url = new URL(text, NOWHERE);
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.origin === NOWHERE && !path.startsWith('//') ? path : '/';
}
